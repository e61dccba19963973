import { sql } from 'kysely';
import { withSystem, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { loadSubject, type SyncSubject, withPlatform } from './account.ts';
import { fetchListings } from './fetch.ts';
import { finishRun } from './finish.ts';
import { type Claim, claimRun, Fenced, keepLease, StopRequested } from './lease.ts';
import { planRun } from './plan.ts';
import type { RunRef, SyncServices } from './services.ts';
import { failRun, isOnlyWaiting, pauseRun, postponeRun, releaseRun } from './settle.ts';
import { syncSlice } from './sync-slice.ts';

/**
 * `skipped`: another holds the run, or it is over. `released`: this process stops, or a backfill stepped back for other
 * work; the run waits for the next. `stopped`: somebody stopped it.
 */
export type SyncOutcome = 'succeeded' | 'failed' | 'postponed' | 'released' | 'stopped' | 'skipped';

const MOST_FAILURES = 6;
/** A run that keeps ending its worker is given up, so that it cannot end them for ever. */
const MOST_LOST_ATTEMPTS = 10;

/**
 * Works on one run: asks the platform outside of any transaction, then replaces what stood in one transaction a slice.
 * Whatever goes wrong leaves the figures of before and says in the run and the account what to do. Never throws for
 * what a platform does. `stopping` ends it early and hands the run back.
 */
export async function runSync(
  services: SyncServices,
  ref: RunRef,
  stopping?: AbortSignal,
): Promise<SyncOutcome> {
  const claim = await claimRun(services, ref);
  if (!claim) return 'skipped';
  const lease = keepLease(services, claim);
  const signal = stopping ? AbortSignal.any([lease.signal, stopping]) : lease.signal;
  try {
    if (claim.lostAttempts >= MOST_LOST_ATTEMPTS) throw givenUp();
    const subject = await loadSubject(services, claim, signal);
    return await workThrough(services, claim, subject);
  } catch (error) {
    // Whoever ends a call by the signal is told so, whatever the call itself then said.
    const cause: unknown = signal.aborted ? signal.reason : error;
    return await settle(services, claim, { error: cause, isStopping: stopping?.aborted ?? false });
  } finally {
    lease.end();
  }
}

async function workThrough(services: SyncServices, claim: Claim, subject: SyncSubject): Promise<SyncOutcome> {
  const { window, waiting } = await planRun(services, claim, subject);
  // The past brings no new campaign: those that the figures name get their row from them.
  let listings =
    claim.work === 'BACKFILL' || waiting.length === 0
      ? null
      : await withPlatform(services, subject, (access) => fetchListings(subject, access));
  for (const [index, slice] of waiting.entries()) {
    subject.signal.throwIfAborted();
    await syncSlice(services, { claim, subject, slice, listings });
    listings = null;
    const isLast = index === waiting.length - 1;
    if (!isLast && claim.work === 'BACKFILL' && (await shouldYield(services, claim))) {
      const isHeld = await inTenant(services, claim, (tx) => releaseRun(tx, claim));
      return isHeld ? 'released' : 'skipped';
    }
  }
  await finishRun(services, { claim, subject, window });
  services.log.info({ ...place(claim), work: claim.work, ...window }, 'ad account synced');
  return 'succeeded';
}

/** Between two slices a backfill looks whether others wait who come before it. */
async function shouldYield(services: SyncServices, { organizationId, syncRunId }: Claim): Promise<boolean> {
  const { rows } = await withSystem(services.jobsDb, (tx) =>
    sql<{ should_yield: boolean }>`
      select app.should_yield_sync(${organizationId}::uuid, ${syncRunId}::uuid) as should_yield`.execute(tx),
  );
  return rows[0]?.should_yield ?? false;
}

interface Ending {
  error: unknown;
  isStopping: boolean;
}

async function settle(
  services: SyncServices,
  claim: Claim,
  { error, isStopping }: Ending,
): Promise<SyncOutcome> {
  if (error instanceof Fenced) {
    services.log.warn(place(claim), 'a sync run passed to another worker');
    return 'skipped';
  }
  if (error instanceof StopRequested) {
    const isHeld = await inTenant(services, claim, (tx) => pauseRun(tx, claim));
    return isHeld ? 'stopped' : 'skipped';
  }
  if (isStopping) {
    const isHeld = await inTenant(services, claim, (tx) => releaseRun(tx, claim));
    return isHeld ? 'released' : 'skipped';
  }
  const problem = error instanceof PlatformError ? error : unexpected(services, claim, error);
  services.log.warn({ ...place(claim), kind: problem.kind, code: problem.code }, 'ad account not synced');
  const mayTryAgain = isOnlyWaiting(problem) || claim.failures < MOST_FAILURES;
  if (problem.kind === 'retry' && mayTryAgain) {
    const random = Math.random();
    const isHeld = await inTenant(services, claim, (tx) => postponeRun(tx, claim, { problem, random }));
    return isHeld ? 'postponed' : 'skipped';
  }
  const isHeld = await inTenant(services, claim, (tx) => failRun(tx, claim, problem));
  return isHeld ? 'failed' : 'skipped';
}

function inTenant<T>(
  services: SyncServices,
  claim: Claim,
  work: Parameters<typeof withTenant<T>>[3],
): Promise<T> {
  return withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'write', work);
}

/** What is not the platform's doing may pass as well (a database that restarts); its cause is for the log alone. */
function unexpected(services: SyncServices, claim: Claim, error: unknown): PlatformError {
  services.log.error({ ...place(claim), err: error }, 'a sync run failed for a reason of its own');
  return new PlatformError({
    kind: 'retry',
    code: 'internal',
    message: 'Something went wrong on our side while the figures were read. We try again by ourselves.',
    cause: error,
  });
}

function givenUp(): PlatformError {
  const message = 'This sync was begun again and again without an end, so it was given up. Sync once more.';
  return new PlatformError({ kind: 'stop', code: 'given_up', message });
}

function place(claim: Claim) {
  const { organizationId, syncRunId, adAccountId, attempt } = claim;
  return { organizationId, syncRunId, adAccountId, attempt };
}
