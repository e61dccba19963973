import { sql } from 'kysely';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork, NetworkAccount, NetworkSync } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { ingestContents, markMissing } from '../creator-contents/ingest.ts';
import { settleAccount } from '../creator-platforms/account.ts';
import { ingestAudience, ingestProfile, refreshMeans } from '../creator-platforms/ingest.ts';
import { type Claim, whileHeld } from './claim.ts';
import { rangeOf } from './rules.ts';
import type { CreatorSyncServices } from './services.ts';

/** One account that a run reads. Each step asks first and writes in one transaction: a kill between two loses nothing. */
export interface Work {
  services: CreatorSyncServices;
  network: CreatorNetwork;
  claim: Claim;
  creatorPlatformId: string;
  accountId: string;
  signal: AbortSignal | undefined;
}

/** `pending`: Phyllo has not read it yet. */
export type StepOutcome = 'done' | 'pending';

const WAITING: ReadonlySet<NetworkSync> = new Set(['IN_PROGRESS', 'NOT_SYNCED']);

/** Brings the connection in line with the service's account. Answers the account where it is live, else null. */
export async function readAccount(work: Work, userId: string | null): Promise<NetworkAccount | null> {
  const { services, network, claim, creatorPlatformId, accountId, signal } = work;
  const account = await orGone(() => network.account(accountId, { signal }));
  if (account && account.userId !== userId)
    throw new PlatformError({
      kind: 'stop',
      code: 'another_user',
      message: 'Phyllo says that this account is somebody else’s. Ask the creator to connect it again.',
    });
  const principal = jobPrincipal(claim.organization_id);
  const told = account?.state ?? 'DISCONNECTED';
  const isLive = await whileHeld(services, claim, (tx) =>
    settleAccount(tx, principal, { creatorPlatformId, told, now: services.now() }),
  );
  return isLive ? account : null;
}

/** null where the service does not know the account any more. */
async function orGone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'skip') return null;
    throw error;
  }
}

export async function readProfile(work: Work, account: NetworkAccount): Promise<StepOutcome> {
  const { services, network, claim, creatorPlatformId, accountId, signal } = work;
  if (WAITING.has(account.profileSync)) return 'pending';
  if (account.profileSync === 'NOT_SUPPORTED') return 'done';
  const fetchedAt = services.now();
  const profile = await network.profile(accountId, { signal });
  if (profile === null) return 'pending';
  await whileHeld(services, claim, (tx) => ingestProfile(tx, { creatorPlatformId, profile, fetchedAt }));
  return 'done';
}

export async function readAudience(work: Work, account: NetworkAccount): Promise<StepOutcome> {
  const { services, network, claim, creatorPlatformId, accountId, signal } = work;
  if (account.audienceSync === 'NOT_SUPPORTED') return 'done';
  if (WAITING.has(account.audienceSync)) return 'pending';
  const fetchedAt = services.now();
  const audience = await network.audience(accountId, { signal });
  if (audience === null) return 'done';
  await whileHeld(services, claim, (tx) => ingestAudience(tx, { creatorPlatformId, audience, fetchedAt }));
  return 'done';
}

/** Page by page, each kept at once; only after the last one is it known what the network no longer has. */
export async function readContents(work: Work, account: NetworkAccount): Promise<StepOutcome> {
  const { services, network, claim, creatorPlatformId, accountId, signal } = work;
  if (account.contentsSync === 'NOT_SUPPORTED') return 'done';
  if (WAITING.has(account.contentsSync)) return 'pending';
  const principal = jobPrincipal(claim.organization_id);
  const range = contentRange(claim, services.now());
  const since = services.now();
  const pages = network.contents(accountId, range, { signal });
  for await (const contents of pages) {
    signal?.throwIfAborted();
    const request = { creatorPlatformId, contents, fetchedAt: since, isComplete: false, range };
    await whileHeld(services, claim, async (tx) => {
      const { read, added } = await ingestContents(tx, principal, request);
      await tx
        .updateTable('creator_sync_runs')
        .set({
          contents_read: sql`contents_read + ${read}::integer`,
          contents_new: sql`contents_new + ${added}::integer`,
        })
        .where('id', '=', claim.id)
        .execute();
    });
  }
  await whileHeld(services, claim, async (tx) => {
    await markMissing(tx, { creatorPlatformId, range: knownRange(range, account), since });
    await refreshMeans(tx, creatorPlatformId, since);
    await tx
      .updateTable('creator_platforms')
      .set({ contents_synced_at: sql`greatest(contents_synced_at, ${since}::timestamptz)` })
      .where('id', '=', creatorPlatformId)
      .execute();
  });
  return 'done';
}

function contentRange({ kind, trigger, history_from: historyFrom }: Claim, now: Date) {
  const asked = kind === 'CONTENTS' || kind === 'HISTORY' ? kind : 'EVERYTHING';
  return rangeOf({ kind: asked, trigger, historyFrom }, now);
}

/** What lies before the service's own first day is not missing because the service does not have it. */
function knownRange(range: { from: string | null; to: null }, { contentsFrom }: NetworkAccount) {
  const first = contentsFrom?.toISOString().slice(0, 10) ?? null;
  const from = first !== null && (range.from === null || range.from < first) ? first : range.from;
  return { ...range, from };
}
