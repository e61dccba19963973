import { sql } from 'kysely';
import { type TenantTx, withTenant, withTenantClient } from '../../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../../auth/principal.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { recordActivities } from '../../activities/record.ts';
// The same road into the table as a platform's own figures; the caller puts it in, since it is another slice's.
import type { ingestDailyMetrics, IngestCounts } from '../../sync/ingest.ts';
import { getFile, getImport } from '../queries.ts';
import { keepRefusals } from '../refusals.ts';
import { failImport, type RunRequest } from '../run.ts';
import type { Import } from '../schema.ts';
import { uploaderOf } from '../uploader.ts';
import { findTarget, makeFileAccount, type TargetAccount } from './account.ts';
import { bringCampaigns, underKnownIds } from './campaigns.ts';
import { asJson, checkAdFile, lockAdFile, targetProblem, windowOf } from './commands.ts';
import { storedSettings } from './queries.ts';
import { readAdFile, type ReadFile } from './read.ts';
import type { AdFileSettings } from './schema.ts';

export type AdFileRun = Omit<RunRequest, 'chunkRows'> & { ingest: typeof ingestDailyMetrics };

/**
 * Goes on with an import of ad figures: checks one that is CHECKING, brings in one that is RUNNING, leaves any other.
 * Everything that a file says comes in with one transaction, or nothing does: a run that is killed and begun again
 * begins with the file as it was. Errors: `not_found`. An import that cannot go on ends as FAILED with the reason.
 */
export async function runAdFile(request: AdFileRun): Promise<Import> {
  const { db, organizationId, importId } = request;
  const job = jobPrincipal(organizationId);
  try {
    const { state, principal } = await withTenant(db, job, 'read', async (tx) => {
      const row = await getImport(tx, importId);
      const isDue = row.status === 'CHECKING' || row.status === 'RUNNING';
      return { state: row, principal: isDue ? await uploaderOf(tx, organizationId, row.createdById) : null };
    });
    if (!principal) return state;
    if (state.status === 'RUNNING') await bringIn(request, principal);
    else await withTenant(db, principal, 'write', (tx) => checkWaiting(tx, principal, importId));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_found') throw error;
    await failImport(request, error.message);
  }
  return withTenant(db, job, 'read', (tx) => getImport(tx, importId));
}

async function checkWaiting(tx: TenantTx, principal: Principal, importId: string): Promise<void> {
  const row = await lockAdFile(tx, importId);
  if (row.status === 'CHECKING')
    await checkAdFile(tx, principal, { importId, settings: storedSettings(row.mapping) });
}

/** What is brought in, as the uploader may see and say it. */
interface Work {
  principal: Principal;
  settings: AdFileSettings;
  target: TargetAccount;
  file: ReadFile;
  fileName: string;
}

async function bringIn(request: AdFileRun, principal: Principal): Promise<void> {
  const { db, importId, signal, now } = request;
  const stored = await withTenant(db, principal, 'read', async (tx) => {
    const row = await tx
      .selectFrom('imports')
      .select(['mapping', 'file_name'])
      .where('id', '=', importId)
      .executeTakeFirst();
    if (!row) throw notFound('import');
    const settings = storedSettings(row.mapping);
    return {
      settings,
      fileName: row.file_name,
      target: await findTarget(tx, settings),
      bytes: await getFile(tx, importId),
    };
  });
  const { settings, target, bytes, fileName } = stored;
  const file = await readAdFile({ bytes, settings, account: target });
  const problem =
    file.problem ??
    (await withTenant(db, principal, 'read', (tx) => targetProblem(tx, { settings, target, file })));
  if (problem !== null || !target) throw new AppError('conflict', problem ?? 'The ad account is gone.');
  signal?.throwIfAborted();
  // As the jobs: what stands of these days counts whoever sees it.
  await withTenantClient(db, jobPrincipal(principal.organizationId), async (tx, client) => {
    const replace: Replace = (ingestRequest) => request.ingest(tx, client, ingestRequest);
    await storeFigures(
      tx,
      { ...request, fetchedAt: now(), replace },
      { principal, settings, target, file, fileName },
    );
  });
}

type Replace = (request: Parameters<typeof ingestDailyMetrics>[2]) => Promise<IngestCounts>;
type Storing = AdFileRun & { fetchedAt: Date; replace: Replace };

