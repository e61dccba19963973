import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { captionAt } from '../world/captions.ts';
import { figuresOf } from '../world/post-figures.ts';
import { type Post, isDeletedBy, postsPublished } from '../world/posts.ts';
import { tell } from './events.ts';
import { contentIdOf, uuidOf } from './ids.ts';
import { type PhylloAccount } from './memory.ts';
import { postsKnown, socialOf } from './sight.ts';
import { workPlatformOf } from './work-platforms.ts';

/** A refresh looks this far back. */
export const REFRESH_DAYS = 90;

export const profileIdOf = (accountId: string): string => uuidOf('profile', accountId);

/** Brings the profile, and who follows it, to the present; says so. */
function syncProfile(state: SandboxState, account: PhylloAccount): void {
  const now = state.now().getTime();
  const verb = account.identity.syncedAt === null ? 'ADDED' : 'UPDATED';
  account.identity = { syncedAt: now, dueAt: null };
  const more = { profile_id: profileIdOf(account.id) };
  tell(state, account, { event: `PROFILES.${verb}`, more });
  if (workPlatformOf(account.network).audience) {
    tell(state, account, { event: `PROFILES_AUDIENCE.${verb}`, more });
  }
}

/** Whether a post looks different at two moments. */
function hasMoved(post: Post, before: Date, after: Date): boolean {
  const face = (moment: Date) => JSON.stringify([figuresOf(post, moment), captionAt(post, moment)]);
  return face(before) !== face(after);
}

/** The ids of posts in the order in which they were published, told of under one event. */
function tellContents(
  state: SandboxState,
  account: PhylloAccount,
  verb: string,
  posts: readonly Post[],
): void {
  if (posts.length === 0) return;
  const items = posts.map(({ key }) => contentIdOf(account.id, key));
  tell(state, account, { event: `CONTENTS.${verb}`, items });
}

/**
 * Brings the posts to the present: those that are new since the last look, or since `newSince` where that is earlier,
 * and those of the last 90 days that changed.
 */
function syncContents(
  state: SandboxState,
  account: PhylloAccount,
  newSince = Number.POSITIVE_INFINITY,
): void {
  const now = state.now();
  const last = account.engagement.syncedAt;
  account.engagement = { syncedAt: now.getTime(), dueAt: null };
  if (!workPlatformOf(account.network).engagement) return;
  const since = last === null ? Number.NEGATIVE_INFINITY : Math.min(last, newSince);
  const known = postsKnown(state, account).reverse();
  const isNew = ({ publishedAt }: Post) => publishedAt.getTime() > since;
  tellContents(state, account, 'ADDED', known.filter(isNew));
  if (last === null) return;
  const oldest = now.getTime() - REFRESH_DAYS * DAY_MS;
  const moved = known.filter(
    (post) => !isNew(post) && post.publishedAt.getTime() >= oldest && hasMoved(post, new Date(last), now),
  );
  tellContents(state, account, 'UPDATED', moved);
}

/** Brings older posts, from a day on. */
function syncHistory(state: SandboxState, account: PhylloAccount, fromDay: number): void {
  account.historic = null;
  const { availableFrom, engagement } = account;
  if (fromDay >= availableFrom || engagement.syncedAt === null) return;
  account.availableFrom = fromDay;
  const moment = new Date(engagement.syncedAt);
  const range = { after: new Date(fromDay * DAY_MS - 1), until: new Date(availableFrom * DAY_MS - 1) };
  const older = postsPublished(socialOf(state, account), range).filter((post) => !isDeletedBy(post, moment));
  tellContents(state, account, 'ADDED', older);
}

/** Looks at everything of an account now, as Phyllo does once a day. */
export function refreshNow(state: SandboxState, account: PhylloAccount, newSince?: number): void {
  syncProfile(state, account);
  syncContents(state, account, newSince);
  account.nextDailyAt = state.now().getTime() + DAY_MS;
  account.updatedAt = state.now().getTime();
}

function liveOn(state: SandboxState, account: PhylloAccount): boolean {
  const now = state.now().getTime();
  const isDue = (moment: number | null) => moment !== null && moment <= now;
  if (account.status !== 'CONNECTED') return false;
  const { identity, engagement, historic, nextDailyAt } = account;
  const isDaily = isDue(nextDailyAt);
  // The daily look is a look at everything: what else is due is a part of it.
  const isProfileDue = !isDaily && isDue(identity.dueAt);
  const areContentsDue = !isDaily && isDue(engagement.dueAt);
  const isHistoryDue = historic !== null && historic.dueAt <= now;
  if (isDaily) refreshNow(state, account);
  if (isProfileDue) syncProfile(state, account);
  if (areContentsDue) syncContents(state, account);
  if (isHistoryDue) syncHistory(state, account, historic.fromDay);
  return isDaily || isProfileDue || areContentsDue || isHistoryDue;
}

/** Lets everything happen that is due by now. Every call does this first, so that no clock of its own is needed. */
export function advance(state: SandboxState): void {
  const lived = [...state.phyllo.accounts.values()].map((account) => liveOn(state, account));
  if (lived.some(Boolean)) state.phyllo.keep();
}
