import { ArrowLeftRight } from 'lucide-react';
import { memo } from 'react';
import type { DealCard } from '../../../server/domain/deals/schema.ts';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { buttonClass } from '../../ui/button.tsx';
import type { CardLook } from './card-fields.ts';
import { dealStatusLabels, perPeriod } from './labels.ts';

const dayMs = 86_400_000;

/** What all cards of a board share; it stays the same object between renders. */
export interface CardFrame {
  look: CardLook;
  /** ISO 8601; the age in the stage is counted from it. */
  now: string;
  /** The agency's own day; an expected close before it is late. */
  today: string;
  canMove: boolean;
}

export interface BoardCardProps {
  card: DealCard;
  frame: CardFrame;
  /** The owner's name. */
  owner: string | null;
  staleAfterDays: number | null;
  isMoving: boolean;
}

/** One deal on the board. Its button leads to where it is moved; the board's script opens that in place. */
export const BoardCard = memo(function BoardCard({
  card,
  frame,
  owner,
  staleAfterDays,
  isMoving,
}: BoardCardProps) {
  const { look, canMove } = frame;
  const shows = (field: CardLook['fields'][number]) => look.fields.includes(field);
  const people = [
    shows('company') && (card.companyName ?? 'No company'),
    shows('contact') && card.contactName,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className="board-card" data-deal={card.id} {...(isMoving && { 'data-moving': '' })}>
      <a
        href={paths.deal(card.id)}
        className="block truncate pr-7 font-medium"
        {...(canMove && { 'aria-describedby': 'board-help' })}
      >
        {card.name}
      </a>
      {(people || (owner && shows('owner'))) && (
        <div className="flex items-center gap-2 text-sm">
          <p className="min-w-0 flex-1 truncate text-muted">{people}</p>
          {owner && shows('owner') && (
            <span title={owner}>
              <Avatar name={owner} />
              <span className="sr-only">Owner {owner}</span>
            </span>
          )}
        </div>
      )}
      <p className="figures flex flex-wrap gap-x-2 text-sm text-muted empty:hidden">
        {shows('amount') && card.amount && (
          <span className="font-medium text-ink">
            {formatMoney(card.amount)}
            {perPeriod[card.recurringType]}
          </span>
        )}
        {shows('probability') && card.status === 'OPEN' && (
          <span title="Probability">
            {card.probability}%<span className="sr-only"> probable</span>
          </span>
        )}
        {shows('close') && <CloseDay card={card} today={frame.today} />}
        {shows('age') && <StageAge card={card} now={frame.now} staleAfterDays={staleAfterDays} />}
      </p>
      {shows('tags') && card.tags.length > 0 && (
        <p className="truncate text-sm text-subtle" title={card.tags.join(', ')}>
          {card.tags.join(', ')}
        </p>
      )}
      {canMove && (
        <a
          href={paths.dealStage(card.id)}
          data-move={card.id}
          className={`board-move ${buttonClass({ variant: 'quiet', size: 'small', iconOnly: true })}`}
          aria-label={`Move ${card.name}`}
        >
          <ArrowLeftRight aria-hidden="true" />
        </a>
      )}
    </li>
  );
});

/** An open deal's expected close, late in words; of a closed one the outcome and the day. */
function CloseDay({ card, today }: { card: DealCard; today: string }) {
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
  if (!card.expectedCloseOn) return null;
  const isLate = card.expectedCloseOn < today;
  return (
    <span title="Expected close" {...(isLate && { className: 'text-danger-ink' })}>
      {isLate && 'Overdue '}
      {formatDate(card.expectedCloseOn)}
    </span>
  );
}

function StageAge({
  card,
  now,
  staleAfterDays,
}: Pick<BoardCardProps, 'card' | 'staleAfterDays'> & { now: string }) {
  const days = Math.floor((Date.parse(now) - Date.parse(card.stageChangedAt)) / dayMs);
  if (card.status !== 'OPEN' || days < 1) return null;
  const isStale = staleAfterDays !== null && days > staleAfterDays;
  if (!isStale) return <span>{days} d in stage</span>;
  return (
    <span className="text-warning-ink" title={`Stale after ${staleAfterDays} days`}>
      Stale: {days} d in stage
    </span>
  );
}