async function storeFigures(tx: TenantTx, storing: Storing, work: Work): Promise<void> {
  const { importId, organizationId, replace, fetchedAt } = storing;
  const { settings, target, file } = work;
  const row = await lockAdFile(tx, importId);
  // Another run of the same import may have been here, or somebody stopped it.
  if (row.status !== 'RUNNING') return;
  const adAccountId = await holdAccount(tx, work);
  const owner = { organizationId, adAccountId };
  const brought = await bringCampaigns(tx, { ...owner, isSynced: target.isSynced, rows: file.rows });
  const campaigns = [...brought.values()];
  const syncRunId = await insertRun(tx, { ...owner, importId }, work);
  const counts = await replace({
    ...owner,
    window: windowOf(file),
    rows: underKnownIds(file.rows, brought),
    campaignIds: new Map(campaigns.map(({ nativeId, id }) => [nativeId, id])),
    onlyCampaigns: settings.holdsAllCampaigns ? undefined : campaigns.map(({ id }) => id),
    source: 'FILE',
    syncRunId,
    fetchedAt,
  });
  await endRun(tx, { syncRunId, adAccountId }, { counts, work });
  await finishImport(tx, { importId, adAccountId }, { counts, work });
}

/** Holds the account, so that two files of it come in one after the other. Makes it where it is to be made. */
async function holdAccount(tx: TenantTx, work: Work): Promise<string> {
  const { principal, settings, target, file } = work;
  if (target.id === null) {
    if (!settings.newAccount) throw new AppError('conflict', 'The ad account is gone.');
    return makeFileAccount(tx, { principal, account: settings.newAccount, target, file });
  }
  const held = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'currency', 'source'])
    .where('id', '=', target.id)
    .where('is_active', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (held?.currency !== target.currency || (held.source !== 'FILE') !== target.isSynced)
    throw new AppError('conflict', 'The ad account changed while the file was read. Check the file again.');
  return held.id;
}

interface Place {
  organizationId: string;
  adAccountId: string;
  importId: string;
}

/** The run under which the figures stand, so that each of them and each revision says which file it came from. */
async function insertRun(tx: TenantTx, place: Place, { principal, file }: Work): Promise<string> {
  const { from, to } = windowOf(file);
  const { id } = await tx
    .insertInto('sync_runs')
    .values({
      organization_id: place.organizationId,
      ad_account_id: place.adAccountId,
      import_id: place.importId,
      requested_by_id: principal.userId,
      trigger: 'MANUAL',
      work: 'RANGE',
      status: 'SUCCESS',
      attempt: 1,
      window_start: from,
      window_end: to,
      started_at: sql<Date>`now()`,
      finished_at: sql<Date>`now()`,
      rows_read: file.report.dataRows,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

interface Done {
  counts: IngestCounts;
  work: Work;
}

async function endRun(
  tx: TenantTx,
  { syncRunId, adAccountId }: { syncRunId: string; adAccountId: string },
  { counts, work: { target, file } }: Done,
): Promise<void> {
  const { written: rows_written, restated: rows_restated, removed: rows_removed } = counts;
  await tx
    .updateTable('sync_runs')
    .set({ rows_written, rows_restated, rows_removed, finished_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', syncRunId)
    .execute();
  // A synced account's clocks are its platform's: a file of old days does not move them.
  if (target.isSynced) return;
  const newest = file.rows.reduce<string | null>(
    (last, { date }) => (last === null || date > last ? date : last),
    null,
  );
  await tx
    .updateTable('ad_accounts')
    .set({
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'SUCCESS' end`,
      sync_error: null,
      last_synced_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
      newest_business_date: sql`greatest(newest_business_date, ${newest}::date)`,
    })
    .where('id', '=', adAccountId)
    .execute();
}

/** The file has served: its figures stand, and the rows that stayed out are kept as refused. */
async function finishImport(
  tx: TenantTx,
  { importId, adAccountId }: { importId: string; adAccountId: string },
  { counts, work }: Done,
): Promise<void> {
  const { principal, target, file, fileName, settings } = work;
  const created = counts.written - counts.restated;
  const change = {
    created,
    restated: counts.restated,
    same: file.rows.length - counts.written,
    removed: counts.removed,
    removedCampaigns: [],
  };
  await keepRefusals(tx, { organizationId: principal.organizationId, importId }, file.refused);
  await tx
    .updateTable('imports')
    .set({
      status: 'DONE',
      error: null,
      ad_account_id: adAccountId,
      // From here on the account is the one that was made.
      mapping: asJson({ ...settings, newAccount: undefined, adAccountId }),
      report: asJson({ ...file.report, change }),
      rows_total: file.report.dataRows,
      rows_done: file.report.dataRows,
      rows_created: created,
      rows_updated: counts.restated + counts.removed,
      rows_unchanged: change.same,
      rows_refused: file.refused.length,
      finished_at: sql<Date>`now()`,
    })
    .where('id', '=', importId)
    .execute();
  await tx.deleteFrom('import_files').where('import_id', '=', importId).execute();
  await recordActivities(tx, principal, [
    {
      type: 'IMPORT_COMPLETED',
      description: `Ad figures of ${target.name} imported from ${fileName}`,
      metadata: { importId, adAccountId, ...change, rows: file.report.dataRows },
    },
  ]);
}
