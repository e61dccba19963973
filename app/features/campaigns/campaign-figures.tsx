import type { ReactNode } from 'react';
import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import type { ResolvedRange } from '../../lib/date-range.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AdAccountBreakdown } from '../metrics/breakdowns.tsx';
import { DailyChart } from '../metrics/daily-chart.tsx';
import { DailyTable } from '../metrics/daily-table.tsx';
import { chartFigure } from '../metrics/measures.ts';
import { LeftOutCallout } from '../metrics/provenance.tsx';
import { rangeQuery } from '../metrics/range.ts';
import { AttachedCampaigns } from './attached-campaigns.tsx';

export interface CampaignFiguresProps {
  metrics: CampaignMetrics;
  range: ResolvedRange;
  /** The figure that the address asks the chart for. */
  metric: string | null;
  canChange: boolean;
  /** What the campaign is: beside the chart. */
  about: ReactNode;
  /** Freshness, origin and timeline: beside the days. */
  aside: ReactNode;
}

const beside = 'grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]';

/** The figures by day, by platform campaign and by ad account. The wide tables have the page's whole width. */
export function CampaignFigures({ metrics, range, metric, canChange, ...parts }: CampaignFiguresProps) {
  const { campaignId, currency } = metrics;
  const figure = chartFigure(metric);
  const hrefOf = (change: { currency?: string; metric?: string }) =>
    withQuery(paths.campaign(campaignId), { ...rangeQuery(range), currency, metric, ...change });
  return (
    <>
      <LeftOutCallout metrics={metrics} hrefOf={(other) => hrefOf({ currency: other })} />
      <div className={beside}>
        {metrics.days.length > 0 ? (
          <DailyChart metrics={metrics} figure={figure} hrefOf={(id) => hrefOf({ metric: id })} />
        ) : (
          <NoFigures metrics={metrics} canChange={canChange} />
        )}
        <div className="grid gap-4">{parts.about}</div>
      </div>
      <AttachedCampaigns metrics={metrics} canChange={canChange} />
      <AdAccountBreakdown metrics={metrics} />
      <div className={metrics.days.length > 0 ? beside : 'grid items-start gap-4 md:grid-cols-3'}>
        <DailyTable metrics={metrics} />
        {metrics.days.length > 0 ? <div className="grid gap-4">{parts.aside}</div> : parts.aside}
      </div>
    </>
  );
}

function NoFigures({ metrics, canChange }: Pick<CampaignFiguresProps, 'metrics' | 'canChange'>) {
  const { campaignId, platformCampaigns } = metrics;
  if (platformCampaigns.length > 0) {
    return (
      <Panel>
        <EmptyState
          kind="no-result"
          title="No delivery in these days"
          description="The platforms reported nothing for this range. That is no zero: nothing ran, or it was not synced yet."
          action={{
            label: 'Show the last 90 days',
            href: withQuery(paths.campaign(campaignId), { range: 'last_90_days' }),
          }}
        />
      </Panel>
    );
  }
  const action = canChange
    ? { action: { label: 'Attach platform campaigns', href: paths.attachToCampaign(campaignId) } }
    : {};
  return (
    <Panel>
      <EmptyState
        kind="unused"
        title="No figures yet"
        description="Attach what the platforms run for this campaign, and its spend and results show here by themselves."
        {...action}
      />
    </Panel>
  );
}
