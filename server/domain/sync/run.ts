import { jobPrincipal } from '../../auth/principal.ts';
import { withTenant } from '../../../db/tenant.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { loadSubject, type SyncSubject } from './account.ts';
import { fetchListings, fetchReaches, fetchSlice } from './fetch.ts';
import { type Claim, claimRun, Fenced, keepLease } from './lease.ts';
import { oldestDay, reachPeriods, sliceRange, syncWindow } from './windows.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { findReadUntil } from './queries.ts';
import type { RunRef, SyncServices } from './services.ts';
import { failRun, postponeRun, releaseRun } from './settle.ts';
import { type RunCounts, storeSlice } from './store.ts';

/** `skipped`: another holds the run, or it is over. `released`: this process stops; the run waits for the next. */
export type SyncOutcome = 'succeeded' | 'failed' | 'postponed' | 'released' | 'skipped';

const NOTHING: RunCounts = { read: 0, written: 0, restated: 0, removed: 0 };
const SLICE_DAYS = 92;
const MOST_RETRIES = 6;
/** A run that keeps ending its worker is given up, so that it cannot end them for ever. */
const MOST_ATTEMPTS = 25;

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
  let subject: SyncSubject | null = null;
  try {
    if (claim.attempt > MOST_ATTEMPTS) throw givenUp();
    const loaded = await loadSubject(services, claim);
    subject = { ...loaded, access: { ...loaded.access, signal } };
    await syncAccount(services, claim, subject);
    return 'succeeded';
  } catch (error) {
    return await settle(services, claim, subject, { error, isStopping: stopping?.aborted ?? false });
  } finally {
    lease.end();
  }
}

async function syncAccount(services: SyncServices, claim: Claim, subject: SyncSubject): Promise<void> {
  const { platform, account } = subject;
  const today = dayIn(account.timeZone, services.now());
  const wanted = claim.window ?? syncWindow(platform, today, await readUntil(services, claim, platform));
  const window = clampWindow(wanted, oldestDay(platform, today), today);
  const listings = await fetchListings(subject);
  const slices = sliceRange(window, SLICE_DAYS);
  let counts = NOTHING;
  for (const [index, range] of slices.entries()) {
    const slice = await fetchSlice(subject, range, services.now);
    const isLast = index === slices.length - 1;
    // A window of the past says nothing of the periods that end today.
    const periods = window.to === today ? reachPeriods(today) : [];
    const ending = isLast ? { window, reaches: await fetchReaches(subject, periods) } : null;
    counts = await storeSlice(services, { claim, subject, listings, slice, counts, ending });
  }
  services.log.info({ ...place(claim), ...counts, ...window }, 'ad account synced');
}

/** The today of the newest sync that read the whole time in which a day may still change. */
function readUntil(
  services: SyncServices,
  claim: Claim,
  platform: { restatementDays: number },
): Promise<string | null> {
  return inTenant(services, claim, (tx) => findReadUntil(tx, claim.adAccountId, platform.restatementDays));
}

/** No day before what the platform keeps, none after the account's today. */
function clampWindow(window: DayRange, oldest: string, today: string): DayRange {
  const from = window.from < oldest ? oldest : window.from;
  const to = window.to > today ? today : window.to;
  if (from <= to) return { from, to };
  throw new PlatformError({
    kind: 'stop',
    code: 'window',
    message: `There are no figures from ${window.from} to ${window.to}: the account's days go from ${oldest} to ${today}.`,
  });
}

interface Ending {
  error: unknown;
  isStopping: boolean;
}

async function settle(
  services: SyncServices,
  claim: Claim,
  subject: SyncSubject | null,
  { error, isStopping }: Ending,
): Promise<SyncOutcome> {
  if (error instanceof Fenced) {
    services.log.warn(place(claim), 'a sync run passed to another worker');
    return 'skipped';
  }
  if (isStopping) {
    await inTenant(services, claim, (tx) => releaseRun(tx, claim));
    return 'released';
  }
  const problem = error instanceof PlatformError ? error : unexpected(services, claim, error);
  services.log.warn({ ...place(claim), kind: problem.kind, code: problem.code }, 'ad account not synced');
  if (problem.kind === 'retry' && claim.retries < MOST_RETRIES) {
    const random = Math.random();
    const isHeld = await inTenant(services, claim, (tx) => postponeRun(tx, claim, { problem, random }));
    return isHeld ? 'postponed' : 'skipped';
  }
  const isHeld = await inTenant(services, claim, (tx) => failRun(tx, claim, { problem, subject }));
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
