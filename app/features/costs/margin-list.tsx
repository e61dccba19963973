import { Form } from '@remix-run/react';
import type { MarginRule } from '../../../server/domain/costs/schema.ts';
import { formatDate, formatDateRange, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import { budgetKindLabels } from '../budgets/labels.ts';
import { askedBy } from './margins-held.tsx';

export interface MarginListProps {
  rules: readonly MarginRule[];
  canWrite: boolean;
}

/** The margin rules, the narrowest first: on each day the first that is valid holds. */
export function MarginList({ rules, canWrite }: MarginListProps) {
  return (
    <Table label="Margin rules">
      <thead>
        <tr>
          <th scope="col">Of</th>
          <th scope="col">What it asks</th>
          <th scope="col">On</th>
          <th scope="col">Valid</th>
          <th scope="col">Note</th>
          {canWrite && (
            <th scope="col">
              <span className="sr-only">Change</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.id}>
            <th scope="row">{scopeName(rule)}</th>
            <td>{askedBy({ kind: rule.kind, percent: rule.percent, monthly: rule.amount })}</td>
            <td className="quiet">{onWhat(rule)}</td>
            <td>{validity(rule)}</td>
            <td className="clip quiet" title={rule.note ?? undefined}>
              {rule.note ?? missing}
            </td>
            {canWrite && (
              <td className="end">
                <Actions rule={rule} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Actions({ rule }: { rule: MarginRule }) {
  const what = `the rule of ${scopeName(rule)}, valid ${validity(rule)}`;
  return (
    <Form method="post" preventScrollReset className="flex items-center justify-end gap-2">
      <input type="hidden" name="marginRuleId" value={rule.id} />
      <input type="hidden" name="expectedVersion" value={rule.version} />
      <a className="link" href={paths.settingsCosts(rule.id)} aria-label={`Change ${what}`}>
        Change
      </a>
      <Button
        type="submit"
        name="intent"
        value="archiveMargin"
        size="small"
        variant="quiet"
        aria-label={`Delete ${what}`}
      >
        Delete
      </Button>
    </Form>
  );
}

function scopeName({ scope, brandName, campaignName }: MarginRule): string {
  if (scope === 'AGENCY') return 'The agency';
  return (scope === 'BRAND' ? brandName : campaignName) ?? 'Not yours to see';
}

function onWhat({ kind, appliesTo }: MarginRule): string {
  if (kind === 'FIXED') return missing;
  if (appliesTo.length === Object.keys(budgetKindLabels).length) return 'Everything';
  return appliesTo.map((one) => budgetKindLabels[one]).join(', ');
}

function validity({ validFrom, validTo }: MarginRule): string {
  return validTo ? formatDateRange(validFrom, validTo) : `from ${formatDate(validFrom)}`;
}
