import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { CHUNK_ROWS, inChunks } from './check.ts';
import { checkImport, lockImport, requestedMapping } from './commands.ts';
import { type ImportKind, kindSpecs } from './fields.ts';
import { type ImportFile, openFile } from './file.ts';
import { getFile, getImport, notOfRecords, toImport } from './queries.ts';
import { keepRefusals } from './refusals.ts';
import type { Row } from './rows.ts';
import type { Import } from './schema.ts';
import { uploaderOf } from './uploader.ts';
import { type Outcome, writeRows } from './write.ts';

export interface RunRequest {
  /** As the jobs' role. */
  db: Database;
  organizationId: string;
  importId: string;
  now: () => Date;
  /** Ends the run between two chunks; it goes on where it was when it is run again. */
  signal?: AbortSignal | undefined;
  chunkRows?: number;
}

/**
 * Goes on with an import from where it stands: checks one that is CHECKING, writes one that is RUNNING, leaves any
 * other. Each chunk is one transaction that holds its rows, their activities and the progress, so a run that is killed
 * and begun again neither loses a row nor writes one twice; two runs of one import take turns and do no harm.
 * Errors: `not_found`. An import that cannot go on ends as FAILED with the reason.
 */
export async function runImport(request: RunRequest): Promise<Import> {
  const { db, organizationId, importId } = request;
  const job = jobPrincipal(organizationId);
  try {
    const { state, principal } = await withTenant(db, job, 'read', async (tx) => {
      const row = await getImport(tx, importId);
      const isDue = row.status === 'CHECKING' || row.status === 'RUNNING';
      return { state: row, principal: isDue ? await uploaderOf(tx, organizationId, row.createdById) : null };
    });
    if (!principal) return state;
    if (state.status === 'RUNNING') await writeFile({ ...request, principal });
    else await withTenant(db, principal, 'write', (tx) => checkWaiting(tx, principal, importId));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_found') throw error;
    await failImport(request, error.message);
  }
  return withTenant(db, job, 'read', (tx) => getImport(tx, importId));
}

/** Ends an import with a reason that a person can act on; what was written stays, and it can be resumed. */
export async function failImport(
  request: Pick<RunRequest, 'db' | 'organizationId' | 'importId'>,
  reason: string,
): Promise<void> {
  const { db, organizationId, importId } = request;
  await withTenant(db, jobPrincipal(organizationId), 'write', (tx) =>
    tx
      .updateTable('imports')
      .set({ status: 'FAILED', error: reason })
      .where('id', '=', importId)
      // Another run may have brought it to its end, or a person stopped it.
      .where('status', 'in', ['CHECKING', 'RUNNING'])
      .execute(),
  );
}

async function checkWaiting(tx: TenantTx, principal: Principal, importId: string): Promise<void> {
  const row = await lockImport(tx, importId);
  if (row.status === 'CHECKING')
    await checkImport(tx, principal, { importId, ...requestedMapping(row.mapping) });
}

type Run = RunRequest & { principal: Principal };

/** A row and its place among the file's rows, from 0. */
interface Numbered {
  row: Row;
  index: number;
}

async function writeFile(run: Run): Promise<void> {
  const { db, principal, importId, now, signal, chunkRows = CHUNK_ROWS } = run;
  const { state, bytes } = await withTenant(db, principal, 'read', async (tx) => ({
    state: await getImport(tx, importId),
    bytes: await getFile(tx, importId),
  }));
  const { mapping, kind } = state;
  if (!mapping || kind === 'ad-metrics') throw notOfRecords();
  const reportingCurrency = mapping.currency ?? '';
  const file = openFile({ bytes, kind, mapping, overrides: {}, reportingCurrency });
  let total = 0;
  // Rows that came in before are read again, since a later row may repeat the key of one of them.
  for (const rows of inChunks(numbered(file), chunkRows)) {
    total += rows.length;
    const due = rows.filter(({ index }) => index >= state.rowsDone);
    if (due.length === 0) continue;
    signal?.throwIfAborted();
    const isGoingOn = await writeChunk({ ...run, file, now }, due);
    if (!isGoingOn) return;
  }
  await withTenant(db, principal, 'write', (tx) => finish(tx, principal, { importId, total }));
}

