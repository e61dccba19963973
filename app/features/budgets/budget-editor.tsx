import { Form, useNavigation } from '@remix-run/react';
import { type FormEvent, useState } from 'react';
import type { BudgetList, BudgetVersion } from '../../../server/domain/budgets/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BudgetLineRows } from './budget-line-rows.tsx';
import { type LineValues, lineValues } from './line-values.ts';
import { restOf } from './split-lines.ts';

/** What comes back to the editor without being saved: a refusal, or lines that were split. */
export interface EditorAnswer {
  failure: FormFailure | null;
  lines: LineValues[];
  values: Record<string, string>;
}

export interface BudgetEditorProps {
  version: BudgetVersion;
  choices: Pick<BudgetList, 'adAccounts' | 'creators' | 'months'>;
  answer: EditorAnswer | undefined;
  /** Whoever approves needs to ask nobody. */
  canApprove: boolean;
}

/** A draft of the budget: its total, and the lines that it is split into, with what is left of it said as one types. */
export function BudgetEditor({ version, choices, answer, canApprove }: BudgetEditorProps) {
  const pending = useNavigation().formData?.get('intent');
  const failure = answer?.failure ?? undefined;
  const typed = (name: string, stored: string) => answer?.values[name] ?? (answer ? '' : stored);
  const lines = answer?.lines ?? lineValues(version.lines);
  const total = typed('total', version.total.amount);
  const currency = typed('currency', version.total.currency);
  const decide = canApprove
    ? { intent: 'approve', label: 'Save and approve' }
    : { intent: 'submit', label: 'Save and submit for approval' };
  return (
    <Form method="post" className="grid gap-4" preventScrollReset>
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="budgetVersionId" value={version.id ?? ''} />
      <input type="hidden" name="expectedVersion" value={typed('expectedVersion', String(version.version))} />
      {/* Enter presses the first submit button, which should save and not split. */}
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <WithRest total={total} currency={currency} lines={lines}>
        {(rest) => (
          <>
            <TotalFields
              total={total}
              currency={currency}
              note={typed('note', version.note ?? '')}
              failure={failure}
            />
            <BudgetLineRows lines={lines} choices={choices} errors={failure?.fields ?? {}} rest={rest} />
          </>
        )}
      </WithRest>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="save" isPending={pending === 'save'}>
          Save draft
        </Button>
        <Button
          type="submit"
          name="intent"
          value={decide.intent}
          variant="primary"
          isPending={pending === decide.intent}
        >
          {decide.label}
        </Button>
        <LinkButton href={paths.campaignBudget(version.campaignId)}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

interface WithRestProps {
  total: string;
  currency: string;
  lines: readonly LineValues[];
  children: (rest: { words: string; isOver: boolean }) => React.ReactNode;
}

/** Reckons what is left of the total from what stands in the form's inputs, as they are typed in. */
function WithRest({ total, currency, lines, children }: WithRestProps) {
  const [rest, setRest] = useState(() =>
    restOf(
      total,
      lines.map(({ amount }) => amount),
    ),
  );
  const [unit, setUnit] = useState(currency);
  const read = (event: FormEvent<HTMLDivElement>) => {
    const form = event.currentTarget.closest('form');
    if (!form) return;
    const data = new FormData(form);
    const text = (name: string) => data.getAll(name).find((value) => typeof value === 'string') ?? '';
    setRest(restOf(text('total'), data.getAll('lines.amount').map(String)));
    setUnit(text('currency').toUpperCase());
  };
  const isOver = rest.startsWith('-');
  const amount = inWords(isOver ? rest.slice(1) : rest, unit);
  const words =
    rest === '0' ? 'All of it is allocated.' : `${amount} ${isOver ? 'over the total' : 'not allocated'}.`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4" onInput={read}>
      {children({ words, isOver })}
    </div>
  );
}

function inWords(amount: string, currency: string): string {
  return /^[A-Z]{3}$/.test(currency) ? formatMoney({ amount, currency }) : amount;
}

interface TotalFieldsProps {
  total: string;
  currency: string;
  note: string;
  failure: FormFailure | undefined;
}

function TotalFields({ total, currency, note, failure }: TotalFieldsProps) {
  const errors = failure?.fields;
  return (
    <Panel>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="total" label="Total" required error={errors?.total ?? errors?.['total.amount']}>
          {(control) => <Input {...control} numeric defaultValue={total} autoComplete="off" />}
        </Field>
        <Field
          name="currency"
          label="Currency"
          required
          error={errors?.currency ?? errors?.['total.currency']}
        >
          {(control) => <Input {...control} defaultValue={currency} maxLength={3} autoComplete="off" />}
        </Field>
        <Field
          name="note"
          label="Note"
          hint="What changes and why, for whoever approves it."
          error={errors?.note}
          className="sm:col-span-2"
        >
          {(control) => <Textarea {...control} rows={2} defaultValue={note} />}
        </Field>
      </div>
    </Panel>
  );
}
