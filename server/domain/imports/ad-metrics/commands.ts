import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import type { Json } from '../../../../db/types.ts';
import type { Principal } from '../../../auth/principal.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { ownershipOf } from '../../records/store.ts';
import { CHECKED_AT_ONCE_BYTES, enqueueImport, lockImport } from '../commands.ts';
import { getFile, getImport } from '../queries.ts';
import { keepRefusals } from '../refusals.ts';
import { type Import, MAX_FILE_BYTES, type Note } from '../schema.ts';
import { daysProblem, findTarget, nativeIdOf, takenProblem, type TargetAccount } from './account.ts';
import { compareWithStanding } from './compare.ts';
import { readAdFile, type ReadFile } from './read.ts';
import type { AdChange, AdFileSettings, CreateAdFileInput } from './schema.ts';

/**
 * Takes a file of ad figures in and checks it: the answer says what its import would do, or (status FAILED) why it
 * cannot come in as it is. A large one is still CHECKING; the jobs go on. No figure is written before the import is run.
 * Errors: `too_large`; `invalid` on the settings.
 */
export async function createAdFile(
  tx: TenantTx,
  principal: Principal,
  input: CreateAdFileInput,
): Promise<Import> {
  const { content, fileName, settings } = input;
  if (content.byteLength > MAX_FILE_BYTES)
    throw new AppError(
      'too_large',
      `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Export fewer days at once.`,
    );
  await findTarget(tx, settings);
  const { id } = await tx
    .insertInto('imports')
    .values({
      ...(await ownershipOf(tx, principal, {})),
      kind: 'AD_METRICS',
      file_name: fileName,
      file_sha256: createHash('sha256').update(content).digest('hex'),
      file_bytes: content.byteLength,
      mapping: asJson(settings),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('import_files')
    .values({ organization_id: principal.organizationId, import_id: id, content: Buffer.from(content) })
    .execute();
  if (content.byteLength > CHECKED_AT_ONCE_BYTES) await enqueueImport(tx, id);
  else await checkAdFile(tx, principal, { importId: id, settings });
  return getImport(tx, id);
}

interface CheckRequest {
  importId: string;
  settings: AdFileSettings;
}

/** Checks the file again under other settings. Errors: `not_found`; `conflict` once it has run; `invalid` on the settings. */
export async function recheckAdFile(
  tx: TenantTx,
  principal: Principal,
  request: CheckRequest,
): Promise<Import> {
  const { importId, settings } = request;
  const row = await lockAdFile(tx, importId);
  if (row.started_at !== null || row.status === 'RUNNING')
    throw new AppError('conflict', 'This import has begun to write; upload the file again to read it anew.');
  await findTarget(tx, settings);
  if (row.file_bytes > CHECKED_AT_ONCE_BYTES) {
    await tx
      .updateTable('imports')
      .set({ status: 'CHECKING', mapping: asJson(settings) })
      .where('id', '=', importId)
      .execute();
    await enqueueImport(tx, importId);
  } else await checkAdFile(tx, principal, request);
  return getImport(tx, importId);
}

/** The import's row, held until the transaction ends. Errors: `not_found`; `invalid` where it is a file of records. */
export async function lockAdFile(tx: TenantTx, importId: string) {
  const row = await lockImport(tx, importId);
  if (row.kind !== 'AD_METRICS')
    throw invalidField('importId', 'This import is of records, and not a file of ad figures.');
  return row;
}

/** Reads the whole file and stores what an import would do, or why it may not. */
export async function checkAdFile(
  tx: TenantTx,
  principal: Principal,
  { importId, settings }: CheckRequest,
): Promise<void> {
  const { organizationId } = principal;
  await lockAdFile(tx, importId);
  await tx.deleteFrom('import_refusals').where('import_id', '=', importId).execute();
  const target = await findTarget(tx, settings);
  const read = await readOrProblem({ bytes: await getFile(tx, importId), settings, account: target });
  if ('problem' in read) return storeUnreadable(tx, importId, { settings, problem: read.problem });
  const { file } = read;
  await keepRefusals(tx, { organizationId, importId }, file.refused);
  const problem = file.problem ?? (await targetProblem(tx, { settings, target, file }));
  const change = problem === null && target ? await changeOf(tx, { settings, target, file }) : null;
  await storeChecked(tx, importId, { settings, target, file, problem, change });
}

async function readOrProblem(
  request: Parameters<typeof readAdFile>[0],
): Promise<{ file: ReadFile } | { problem: string }> {
  try {
    return { file: await readAdFile(request) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    return { problem: error.message };
  }
}

export interface Understood {
  settings: AdFileSettings;
  target: TargetAccount | null;
  file: ReadFile;
}

/** Why the account that the settings name does not take this file, or null. */
export async function targetProblem(
  tx: TenantTx,
  { settings, target, file }: Understood,
): Promise<string | null> {
  if (!target) return 'Say which ad account the figures are of: pick one, or name a new one.';
  const days = daysProblem(target, file.report, new Date());
  if (days !== null || !settings.newAccount) return days;
  return takenProblem(tx, file.report.platform, nativeIdOf(settings.newAccount, file.namedAccount));
}

async function changeOf(
  tx: TenantTx,
  { settings, target, file }: Understood & { target: TargetAccount },
): Promise<AdChange> {
  return compareWithStanding(tx, {
    adAccountId: target.id,
    window: windowOf(file),
    rows: file.rows,
    holdsAllCampaigns: settings.holdsAllCampaigns,
  });
}

/** The days that a file replaces. Errors: `invalid` where it has none. */
export function windowOf({ report: { firstDay: from, lastDay: to } }: ReadFile): {
  from: string;
  to: string;
} {
  if (from === null || to === null) throw invalidField('file', 'The file has no days.');
  return { from, to };
}

async function storeUnreadable(
  tx: TenantTx,
  importId: string,
  { settings, problem }: { settings: AdFileSettings; problem: string },
): Promise<void> {
  const counts = {
    rows_total: null,
    rows_done: 0,
    rows_created: 0,
    rows_updated: 0,
    rows_unchanged: 0,
    rows_refused: 0,
  };
  await tx
    .updateTable('imports')
    .set({
      ...counts,
      status: 'FAILED',
      error: problem,
      mapping: asJson(settings),
      report: null,
      notes: asJson([]),
      header: [],
    })
    .where('id', '=', importId)
    .execute();
}

interface Checked extends Understood {
  problem: string | null;
  change: AdChange | null;
}

async function storeChecked(tx: TenantTx, importId: string, checked: Checked): Promise<void> {
  const { settings, target, file, problem, change } = checked;
  await tx
    .updateTable('imports')
    .set({
      status: problem === null ? 'CHECKED' : 'FAILED',
      error: problem,
      mapping: asJson(settings),
      ad_account_id: target?.id ?? null,
      report: asJson({ ...file.report, change }),
      header: file.header,
      notes: asJson([...file.notes, ...zoneNotes(checked)]),
      rows_total: file.report.dataRows,
      rows_done: 0,
      rows_created: change?.created ?? 0,
      rows_updated: (change?.restated ?? 0) + (change?.removed ?? 0),
      rows_unchanged: change?.same ?? 0,
      rows_refused: file.refused.length,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', importId)
    .execute();
}

/** The days of a new account are labelled with a zone: one that nobody said is told. */
function zoneNotes({ settings, target }: Checked): Note[] {
  if (!target || !settings.newAccount || settings.newAccount.timeZone !== undefined) return [];
  const text = `Its days are taken as days of ${target.timeZone}, the agency's own zone.`;
  return [{ kind: 'ad-figures', text, count: null }];
}

export function asJson(value: unknown): Json {
  return JSON.stringify(value);
}
