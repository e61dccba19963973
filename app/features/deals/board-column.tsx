import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';
import { CountAndSums } from './board-totals.tsx';
import { BoardCard } from './deal-card.tsx';
import { dealStatusLabels, stageLabels } from './labels.ts';

export interface BoardColumnViewProps {
  column: BoardColumn;
  url: URL;
  now: string;
  canMove: boolean;
  moving: readonly string[];
  onMore: (stage: DealStage, cards: readonly DealCard[]) => void;
}

export function BoardColumnView({ column, url, now, canMove, moving, onMore }: BoardColumnViewProps) {
  const { stage, cards, byStatus } = column;
  return (
    <section className="board-column" aria-labelledby={`stage-${stage}`}>
      <header>
        <h2 id={`stage-${stage}`} className="flex items-baseline justify-between gap-2">
          {stageLabels[stage]}
          <CountAndSums count={column.count} sums={column.sums} />
        </h2>
        {stage === 'CLOSED' && byStatus.some(({ count }) => count > 0) && (
          <dl className="grid pt-1 text-sm">
            {byStatus.map((part) => (
              <div key={part.status} className="flex justify-between gap-2">
                <dt className="text-muted">{dealStatusLabels[part.status]}</dt>
                <dd>
                  <CountAndSums count={part.count} sums={part.sums} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </header>
      <ul className="board-cards">
        {cards.map((card) => (
          <BoardCard
            key={card.id}
            card={card}
            now={now}
            canMove={canMove}
            isMoving={moving.includes(card.id)}
          />
        ))}
      </ul>
      {cards.length < column.count && <MoreCards column={column} url={url} onMore={onMore} />}
    </section>
  );
}

interface ColumnPage {
  items: readonly DealCard[];
  nextCursor: string | null;
}

/** The column's next page in place; before the script, the same stage as a list. */
function MoreCards({ column, url, onMore }: Pick<BoardColumnViewProps, 'column' | 'url' | 'onMore'>) {
  const { stage } = column;
  const fetcher = useFetcher<ColumnPage>();
  const [isReady, setIsReady] = useState(false);
  useEffect(() => setIsReady(true), []);
  const { data } = fetcher;
  useEffect(() => {
    if (data) onMore(stage, data.items);
  }, [data, stage, onMore]);
  const cursor = data ? data.nextCursor : column.nextCursor;
  const filters = Object.fromEntries(
    ['q', 'ownerId', 'brandId', 'companyId'].map((name) => [name, url.searchParams.get(name)]),
  );
  const words = `${formatCount(column.count - column.cards.length)} more`;
  if (!isReady || cursor === null) {
    return (
      <a
        className={buttonClass({ variant: 'quiet', size: 'small' })}
        href={withQuery(paths.dealList(), { stage, ...filters })}
      >
        {words} in the list
      </a>
    );
  }
  return (
    <Button
      variant="quiet"
      size="small"
      isPending={fetcher.state !== 'idle'}
      onClick={() => fetcher.load(withQuery(paths.dealColumn(), { stage, cursor, ...filters }))}
    >
      Show more of {words}
    </Button>
  );
}
