import type { ReactNode } from 'react';
import type { Dashboard, FigureName } from '../../../server/domain/metrics/dashboard-schema.ts';
import { missing } from '../../lib/format.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';
import type { metricExplainer } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { DeltaMark } from './delta-mark.tsx';
import { deltaOf, isFromZero } from './deltas.ts';
import {
  type FigureSpec,
  figureTitle,
  isPartlyTold,
  printFigure,
  totalLines,
  untoldAccounts,
} from './figure-specs.ts';

export interface FigureTotalsProps {
  dashboard: Dashboard;
  explain: ReturnType<typeof metricExplainer>;
}

/** Every figure of the range, what moved it, and how it stood before. Null is "—" with its reason, never 0. */
export function FigureTotals({ dashboard, explain }: FigureTotalsProps) {
  return (
    <div className="grid gap-3">
      {totalLines.map((line) => (
        <StatRow key={line[0]?.id}>
          {line.map((spec) => (
            <Total key={spec.id} spec={spec} dashboard={dashboard} explain={explain} />
          ))}
        </StatRow>
      ))}
    </div>
  );
}

function Total({ spec, dashboard, explain }: FigureTotalsProps & { spec: FigureSpec }) {
  const { totals, currency } = dashboard;
  const value = printFigure(spec, totals, currency);
  const hint = value === missing ? reasonOf(spec, dashboard) : hintOf(spec, dashboard);
  return (
    <Stat
      isDense
      label={spec.label}
      value={
        <ExplainLink href={explain(spec.id)} figure={spec.id} title={figureTitle(spec, totals, currency)}>
          {value}
        </ExplainLink>
      }
      hint={
        <>
          {hint}
          <Before spec={spec} dashboard={dashboard} explain={explain} />
        </>
      }
    />
  );
}

/** "+12.4% up from AED 1,100.00": how it moved against the other range. */
function Before({ spec, dashboard, explain }: FigureTotalsProps & { spec: FigureSpec }): ReactNode {
  const { totals, compared, currency } = dashboard;
  if (compared === null) return null;
  const before = printFigure(spec, compared, currency);
  if (before === missing) return null;
  const was = (
    <ExplainLink
      href={explain(spec.id, { isCompared: true })}
      figure={`${spec.id} before`}
      label={`${spec.label} before`}
    >
      {before}
    </ExplainLink>
  );
  const delta = deltaOf(spec, totals, compared);
  if (delta) {
    return (
      <span className="block">
        <DeltaMark delta={delta} before={before} />{' '}
        {delta.direction === 'same' ? delta.word : <>{delta.word} from</>} {was}
      </span>
    );
  }
  const words = isFromZero(spec.value(totals), spec.value(compared)) ? 'from' : 'before';
  return (
    <span className="block">
      {words} {was}
    </span>
  );
}

/** What the figure is per, and whose days it is without. */
function hintOf(spec: FigureSpec, { totals, untoldBy }: Dashboard): string | undefined {
  if (!isPartlyTold(spec, totals)) return spec.per;
  const without = `without ${untoldAccounts(spec, untoldBy)}`;
  return spec.per ? `${spec.per}, ${without}` : without;
}

const ofPeople: readonly FigureName[] = ['reach', 'frequency'];

function reasonOf(spec: FigureSpec, dashboard: Dashboard): string {
  const { days, leftOut, totals, untoldBy } = dashboard;
  if (days.length === 0) return dashboard.asOf === null ? 'no delivery in these days' : 'not known then';
  if (ofPeople.includes(spec.id)) return spec.id === 'reach' ? 'can’t be added up' : 'needs the reach';
  if (isPartlyTold(spec, totals) && (spec.needs === undefined || totals[spec.needs] === null))
    return `not told by ${untoldAccounts(spec, untoldBy)}`;
  if (spec.divisor && isZero(spec, dashboard)) return `no ${spec.divisor} to divide by`;
  if (leftOut.length > 0 && spec.kind !== 'count') return 'no exchange rate';
  return spec.id.startsWith('video') ? 'not told for all of it' : 'not told by the platform';
}

/** Whether what a ratio divides by is known to be nothing. */
function isZero({ divisor }: FigureSpec, { totals }: Dashboard): boolean {
  if (divisor === 'spend') return totals.spend !== null && Number(totals.spend.amount) === 0;
  const value = divisor && divisor in totals ? totals[divisor as 'clicks' | 'impressions'] : null;
  return value !== null && Number(value) === 0;
}
