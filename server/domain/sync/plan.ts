import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { readFetchSettingsOf } from '../platform-settings/queries.ts';
import type { SyncSubject } from './account.ts';
import { type Claim, requireHeld, StopRequested } from './lease.ts';
import { findReadUntil, listCovered } from './queries.ts';
import type { SyncServices } from './services.ts';
import { oldestDay, sliceRange, windowOf } from './windows.ts';

/** A slice that has not come in. */
export interface WaitingSlice {
  sliceId: string;
  range: DayRange;
  /** The platform's report of it that is under way, or null. */
  reportId: string | null;
}

export interface Plan {
  /** null: there is nothing to ask for. */
  window: DayRange | null;
  /** Newest first: what people look at comes in first. */
  waiting: WaitingSlice[];
}

/**
 * What is left to do of a run. Its first attempt decides the days in the account's own zone and cuts them into slices;
 * whoever takes it up again goes on with those that wait. Errors: PlatformError where the platform keeps nothing of
 * what was asked; Fenced; StopRequested.
 */
export function planRun(services: SyncServices, claim: Claim, subject: SyncSubject): Promise<Plan> {
  return withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'write', async (tx) => {
    const { isStopRequested } = await requireHeld(tx, claim);
    if (isStopRequested) throw new StopRequested();
    if (claim.isPlanned) return { window: claim.window, waiting: await listWaiting(tx, claim) };
    const window = await decideWindow(tx, claim, { subject, now: services.now() });
    if (window) await writeSlices(tx, claim, { window, days: subject.platform.sliceDays });
    return { window, waiting: await listWaiting(tx, claim) };
  });
}

async function decideWindow(
  tx: TenantTx,
  claim: Claim,
  { subject, now }: { subject: SyncSubject; now: Date },
): Promise<DayRange | null> {
  const { platform, account } = subject;
  const settings = await readFetchSettingsOf(tx, platform.id);
  const restatementDays = settings.restatementDays ?? platform.restatementDays;
  const window = windowOf(claim.work, {
    platform,
    restatementDays,
    backfillMonths: settings.backfillMonths,
    timeZone: account.timeZone,
    now,
    readUntil: await findReadUntil(tx, claim.adAccountId, restatementDays),
    covered: claim.work === 'BACKFILL' ? await listCovered(tx, claim.adAccountId) : [],
    asked: claim.window,
  });
  if (window === null && claim.work !== 'BACKFILL') throw nothingKept(subject, claim.window, now);
  return window;
}

async function writeSlices(
  tx: TenantTx,
  { organizationId, syncRunId }: Claim,
  { window, days }: { window: DayRange; days: number },
): Promise<void> {
  const slices = sliceRange(window, days);
  await tx
    .insertInto('sync_slices')
    .values(
      slices.map(({ from, to }) => ({
        organization_id: organizationId,
        sync_run_id: syncRunId,
        slice_start: from,
        slice_end: to,
      })),
    )
    .execute();
  await tx
    .updateTable('sync_runs')
    .set({ window_start: window.from, window_end: window.to, slices_total: slices.length })
    .where('id', '=', syncRunId)
    .execute();
}

async function listWaiting(tx: TenantTx, { syncRunId }: Claim): Promise<WaitingSlice[]> {
  const rows = await tx
    .selectFrom('sync_slices')
    .select(['id', 'slice_start', 'slice_end', 'report_id'])
    .where('sync_run_id', '=', syncRunId)
    .where('status', '=', 'WAITING')
    .orderBy('slice_start', 'desc')
    .execute();
  return rows.map(({ id, slice_start: from, slice_end: to, report_id: reportId }) => ({
    sliceId: id,
    range: { from, to },
    reportId,
  }));
}

function nothingKept({ platform, account }: SyncSubject, asked: DayRange | null, now: Date): PlatformError {
  const today = dayIn(account.timeZone, now);
  const wanted = asked ? `from ${asked.from} to ${asked.to}` : 'of these days';
  return new PlatformError({
    kind: 'stop',
    code: 'window',
    message: `There are no figures ${wanted}: the account's days go from ${oldestDay(platform, today)} to ${today}.`,
  });
}
