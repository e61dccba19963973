import { sql } from 'kysely';
import type { NetworkAccount } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { settleAccount } from '../creator-platforms/account.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { type Claim, claimRun, Fenced, inTenant, whileHeld } from './claim.ts';
import { lookForAccounts } from './look.ts';
import { asksFirst, pendingWait, retryWait } from './rules.ts';
import type { CreatorRunRef, CreatorSyncServices } from './services.ts';
import { fail, postpone, succeed } from './settle.ts';
import {
  readAccount,
  readAudience,
  readContents,
  readProfile,
  type StepOutcome,
  type Work,
} from './steps.ts';

/** `skipped`: it is over, or another holds it. `released`: this process stops. */
export type CreatorSyncOutcome = 'succeeded' | 'failed' | 'pending' | 'postponed' | 'released' | 'skipped';

/**
 * Works on one run: asks outside of any transaction and writes step by step. Whatever goes wrong leaves the figures of
 * before and says on the run and the account what to do. Never throws for what the service does. `stopping` ends it
 * early and puts the run back.
 */
export async function runCreatorSync(
  services: CreatorSyncServices,
  ref: CreatorRunRef,
  stopping?: AbortSignal,
): Promise<CreatorSyncOutcome> {
  const claim = await claimRun(services, ref);
  if (!claim) return 'skipped';
  try {
    const outcome = await workOn(services, claim, stopping);
    if (outcome === 'pending') return await waitOn(services, claim);
    if (outcome === 'done') await succeed(services, claim);
    services.log.info({ ...place(claim), kind: claim.kind, outcome }, 'creator synced');
    return outcome === 'done' ? 'succeeded' : 'failed';
  } catch (error) {
    return endBadly(services, claim, { error, isStopping: stopping?.aborted ?? false });
  }
}

/** What became of it; `ended`: the connection is no more, and the run says so. */
async function workOn(
  services: CreatorSyncServices,
  claim: Claim,
  signal: AbortSignal | undefined,
): Promise<StepOutcome | 'ended'> {
  const network = services.creatorNetwork;
  if (!network) throw off();
  const subject = await readSubject(services, claim);
  const { userId } = subject;
  if (claim.creator_platform_id === null) {
    if (userId !== null) await lookForAccounts({ services, network, claim, userId, signal });
    return 'done';
  }
  if (subject.accountId === null || !subject.isActive) {
    await fail(services, claim, 'This account is not connected any more.');
    return 'ended';
  }
  const { accountId } = subject;
  const work = { services, network, claim, creatorPlatformId: claim.creator_platform_id, accountId, signal };
  const account = await readAccount(work, userId);
  if (!account) {
    await fail(services, claim, 'The creator’s access has ended. Ask them to connect the account again.');
    return 'ended';
  }
  return readParts(work, account);
}

async function readSubject(services: CreatorSyncServices, claim: Claim) {
  return inTenant(services, claim.organization_id, async (tx) => {
    const row = await tx
      .selectFrom('creators as c')
      .leftJoin('creator_platforms as p', (join) =>
        join
          .onRef('p.organization_id', '=', 'c.organization_id')
          .onRef('p.creator_id', '=', 'c.id')
          .on('p.id', '=', claim.creator_platform_id),
      )
      .select(['c.phyllo_user_id', 'p.phyllo_account_id', 'p.phyllo_user_id as holder_id'])
      .select(['p.is_active', 'c.is_active as is_creator_active'])
      .where('c.id', '=', claim.creator_id)
      .executeTakeFirstOrThrow();
    return {
      userId: row.holder_id ?? row.phyllo_user_id,
      accountId: row.phyllo_account_id,
      isActive: row.is_active === true && row.is_creator_active,
    };
  });
}

/** Which parts a run reads. Profile before contents: a rate needs its followers. */
async function readParts(work: Work, account: NetworkAccount): Promise<StepOutcome> {
  const { kind } = work.claim;
  if (!(await wasAsked(work, account))) return 'pending';
  const isAll = kind === 'EVERYTHING';
  const outcomes: StepOutcome[] = [];
  if (isAll || kind === 'PROFILE') outcomes.push(await readProfile(work, account));
  if (isAll || kind === 'AUDIENCE') outcomes.push(await readAudience(work, account));
  if (isAll || kind === 'CONTENTS' || kind === 'HISTORY') outcomes.push(await readContents(work, account));
  return outcomes.includes('pending') ? 'pending' : 'done';
}

