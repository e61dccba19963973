import { type Json, type JsonObject } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { REFRESH_DAYS } from './life.ts';
import { type PhylloAccount, type SyncTimes } from './memory.ts';
import { addressOfPicture } from './media-addresses.ts';
import { platformUsername, socialOf, userOf } from './sight.ts';
import { naive, naiveDay, naiveOrNull, naiveSecond } from './times.ts';
import { platformAttribute, workPlatformOf } from './work-platforms.ts';

/** Which user, account and platform something belongs to: it stands in everything. */
export function headerJson(state: SandboxState, account: PhylloAccount): JsonObject {
  const username = platformUsername(socialOf(state, account));
  const user = userOf(state, account);
  return {
    user: { id: user.id, name: user.name },
    account: { id: account.id, platform_username: username, username },
    work_platform: platformAttribute(workPlatformOf(account.network)),
  };
}

function statusOf({ syncedAt, dueAt }: SyncTimes): string {
  if (syncedAt !== null) return 'SYNCED';
  return dueAt === null ? 'NOT_SYNCED' : 'IN_PROGRESS';
}

const times = (sync: SyncTimes): JsonObject => ({
  ...{ status: statusOf(sync), monitor_type: 'STANDARD', last_sync_at: naiveOrNull(sync.syncedAt) },
});

function engagementJson(account: PhylloAccount): JsonObject {
  const { engagement, availableFrom } = account;
  const { syncedAt } = engagement;
  const since = syncedAt === null ? null : Math.floor(syncedAt / DAY_MS) - REFRESH_DAYS;
  const block = {
    ...times(engagement),
    refresh_since: since === null ? null : naiveDay(since),
    data_available_from: syncedAt === null ? null : naiveDay(availableFrom),
  };
  return workPlatformOf(account.network).engagementAudience ? { ...block, audience: block } : block;
}

/** What is there of each product. A product that the platform does not have is left out. Source: live answers. */
function dataJson(account: PhylloAccount): JsonObject {
  const { audience, engagement } = workPlatformOf(account.network);
  const identity = times(account.identity);
  return {
    identity: audience ? { ...identity, audience: times(account.identity) } : identity,
    ...(engagement ? { engagement: engagementJson(account) } : {}),
  };
}

/** An account as the API shows it. `origin` is where its pictures are served. */
export function accountJson(state: SandboxState, account: PhylloAccount, origin: string): JsonObject {
  const social = socialOf(state, account);
  const { user, work_platform } = headerJson(state, account);
  const username = platformUsername(social);
  return {
    ...{ id: account.id, created_at: naive(account.createdAt), updated_at: naive(account.updatedAt) },
    ...({ user, work_platform } as Record<string, Json>),
    ...{ username, platform_username: username },
    profile_pic_url: addressOfPicture({ state, origin, subject: `profile/${account.id}` }),
    ...{ status: account.status, disconnection_source: account.disconnectionSource },
    ...{ platform_profile_name: social.creator.name, platform_profile_id: social.nativeId },
    platform_profile_published_at: account.network === 'instagram' ? null : naiveSecond(social.madeAt),
    data: dataJson(account),
  };
}
