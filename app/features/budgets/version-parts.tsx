import { Form } from '@remix-run/react';
import type { BudgetSum, BudgetVersion } from '../../../server/domain/budgets/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatMoney, missing } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { partName, versionName } from './labels.ts';
import { VersionBasis } from './open-version.tsx';
import { moneyIn } from './pacing-panel.tsx';
import { lineName, planChanges } from './plan-diff.ts';

/** What a reader should look at and nothing refuses. */
export function PlanWarnings({ version: { warnings } }: { version: BudgetVersion }) {
  if (warnings.length === 0) return null;
  return (
    <Callout tone="warning" title="Have a look at this">
      <ul className="grid gap-1">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Callout>
  );
}

export interface PlanChangesProps {
  /** The plan that stands. */
  before: BudgetVersion;
  after: BudgetVersion;
  /** The version was replaced by the one that stands: it is told from that one's side. */
  isStanding: boolean;
}

/** What a version changes of the plan that stands, line by line. */
export function PlanChanges({ before, after, isStanding }: PlanChangesProps) {
  const changes = planChanges(before, after);
  const isTotalChanged =
    before.total.amount !== after.total.amount || before.total.currency !== after.total.currency;
  const title = isStanding ? `Beside ${versionName(before)}, which stands` : 'What it changes';
  if (changes.length === 0 && !isTotalChanged)
    return (
      <Panel title={title}>
        <p className="text-muted">Nothing: total and lines are those of {versionName(before)}.</p>
      </Panel>
    );
  return (
    <Panel title={title} description={`Against ${versionName(before)}`} padded={false}>
      <Table label={title}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" className="end">
              {versionName(before)}
            </th>
            <th scope="col" className="end">
              {versionName(after)}
            </th>
          </tr>
        </thead>
        <tbody>
          {isTotalChanged && (
            <tr>
              <th scope="row">Total</th>
              <td className="end">{formatMoney(before.total)}</td>
              <td className="end">{formatMoney(after.total)}</td>
            </tr>
          )}
          {changes.map((change) => (
            <tr key={change.key}>
              <th scope="row">{change.name}</th>
              <td className="end">{inWords(change.before, before.total.currency)}</td>
              <td className="end">{inWords(change.after, after.total.currency)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function inWords(amount: string | null, currency: string): string {
  return amount === null ? 'Not planned' : formatMoney({ amount, currency });
}

const sumTitles = [
  ['kinds', 'By kind'],
  ['platforms', 'By platform'],
  ['adAccounts', 'By ad account'],
  ['creators', 'By creator'],
  ['months', 'By month'],
] as const;

/** The lines of a plan, and what they come to each way. */
export function PlanLines({ version }: { version: BudgetVersion }) {
  const { lines, sums, total, unallocated } = version;
  const money = moneyIn(total.currency);
  if (lines.length === 0)
    return (
      <Panel title="Lines">
        <p className="text-muted">The total is not split.</p>
      </Panel>
    );
  return (
    <>
      <Panel title="Lines" description={`Amounts in ${total.currency}`} padded={false}>
        <Table label="Lines of the budget">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Note</th>
              <th scope="col" className="end">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">{lineName(line)}</th>
                <td className="clip quiet">{line.note ?? missing}</td>
                <td className="end">{money(line.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Not allocated</th>
              <td />
              <td className="end">{money(unallocated)}</td>
            </tr>
          </tfoot>
        </Table>
      </Panel>
      <div className="grid gap-4 sm:grid-cols-2">
        {sumTitles.map(([part, title]) => (
          <Sums
            key={part}
            title={title}
            sums={sums[part].map((sum) => ({ ...sum, name: partName(part, sum) }))}
            money={money}
          />
        ))}
      </div>
    </>
  );
}

interface SumsProps {
  title: string;
  sums: readonly BudgetSum[];
  money: (amount: string) => string;
}

function Sums({ title, sums, money }: SumsProps) {
  if (sums.every(({ key }) => key === null)) return null;
  return (
    <Panel title={title}>
      <dl className="grid gap-1.5">
        {sums.map(({ key, name, amount }) => (
          <div key={key ?? ''} className="flex justify-between gap-4">
            <dt className="min-w-0 break-words text-muted">{name}</dt>
            <dd className="figures">{money(amount)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Sending a plan back, with what has to change. */
export function ReturnForm({
  version,
  failure,
}: {
  version: BudgetVersion;
  failure: FormFailure | undefined;
}) {
  return (
    <Panel title="Return it">
      <Form method="post" className="grid gap-4">
        <VersionBasis version={version} />
        <Field name="reason" label="What should change" required error={failure?.fields.reason}>
          {(control) => (
            <Textarea {...control} rows={3} maxLength={2000} defaultValue={failure?.values.reason} />
          )}
        </Field>
        <div>
          <Button type="submit" name="intent" value="return">
            Return
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
