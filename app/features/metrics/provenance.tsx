import type { CampaignMetrics, Freshness, FxUse } from '../../../server/domain/metrics/schema.ts';
import { formatDate, formatDateRange, formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { ratios, sums } from './measures.ts';

export interface LeftOutCalloutProps {
  metrics: CampaignMetrics;
  /** The page's address in another currency. */
  hrefOf: (currency: string) => string;
}

/** What had no rate: named, with its amount, and not in the totals. */
export function LeftOutCallout({ metrics, hrefOf }: LeftOutCalloutProps) {
  const { leftOut, currency } = metrics;
  if (leftOut.length === 0) return null;
  const inItsOwn = leftOut.map((item) => (
    <LinkButton key={item.currency} size="small" href={hrefOf(item.currency)}>
      Show {item.currency}
    </LinkButton>
  ));
  return (
    <Callout tone="warning" title={`Not everything is in the ${currency} totals`} actions={inItsOwn}>
      <ul>
        {leftOut.map((item) => (
          <li key={item.currency}>
            {formatDateRange(item.firstDate, item.lastDate)}: {item.note}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

/** The two clocks of each account. */
export function FreshnessPanel({ freshness, timeZone, now }: FreshnessPanelProps) {
  if (freshness.length === 0) return null;
  return (
    <Panel title="Freshness">
      <ul className="grid gap-3">
        {freshness.map((item) => (
          <li key={item.adAccountId}>
            <a className="link" href={paths.adAccount(item.adAccountId)}>
              {item.name}
            </a>
            <p className="text-muted">
              {platformLabel(item.platform)} · {item.currency} · {item.timeZone.replaceAll('_', ' ')}
            </p>
            <p>
              Covers days up to {formatDate(item.newestBusinessDate)}
              {item.partialDay && '; today is partial'}
            </p>
            <p className="text-muted">
              Last success{' '}
              {item.lastSyncedAt ? (
                <time dateTime={item.lastSyncedAt} title={formatDateTime(item.lastSyncedAt, timeZone)}>
                  {formatRelative(item.lastSyncedAt, now)}
                </time>
              ) : (
                'never'
              )}
            </p>
            <Trouble item={item} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export interface FreshnessPanelProps {
  freshness: readonly Freshness[];
  /** The agency's zone, for the full time on hover. */
  timeZone: string;
  now: string;
}

function Trouble({ item }: { item: Freshness }) {
  if (item.syncStatus === 'PAUSED') return <StatusDot>Paused</StatusDot>;
  if (item.syncError === null) return null;
  return (
    <p className="break-words">
      <StatusDot tone="danger">Sync failed</StatusDot>: {item.syncError}
    </p>
  );
}

/** Which rates the amounts went through, and how every figure is made. */
export function OriginPanel({ metrics }: { metrics: CampaignMetrics }) {
  const foreign = metrics.fx.filter(({ base, quote }) => base !== quote);
  return (
    <Panel title="Where the figures come from">
      <div className="grid gap-3">
        {foreign.map((use) => (
          <RateNote key={use.base} use={use} />
        ))}
        {foreign.length === 0 && <p>{unconverted(metrics)}</p>}
        <UntoldNotes metrics={metrics} />
        <details>
          <summary className="inline-flex min-h-6 items-center rounded-sm text-link">
            How each figure is made
          </summary>
          <dl className="grid gap-2 pt-2">
            {[...Object.values(sums), ...Object.values(ratios)].map(({ id, label, formula }) => (
              <div key={id}>
                <dt className="font-medium">{label}</dt>
                <dd className="text-muted">{formula}</dd>
              </div>
            ))}
            <div>
              <dt className="font-medium">Reach and frequency</dt>
              <dd className="text-muted">
                Asked of the platform for exactly a period. People reached twice count once, so it is never a
                sum.
              </dd>
            </div>
          </dl>
        </details>
      </div>
    </Panel>
  );
}

/** Which accounts tell no conversions, and how a sum without them is marked. */
function UntoldNotes({ metrics: { untoldBy } }: { metrics: CampaignMetrics }) {
  if (untoldBy.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {untoldBy.map(({ adAccountId, figure, note }) => (
        <li key={`${adAccountId} ${figure}`}>{note}</li>
      ))}
      <li className="text-muted">In the tables a figure of only some of its days has an asterisk.</li>
    </ul>
  );
}

function unconverted({ days, leftOut }: CampaignMetrics): string {
  if (days.length === 0) return 'There are no amounts in these days.';
  if (leftOut.length > 0) return 'No amount could be converted: see what is left out above.';
  return 'All amounts are in the currency that they were spent in; none is converted.';
}

function RateNote({ use }: { use: FxUse }) {
  const { base, quote, minRate, maxRate, firstPublishedOn, lastPublishedOn, sources } = use;
  const rate = minRate === maxRate ? shortRate(minRate) : `${shortRate(minRate)} – ${shortRate(maxRate)}`;
  return (
    <div>
      <p className="figures font-medium">
        1 {base} = {rate} {quote}
      </p>
      <p className="text-muted">{use.note}</p>
      {firstPublishedOn && lastPublishedOn && (
        <p className="text-muted">
          Published {formatDateRange(firstPublishedOn, lastPublishedOn)}
          {sources.length > 0 && ` by ${sources.join(' and ')}`}; each day takes the last one on or before it.
        </p>
      )}
    </div>
  );
}

/** Six decimals are enough to read; the sums use all of them. */
function shortRate(rate: string): string {
  return /^\d+(\.\d{1,6})?/.exec(rate)?.[0] ?? rate;
}
