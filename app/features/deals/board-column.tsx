import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { formatCount } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';
import { Sums } from './board-totals.tsx';
import { BoardCard } from './deal-card.tsx';
import { dealStatusLabels, stageLabels } from './labels.ts';

export interface BoardColumnViewProps {
  column: BoardColumn;
  owners: Readonly<Record<string, string>>;
  url: URL;
  now: string;
  canMove: boolean;
  moving: readonly string[];
  onMore: (stage: DealStage, cards: readonly DealCard[]) => void;
}

export function BoardColumnView({ column, url, onMore, ...board }: BoardColumnViewProps) {
  const { stage, cards } = column;
  return (
    <section className="board-column" aria-labelledby={`stage-${stage}`}>
      <ColumnHeader column={column} />
      {cards.length === 0 && <p className="px-1.5 pb-2 text-sm text-muted">No deals here.</p>}
      <ul className="board-cards">
        {cards.map((card) => (
          <BoardCard
            key={card.id}
            card={card}
            owner={card.ownerId ? (board.owners[card.ownerId] ?? null) : null}
            now={board.now}
            canMove={board.canMove}
            isMoving={board.moving.includes(card.id)}
          />
        ))}
      </ul>
      {cards.length < column.count && <MoreCards column={column} url={url} onMore={onMore} />}
    </section>
  );
}

/** The stage with its count and sums over all that matches; the closed one says apart what was won and lost. */
function ColumnHeader({ column }: { column: BoardColumn }) {
  const { stage, count, sums, byStatus } = column;
  return (
    <header>
      <div className="flex items-baseline gap-2">
        <h2 id={`stage-${stage}`}>{stageLabels[stage]}</h2>
        <span className="figures text-muted">
          {formatCount(count)}
          <span className="sr-only"> {count === 1 ? 'deal' : 'deals'}</span>
        </span>
      </div>
      {stage !== 'CLOSED' || count === 0 ? (
        <p className="text-sm text-muted">
          <Sums sums={sums} />
        </p>
      ) : (
        <dl className="text-sm text-muted">
          {byStatus
            .filter((part) => part.count > 0)
            .map((part) => (
              <div key={part.status}>
                <dt className="inline">{dealStatusLabels[part.status]}</dt>{' '}
                <dd className="inline">
                  <span className="figures text-ink">{formatCount(part.count)}</span>
                  {part.status === 'WON' && (
                    <>
                      {' · '}
                      <Sums sums={part.sums} />
                    </>
                  )}
                </dd>
              </div>
            ))}
        </dl>
      )}
    </header>
  );
}

interface ColumnPage {
  items: readonly DealCard[];
  nextCursor: string | null;
}

const filterNames = ['q', 'ownerId', 'brandId', 'companyId', 'contactId'] as const;

/** The column's next page in place; before the script, the same stage as a list. */
function MoreCards({ column, url, onMore }: Pick<BoardColumnViewProps, 'column' | 'url' | 'onMore'>) {
  const { stage } = column;
  const { data, state, load } = useFetcher<ColumnPage>();
  const hasScript = useHasScript();
  useEffect(() => {
    if (data) onMore(stage, data.items);
  }, [data, stage, onMore]);
  const cursor = data ? data.nextCursor : column.nextCursor;
  const filters = Object.fromEntries(filterNames.map((name) => [name, url.searchParams.get(name)]));
  const rest = formatCount(column.count - column.cards.length);
  if (!hasScript || cursor === null) {
    return (
      <a
        className={buttonClass({ variant: 'quiet', size: 'small' })}
        href={withQuery(paths.dealList(), { stage, ...filters })}
      >
        {rest} more in the list
      </a>
    );
  }
  return (
    <Button
      variant="quiet"
      size="small"
      isPending={state !== 'idle'}
      onClick={() => load(withQuery(paths.dealColumn(), { stage, cursor, ...filters }))}
    >
      Show more · {rest} left
      <span className="sr-only"> in {stageLabels[stage]}</span>
    </Button>
  );
}
