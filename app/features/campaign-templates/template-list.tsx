import type { CampaignTemplate } from '../../../server/domain/campaign-templates/schema.ts';
import { formatDateIn, formatMoney, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Table } from '../../ui/table.tsx';
import { objectiveLabels } from '../campaigns/labels.ts';
import { lengthWords } from './plan-words.ts';

export interface TemplateListProps {
  templates: readonly CampaignTemplate[];
  canCreate: boolean;
  timeZone: string;
}

/** The plans that campaigns begin from. */
export function TemplateList({ templates, canCreate, timeZone }: TemplateListProps) {
  return (
    <Table label="Templates" rows="linked">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">For</th>
          <th scope="col">Objective</th>
          <th scope="col">Length</th>
          <th scope="col" className="end">
            Budget
          </th>
          <th scope="col">Kept by</th>
          {canCreate && (
            <th scope="col">
              <span className="sr-only">Begin</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {templates.map(({ id, name, brandId, brandName, plan, createdByName, createdAt, isActive }) => (
          <tr key={id} data-record-id={id}>
            <th scope="row">
              <a data-row-link="" href={paths.campaignTemplate(id)}>
                {name}
              </a>
            </th>
            <td>{brandId === null ? 'Every brand' : (brandName ?? 'A brand that is not yours to see')}</td>
            <td className="quiet">{plan.objective ? objectiveLabels[plan.objective] : missing}</td>
            <td>{lengthWords(plan.durationDays)}</td>
            <td className="end">{formatMoney(budgetOf(plan))}</td>
            <td className="quiet">
              {[createdByName, formatDateIn(createdAt, timeZone)].filter(Boolean).join(', ')}
            </td>
            {canCreate && (
              <td className="end">
                {isActive && (
                  <a
                    className="link"
                    href={paths.newCampaign({ templateId: id })}
                    aria-label={`Begin a campaign from ${name}`}
                  >
                    Begin a campaign
                  </a>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The budget of a plan; null where it says none, or no currency. */
export function budgetOf({ budget, currency }: CampaignTemplate['plan']) {
  return budget && currency ? { amount: budget, currency } : null;
}
