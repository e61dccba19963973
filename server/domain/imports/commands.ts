import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ImportStatus, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { getOrganization } from '../organizations/queries.ts';
import { ownershipOf } from '../records/store.ts';
import { type Check, checkFile } from './check.ts';
import type { ImportKind } from './fields.ts';
import { type ImportFile, openFile, previewFile } from './file.ts';
import { type Mapping, type MappingOverrides, mappingOverrides } from './mapping.ts';
import { chooseMapping } from './mappings.ts';
import { getFile, getImport, notOfRecords, storedMapping } from './queries.ts';
import { keepRefusals } from './refusals.ts';
import { type CreateImportInput, type Import, MAX_FILE_BYTES, type RecheckInput } from './schema.ts';

/** A larger file is checked by the jobs, so that no request waits for it. */
export const CHECKED_AT_ONCE_BYTES = 5 * 1024 * 1024;

/**
 * Takes a file in and checks it: the answer says what its import would do, or (status FAILED) what is wrong with the
 * file. A large one is still CHECKING; the jobs go on. No record is written before the import is run.
 * Errors: `too_large`; `invalid` on `kind` where nothing says what the rows are.
 */
export async function createImport(
  tx: TenantTx,
  principal: Principal,
  input: CreateImportInput,
): Promise<Import> {
  const { content, fileName, overrides } = input;
  if (content.byteLength > MAX_FILE_BYTES)
    throw new AppError('too_large', `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Split it.`);
  const kind = kindOf(input);
  const ownership = await ownershipOf(tx, principal, {});
  const { id } = await tx
    .insertInto('imports')
    .values({
      ...ownership,
      kind: kind.toUpperCase() as Uppercase<ImportKind>,
      file_name: fileName,
      file_sha256: createHash('sha256').update(content).digest('hex'),
      file_bytes: content.byteLength,
      mapping: asJson(storableRequest(kind, input)),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('import_files')
    .values({ organization_id: principal.organizationId, import_id: id, content: Buffer.from(content) })
    .execute();
  if (content.byteLength > CHECKED_AT_ONCE_BYTES) await enqueueImport(tx, id);
  else await checkImport(tx, principal, { importId: id, mapping: input.mapping, overrides });
  return getImport(tx, id);
}

function kindOf(input: CreateImportInput): ImportKind {
  const { kind, mapping, content, overrides } = input;
  if (kind && mapping && kind !== mapping.kind)
    throw invalidField('mapping', `The mapping is of ${mapping.kind} and the file of ${kind}.`);
  if (kind) return kind;
  return mapping?.kind ?? chooseMapping(previewFile(content, overrides).header, undefined).mapping.kind;
}

/** What was said of the file, in the shape of a mapping, until its own is known. */
function storableRequest(kind: ImportKind, input: Pick<CreateImportInput, 'mapping' | 'overrides'>) {
  const { brand, ...overrides } = input.overrides;
  const defaults = { ...input.mapping?.defaults, ...(brand === undefined ? {} : { brand }) };
  return { kind, columns: {}, ...input.mapping, ...overrides, defaults };
}

/** Checks the file again under another mapping. Errors: `not_found`; `conflict` once rows were written. */
export async function recheckImport(
  tx: TenantTx,
  principal: Principal,
  input: RecheckInput,
): Promise<Import> {
  const { importId, mapping, overrides } = input;
  const row = await lockImport(tx, importId);
  if (row.kind === 'AD_METRICS') throw notOfRecords();
  if (row.started_at !== null || row.status === 'RUNNING')
    throw new AppError('conflict', 'This import has begun to write; upload the file again to map it anew.');
  if (row.file_bytes > CHECKED_AT_ONCE_BYTES) {
    const request = storableRequest(row.kind.toLowerCase() as ImportKind, { mapping, overrides });
    await tx
      .updateTable('imports')
      .set({ status: 'CHECKING', mapping: asJson(request) })
      .where('id', '=', importId)
      .execute();
    await enqueueImport(tx, importId);
  } else await checkImport(tx, principal, { importId, mapping, overrides });
  return getImport(tx, importId);
}

export interface CheckRequest {
  importId: string;
  mapping: Mapping | undefined;
  overrides: MappingOverrides;
}

/** Reads the whole file and stores what an import would do, or what is wrong with the file. */
export async function checkImport(tx: TenantTx, principal: Principal, request: CheckRequest): Promise<void> {
  const { importId, mapping, overrides } = request;
  const { organizationId } = principal;
  const row = await lockImport(tx, importId);
  if (row.kind === 'AD_METRICS') throw notOfRecords();
  await tx.deleteFrom('import_refusals').where('import_id', '=', importId).execute();
  try {
    const bytes = await getFile(tx, importId);
    const { reportingCurrency } = await getOrganization(tx);
    const kind = row.kind.toLowerCase() as ImportKind;
    const file = openFile({ bytes, kind, mapping, overrides, reportingCurrency });
    const check = await checkFile(tx, file, {
      principal,
      now: new Date(),
      onRefused: (rows) => keepRefusals(tx, { organizationId, importId }, rows),
    });
    await storeCheck(tx, importId, { file, check });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    await tx
      .updateTable('imports')
      .set({ status: 'FAILED', error: error.message })
      .where('id', '=', importId)
      .execute();
  }
}

async function storeCheck(
  tx: TenantTx,
  importId: string,
  { file, check }: { file: ImportFile; check: Check },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      status: 'CHECKED',
      error: null,
      mapping: asJson(file.plan.mapping),
      header: [...file.plan.header],
      notes: asJson(check.notes),
      rows_total: check.total,
      rows_done: 0,
      rows_created: check.created,
      rows_updated: check.updated,
      rows_unchanged: check.unchanged,
      rows_refused: check.refused,
    })
    .where('id', '=', importId)
    .execute();
}

