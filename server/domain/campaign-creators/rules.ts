import type { ContentType, CreatorCampaignStatus, SocialPlatform } from '../../../db/types.ts';
import { platformLabels } from '../creators/fields.ts';
import type { DeliverableState, ReviewKind } from './fields.ts';

/** Which step follows which. What the agency's admins alone may take back is in `undone`. */
const steps: Readonly<Record<CreatorCampaignStatus, readonly CreatorCampaignStatus[]>> = {
  PENDING: ['INVITED', 'ACCEPTED', 'CANCELLED'],
  INVITED: ['ACCEPTED', 'DECLINED', 'CANCELLED'],
  ACCEPTED: ['IN_PROGRESS', 'DECLINED', 'CANCELLED'],
  IN_PROGRESS: ['SUBMITTED', 'CANCELLED'],
  // Changes were asked for.
  SUBMITTED: ['APPROVED', 'IN_PROGRESS', 'CANCELLED'],
  APPROVED: ['COMPLETED', 'SUBMITTED', 'CANCELLED'],
  COMPLETED: [],
  DECLINED: ['INVITED'],
  CANCELLED: [],
};

/** What ended begins again: a fee may hang on it, so that is for admins. */
const undone: Partial<Record<CreatorCampaignStatus, readonly CreatorCampaignStatus[]>> = {
  COMPLETED: ['APPROVED'],
  CANCELLED: ['PENDING'],
};

export const statusWords: Readonly<Record<CreatorCampaignStatus, string>> = {
  PENDING: 'pending',
  INVITED: 'invited',
  ACCEPTED: 'accepted',
  IN_PROGRESS: 'in progress',
  SUBMITTED: 'submitted',
  APPROVED: 'approved',
  COMPLETED: 'completed',
  DECLINED: 'declined',
  CANCELLED: 'cancelled',
};

/** The steps that somebody may take from a status; `mayUndo`: an admin of the agency. */
export function nextStatuses(status: CreatorCampaignStatus, mayUndo: boolean): CreatorCampaignStatus[] {
  return [...steps[status], ...(mayUndo ? (undone[status] ?? []) : [])];
}