function* numbered(file: ImportFile): Generator<Numbered> {
  let index = 0;
  for (const row of file.rows()) {
    yield { row, index };
    index += 1;
  }
}

type Chunked = Run & { file: ImportFile };

/**
 * Writes some rows in one transaction. Where the database refuses them, they are tried again in halves, until the row
 * that it means stands alone and is refused. False where the import was stopped meanwhile.
 */
async function writeChunk(run: Chunked, rows: readonly Numbered[]): Promise<boolean> {
  try {
    return await withTenant(run.db, run.principal, 'write', (tx) => writeDue(tx, run, rows));
  } catch (error) {
    if (!isRowError(error)) throw error;
    const [first, ...others] = rows;
    if (first && others.length === 0) {
      first.row.reasons.push(refusedByDatabase(error, run.file.plan.mapping.kind));
      return withTenant(run.db, run.principal, 'write', (tx) => writeDue(tx, run, rows));
    }
    const half = Math.ceil(rows.length / 2);
    return (await writeChunk(run, rows.slice(0, half))) && writeChunk(run, rows.slice(half));
  }
}

async function writeDue(tx: TenantTx, run: Chunked, rows: readonly Numbered[]): Promise<boolean> {
  const { importId, principal, file, now } = run;
  const state = await lockImport(tx, importId);
  if (state.status !== 'RUNNING') return false;
  // Another run of the same import may have been here.
  const due = rows.filter(({ index }) => index >= state.rows_done);
  const last = due.at(-1);
  if (!last) return true;
  const outcome = await writeRows(
    tx,
    { plan: file.plan, principal, importId, now: now() },
    due.map(({ row }) => row),
  );
  await keepRefusals(tx, { organizationId: principal.organizationId, importId }, outcome.refused);
  await storeProgress(tx, importId, { outcome, rowsDone: last.index + 1 });
  return true;
}

async function storeProgress(
  tx: TenantTx,
  importId: string,
  { outcome, rowsDone }: { outcome: Outcome; rowsDone: number },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      rows_done: rowsDone,
      rows_created: sql`rows_created + ${outcome.created}`,
      rows_updated: sql`rows_updated + ${outcome.updated}`,
      rows_unchanged: sql`rows_unchanged + ${outcome.unchanged}`,
      rows_refused: sql`rows_refused + ${outcome.refused.length}`,
    })
    .where('id', '=', importId)
    .execute();
}

/** The file has served: its rows are records now, and those that are not are kept as refused. */
async function finish(
  tx: TenantTx,
  principal: Principal,
  { importId, total }: { importId: string; total: number },
): Promise<void> {
  const state = await lockImport(tx, importId);
  if (state.status !== 'RUNNING' || state.rows_done !== total) return;
  const done = await tx
    .updateTable('imports')
    .set({ status: 'DONE', rows_total: total, finished_at: sql<Date>`now()` })
    .where('id', '=', importId)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('import_files').where('import_id', '=', importId).execute();
  const { kind, rowsCreated, rowsUpdated, rowsUnchanged, rowsRefused, fileName } = toImport(done);
  if (kind === 'ad-metrics') throw notOfRecords();
  await recordActivities(tx, principal, [
    {
      type: 'IMPORT_COMPLETED',
      description: `Import of ${kindSpecs[kind].nouns} from ${fileName} completed`,
      metadata: { importId, rowsCreated, rowsUpdated, rowsUnchanged, rowsRefused },
    },
  ]);
}

/** SQLSTATE classes 22 (data) and 23 (constraints), and 42501, a row that would leave the principal's sight. */
function isRowError(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(22|23|42501$)/.test(error.code)
  );
}

function refusedByDatabase(error: { code: string }, kind: ImportKind): string {
  if (error.code === '42501')
    return 'This change would take the record out of your sight; you may not make it.';
  if (error.code === '23505')
    return kind === 'creators'
      ? 'Another creator holds its external id, or its account.'
      : 'Another record holds its external id.';
  return `A value does not fit its field (${error.code}).`;
}
