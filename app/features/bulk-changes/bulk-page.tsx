import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import {
  type BulkAnswer,
  type BulkSelection,
  inWords,
  othersInWords,
  refusalsInWords,
  undoneInWords,
} from './bulk-answer.ts';
import { bulkWords, countOf } from './bulk-fields.ts';
import { type BulkChoices, BulkFormFields } from './bulk-form.tsx';
import { RefusalList } from './refusal-list.tsx';
import { SelectionFields } from './selection-fields.tsx';

export interface BulkPageProps {
  noun: BulkNoun | null;
  choices: BulkChoices | null;
  answer: BulkAnswer | null;
}

/** Changing many records as a page of its own: what to change, then what became of it with the way back. */
export function BulkPage({ noun, choices, answer }: BulkPageProps) {
  const isChosen = answer && (answer.selection.list !== null || answer.selection.recordIds.length > 0);
  const isEnd = answer?.kind === 'done' || answer?.kind === 'undone';
  return (
    <>
      <PageHeader title="Change many records" />
      <div className="grid max-w-160 gap-4 p-4 md:p-5">
        {isEnd && <Outcome answer={answer} />}
        {!isEnd && isChosen && choices && <ChangeForms answer={answer} choices={choices} />}
        {!isEnd && !isChosen && (
          <EmptyState
            kind="no-result"
            title={answer?.kind === 'failure' ? answer.failure.message : 'Nothing is selected'}
            description="Select rows of a list first, then choose what to change."
            action={{
              label: `To the ${noun ? bulkWords[noun].many : 'companies'}`,
              href: answer?.selection.returnTo ?? (noun ? bulkWords[noun].listPath : paths.companies()),
            }}
          />
        )}
      </div>
    </>
  );
}

function selectedInWords({ noun, recordIds, list, expectedCount }: BulkSelection): string {
  if (list === null) return `${countOf(noun, recordIds.length)} selected`;
  return `All ${expectedCount === null ? bulkWords[noun].many : countOf(noun, expectedCount)} of the list`;
}

function ChangeForms({ answer, choices }: { answer: BulkAnswer; choices: BulkChoices }) {
  const { selection } = answer;
  const action = paths.bulkChanges(selection.noun);
  const failure = answer.kind === 'failure' ? answer.failure : undefined;
  return (
    <>
      <p role="status">{selectedInWords(selection)}</p>
      {!selection.isBin && (
        <Panel title="Edit">
          <form method="post" action={action} className="grid gap-4">
            <SelectionFields selection={selection} />
            <p className="text-muted">What you leave empty stays as it is in each of them.</p>
            <BulkFormFields noun={selection.noun} choices={choices} failure={failure} />
            <div className="flex gap-2">
              <Button type="submit" name="intent" value="edit" variant="primary">
                Change
              </Button>
              <LinkButton href={selection.returnTo}>Cancel</LinkButton>
            </div>
          </form>
        </Panel>
      )}
      <form method="post" action={action} className="flex gap-2">
        <SelectionFields selection={selection} />
        <Button type="submit" name="intent" value={selection.isBin ? 'restore' : 'archive'}>
          {selection.isBin ? 'Restore' : 'Delete'}
        </Button>
      </form>
    </>
  );
}

function Outcome({ answer }: { answer: Extract<BulkAnswer, { kind: 'done' | 'undone' }> }) {
  const { selection, kind, result } = answer;
  const { noun, returnTo } = selection;
  const title = kind === 'done' ? inWords(noun, answer.act, answer.result) : undoneInWords(noun, result);
  const rest = kind === 'done' ? othersInWords(answer.result) : refusalsInWords(result.refused).join(' ');
  const bulkChangeId = kind === 'done' ? answer.result.bulkChangeId : null;
  return (
    <>
      <Callout tone={result.refused.length > 0 ? 'warning' : 'success'} title={title} isAnswer>
        {rest}
      </Callout>
      {result.refused.length > 0 && (
        <Panel title="Refused">
          <RefusalList noun={noun} refused={result.refused} />
        </Panel>
      )}
      <div className="flex gap-2">
        {bulkChangeId !== null && (
          <form method="post" action={paths.bulkChanges(noun)}>
            <input type="hidden" name="bulkChangeId" value={bulkChangeId} />
            <input type="hidden" name="returnTo" value={returnTo} />
            <Button type="submit" name="intent" value="undo">
              Undo
            </Button>
          </form>
        )}
        <LinkButton href={returnTo} variant="primary">
          Back to the list
        </LinkButton>
      </div>
    </>
  );
}
