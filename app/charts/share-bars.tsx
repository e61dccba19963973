import { useId } from 'react';
import { formatPercentPoints } from '../lib/format.ts';
import { ShareBar } from './share-bar.tsx';

export interface Share {
  id: string;
  label: string;
  /** Of a hundred, a decimal string: "34.5". Shares of one chart need not add up to 100. */
  percent: string;
}

export interface ShareBarsProps {
  /** What is shared out: "Countries". The table's name. */
  title: string;
  /** The largest first. */
  shares: readonly Share[];
  /** How many stand there at once; the rest unfolds. */
  limit?: number;
  /** Where a heading around it says the title already. */
  hidesTitle?: boolean;
}

/** Shares as bars: a table whose middle column is drawn, so that it is the same for eyes, ears and a browser without a script. */
export function ShareBars({ title, shares, limit = 8, hidesTitle = false }: ShareBarsProps) {
  const titleId = useId();
  const largest = Math.max(0, ...shares.map(({ percent }) => Number(percent)));
  const rest = shares.slice(limit);
  return (
    <div className="grid min-w-0 gap-1">
      <h3 id={titleId} className={hidesTitle ? 'sr-only' : 'text-base font-medium'}>
        {title}
      </h3>
      <ShareTable labelledBy={titleId} shares={shares.slice(0, limit)} largest={largest} />
      {rest.length > 0 && (
        <details>
          <summary className="inline-flex min-h-6 items-center rounded-sm text-sm text-link">
            {rest.length} more
          </summary>
          <ShareTable label={`${title}: the others`} shares={rest} largest={largest} />
        </details>
      )}
    </div>
  );
}

interface ShareTableProps {
  label?: string;
  labelledBy?: string;
  shares: readonly Share[];
  largest: number;
}

function ShareTable({ label, labelledBy, shares, largest }: ShareTableProps) {
  return (
    <table className="share-table" aria-label={label} aria-labelledby={labelledBy}>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ id, label: name, percent }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <span className="share-cell">
                <ShareBar percent={percent} largest={largest} />
                <span className="figures share-figure">{formatPercentPoints(percent)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
