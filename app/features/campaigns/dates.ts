import { formatDate, formatDateRange, missing } from '../../lib/format.ts';

/** Business days; null where an end is open or unknown. */
export interface Span {
  startsOn: string | null;
  endsOn: string | null;
}

/** When a campaign runs, as far as either end is known. */
export function datesOf({ startsOn, endsOn }: Span): string {
  if (startsOn && endsOn) return formatDateRange(startsOn, endsOn);
  if (startsOn) return `From ${formatDate(startsOn)}`;
  return endsOn ? `Until ${formatDate(endsOn)}` : missing;
}
