import { Form, useNavigation } from '@remix-run/react';
import type { CampaignCost } from '../../../server/domain/costs/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDate, formatMoney, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

export interface OtherCostsProps {
  costs: readonly CampaignCost[];
  hasMore: boolean;
  canWrite: boolean;
  /** What an amount without a currency is in. */
  currency: string;
  today: string;
  failure: FormFailure | undefined;
}

/** What the campaign costs beside media, boosts and creators: production, shipping, tools. */
export function OtherCosts({ costs, hasMore, canWrite, ...form }: OtherCostsProps) {
  return (
    <Panel
      title="Other costs"
      description="Production, shipping, tools. A credit is an amount below zero."
      padded={false}
    >
      {costs.length > 0 && <CostTable costs={costs} canWrite={canWrite} />}
      {hasMore && <p className="px-4 py-2 text-muted">Older ones are not listed; the sums hold them.</p>}
      {costs.length === 0 && !canWrite && <p className="p-4 text-muted">None was entered.</p>}
      {canWrite && (
        <div className={costs.length > 0 ? 'border-t border-line p-4' : 'p-4'}>
          <CostForm {...form} cost={null} />
        </div>
      )}
    </Panel>
  );
}

function CostTable({ costs, canWrite }: Pick<OtherCostsProps, 'costs' | 'canWrite'>) {
  return (
    <Table label="Other costs">
      <thead>
        <tr>
          <th scope="col">What for</th>
          <th scope="col">Day</th>
          <th scope="col" className="end">
            Amount
          </th>
          <th scope="col">Entered by</th>
          {canWrite && (
            <th scope="col">
              <span className="sr-only">Change</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {costs.map((cost) => (
          <tr key={cost.id}>
            <th scope="row" className="clip" title={cost.description}>
              {cost.description}
            </th>
            <td>{formatDate(cost.date)}</td>
            <td className="end">{formatMoney(cost.amount)}</td>
            <td className="quiet">{cost.createdByName ?? missing}</td>
            {canWrite && (
              <td className="end">
                <a
                  className="link"
                  href={paths.campaignCost(cost.campaignId, cost.id)}
                  aria-label={`Change ${cost.description}`}
                >
                  Change
                </a>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export interface CostFormProps extends Pick<OtherCostsProps, 'currency' | 'today' | 'failure'> {
  /** Null: a new one. */
  cost: CampaignCost | null;
}

/** One cost, to enter or to change. */
export function CostForm({ cost, currency, today, failure }: CostFormProps) {
  const pending = useNavigation().formData?.get('intent');
  const intent = cost ? 'update' : 'create';
  const errors = failure?.fields;
  const stored: Readonly<Record<string, string>> = cost
    ? { date: cost.date, description: cost.description, ...cost.amount }
    : { date: today };
  const valueOf = (name: string) => (failure ? (failure.values[name] ?? '') : (stored[name] ?? ''));
  return (
    <Form
      method="post"
      preventScrollReset
      className="grid gap-3"
      key={failure ? 'again' : (cost?.version ?? 'new')}
    >
      <FormErrorSummary formError={failure?.message} />
      {cost && <input type="hidden" name="expectedVersion" value={cost.version} />}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[10rem_minmax(0,1fr)_9rem_6rem]">
        <Field name="date" label="Day" required error={errors?.date}>
          {(control) => <Input {...control} type="date" defaultValue={valueOf('date')} />}
        </Field>
        <Field name="description" label="What for" required error={errors?.description}>
          {(control) => <Input {...control} defaultValue={valueOf('description')} autoComplete="off" />}
        </Field>
        <Field name="amount" label="Amount" required error={errors?.amount}>
          {(control) => <Input {...control} numeric defaultValue={valueOf('amount')} autoComplete="off" />}
        </Field>
        <Field name="currency" label="Currency" hidesOptional error={errors?.currency}>
          {(control) => (
            <Input
              {...control}
              defaultValue={valueOf('currency')}
              placeholder={currency}
              maxLength={3}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <div>
        <Button
          type="submit"
          name="intent"
          value={intent}
          isPending={pending === intent}
          {...(cost && { variant: 'primary' as const })}
        >
          {cost ? 'Save changes' : 'Enter the cost'}
        </Button>
      </div>
    </Form>
  );
}
