import type { StageHistory } from '../../../server/domain/deals/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { dealStatusLabels, stageLabels } from './labels.ts';

export interface StageHistoryListProps {
  history: StageHistory;
  /** The agency's zone. */
  timeZone: string;
}

/** How long a deal was in each stage, and every move it made. */
export function StageHistoryList({ history: { items, byStage }, timeZone }: StageHistoryListProps) {
  return (
    <div className="grid gap-3">
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {byStage.map(({ stage, seconds }) => (
          <div key={stage}>
            <dt className="text-sm text-muted">{stageLabels[stage]}</dt>
            <dd className="figures m-0 font-medium">{lengthInWords(seconds)}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary className="link inline-block py-1 text-sm">Stage history ({items.length})</summary>
        <ol className="grid gap-2 pt-2">
          {items.toReversed().map((item) => (
            <li key={`${item.changedAt}:${item.toStage}:${item.toStatus}`} className="text-sm">
              <span className="font-medium">{moveInWords(item)}</span>
              {item.seconds !== null && (
                <span className="text-muted"> · stayed {lengthInWords(item.seconds)}</span>
              )}
              <span className="block text-muted">
                {formatDateTime(item.changedAt, timeZone)}
                {item.actorName && ` · ${item.actorName}`}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

type Item = StageHistory['items'][number];

function moveInWords({ fromStage, toStage, toStatus }: Item): string {
  const to =
    toStatus === 'OPEN'
      ? stageLabels[toStage]
      : `${stageLabels[toStage]}, ${dealStatusLabels[toStatus].toLowerCase()}`;
  if (fromStage === null) return `Began in ${to}`;
  return fromStage === toStage ? `Now ${to}` : `${stageLabels[fromStage]} → ${to}`;
}

/** "12 d", "5 h", "3 min", "under a minute". */
export function lengthInWords(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