/**
 * Has Phyllo look at the network first, once a run. false: it was asked just now, or has not brought yet what was asked
 * for. What its plan does not allow is left out: what it knows already is read then.
 */
async function wasAsked(work: Work, account: NetworkAccount): Promise<boolean> {
  const { services, network, claim, accountId, signal } = work;
  if (!asksFirst(claim)) return true;
  const from = claim.history_from;
  const isHeld = from !== null && isBefore(account.contentsFrom, from);
  if (claim.asked_at !== null || isHeld) return from === null || isHeld;
  try {
    if (from !== null) await network.fetchHistory(accountId, from, { signal });
    else {
      if (claim.kind === 'EVERYTHING') await network.refresh(accountId, 'PROFILE', { signal });
      if (account.contentsSync !== 'NOT_SUPPORTED') await network.refresh(accountId, 'CONTENTS', { signal });
    }
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'retry' || from !== null) throw error;
    services.log.warn({ ...place(claim), code: error.code }, 'a refresh was refused');
    return true;
  }
  await whileHeld(services, claim, (tx) =>
    tx
      .updateTable('creator_sync_runs')
      .set({ asked_at: sql`now()` })
      .where('id', '=', claim.id)
      .execute(),
  );
  return false;
}

function isBefore(moment: Date | null, day: string): boolean {
  return moment !== null && moment.toISOString().slice(0, 10) <= day;
}

async function waitOn(services: CreatorSyncServices, claim: Claim): Promise<CreatorSyncOutcome> {
  const waitMs = pendingWait(claim.attempts, claim.pending_for_ms);
  if (waitMs === null) {
    await fail(services, claim, 'Phyllo has not read this account within a day. We look again every day.');
    return 'failed';
  }
  await postpone(services, claim, { waitMs, isPending: true, error: null });
  return 'pending';
}

interface Ending {
  error: unknown;
  isStopping: boolean;
}

async function endBadly(
  services: CreatorSyncServices,
  claim: Claim,
  { error, isStopping }: Ending,
): Promise<CreatorSyncOutcome> {
  if (error instanceof Fenced) return 'skipped';
  try {
    if (isStopping) {
      await postpone(services, claim, { waitMs: 0, isPending: false, error: null });
      return 'released';
    }
    return await endFor(services, claim, error);
  } catch (cause) {
    if (cause instanceof Fenced) return 'skipped';
    throw cause;
  }
}

async function endFor(
  services: CreatorSyncServices,
  claim: Claim,
  error: unknown,
): Promise<CreatorSyncOutcome> {
  const problem = error instanceof PlatformError ? error : unexpected(services, claim, error);
  services.log.warn({ ...place(claim), kind: problem.kind, code: problem.code }, 'creator not synced');
  if (problem.kind === 'retry') {
    const waitMs = retryWait(claim.attempts, claim.age_ms, problem.retryAfterMs);
    if (waitMs !== null) {
      await postpone(services, claim, { waitMs, isPending: problem.isPending, error: problem.message });
      return 'postponed';
    }
  }
  const { grant } = problem;
  const { creator_platform_id: creatorPlatformId } = claim;
  if (grant !== null && creatorPlatformId !== null)
    await whileHeld(services, claim, (tx) =>
      settleAccount(tx, jobPrincipal(claim.organization_id), {
        creatorPlatformId,
        told: grant === 'EXPIRED' ? 'EXPIRED' : 'DISCONNECTED',
        now: services.now(),
      }),
    );
  await fail(services, claim, problem.message);
  return 'failed';
}

/** What is not the service's doing may pass as well; its cause is for the log alone. */
function unexpected(services: CreatorSyncServices, claim: Claim, error: unknown): PlatformError {
  services.log.error({ ...place(claim), err: error }, 'a creator’s sync failed for a reason of its own');
  const message = 'Something went wrong on our side while the account was read. We try again by ourselves.';
  return new PlatformError({ kind: 'retry', code: 'internal', message, cause: error });
}

function off(): PlatformError {
  const message = 'Phyllo is off here: an administrator sets PHYLLO_CLIENT_ID and PHYLLO_CLIENT_SECRET.';
  return new PlatformError({ kind: 'stop', code: 'off', message });
}

function place({ organization_id: organizationId, id: creatorSyncRunId, attempts }: Claim) {
  return { organizationId, creatorSyncRunId, attempts };
}
