import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import type { ImportFile } from './file.ts';
import type { Row } from './rows.ts';
import type { Note } from './schema.ts';
import { tryRows } from './write.ts';

/** How many rows are looked up, or written, at once. */
export const CHUNK_ROWS = 1000;

/** What an import would do. */
export interface Check {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  notes: Note[];
}

interface CheckContext {
  principal: Principal;
  now: Date;
  onRefused: (rows: readonly Row[]) => Promise<void> | void;
}

/** Reads a file to its end and says what an import would do; no record is written. Errors: `invalid` on `file`. */
export async function checkFile(tx: TenantTx, file: ImportFile, context: CheckContext): Promise<Check> {
  const { principal, now, onRefused } = context;
  const check: Check = { total: 0, created: 0, updated: 0, unchanged: 0, refused: 0, notes: [] };
  for (const rows of inChunks(file.rows(), CHUNK_ROWS)) {
    const outcome = await tryRows(tx, { plan: file.plan, principal, now }, rows);
    check.total += rows.length;
    check.created += outcome.created;
    check.updated += outcome.updated;
    check.unchanged += outcome.unchanged;
    check.refused += outcome.refused.length;
    await onRefused(outcome.refused);
  }
  if (check.total === 0) throw invalidField('file', 'The file has a header and no rows.');
  return { ...check, notes: file.notes() };
}

/** The items of a sequence in arrays of at most `size`. */
export function* inChunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
