import { sql } from 'kysely';
import { type HeldConnection, type TenantTx, withHeldConnection } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { AccountDay, CampaignListing, DayRange, ReportKeeper } from '../../integrations/ad-platform.ts';
import { dayIn, plusDays } from '../../kernel/time-zones.ts';
import { type SyncSubject, withPlatform } from './account.ts';
import { addStagedCampaigns, recordListings, requestMatching } from './campaigns.ts';
import { type Aside, askAside, fetchAccountDays, fetchIntoStage } from './fetch.ts';
import { type IngestCounts, mergeStage } from './ingest.ts';
import { type Claim, requireHeld, StopRequested } from './lease.ts';
import type { WaitingSlice } from './plan.ts';
import { reconcile, type Reconciled } from './reconcile.ts';
import type { SyncServices } from './services.ts';
import { MetricsStage } from './stage.ts';

export interface SliceRequest {
  claim: Claim;
  subject: SyncSubject;
  slice: WaitingSlice;
  /** Every campaign that the platform lists, or null where they were brought up to date already. */
  listings: readonly CampaignListing[] | null;
}

/** A slice that is staged whole, and the account's own totals of its days that are over. */
interface FetchedSlice {
  read: number;
  fetchedAt: Date;
  account: { range: DayRange; days: Aside<AccountDay[]> } | null;
}

/**
 * Brings one slice in: staged page by page while no transaction is open, then replaced in one that is fenced by the
 * attempt. Errors: PlatformError; Fenced, after which nothing of it stands; StopRequested, after which it stands.
 */
export async function syncSlice(services: SyncServices, request: SliceRequest): Promise<void> {
  const isStopRequested = await withHeldConnection(services.jobsDb, async (held) => {
    const fetched = await fetchSlice(services, request, held);
    return held.inTenant(jobPrincipal(request.claim.organizationId), (tx) =>
      storeSlice(tx, request, fetched),
    );
  });
  if (isStopRequested) throw new StopRequested();
}

function fetchSlice(
  services: SyncServices,
  { claim, subject, slice }: SliceRequest,
  held: HeldConnection,
): Promise<FetchedSlice> {
  const { range } = slice;
  const report = keeperOf(claim, slice, held);
  // With renewed access the whole of it begins anew, on an empty stage.
  return withPlatform(services, subject, async (access) => {
    const stage = await MetricsStage.open(held.client);
    const fetchedAt = services.now();
    const read = await fetchIntoStage(subject, { access, range, report, stage });
    const over = daysOver(range, dayIn(subject.account.timeZone, fetchedAt));
    const account = over && {
      range: over,
      days: await askAside(() => fetchAccountDays(subject, access, over)),
    };
    return { read, fetchedAt, account };
  });
}

/** The days of a range that are over in the account's own zone, or null. */
function daysOver({ from, to }: DayRange, today: string): DayRange | null {
  const last = to < today ? to : plusDays(today, -1);
  return from <= last ? { from, to: last } : null;
}

/** Writes on the connection that is held anyway: a second one for each worker would be waited for. */
function keeperOf(claim: Claim, slice: WaitingSlice, held: HeldConnection): ReportKeeper {
  let current = slice.reportId;
  return {
    get reportId() {
      return current;
    },
    async keep(reportId) {
      await held.inTenant(jobPrincipal(claim.organizationId), async (tx) => {
        await requireHeld(tx, claim);
        await tx
          .updateTable('sync_slices')
          .set({ report_id: reportId })
          .where('id', '=', slice.sliceId)
          .execute();
      });
      current = reportId;
    },
  };
}

async function storeSlice(tx: TenantTx, request: SliceRequest, fetched: FetchedSlice): Promise<boolean> {
  const { claim, subject, slice, listings } = request;
  const { organizationId, adAccountId, syncRunId } = claim;
  const owner = { organizationId, adAccountId };
  const { isStopRequested } = await requireHeld(tx, claim);
  const isListNew = listings !== null && (await recordListings(tx, owner, listings));
  const isStagedNew = await addStagedCampaigns(tx, owner);
  if (isListNew || isStagedNew) await requestMatching(tx, adAccountId);
  const { source } = subject;
  const { fetchedAt } = fetched;
  const counts = await mergeStage(tx, { ...owner, window: slice.range, source, syncRunId, fetchedAt });
  const { reconciled, note } = await holdAgainstAccount(tx, request, fetched);
  await endSlice(tx, request, { fetched, counts });
  await countIntoRun(tx, claim, { read: fetched.read, ...counts, ...reconciled, note });
  return isStopRequested;
}

async function holdAgainstAccount(
  tx: TenantTx,
  { claim, subject }: SliceRequest,
  { account }: FetchedSlice,
): Promise<{ reconciled: Reconciled; note: string | null }> {
  const nothing = { checked: 0, differing: 0 };
  if (!account) return { reconciled: nothing, note: null };
  const { range, days } = account;
  if ('why' in days)
    return {
      reconciled: nothing,
      note: `The account’s own totals from ${range.from} to ${range.to} could not be compared: ${days.why}`,
    };
  const { currency } = subject.account;
  return { reconciled: await reconcile(tx, claim, { range, currency, days: days.answer }), note: null };
}

async function endSlice(
  tx: TenantTx,
  { slice }: SliceRequest,
  { fetched, counts }: { fetched: FetchedSlice; counts: IngestCounts },
): Promise<void> {
  await tx
    .updateTable('sync_slices')
    .set({
      status: 'DONE',
      report_id: null,
      rows_read: fetched.read,
      rows_written: counts.written,
      rows_restated: counts.restated,
      rows_removed: counts.removed,
      fetched_at: fetched.fetchedAt,
      stored_at: sql`now()`,
    })
    .where('id', '=', slice.sliceId)
    .execute();
}

type Added = IngestCounts & Reconciled & { read: number; note: string | null };

async function countIntoRun(tx: TenantTx, claim: Claim, added: Added): Promise<void> {
  await tx
    .updateTable('sync_runs')
    .set({
      slices_done: sql`slices_done + 1`,
      rows_read: sql`rows_read + ${added.read}`,
      rows_written: sql`rows_written + ${added.written}`,
      rows_restated: sql`rows_restated + ${added.restated}`,
      rows_removed: sql`rows_removed + ${added.removed}`,
      days_checked: sql`days_checked + ${added.checked}`,
      days_differing: sql`days_differing + ${added.differing}`,
      calls: claim.calls.total,
      repeats: claim.calls.repeats,
      failures: 0,
      lost_attempts: 0,
      ...(added.note === null ? {} : { note: added.note }),
    })
    .where('id', '=', claim.syncRunId)
    .execute();
  claim.failures = 0;
}
