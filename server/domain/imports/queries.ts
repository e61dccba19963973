import { type Selectable, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ImportKind as DbImportKind, Imports } from '../../../db/types.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { importKinds, kindSpecs } from './fields.ts';
import { previewFile } from './file.ts';
import { encodings, type Mapping, mapping as mappingSchema, type MappingOverrides } from './mapping.ts';
import { builtInMappings } from './mappings.ts';
import { toRefusalsCsv } from './refusals.ts';
import type { FileKind, Import, MappingGuide, Note, Preview, Refusal } from './schema.ts';

/** One import. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getImport(tx: TenantTx, importId: string): Promise<Import> {
  return toImport(await findRow(tx, importId));
}

/** The imports that this principal sees, newest first. */
export async function listImports(
  tx: TenantTx,
  input: { cursor?: string | undefined; limit: number },
): Promise<Page<Import>> {
  const page = await keysetPage(tx.selectFrom('imports').selectAll(), {
    sortName: '-createdAt',
    key: { expression: sql`imports.created_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`imports.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toImport), nextCursor: page.nextCursor };
}

/** The uploaded bytes. Errors: `not_found`; `conflict` once the import is done and its file is gone. */
export async function getFile(tx: TenantTx, importId: string): Promise<Buffer> {
  const file = await tx
    .selectFrom('import_files')
    .select('content')
    .where('import_id', '=', importId)
    .executeTakeFirst();
  if (file) return file.content;
  await findRow(tx, importId);
  throw new AppError('conflict', 'This import is done and its file is no longer kept. Upload it again.');
}

/** The file's columns with some cells. Errors: as getFile; `invalid` on `file` where it cannot be read. */
export async function previewImport(
  tx: TenantTx,
  input: { importId: string; overrides: MappingOverrides },
): Promise<Preview> {
  const row = await findRow(tx, input.importId);
  const { mapping } = toImport(row);
  if (!mapping) throw notOfRecords();
  const { encoding, delimiter } = mapping;
  return previewFile(await getFile(tx, input.importId), { encoding, delimiter, ...input.overrides });
}

interface RefusalRequest {
  importId: string;
  afterLine: number;
  limit: number;
}

/** Refused rows in the file's order, with the header they stood under. */
export async function listRefusals(
  tx: TenantTx,
  { importId, afterLine, limit }: RefusalRequest,
): Promise<{ header: string[]; items: Refusal[]; nextAfterLine: number | null }> {
  const { header } = await findRow(tx, importId);
  const rows = await tx
    .selectFrom('import_refusals')
    .select(['row_number as line', 'reasons', 'cells'])
    .where('import_id', '=', importId)
    .where('row_number', '>', afterLine)
    .orderBy('row_number')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return { header, items, nextAfterLine: rows.length > limit ? (items.at(-1)?.line ?? null) : null };
}

/** All refused rows as a CSV file to correct and import again. */
export async function refusalsAsFile(
  tx: TenantTx,
  importId: string,
): Promise<{ fileName: string; csv: string }> {
  const { header, file_name: fileName } = await findRow(tx, importId);
  const rows = await tx
    .selectFrom('import_refusals')
    .select(['reasons', 'cells'])
    .where('import_id', '=', importId)
    .orderBy('row_number')
    .execute();
  const stem = fileName.replace(/(\.refused)?\.[^.]{1,10}$/, '');
  return { fileName: `${stem}.refused.csv`, csv: toRefusalsCsv(header, rows) };
}

/** What a mapping may say: the fields of each kind, and the mappings that are known already. */
export function getMappingGuide(): MappingGuide {
  const kinds = importKinds.map((kind) => {
    const { fields, required, matchKeys } = kindSpecs[kind];
    const described = Object.entries(fields).map(([field, { label, type, words = [] }]) => {
      return { field, label, type, words: [...words], isRequired: required.includes(field) };
    });
    return { kind, matchKeys: [...matchKeys], fields: described };
  });
  return { encodings: [...encodings], kinds, builtIn: [...builtInMappings] };
}

async function findRow(tx: TenantTx, importId: string): Promise<Selectable<Imports>> {
  const row = await tx.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst();
  if (!row) throw notFound('import');
  return row;
}

export function toImport(row: Selectable<Imports>): Import {
  return {
    id: row.id,
    kind: fileKindOf(row.kind),
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    status: row.status,
    rowsTotal: row.rows_total,
    rowsDone: row.rows_done,
    rowsCreated: row.rows_created,
    rowsUpdated: row.rows_updated,
    rowsUnchanged: row.rows_unchanged,
    rowsRefused: row.rows_refused,
    error: row.error,
    notes: row.notes as unknown as Note[],
    mapping: row.kind === 'AD_METRICS' ? null : storedMapping(row.mapping),
    createdById: row.created_by_id,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function fileKindOf(kind: DbImportKind): FileKind {
  return kind.toLowerCase().replace('_', '-') as FileKind;
}

/** Files of ad figures have no columns to map to a record's fields. */
export function notOfRecords(): AppError {
  return invalidField('importId', 'This import is of ad figures, and not a file of records.');
}

/** Parsed again on the way out, so that a mapping of an older version has today's defaults. */
export function storedMapping(stored: unknown): Mapping {
  return mappingSchema.parse(stored);
}
