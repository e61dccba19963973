import type { Dashboard } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { LeftOut } from '../../../server/domain/metrics/schema.ts';
import { formatDateRange, formatDateTime } from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

export interface FigureNoticesProps {
  url: URL;
  dashboard: Dashboard;
  /** The agency's, in which a day as of which is asked for ends. */
  timeZone: string;
}

/** What a reader must know before reading a figure: that it is one of the past, and what is not in it. */
export function FigureNotices({ url, dashboard, timeZone }: FigureNoticesProps) {
  const { asOf, leftOut, comparedLeftOut, currency } = dashboard;
  return (
    <>
      {asOf !== null && (
        <Callout
          tone="info"
          title={`As it stood on ${formatDateTime(asOf, timeZone)} (${timeZone.replaceAll('_', ' ')})`}
          actions={
            <LinkButton size="small" href={listHref(url, { asOf: null })}>
              Back to now
            </LinkButton>
          }
        >
          What platforms restated since then is taken back. Which campaign a platform campaign belongs to is
          today’s.
        </Callout>
      )}
      {leftOut.length > 0 && (
        <Callout tone="warning" title={`Not everything is in the ${currency} totals`}>
          <LeftOutList url={url} items={leftOut} />
        </Callout>
      )}
      {comparedLeftOut.length > 0 && (
        <Callout tone="warning" title="Not everything is in the figures of before">
          <LeftOutList url={url} items={comparedLeftOut} />
        </Callout>
      )}
    </>
  );
}

function LeftOutList({ url, items }: { url: URL; items: readonly LeftOut[] }) {
  return (
    <ul className="grid gap-1">
      {items.map((item) => (
        <li key={item.currency}>
          {formatDateRange(item.firstDate, item.lastDate)}: {item.note}
          <a className="link block w-fit" href={listHref(url, { currency: item.currency })}>
            Show all in {item.currency}
          </a>
        </li>
      ))}
    </ul>
  );
}
