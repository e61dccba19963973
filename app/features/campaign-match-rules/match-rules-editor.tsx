import { Form, useNavigation } from '@remix-run/react';
import { useRef, useState } from 'react';
import type { MatchPreview, MatchRuleInput } from '../../../server/domain/campaign-match-rules/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { MatchPreviewLists } from './match-preview-lists.tsx';
import { MatchRuleFields, type RuleChoices } from './match-rule-fields.tsx';
import { emptyRow, type MatchRow, moved, placesOf, toRows, withSpareRows } from './match-rule-rows.ts';
import { useMatchPreview } from './use-match-preview.ts';

export interface MatchRulesEditorProps {
  campaign: { id: string; version: number };
  rules: readonly MatchRuleInput[];
  /** What the rules as they stand in the form would do. */
  preview: MatchPreview | null;
  choices: RuleChoices;
  failure: FormFailure | undefined;
}

const SPARE = 2;

/** A campaign's rules in their order, with what each would attach before it is saved. */
export function MatchRulesEditor({
  campaign,
  rules,
  preview: known,
  choices,
  failure,
}: MatchRulesEditorProps) {
  const hasScript = useHasScript();
  const [own, setOwn] = useState(() => toRows(rules));
  const rows = hasScript ? own : withSpareRows(own, SPARE);
  const form = useRef<HTMLFormElement>(null);
  const { preview, problem } = useMatchPreview(campaign.id, own, known);
  const places = placesOf(rows);
  const change = (key: number, values: Partial<MatchRow>) =>
    setOwn(own.map((row) => (row.key === key ? { ...row, ...values } : row)));
  const remove = (at: number) => {
    setOwn(own.filter((_row, index) => index !== at));
    form.current?.querySelector<HTMLElement>('[data-add-rule]')?.focus();
  };
  return (
    <>
      <Form ref={form} method="post" preventScrollReset className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="expectedVersion" value={campaign.version} />
        {rows.length > 0 && (
          <ol className="grid gap-3">
            {rows.map((row, at) => {
              const place = places[at] ?? null;
              return (
                <li key={row.key}>
                  <MatchRuleFields
                    row={row}
                    number={at + 1}
                    choices={choices}
                    matched={place === null ? null : (preview?.rules[place]?.count ?? null)}
                    error={place === null ? undefined : errorOf(failure, place)}
                    isLast={at === rows.length - 1}
                    onChange={(values) => change(row.key, values)}
                    onMove={(by) => setOwn(moved(own, at, at + by))}
                    onRemove={() => remove(at)}
                  />
                </li>
              );
            })}
          </ol>
        )}
        {!hasScript && (
          <p className="text-sm text-muted">
            To remove a rule, empty its fields. The numbers say the order in which rules are tried.
          </p>
        )}
        <RuleButtons hasScript={hasScript} onAdd={() => setOwn([...own, emptyRow(own)])} />
        <datalist id="match-rule-labels">
          {choices.labels.map(({ label }) => (
            <option key={label} value={label} />
          ))}
        </datalist>
      </Form>
      {problem && (
        <p role="alert" className="text-danger-ink">
          {problem}
        </p>
      )}
      {preview && <MatchPreviewLists campaignId={campaign.id} preview={preview} />}
    </>
  );
}

/** What the procedure says of a rule's fields. */
function errorOf(failure: FormFailure | undefined, place: number): string | undefined {
  const messages = Object.entries(failure?.fields ?? {})
    .filter(([path]) => path.startsWith(`rules.${place}.`))
    .map(([, message]) => message);
  return messages.length > 0 ? messages.join(' ') : undefined;
}

function RuleButtons({ hasScript, onAdd }: { hasScript: boolean; onAdd: () => void }) {
  const navigation = useNavigation();
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        type="submit"
        name="intent"
        value="rules"
        variant="primary"
        isPending={navigation.formData?.get('intent') === 'rules'}
      >
        Save rules
      </Button>
      {hasScript && (
        <Button data-add-rule="" onClick={onAdd}>
          Add a rule
        </Button>
      )}
      <Button
        type="submit"
        name="intent"
        value="preview"
        isPending={navigation.formData?.get('intent') === 'preview'}
      >
        Show what this would match
      </Button>
    </div>
  );
}
