import { stringify } from 'csv-stringify/sync';
import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { normalize } from './header.ts';
import { REASONS_COLUMN } from './plan.ts';
import type { Row } from './rows.ts';
import type { Refusal } from './schema.ts';

/** More cells than a header may have columns say nothing new about a row that is too long. */
const KEPT_CELLS = 501;

/** A row as it stood in the file, and what is wrong with it. */
type RefusedRow = Pick<Row, 'line' | 'cells' | 'reasons'>;

interface Place {
  organizationId: string;
  importId: string;
}

/** Keeps refused rows as they stood in the file, with their reasons. */
export async function keepRefusals(tx: TenantTx, place: Place, rows: readonly RefusedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const kept = rows.map((row) => ({
    organization_id: place.organizationId,
    import_id: place.importId,
    row_number: row.line,
    reasons: row.reasons.map(storable),
    cells: row.cells.slice(0, KEPT_CELLS).map(storable),
  }));
  await sql`
    insert into import_refusals (organization_id, import_id, row_number, reasons, cells)
    select organization_id, import_id, row_number, reasons, cells
      from jsonb_populate_recordset(null::import_refusals, ${JSON.stringify(kept)}::jsonb)`.execute(tx);
}

/** PostgreSQL keeps no NUL in a text, and spreadsheets stop at one: its picture stands for it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u2400');
}

/**
 * Refused rows as CSV: the file's own columns and the reasons behind them. Cells that a spreadsheet would run as a
 * formula begin with an apostrophe, which an import of this file takes off again.
 */
export function toRefusalsCsv(header: readonly string[], refusals: readonly Omit<Refusal, 'line'>[]): string {
  // A file of refused rows that was refused again keeps one column of reasons.
  const own = normalize(header.at(-1) ?? '') === REASONS_COLUMN ? header.slice(0, -1) : header;
  const rows = refusals.map(({ cells, reasons }) => [
    ...own.map((_name, index) => storable(cells[index] ?? '')),
    storable(reasons.join(' ')),
    ...cells.slice(header.length).map(storable),
  ]);
  const titles = [...own, REASONS_COLUMN];
  return stringify([titles, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
