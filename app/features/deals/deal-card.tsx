import { ArrowLeftRight } from 'lucide-react';
import type { DealCard } from '../../../server/domain/deals/schema.ts';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { dealStatusLabels } from './labels.ts';

const dayMs = 86_400_000;

export interface BoardCardProps {
  card: DealCard;
  /** The owner's name. */
  owner: string | null;
  /** ISO 8601; the age in the stage is counted from it. */
  now: string;
  canMove: boolean;
  isMoving: boolean;
}

/** One deal on the board. Its button leads to the deal's stages; the board's script opens them in place. */
export function BoardCard({ card, owner, now, canMove, isMoving }: BoardCardProps) {
  return (
    <li className="board-card" data-deal={card.id} {...(isMoving && { 'data-moving': '' })}>
      <a href={paths.deal(card.id)} className="block truncate pr-7 font-medium">
        {card.name}
      </a>
      <div className="flex items-center gap-2 text-sm">
        <p className="min-w-0 flex-1 truncate text-muted">
          {card.companyName ?? card.contactName ?? 'No company'}
        </p>
        {owner && (
          <span title={owner}>
            <Avatar name={owner} />
            <span className="sr-only">{owner}</span>
          </span>
        )}
      </div>
      <p className="figures flex flex-wrap gap-x-2 text-sm text-muted">
        {card.amount && <span className="font-medium text-ink">{formatMoney(card.amount)}</span>}
        <CardState card={card} now={now} />
      </p>
      {canMove && (
        <a
          href={`${paths.deal(card.id)}#stage`}
          data-move={card.id}
          className={`board-move ${buttonClass({ variant: 'quiet', size: 'small', iconOnly: true })}`}
          aria-label={`Move ${card.name}`}
        >
          <ArrowLeftRight aria-hidden="true" />
        </a>
      )}
    </li>
  );
}

/** An open deal's expected close and its days in the stage; of a closed one the outcome and the day. */
function CardState({ card, now }: Pick<BoardCardProps, 'card' | 'now'>) {
  if (card.status !== 'OPEN') {
    return (
      <>
        <span className={card.status === 'WON' ? 'text-success-ink' : 'text-danger-ink'}>
          {dealStatusLabels[card.status]}
        </span>
        {card.closedOn && <span>{formatDate(card.closedOn)}</span>}
      </>
    );
  }
  const days = Math.floor((Date.parse(now) - Date.parse(card.stageChangedAt)) / dayMs);
  return (
    <>
      {card.expectedCloseOn && <span title="Expected close">{formatDate(card.expectedCloseOn)}</span>}
      {days > 0 && <span>{days} d in stage</span>}
    </>
  );
}
