import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { formatDate, formatDateIn } from '../../lib/format.ts';
import { todayIn } from '../metrics/range.ts';

type Stated = Pick<
  Campaign,
  | 'status'
  | 'statusChangedAt'
  | 'statusReason'
  | 'submittedAt'
  | 'submittedByName'
  | 'approvedAt'
  | 'approvedByName'
  | 'launchedAt'
>;

const by = (name: string | null) => (name ? ` by ${name}` : '');

/** Who brought it where it stands, and when: "Launched 3 Nov 2026. Approved by Ana Ruiz, 1 Nov 2026." */
export function statusStory(campaign: Stated, timeZone: string): string {
  const day = (at: string | null) => formatDateIn(at, timeZone);
  const { status, statusChangedAt, submittedAt, approvedAt, launchedAt } = campaign;
  const approved = approvedAt && `Approved${by(campaign.approvedByName)}, ${day(approvedAt)}.`;
  switch (status) {
    case 'DRAFT':
      return campaign.statusReason === null
        ? 'A plan that nobody was asked to approve yet.'
        : `Sent back for changes, ${day(statusChangedAt)}.`;
    case 'PENDING_APPROVAL':
      return `Submitted${by(campaign.submittedByName)}, ${day(submittedAt ?? statusChangedAt)}.`;
    case 'APPROVED':
      return approved ?? `Approved ${day(statusChangedAt)}.`;
    case 'ACTIVE':
      return [`Launched ${day(launchedAt ?? statusChangedAt)}.`, approved].filter(Boolean).join(' ');
    case 'PAUSED':
      return `Paused ${day(statusChangedAt)}.`;
    case 'COMPLETED':
      return `Completed ${day(statusChangedAt)}.`;
    case 'CANCELLED':
      return `Cancelled ${day(statusChangedAt)}.`;
  }
}

type Dated = Pick<
  Campaign,
  'status' | 'statusChangedAt' | 'movesByDate' | 'startsOn' | 'endsOn' | 'pausesOn' | 'resumesOn'
>;

/** What a date will do to it next, in a sentence; null where none does. Days are the agency's. */
export function nextMoveByDate(campaign: Dated, timeZone: string): string | null {
  const { status, movesByDate, startsOn, endsOn, pausesOn, resumesOn } = campaign;
  if (!movesByDate) return null;
  const since = todayIn(timeZone, new Date(campaign.statusChangedAt));
  // A pause that was over before it was launched or resumed does not come again.
  const isAhead = (day: string | null): day is string => day !== null && day > since;
  if (status === 'APPROVED' && startsOn) return `Launches by itself on ${formatDate(startsOn)}.`;
  if (status === 'ACTIVE' && isAhead(pausesOn)) {
    const until = resumesOn ? ` and goes on on ${formatDate(resumesOn)}` : '';
    return `Pauses by itself on ${formatDate(pausesOn)}${until}.`;
  }
  if (status === 'PAUSED' && isAhead(resumesOn)) return `Goes on by itself on ${formatDate(resumesOn)}.`;
  if ((status === 'ACTIVE' || status === 'PAUSED') && endsOn)
    return `Completes by itself after ${formatDate(endsOn)}.`;
  return null;
}