/** Begins to write what was checked. Errors: `not_found`; `conflict` where it is not checked, or ran already. */
export async function startImport(tx: TenantTx, importId: string): Promise<Import> {
  const row = await lockImport(tx, importId);
  if (row.status !== 'CHECKED') throw wrongStatus(row.status, 'run');
  await tx.deleteFrom('import_refusals').where('import_id', '=', importId).execute();
  const counts = { rows_done: 0, rows_created: 0, rows_updated: 0, rows_unchanged: 0, rows_refused: 0 };
  await tx
    .updateTable('imports')
    .set({ status: 'RUNNING', started_at: sql<Date>`now()`, ...counts })
    .where('id', '=', importId)
    .execute();
  return getImport(tx, importId);
}

/** As startImport, and wakes the jobs to do it. */
export async function requestRun(tx: TenantTx, importId: string): Promise<Import> {
  const started = await startImport(tx, importId);
  await enqueueImport(tx, importId);
  return started;
}

/** Ends writing after the rows in hand; what came in stays. Errors: `not_found`; `conflict` where it does not run. */
export async function stopImport(tx: TenantTx, importId: string): Promise<Import> {
  const row = await lockImport(tx, importId);
  if (row.status !== 'RUNNING') throw wrongStatus(row.status, 'stop');
  await tx.updateTable('imports').set({ status: 'STOPPED' }).where('id', '=', importId).execute();
  return getImport(tx, importId);
}

/** Goes on behind the last row that was written. Errors: `not_found`; `conflict` where it was not stopped. */
export async function resumeImport(tx: TenantTx, importId: string): Promise<Import> {
  const row = await lockImport(tx, importId);
  const isResumable = row.status === 'STOPPED' || (row.status === 'FAILED' && row.started_at !== null);
  if (!isResumable) throw wrongStatus(row.status, 'resume');
  await tx
    .updateTable('imports')
    .set({ status: 'RUNNING', error: null })
    .where('id', '=', importId)
    .execute();
  await enqueueImport(tx, importId);
  return getImport(tx, importId);
}

const refusals = {
  run: 'only one that is checked can be run',
  stop: 'only one that is running can be stopped',
  resume: 'only one that was stopped can go on',
} as const;

function wrongStatus(status: ImportStatus, verb: keyof typeof refusals): AppError {
  return new AppError('conflict', `This import is ${status.toLowerCase()}; ${refusals[verb]}.`);
}

/** The import's row, held until the transaction ends. Errors: `not_found`. */
export async function lockImport(tx: TenantTx, importId: string) {
  const row = await tx
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('import');
  return row;
}

/** Wakes the jobs for an import that waits or was told to run. */
export async function enqueueImport(tx: TenantTx, importId: string): Promise<void> {
  await sql`select app.enqueue('run-import', ${importId}::uuid, ${importId})`.execute(tx);
}

function asJson(value: unknown): Json {
  return JSON.stringify(value);
}

/** What was sent with a file whose check the jobs make: a mapping, or settings alone. */
export function requestedMapping(stored: Json): Pick<CheckRequest, 'mapping' | 'overrides'> {
  const mapping = storedMapping(stored);
  if (Object.keys(mapping.columns).length > 0) return { mapping, overrides: {} };
  const { kind: _kind, columns: _columns, defaults: _defaults, ...said } = stored as Record<string, Json>;
  return {
    mapping: undefined,
    overrides: mappingOverrides.parse({ ...said, brand: mapping.defaults.brand }),
  };
}