/** Why a status cannot become another, in words; null where it can, or stays. */
export function moveProblem(
  { from, to }: { from: CreatorCampaignStatus; to: CreatorCampaignStatus },
  mayUndo: boolean,
): string | null {
  if (from === to || nextStatuses(from, mayUndo).includes(to)) return null;
  if (undone[from]?.includes(to))
    return `Work that is ${statusWords[from]} is begun again by an owner or admin of the agency.`;
  const next = nextStatuses(from, mayUndo).map((status) => statusWords[status]);
  const instead = next.length === 0 ? 'It has ended.' : `Next it can be ${oneOf(next)}.`;
  return `Work that is ${statusWords[from]} cannot become ${statusWords[to]}. ${instead}`;
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** The statuses that new work may begin at: what was agreed on elsewhere is entered as it stands. */
export const firstStatuses = [
  'PENDING',
  'INVITED',
  'ACCEPTED',
  'IN_PROGRESS',
] as const satisfies readonly CreatorCampaignStatus[];

/** When it was asked, accepted and done: what a step to a status stamps, and what going back takes away. */
export function stampsOf(to: CreatorCampaignStatus): {
  stamp: readonly ('brief_sent_at' | 'accepted_at' | 'completed_at')[];
  clear: readonly ('accepted_at' | 'completed_at')[];
} {
  switch (to) {
    case 'INVITED':
      return { stamp: ['brief_sent_at'], clear: ['accepted_at', 'completed_at'] };
    case 'PENDING':
      return { stamp: [], clear: ['accepted_at', 'completed_at'] };
    case 'ACCEPTED':
      return { stamp: ['accepted_at'], clear: ['completed_at'] };
    case 'COMPLETED':
      return { stamp: ['completed_at'], clear: [] };
    case 'DECLINED':
    case 'CANCELLED':
      return { stamp: [], clear: [] };
    default:
      return { stamp: ['accepted_at'], clear: ['completed_at'] };
  }
}

export interface OwedDeliverable {
  id: string;
  platform: SocialPlatform;
  type: ContentType;
  count: number;
  dueOn: string | null;
}

/** A piece that is for the campaign, or may be. */
export interface DeliveredPiece {
  isConfirmed: boolean;
  /** The deliverable that somebody said it delivers. */
  deliverableId: string | null;
  platform: SocialPlatform;
  type: ContentType;
  /** The agency's day it was published on; null where nobody knows. */
  publishedOn: string | null;
}

export interface Progress {
  /** Pieces, confirmed or not yet decided. */
  delivered: number;
  confirmed: number;
  /** Pieces that came after the day they were due. */
  late: number;
  state: DeliverableState;
}

interface Calendar {
  /** The agency's day. */
  today: string;
  /** The last day of the work: the assignment's or the campaign's; null is open. */
  endsOn: string | null;
}

/** What became of each deliverable; see matchPieces. */
export function progressOf(
  deliverables: readonly OwedDeliverable[],
  pieces: readonly DeliveredPiece[],
  calendar: Calendar,
): Map<string, Progress> {
  const matched = matchPieces(deliverables, pieces);
  return new Map(
    deliverables.map((one) => {
      const mine = pieces.filter((piece) => matched.get(piece) === one.id);
      return [one.id, judge(one, mine, calendar)];
    }),
  );
}

/**
 * Which deliverable each piece counts for. The one that somebody named; else the first, by its day, that is of the
 * piece's platform and type and wants one. Confirmed pieces come first, named ones before others, and earlier ones: so
 * what nobody decided yet takes no place of what is for the campaign.
 */
export function matchPieces<P extends DeliveredPiece>(
  deliverables: readonly OwedDeliverable[],
  pieces: readonly P[],
): Map<P, string> {
  const taken = new Map<string, number>(deliverables.map(({ id }) => [id, 0]));
  const isNamed = ({ deliverableId }: P) => deliverableId !== null && taken.has(deliverableId);
  const inOrder = [...pieces].sort(
    (a, b) =>
      Number(b.isConfirmed) - Number(a.isConfirmed) ||
      Number(isNamed(b)) - Number(isNamed(a)) ||
      (a.publishedOn ?? '9999').localeCompare(b.publishedOn ?? '9999'),
  );
  const byDay = [...deliverables].sort((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999'));
  const matched = new Map<P, string>();
  for (const piece of inOrder) {
    const wanting = byDay.find(
      ({ id, platform, type, count }) =>
        platform === piece.platform && isLike(type, piece.type) && (taken.get(id) ?? 0) < count,
    );
    const id = isNamed(piece) ? piece.deliverableId : (wanting?.id ?? null);
    if (id === null) continue;
    matched.set(piece, id);
    taken.set(id, (taken.get(id) ?? 0) + 1);
  }
  return matched;
}

/** Networks call one thing by several names: a post may be a carousel, a video a short one. */
function isLike(owed: ContentType, published: ContentType): boolean {
  if (owed === published) return true;
  const alike: readonly (readonly ContentType[])[] = [
    ['POST', 'CAROUSEL'],
    ['REEL', 'VIDEO', 'SHORT'],
    ['TWEET', 'THREAD', 'POST'],
  ];
  return alike.some((group) => group.includes(owed) && group.includes(published));
}

function judge(
  { count, dueOn }: OwedDeliverable,
  pieces: readonly DeliveredPiece[],
  { today, endsOn }: Calendar,
): Progress {
  const late = pieces.filter(
    ({ publishedOn }) => dueOn !== null && publishedOn !== null && publishedOn > dueOn,
  );
  const inTime = pieces.length - late.length;
  const isDelivered = pieces.length >= count;
  const isOver = endsOn !== null && today > endsOn;
  const isPastDue = dueOn !== null && today > dueOn;
  const state = isDelivered
    ? inTime >= count
      ? 'DELIVERED'
      : 'LATE'
    : isOver
      ? 'MISSING'
      : isPastDue
        ? 'LATE'
        : 'DUE';
  const confirmed = pieces.filter(({ isConfirmed }) => isConfirmed).length;
  return { delivered: pieces.length, confirmed, late: late.length, state };
}

/** A deliverable in few words: "Instagram reel". */
export function deliverableWords({ platform, type }: Pick<OwedDeliverable, 'platform' | 'type'>): string {
  return `${platformLabels[platform]} ${type.toLowerCase()}`;
}

/** Why nothing of a draft can be kept now, in words; null where it can. `last`: the newest that was. */
export function draftProblem({ kind, last, status }: DraftMove): string | null {
  if (status === 'COMPLETED' || status === 'DECLINED' || status === 'CANCELLED')
    return `The work is ${statusWords[status]}: it takes no drafts any more.`;
  if (kind === 'SUBMITTED') return null;
  if (last === null) return 'No draft came yet.';
  if (last === kind)
    return kind === 'APPROVED' ? 'This draft is approved already.' : 'Changes were asked for already.';
  return null;
}

interface DraftMove {
  kind: ReviewKind;
  last: ReviewKind | null;
  status: CreatorCampaignStatus;
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** An amount as the columns keep it, so that 12.5 and 12.5000 are one. */
export function asStored(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(4, '0')}`;
}
