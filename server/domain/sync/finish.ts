import { sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { readFetchSettingsOf } from '../platform-settings/queries.ts';
import { settleAccountStatus } from './account-status.ts';
import { type SyncSubject, withPlatform } from './account.ts';
import { campaignIdsOf } from './campaigns.ts';
import { fetchReaches } from './fetch.ts';
import { type Claim, requireHeld } from './lease.ts';
import { type FetchedReach, replaceReach } from './reach.ts';
import type { SyncServices } from './services.ts';
import { wakeWaiting } from './settle.ts';
import { daysOf, oldestWanted, reachPeriods } from './windows.ts';

interface Ending {
  claim: Claim;
  subject: SyncSubject;
  window: DayRange | null;
}

/**
 * Ends a run whose slices are all there: the reach of the periods that end now, the account's clocks and the run, in
 * one transaction. Errors: PlatformError where reach has to be waited for; Fenced.
 */
export async function finishRun(services: SyncServices, ending: Ending): Promise<void> {
  const { claim, subject } = ending;
  const today = dayIn(subject.account.timeZone, services.now());
  const { reaches, note } = await askForReach(services, ending, today);
  const fetchedAt = services.now();
  await withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'write', async (tx) => {
    await requireHeld(tx, claim);
    const { organizationId, adAccountId, syncRunId } = claim;
    await replaceReach(tx, {
      ...{ organizationId, adAccountId, syncRunId, reaches, fetchedAt },
      source: subject.source,
      campaignIds: await campaignIdsOf(tx, adAccountId),
    });
    await endRun(tx, claim, note);
    await moveClocks(tx, ending, today);
    if (claim.work === 'DAILY') await requestHistory(tx, ending, today);
    await wakeWaiting(tx, claim);
  });
}

/** Reach is beside the figures: where the platform refuses it, they stand without; what passes is waited for. */
async function askForReach(
  services: SyncServices,
  { claim, subject, window }: Ending,
  today: string,
): Promise<{ reaches: FetchedReach[]; note: string | null }> {
  const periods = periodsOf(claim, { window, subject, today });
  if (periods.length === 0) return { reaches: [], note: null };
  try {
    return {
      reaches: await withPlatform(services, subject, (access) => fetchReaches(subject, access, periods)),
      note: null,
    };
  } catch (error) {
    const isRefusal = error instanceof PlatformError && (error.kind === 'skip' || error.kind === 'stop');
    if (!isRefusal) throw error;
    services.log.warn({ syncRunId: claim.syncRunId, code: error.code }, 'reach was refused');
    return { reaches: [], note: `Reach could not be read: ${error.message}` };
  }
}

/** A window of the past says nothing of the periods that end today; today alone moves those that hold it. */
function periodsOf(
  { work }: Claim,
  { window, subject, today }: { window: DayRange | null; subject: SyncSubject; today: string },
): DayRange[] {
  if (work === 'BACKFILL' || window === null || window.to < today) return [];
  const { maxReachDays } = subject.platform;
  return reachPeriods(today)
    .filter(({ to }) => work !== 'INTRADAY' || to === today)
    .filter((period) => maxReachDays === null || daysOf(period) <= maxReachDays);
}

async function endRun(tx: TenantTx, claim: Claim, note: string | null): Promise<void> {
  await tx
    .updateTable('sync_runs')
    .set({
      status: 'SUCCESS',
      finished_at: sql`now()`,
      lease_until: null,
      calls: claim.calls.total,
      repeats: claim.calls.repeats,
      error: null,
      error_code: null,
      platform_message: null,
      ...(note === null ? {} : { note }),
    })
    .where('id', '=', claim.syncRunId)
    .execute();
}

/** What reached today moves the clock of the last sync; the past moves its own mark and no clock. */
async function moveClocks(tx: TenantTx, { claim, window }: Ending, today: string): Promise<void> {
  const { adAccountId, work } = claim;
  const account = tx.updateTable('ad_accounts').where('id', '=', adAccountId);
  if (work === 'BACKFILL') {
    if (window)
      await account
        .set({
          backfilled_from: sql`least(coalesce(backfilled_from, ${window.from}::date), ${window.from}::date)`,
        })
        .execute();
    return;
  }
  if (window)
    await account
      .set({
        sync_error: null,
        newest_business_date: sql`greatest(newest_business_date, ${window.to}::date)`,
        ...(work === 'RANGE' && window.to < today ? {} : { last_synced_at: sql`now()` }),
      })
      .execute();
  await settleAccountStatus(tx, adAccountId);
}

/**
 * After the days that still change have come in, the past is brought in by itself, once, as far back as the agency
 * wants. What somebody stopped is left to them; what failed is asked for again after the next day's run.
 */
async function requestHistory(tx: TenantTx, { claim, subject }: Ending, today: string): Promise<void> {
  const { organizationId, adAccountId, trigger } = claim;
  const { backfillMonths } = await readFetchSettingsOf(tx, subject.platform.id);
  if (backfillMonths === 0) return;
  const oldest = oldestWanted(subject.platform, backfillMonths, today);
  await sql`
    with asked as (
      insert into sync_runs (organization_id, ad_account_id, trigger, work)
      select ${organizationId}::uuid, a.id, ${trigger}::sync_trigger, 'BACKFILL' from ad_accounts a
       where a.id = ${adAccountId}::uuid and a.is_active and a.sync_status <> 'PAUSED'
         and (a.backfilled_from is null or a.backfilled_from > ${oldest}::date)
         and coalesce((select r.status from sync_runs r
                        where r.ad_account_id = a.id and r.work = 'BACKFILL'
                        order by r.requested_at desc, r.id desc limit 1) <> 'PAUSED', true)
      on conflict do nothing
      returning id)
    select app.wake_sync(id) from asked`.execute(tx);
}
