import type { Dashboard, FigureName } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { Rollup } from '../../../server/domain/portfolio/schema.ts';
import { formatCount, formatDateRange, formatMoney, formatPercent } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { metricExplainer } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { DeltaMark } from '../metrics/delta-mark.tsx';
import { deltaOf } from '../metrics/deltas.ts';
import { figureSpecs, figureTitle, printFigure } from '../metrics/figure-specs.ts';
import { FreshnessOfAll } from '../metrics/freshness-mark.tsx';

const shown = ['spend', 'conversions', 'conversionValue', 'roas', 'cpa'] as const satisfies FigureName[];

export interface HomeKpisProps {
  dashboard: Dashboard;
  rollup: Rollup;
  /** A client's login sees no budgets. */
  showsPlan: boolean;
  timeZone: string;
  now: string;
}

/** How the agency does: the last days against those before, and the pace of all that runs. */
export function HomeKpis({ dashboard, rollup, showsPlan, timeZone, now }: HomeKpisProps) {
  const { range, comparedRange, freshness, state } = dashboard;
  const explain = metricExplainer(scopeOf(dashboard));
  return (
    <section aria-labelledby="kpis" className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="kpis" className="text-md">
          <a href={paths.performance()} className="hover:underline">
            Performance
          </a>
        </h2>
        <p className="text-sm text-muted">
          {formatDateRange(range.from, range.to)}
          {comparedRange && `, against ${formatDateRange(comparedRange.from, comparedRange.to)}`}
        </p>
        <FreshnessOfAll marks={freshness} state={state} timeZone={timeZone} now={now} />
      </div>
      <StatRow>
        {shown.map((name) => (
          <Kpi key={name} name={name} dashboard={dashboard} explain={explain} />
        ))}
        {showsPlan && (
          <Stat
            isDense
            label="Pacing"
            value={
              <a href={paths.portfolio()} className="hover:underline">
                {formatPercent(rollup.ratio, 0)}
              </a>
            }
            title="Spent through the last full day ÷ expected by then, both summed over the campaigns that run"
            hint={
              rollup.ratio === null
                ? 'no campaign is judged'
                : `${formatMoney(rollup.pacedSpent)} of ${formatMoney(rollup.expected)}`
            }
          />
        )}
        <Stat
          isDense
          label="Open campaigns"
          value={
            <a href={paths.portfolio('isOpen=true')} className="hover:underline">
              {formatCount(rollup.campaigns)}
            </a>
          }
        />
      </StatRow>
    </section>
  );
}

interface KpiProps {
  name: FigureName;
  dashboard: Dashboard;
  explain: ReturnType<typeof metricExplainer>;
}

function Kpi({ name, dashboard, explain }: KpiProps) {
  const { totals, compared, currency } = dashboard;
  const spec = figureSpecs[name];
  const delta = compared && deltaOf(spec, totals, compared);
  return (
    <Stat
      isDense
      label={spec.label}
      value={
        <ExplainLink href={explain(name)} figure={name} title={figureTitle(spec, totals, currency)}>
          {printFigure(spec, totals, currency)}
        </ExplainLink>
      }
      hint={
        compared && (
          <>
            {delta && DeltaMark({ delta, before: printFigure(spec, compared, currency) })}{' '}
            <ExplainLink
              href={explain(name, { isCompared: true })}
              figure={`${name} before`}
              label={`${spec.label} before`}
            >
              {printFigure(spec, compared, currency)}
            </ExplainLink>{' '}
            before
          </>
        )
      }
    />
  );
}

/** What the figures of this page are of: the answer's own days, so that a link means the same tomorrow. */
export function scopeOf({ range, currency }: Dashboard) {
  return { from: range.from, to: range.to, compare: 'PREVIOUS' as const, currency };
}
