import { Form, useNavigation } from '@remix-run/react';
import type { DuplicateNoun, DuplicateOf } from '../../../server/domain/duplicates/schema.ts';
import type { MergeMoves } from '../../../server/domain/merges/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { GlanceLine, Likeness } from '../duplicates/duplicate-facts.tsx';
import { RecordPicker } from '../records/record-picker.tsx';
import { movedInWords } from './labels.ts';

const placesOf = {
  CONTACT: { one: 'contact', hrefOf: paths.contact, mergeHrefOf: paths.mergeContact },
  COMPANY: { one: 'company', hrefOf: paths.company, mergeHrefOf: paths.mergeCompany },
} as const satisfies Record<DuplicateNoun, object>;

export interface ChooseMergedProps {
  noun: DuplicateNoun;
  record: { id: string; name: string };
  similar: readonly DuplicateOf[];
  choices: readonly { id: string; name: string }[];
}

/** Whom to merge into a record: those that may be it, or any other. */
export function ChooseMerged({ noun, record, similar, choices }: ChooseMergedProps) {
  const { one, hrefOf, mergeHrefOf } = placesOf[noun];
  return (
    <div className="grid max-w-200 gap-4">
      {similar.length > 0 && (
        <Panel title="Likely duplicates" padded={false}>
          <ul className="divide-y divide-line-faint">
            {similar.map((other) => (
              <li
                key={other.duplicatePairId}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5"
              >
                <div className="grid min-w-0 flex-[1_1_16rem] gap-1">
                  <GlanceLine record={other.record} href={hrefOf(other.record.id)} />
                  <Likeness score={other.score} reasons={other.reasons} />
                </div>
                <LinkButton href={mergeHrefOf(record.id, other.record.id)} size="small">
                  Compare<span className="sr-only"> with {other.record.name}</span>
                </LinkButton>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title={similar.length > 0 ? 'Any other' : `Choose the other ${one}`}
        className="overflow-visible"
      >
        <form method="get" className="flex flex-wrap items-end gap-2">
          <Field name="mergeId" label={`Merge into ${record.name}`} className="min-w-0 flex-[1_1_14rem]">
            {(control) => (
              <RecordPicker
                control={control}
                noun={one}
                picked={null}
                choices={choices}
                emptyLabel={`Choose a ${one}`}
              />
            )}
          </Field>
          <Button type="submit" variant="primary">
            Compare
          </Button>
        </form>
      </Panel>
    </div>
  );
}

/** What comes along with the merged record. */
export function MovesLine({ moves }: { moves: MergeMoves }) {
  const parts = moves.flatMap(({ table, count }) => movedInWords(table, count) ?? []);
  return (
    <p className="text-pretty">
      {parts.length === 0
        ? 'Nothing that you see belongs to the merged record.'
        : `Comes along: ${parts.join(', ')}.`}{' '}
      <span className="text-muted">What you do not see moves as well. The merge can be undone.</span>
    </p>
  );
}

/** What was done just now, with the way back. */
export function MergeDone({
  noun,
  record,
  done,
}: {
  noun: DuplicateNoun;
  record: { id: string; name: string };
  done: { mergeId: string; mergedName: string };
}) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Callout
      tone="success"
      title={`${done.mergedName} was merged into ${record.name}`}
      isAnswer
      actions={
        <Form method="post">
          <input type="hidden" name="mergeId" value={done.mergeId} />
          <Button type="submit" name="intent" value="undo" isPending={isPending}>
            Undo merge
          </Button>
        </Form>
      }
    >
      Everything that belonged to either belongs to{' '}
      <a className="link" href={placesOf[noun].hrefOf(record.id)}>
        {record.name}
      </a>{' '}
      now.{' '}
      <a className="link" href={paths.duplicates(noun)}>
        On with the duplicates
      </a>
    </Callout>
  );
}
