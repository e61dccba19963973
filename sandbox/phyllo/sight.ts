import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { type Post, postsPublished, findPost, isDeletedBy } from '../world/posts.ts';
import { type SocialAccount } from '../world/social-accounts.ts';
import { contentPrefix, postKeyOf } from './ids.ts';
import { type PhylloAccount, type PhylloUser } from './memory.ts';
import { workPlatformOf } from './work-platforms.ts';

/** The account in the world behind one that was connected. */
export function socialOf({ world }: SandboxState, account: PhylloAccount): SocialAccount {
  const found = world.socialAccounts.find(
    ({ creator, network }) => creator.key === account.creatorKey && network === account.network,
  );
  if (!found) throw new Error(`${account.creatorKey} has no account on ${account.network}`);
  return found;
}

export function userOf({ phyllo }: SandboxState, { userId }: PhylloAccount): PhylloUser {
  const user = phyllo.users.get(userId);
  if (!user) throw new Error(`no user ${userId}`);
  return user;
}

/** What the network calls the account: YouTube's is the person's mail address. Source: live answers. */
export function platformUsername({ network, creator }: SocialAccount): string {
  return network === 'youtube' ? `${creator.key}@creators.example` : creator.handle;
}

const isKept = (account: PhylloAccount, { publishedAt }: Post): boolean =>
  publishedAt.getTime() >= account.availableFrom * DAY_MS;

/** The posts that Phyllo has of an account as of its last look, newest first. None before the first. */
export function postsKnown(state: SandboxState, account: PhylloAccount): Post[] {
  const { syncedAt } = account.engagement;
  if (syncedAt === null || !workPlatformOf(account.network).engagement) return [];
  const until = new Date(syncedAt);
  const after = new Date(account.availableFrom * DAY_MS - 1);
  const posts = postsPublished(socialOf(state, account), { after, until });
  return posts.filter((post) => !isDeletedBy(post, until)).reverse();
}

export interface KnownPost {
  account: PhylloAccount;
  post: Post;
}

/** The post behind a content's id, as of the last look at its account. */
export function findKnownPost(state: SandboxState, contentId: string): KnownPost | undefined {
  const account = [...state.phyllo.accounts.values()].find(({ id }) =>
    contentId.startsWith(contentPrefix(id)),
  );
  const syncedAt = account?.engagement.syncedAt ?? null;
  if (!account || syncedAt === null) return undefined;
  const moment = new Date(syncedAt);
  const post = findPost(socialOf(state, account), postKeyOf(account.id, contentId), moment);
  if (!post || isDeletedBy(post, moment) || !isKept(account, post)) return undefined;
  return { account, post };
}
