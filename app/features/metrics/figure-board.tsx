import { type ReactNode, useMemo } from 'react';
import type { Breakdown } from '../../../server/domain/metrics/dashboard-schema.ts';
import { listHref } from '../../lib/list-url.ts';
import { metricExplainer } from '../explanations/explain-address.ts';
import { useAccount, useTimeZone } from '../shell/use-account.ts';
import type { FiguresData } from './figures.server.ts';
import { scopeOf } from './figure-address.ts';
import { FigureBreakdown } from './figure-breakdown.tsx';
import { FigureChart } from './figure-chart.tsx';
import { FigureNotices } from './figure-notices.tsx';
import { chartFigure } from './figure-specs.ts';
import { FigureTotals } from './figure-totals.tsx';
import { FreshnessOfAll } from './freshness-mark.tsx';
import { FreshnessPanel } from './freshness-panel.tsx';
import { freshnessWords } from './freshness-words.ts';
import { OriginPanel } from './origin-panel.tsx';

export interface FigureBoardProps {
  url: URL;
  data: Omit<FiguresData, 'address'>;
  cuts: readonly Breakdown[];
  /** In place of chart and table where nothing was delivered. */
  empty: ReactNode;
  /** Beside the chart. */
  beside?: ReactNode;
  /** At the end, with the freshness and the origin beside it. */
  aside?: ReactNode;
}

/** Totals, chart and breakdown of a dashboard, with how fresh it is and where it comes from. */
export function FigureBoard({ url, data, cuts, empty, beside, aside }: FigureBoardProps) {
  const { dashboard, input, now } = data;
  const { freshness, state, days } = dashboard;
  const agencyZone = useAccount().current.organization.timeZone;
  const reader = { timeZone: useTimeZone(), now };
  const explain = useExplainer(data);
  const origin = (
    <>
      <FreshnessPanel freshness={freshness} {...reader} />
      <OriginPanel dashboard={dashboard} />
    </>
  );
  const hasFigures = days.length > 0 || (dashboard.compared?.impressions ?? null) !== null;
  return (
    <>
      <FigureNotices url={url} dashboard={dashboard} timeZone={agencyZone} />
      <section aria-label="Totals" className="grid gap-3">
        {freshness.length > 0 && (
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
            <FreshnessOfAll marks={freshness} state={state} {...reader} />
            {days.length > 0 && <span>{freshnessWords[state].meaning}</span>}
          </p>
        )}
        <FigureTotals dashboard={dashboard} explain={explain} />
      </section>
      <div className={beside ? 'figure-beside' : 'grid gap-4'}>
        {hasFigures ? (
          <FigureChart
            dashboard={dashboard}
            explain={explain}
            figure={chartFigure(url.searchParams.get('metric'))}
            hrefOf={(metric) => listHref(url, { metric })}
          />
        ) : (
          empty
        )}
        {beside && <div className="grid gap-4">{beside}</div>}
      </div>
      {hasFigures && (
        <FigureBreakdown url={url} input={input} cuts={cuts} dashboard={dashboard} explain={explain} />
      )}
      {aside ? (
        <div className="figure-ends" data-aside="">
          <div className="grid gap-4">{aside}</div>
          <div className="grid gap-4">{origin}</div>
        </div>
      ) : (
        <div className="figure-ends">{origin}</div>
      )}
    </>
  );
}

/** Explanations of exactly what is shown: the answer's own days, currency and moment, so that a link means the same tomorrow. */
function useExplainer({ dashboard, input }: Pick<FiguresData, 'dashboard' | 'input'>) {
  return useMemo(() => {
    const { range, currency, asOf } = dashboard;
    return metricExplainer({ ...scopeOf(input), ...range, currency, ...(asOf !== null && { asOf }) });
  }, [dashboard, input]);
}
