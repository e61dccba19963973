import { ArrowLeftRight } from 'lucide-react';
import type { DealCard } from '../../../server/domain/deals/schema.ts';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { dealStatusLabels } from './labels.ts';

const dayMs = 86_400_000;

export interface BoardCardProps {
  card: DealCard;
  /** ISO 8601; the age in the stage is counted from it. */
  now: string;
  canMove: boolean;
  isMoving: boolean;
}

/** One deal on the board. Its button leads to the deal's stages; the board's script opens them in place. */
export function BoardCard({ card, now, canMove, isMoving }: BoardCardProps) {
  const days = Math.floor((Date.parse(now) - Date.parse(card.stageChangedAt)) / dayMs);
  const date = card.status === 'OPEN' ? card.expectedCloseOn : card.closedOn;
  return (
    <li className="board-card" data-deal={card.id} {...(isMoving && { 'data-moving': '' })}>
      <a href={paths.deal(card.id)} className="block truncate pr-6 font-medium">
        {card.name}
      </a>
      <p className="truncate text-sm text-muted">{card.companyName ?? card.contactName ?? 'No company'}</p>
      <p className="figures flex flex-wrap gap-x-2 pt-1 pr-6 text-sm">
        <span className="font-medium">{formatMoney(card.amount)}</span>
        {card.status !== 'OPEN' && (
          <span className={card.status === 'WON' ? 'text-success-ink' : 'text-danger-ink'}>
            {dealStatusLabels[card.status]}
          </span>
        )}
        {date && <span className="text-muted">{formatDate(date)}</span>}
        {card.status === 'OPEN' && days > 0 && <span className="text-subtle">{days} d in stage</span>}
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
