import type { AppliedMargin } from '../../../server/domain/costs/schema.ts';
import { formatMoney, formatPercentPoints } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { marginKindLabels, marginScopeLabels } from './labels.ts';

/** The margin rules that held on some of the days, and what each asked. */
export function MarginsHeld({ margins }: { margins: readonly AppliedMargin[] }) {
  return (
    <Panel
      title="Margin"
      description="On each day the narrowest rule that is valid holds: the campaign’s, the brand’s, the agency’s."
      padded={margins.length === 0}
      actions={
        <LinkButton size="small" href={paths.settingsCosts()}>
          Margin rules
        </LinkButton>
      }
    >
      {margins.length === 0 ? (
        <p className="text-muted">No rule holds on these days: the client pays the cost.</p>
      ) : (
        <Table label="Margin rules that held">
          <thead>
            <tr>
              <th scope="col">Rule of</th>
              <th scope="col">What it asks</th>
              <th scope="col" className="end">
                On
              </th>
              <th scope="col" className="end">
                Margin
              </th>
            </tr>
          </thead>
          <tbody>
            {margins.map((rule) => (
              <tr key={rule.marginRuleId}>
                <th scope="row">{marginScopeLabels[rule.scope]}</th>
                <td>{askedBy(rule)}</td>
                <td className="end">{formatMoney(rule.base)}</td>
                <td className="end">{formatMoney(rule.margin)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

/** "12.5% markup on the cost", "AED 5,000.00 a month". */
export function askedBy({
  kind,
  percent,
  monthly,
}: Pick<AppliedMargin, 'kind' | 'percent' | 'monthly'>): string {
  if (kind === 'FIXED') return `${formatMoney(monthly)} a month`;
  const share = formatPercentPoints(percent, percentDigits(percent));
  return `${share} ${marginKindLabels[kind].replace(/^./, (letter) => letter.toLowerCase())}`;
}

function percentDigits(percent: string | null): number {
  return percent?.split('.')[1]?.replace(/0+$/, '').length ?? 0;
}
