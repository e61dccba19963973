import type { CreatorStatusCounts } from '../../../server/domain/creators/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import { creatorStatusLabels } from './labels.ts';

/** The pipeline as links, each with how many of the list's creators stand there. */
export function StatusTabs({ url, counts }: { url: URL; counts: CreatorStatusCounts }) {
  const current = url.searchParams.get('status');
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const steps = counts.map(({ status, count }) => ({ status, label: creatorStatusLabels[status], count }));
  return (
    <nav aria-label="Creators by status" className="roster-steps">
      <ul>
        {[{ status: null, label: 'All', count: all }, ...steps].map(({ status, label, count }) => (
          <li key={label}>
            <a
              href={listHref(url, { status })}
              className="kind-chip"
              {...(status === current && { 'aria-current': 'true' as const })}
            >
              {label} <span className="figures text-subtle">{formatCount(count)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
