import type { Pipeline } from '../../../server/domain/deals/schema.ts';
import { formatCount, formatDateRange } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Sums } from '../deals/board-totals.tsx';
import { stageLabels } from '../deals/labels.ts';

/** The open deals stage by stage, and what this month has won. Each figure leads to its deals. */
export function PipelineStats({ pipeline }: { pipeline: Pipeline }) {
  const { stages, won } = pipeline;
  return (
    <section aria-labelledby="pipeline">
      <h2 id="pipeline" className="pb-2 text-md">
        Deals
      </h2>
      <ul className="stat-row">
        {stages.map(({ stage, count, sums }) => (
          <li key={stage} className="stat">
            <a href={withQuery(paths.dealList(), { stage })} className="block hover:underline">
              <span className="block text-sm text-muted">{stageLabels[stage]}</span>
              <span className="figures block text-xl font-semibold">{formatCount(count)}</span>
            </a>
            <span className="block text-sm text-muted">
              <Sums sums={sums} />
            </span>
          </li>
        ))}
        <li className="stat">
          <a
            href={withQuery(paths.dealList(), { status: 'WON' })}
            className="block hover:underline"
            title={formatDateRange(won.from, won.to)}
          >
            <span className="block text-sm text-muted">Won this month</span>
            <span className="figures block text-xl font-semibold">{formatCount(won.count)}</span>
          </a>
          <span className="block text-sm text-muted">
            <Sums sums={won.sums} />
          </span>
        </li>
      </ul>
    </section>
  );
}
