import type { BudgetVersionSummary } from '../../../server/domain/budgets/schema.ts';
import { formatDateIn, formatMoney, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { budgetStatusLabels, budgetStatusTones, versionName } from './labels.ts';

export interface VersionListProps {
  versions: readonly BudgetVersionSummary[];
  timeZone: string;
}

/** Every plan of the campaign's money that there was, with who made and who approved it. */
export function VersionList({ versions, timeZone }: VersionListProps) {
  return (
    <Panel title="Versions" padded={false}>
      <Table label="Versions of the budget">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Status</th>
            <th scope="col" className="end">
              Total
            </th>
            <th scope="col">By</th>
            <th scope="col">Approved by</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.number}>
              <th scope="row">
                {version.id === null ? (
                  versionName(version)
                ) : (
                  <a className="link" href={paths.campaignBudgetVersion(version.campaignId, version.id)}>
                    {versionName(version)}
                  </a>
                )}
              </th>
              <td>
                <StatusDot tone={budgetStatusTones[version.status]}>
                  {budgetStatusLabels[version.status]}
                </StatusDot>
              </td>
              <td className="end">{formatMoney(version.total)}</td>
              <td>{whoAndWhen(version.createdByName, version.createdAt, timeZone)}</td>
              <td>{whoAndWhen(version.approvedByName, version.approvedAt, timeZone)}</td>
              <td className="clip quiet" title={version.reason ?? version.note ?? undefined}>
                {version.reason ?? version.note ?? missing}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function whoAndWhen(name: string | null, at: string | null, timeZone: string): string {
  if (at === null) return name ?? missing;
  const day = formatDateIn(at, timeZone);
  return name ? `${name}, ${day}` : day;
}
