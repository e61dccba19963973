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
        {foreign.length > 0 ? <Rates uses={foreign} /> : <p>{unconverted(dashboard)}</p>}
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

/** Each pair in a line; how it was found is folded. */
function Rates({ uses }: { uses: readonly FxUse[] }) {
  return (
    <div>
      <ul className="figures font-medium">
        {uses.map((use) => (
          <li key={use.base}>{rateWords(use)}</li>
        ))}
      </ul>
      <details>
        <summary className="inline-flex min-h-6 items-center rounded-sm text-link">
          Where {uses.length === 1 ? 'this rate comes' : 'these rates come'} from
        </summary>
        <ul className="grid gap-2 pt-1 text-muted">
          {uses.map((use) => (
            <li key={use.base}>
              {use.base}: {use.note} {publishedWords(use)}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function rateWords({ base, quote, minRate, maxRate }: FxUse): string {
  const rate = minRate === maxRate ? shortRate(minRate) : `${shortRate(minRate)} – ${shortRate(maxRate)}`;
  return `1 ${base} = ${rate} ${quote}`;
}

function publishedWords({ firstPublishedOn, lastPublishedOn, sources }: FxUse): string {
  if (!firstPublishedOn || !lastPublishedOn) return '';
  const by = sources.length > 0 ? ` by ${sources.join(' and ')}` : '';
  return `Published ${formatDateRange(firstPublishedOn, lastPublishedOn)}${by}; each day takes the last one on or before it.`;
}

/** Six decimals are enough to read; the sums use all of them. */
function shortRate(rate: string): string {
  return /^\d+(\.\d{1,6})?/.exec(rate)?.[0] ?? rate;
}
