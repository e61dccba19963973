import { stringify } from 'csv-stringify/sync';
import type { Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { listCompanies } from '../companies/queries.ts';
import { listContacts } from '../contacts/queries.ts';
import { listCreators } from '../creators/queries.ts';
import { listDeals } from '../deals/queries.ts';
import { exportColumns, type ExportedRecord } from './columns.ts';
import { BYTE_ORDER_MARK, cell } from './rules.ts';
import type { ExportInput, ExportPage } from './schema.ts';

/** A page of a list as CSV. Errors: those of the list. */
export async function exportCompanies(tx: TenantTx, input: ExportInput<'companies'>): Promise<ExportPage> {
  const [page, columns] = await Promise.all([
    listCompanies(tx, input),
    exportColumns(tx, 'companies', input.columns),
  ]);
  return toCsv(page, columns, input.cursor === undefined);
}

export async function exportContacts(tx: TenantTx, input: ExportInput<'contacts'>): Promise<ExportPage> {
  const [page, columns] = await Promise.all([
    listContacts(tx, input),
    exportColumns(tx, 'contacts', input.columns),
  ]);
  return toCsv(page, columns, input.cursor === undefined);
}

export async function exportDeals(tx: TenantTx, input: ExportInput<'deals'>): Promise<ExportPage> {
  const [page, columns] = await Promise.all([
    listDeals(tx, input),
    exportColumns(tx, 'deals', input.columns),
  ]);
  return toCsv(page, columns, input.cursor === undefined);
}

export async function exportCreators(tx: TenantTx, input: ExportInput<'creators'>): Promise<ExportPage> {
  const [page, columns] = await Promise.all([
    listCreators(tx, input),
    exportColumns(tx, 'creators', input.columns),
  ]);
  const items = page.items.map((creator) => ({
    ...creator,
    contactName: creator.name,
    managerName: creator.manager?.name ?? null,
  }));
  return toCsv({ ...page, items }, columns, input.cursor === undefined);
}

type Columns = Awaited<ReturnType<typeof exportColumns>>;

function toCsv(page: Page<ExportedRecord>, columns: Columns, isFirst: boolean): ExportPage {
  const rows = page.items.map((record) => columns.map(({ textOf }) => cell(textOf(record))));
  const header = isFirst ? [columns.map(({ header }) => cell(header))] : [];
  return {
    csv: (isFirst ? BYTE_ORDER_MARK : '') + stringify([...header, ...rows], { record_delimiter: '\r\n' }),
    rows: rows.length,
    nextCursor: page.nextCursor,
  };
}
