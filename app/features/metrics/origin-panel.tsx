import type { Dashboard } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { FxUse } from '../../../server/domain/metrics/schema.ts';
import { formatDateRange } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { figureSpecs } from './figure-specs.ts';

/** Which rates the amounts went through, what is not told, what may be claimed twice, and how every figure is made. */
export function OriginPanel({ dashboard }: { dashboard: Dashboard }) {
  const foreign = dashboard.fx.filter(({ base, quote }) => base !== quote);
  return (
    <Panel title="Where the figures come from">
      <div className="grid gap-3">
        {foreign.map((use) => (
          <RateNote key={use.base} use={use} />
        ))}
        {foreign.length === 0 && <p>{unconverted(dashboard)}</p>}
        {dashboard.hasOverlap && (
          <p>
            More than one platform claims conversions here, each for itself. What two of them claim is counted
            twice in these sums.
          </p>
        )}
        <UntoldNotes dashboard={dashboard} />
        <details>
          <summary className="inline-flex min-h-6 items-center rounded-sm text-link">
            How each figure is made
          </summary>
          <dl className="grid gap-2 pt-2">
            {Object.values(figureSpecs).map(({ id, label, formula }) => (
              <div key={id}>
                <dt className="font-medium">{label}</dt>
                <dd className="text-muted">{formula}</dd>
              </div>
            ))}
          </dl>
          <p className="pt-2 text-muted">
            Reach is asked of the platform for exactly a period. People reached twice count once, so it is
            never a sum.
          </p>
        </details>
      </div>
    </Panel>
  );
}

/** Which accounts tell no conversions, and how a sum without them is marked. */
function UntoldNotes({ dashboard: { untoldBy } }: { dashboard: Dashboard }) {
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

function unconverted({ days, leftOut }: Dashboard): string {
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
