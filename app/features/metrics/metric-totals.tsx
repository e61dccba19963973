import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import { formatCount, formatRatio, missing } from '../../lib/format.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';
import {
  type FigureSpec,
  figureTitle,
  isPartlyTold,
  printFigure,
  ratios,
  sums,
  untoldAccounts,
} from './measures.ts';

/** The range's totals and the ratios made of them. Null is "—" with its reason, never 0. */
export function MetricTotals({ metrics }: { metrics: CampaignMetrics }) {
  const { totals, currency } = metrics;
  const figure = (spec: FigureSpec) => {
    const value = printFigure(spec, totals, currency);
    const hint = value === missing ? reasonOf(spec, metrics) : hintOf(spec, metrics);
    return (
      <Stat
        key={spec.id}
        label={spec.label}
        value={value}
        title={figureTitle(spec, totals, currency)}
        {...(hint && { hint })}
      />
    );
  };
  return (
    <div className="grid gap-4">
      <StatRow>
        {Object.values(sums).map(figure)}
        <Stat
          label="Reach"
          value={formatCount(totals.reach)}
          title={reachTitle(metrics)}
          hint={totals.reach === null ? reachReason(metrics) : 'of exactly these days'}
        />
      </StatRow>
      <StatRow>
        {Object.values(ratios).map(figure)}
        <Stat
          label="Frequency"
          value={formatRatio(totals.frequency)}
          title="Impressions ÷ reach, for exactly these days"
          hint={totals.frequency === null ? 'needs the reach' : 'impressions per person'}
        />
      </StatRow>
    </div>
  );
}

/** What the figure is per, and whose days it is without. */
function hintOf(spec: FigureSpec, metrics: CampaignMetrics): string | undefined {
  if (!isPartlyTold(spec, metrics.totals)) return spec.per;
  const without = `without ${untoldAccounts(spec, metrics)}`;
  return spec.per ? `${spec.per}, ${without}` : without;
}

function reasonOf(spec: FigureSpec, metrics: CampaignMetrics): string {
  const { days, leftOut, byCurrency } = metrics;
  const { divisor, needs } = spec;
  if (days.length === 0) return 'no delivery in these days';
  const isUntold = needs !== undefined && byCurrency.every((own) => own[needs] === null);
  if (isUntold) return `not told by ${untoldAccounts(spec, metrics)}`;
  if (leftOut.length > 0) return 'no exchange rate';
  return divisor ? `no ${divisor} to divide by` : 'not told by the platform';
}

/** Reach is no sum: it stands here only when a platform was asked for exactly this, of one platform campaign. */
function reachReason({ platformCampaigns, days }: CampaignMetrics): string {
  if (days.length === 0) return 'no delivery in these days';
  return platformCampaigns.length > 1 ? 'can’t be added up' : 'not known for these days';
}

function reachTitle({ totals, platformCampaigns }: CampaignMetrics): string {
  const what = 'People who saw an ad at least once in exactly these days, as the platform counted them.';
  if (totals.reach !== null) return what;
  if (platformCampaigns.length > 1)
    return `${what} Two platform campaigns may have reached the same people, so theirs are not added; each has its own below.`;
  return `${what} The platform is asked for the last 7 and 28 days, this month and last month.`;
}
