import { addMonths } from 'date-fns';
import type { RecurringType } from '../../../db/types.ts';
import { fromUtcDay, plusDays, utcDay } from '../../kernel/time-zones.ts';
import { daysFrom } from './rules.ts';

export interface DayRange {
  startsOn: string | null;
  endsOn: string | null;
}

/** How long a deal's campaign runs, in months; a deal that does not come again says nothing of it. */
const months: Readonly<Record<RecurringType, number | null>> = {
  ONE_TIME: null,
  MONTHLY: 1,
  QUARTERLY: 3,
  ANNUAL: 12,
};

/** The last day of what begins on a day and runs for a deal's period: 15 January and a month is 14 February. */
export function endOfPeriod(startsOn: string, recurring: RecurringType): string | null {
  const count = months[recurring];
  return count === null ? null : plusDays(utcDay(addMonths(fromUtcDay(startsOn), count)), -1);
}

/** As many days, from `startsOn` on; without it right after the last day of the other, or on its own first. */
export function shiftedRange(range: DayRange, startsOn: string | undefined): DayRange {
  const first = startsOn ?? (range.endsOn === null ? range.startsOn : plusDays(range.endsOn, 1));
  const length =
    range.startsOn === null || range.endsOn === null ? null : daysFrom(range.startsOn, range.endsOn);
  return {
    startsOn: first,
    endsOn: first === null || length === null ? null : plusDays(first, length),
  };
}

/** How many days what hangs on a campaign moves when the campaign is copied; 0 where either has no first day. */
export function shiftBetween(from: string | null, to: string | null): number {
  return from === null || to === null ? 0 : daysFrom(from, to);
}
