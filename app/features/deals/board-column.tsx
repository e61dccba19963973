import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import type { BoardColumn, DealStage } from './board-types.ts';
import { TotalLines } from './board-totals.tsx';
import { BoardCard, type CardFrame } from './deal-card.tsx';
import { dealStatusLabels, stageLabels } from './labels.ts';
import { QuickAdd } from './quick-add.tsx';

export interface BoardColumnViewProps {
  column: BoardColumn;
  frame: CardFrame;
  owners: Readonly<Record<string, string>>;
  /** The same stage as a list, for whoever has no script. */
  listHref: string;
  moving: ReadonlySet<string>;
  isLoading: boolean;
  onMore: (stage: DealStage) => void;
  isAdding: boolean;
  onAdd: (stage: DealStage | null) => void;
}

export function BoardColumnView({
  column,
  frame,
  owners,
  moving,
  isAdding,
  onAdd,
  ...more
}: BoardColumnViewProps) {
  const { stage, cards, staleAfterDays } = column;
  const canAdd = frame.canMove && stage !== 'CLOSED';
  return (
    <section className="board-column" aria-labelledby={`stage-${stage}`} data-stage={stage}>
      <ColumnHeader column={column} canAdd={canAdd} />
      {isAdding && <QuickAdd stage={stage} onClose={() => onAdd(null)} />}
      {cards.length === 0 && <p className="px-1.5 pb-2 text-sm text-muted">No deals here.</p>}
      <ul className="board-cards">
        {cards.map((card) => (
          <BoardCard
            key={card.id}
            card={card}
            frame={frame}
            owner={card.ownerId ? (owners[card.ownerId] ?? null) : null}
            staleAfterDays={staleAfterDays}
            isMoving={moving.has(card.id)}
          />
        ))}
      </ul>
      {cards.length < column.count && <MoreCards column={column} {...more} />}
    </section>
  );
}

/** The stage with its count and sums over all that matches; the closed one says apart what was won and lost. */
function ColumnHeader({ column, canAdd }: { column: BoardColumn; canAdd: boolean }) {
  const { stage, count, byStatus } = column;
  return (
    <header>
      <div className="flex items-center gap-2">
        <h2 id={`stage-${stage}`}>{stageLabels[stage]}</h2>
        <span className="figures text-muted">
          {formatCount(count)}
          <span className="sr-only"> {count === 1 ? 'deal' : 'deals'}</span>
        </span>
        {canAdd && (
          <a
            href={withQuery(paths.newDeal(), { stage })}
            data-add={stage}
            className={`ml-auto ${buttonClass({ variant: 'quiet', size: 'small', iconOnly: true })}`}
            aria-label={`Add a deal to ${stageLabels[stage]}`}
          >
            <Plus aria-hidden="true" />
          </a>
        )}
      </div>
      <div className="text-sm text-muted">
        {stage !== 'CLOSED' || count === 0 ? (
          <TotalLines totals={column} isOpen />
        ) : (
          <dl className="grid gap-1">
            {byStatus
              .filter((part) => part.count > 0)
              .map((part) => (
                <div key={part.status}>
                  <dt>
                    {dealStatusLabels[part.status]}{' '}
                    <span className="figures text-ink">{formatCount(part.count)}</span>
                  </dt>
                  <dd className="m-0">
                    <TotalLines totals={part} isOpen={false} />
                  </dd>
                </div>
              ))}
          </dl>
        )}
      </div>
    </header>
  );
}

/** The column's next page in place, by itself once it comes near; before the script, the same stage as a list. */
function MoreCards({
  column,
  listHref,
  isLoading,
  onMore,
}: Pick<BoardColumnViewProps, 'column' | 'listHref' | 'isLoading' | 'onMore'>) {
  const { stage, nextCursor } = column;
  const hasScript = useHasScript();
  const button = useRef<HTMLButtonElement>(null);
  const shown = column.cards.length;
  useEffect(() => {
    const element = button.current;
    if (!element || isLoading) return;
    // A screen's height ahead, and only while somebody scrolls: the first page alone is what the address gave.
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(stage), {
      root: element.closest('.board'),
      rootMargin: '0px 0px 400px 0px',
    });
    const start = () => observer.observe(element);
    const scroller = element.closest('.board');
    scroller?.addEventListener('scroll', start, { once: true, passive: true });
    return () => {
      scroller?.removeEventListener('scroll', start);
      observer.disconnect();
    };
  }, [stage, isLoading, onMore, shown]);
  const rest = formatCount(column.count - shown);
  if (!hasScript || nextCursor === null) {
    return (
      <a className={buttonClass({ variant: 'quiet', size: 'small' })} href={listHref}>
        {rest} more in the list
      </a>
    );
  }
  return (
    <Button ref={button} variant="quiet" size="small" isPending={isLoading} onClick={() => onMore(stage)}>
      Show more · {rest} left
      <span className="sr-only"> in {stageLabels[stage]}</span>
    </Button>
  );
}
