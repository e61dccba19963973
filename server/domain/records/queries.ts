import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql, type SqlBool } from 'kysely';
import { type KeysetRequest, type SortKey } from '../../../db/pagination.ts';
import type { DB, SearchNoun } from '../../../db/types.ts';
import type { CompiledFilter } from './filter-queries.ts';
import type { RecordTable } from './store.ts';

/** What every list of records filters by. */
export interface RecordFilters {
  q?: string | undefined;
  updatedSince?: string | undefined;
  deleted?: boolean | undefined;
  brandId?: string | undefined;
  ownerId?: string | undefined;
  /** See resolveFilter: the text of a filter does not fit here. */
  filter?: CompiledFilter | undefined;
}

/** The record's part of a list: active rows (or the recycle bin), a text (see `fits`), changes since. */
export function filterRecords<T extends RecordTable, O>(
  query: SelectQueryBuilder<DB, T, O>,
  table: T,
  filters: RecordFilters,
): SelectQueryBuilder<DB, T, O> {
  // Written out, not bound: a plan for any value could not use the indexes of active rows.
  const active = sql.ref(`${table}.is_active`);
  let filtered = query.where(filters.deleted ? sql<SqlBool>`not ${active}` : sql<SqlBool>`${active}`);
  // What became a part of another record is there, not in the bin.
  if (filters.deleted && (table === 'companies' || table === 'contacts'))
    filtered = filtered.where(sql<SqlBool>`${sql.ref(`${table}.merged_into_id`)} is null`);
  // It went with its contact and comes back with it alone.
  if (filters.deleted && table === 'creators')
    filtered = filtered.where(sql<SqlBool>`not ${sql.ref(`${table}.is_archived_with_contact`)}`);
  if (filters.q) filtered = filtered.where(fits(table, filters.q, filters.deleted ?? false));
  if (filters.updatedSince) {
    filtered = filtered.where(
      sql<SqlBool>`${sql.ref(`${table}.updated_at`)} >= ${filters.updatedSince}::timestamptz`,
    );
  }
  if (filters.brandId)
    filtered = filtered.where(sql<SqlBool>`${sql.ref(`${table}.brand_id`)} = ${filters.brandId}::uuid`);
  if (filters.ownerId)
    filtered = filtered.where(sql<SqlBool>`${sql.ref(`${table}.owner_id`)} = ${filters.ownerId}::uuid`);
  return filters.filter ? filtered.where(filters.filter.where) : filtered;
}

const nouns: Partial<Record<RecordTable, SearchNoun>> = {
  companies: 'COMPANY',
  contacts: 'CONTACT',
  deals: 'DEAL',
  campaigns: 'CAMPAIGN',
  creators: 'CREATOR',
};

/**
 * Whether a record fits the text over a list: by all that the search finds it by, its typos left out, and a deal by its
 * company as well. The search knows active records only: in the recycle bin it is the name, folded alike.
 */
function fits(table: RecordTable, q: string, isDeleted: boolean): RawBuilder<SqlBool> {
  const noun = nouns[table];
  const [id, name] = [sql.ref(`${table}.id`), sql.ref(`${table}.name`)];
  const externalId = sql.ref(`${table}.external_id`);
  if (!noun) return sql`(${name} ilike ${containing(q)} or ${externalId} = ${q})`;
  if (isDeleted)
    return sql`((app.fold(${q}) <> '' and strpos(app.fold(${name}), app.fold(${q})) > 0) or ${externalId} = ${q})`;
  const matching = (of: SearchNoun) => sql`select m.id from app.matching_records(${q}, ${of}) as m (id)`;
  if (noun !== 'DEAL') return sql`${id} in (${matching(noun)})`;
  return sql`${id} in (${matching(noun)} union all
    select of_company.id from deals as of_company where of_company.company_id in (${matching('COMPANY')}))`;
}

/** The ILIKE pattern of a text that may stand anywhere; its own wildcards are letters. */
export function containing(text: string): string {
  return `%${literally(text)}%`;
}

/** As `containing`, for a text at the beginning. */
export function beginningWith(text: string): string {
  return `${literally(text)}%`;
}

/** The ILIKE pattern of the text itself. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

type CommonSort = 'name' | '-name' | 'createdAt' | '-createdAt' | 'updatedAt' | '-updatedAt';

/** The keyset of the sorts that every record has. */
export function recordKeyset(
  table: RecordTable,
  input: { sort: CommonSort; cursor?: string | undefined; limit: number },
): KeysetRequest {
  return {
    sortName: input.sort,
    key: recordSortKey(table, input.sort),
    id: sql<string>`${sql.ref(`${table}.id`)}`,
    cursor: input.cursor,
    limit: input.limit,
  };
}

function recordSortKey(table: RecordTable, sort: CommonSort): SortKey {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  switch (sort.replace('-', '')) {
    case 'name':
      return { expression: sql`${sql.ref(`${table}.name_key`)}`, type: 'text', direction };
    case 'createdAt':
      return { expression: sql`${sql.ref(`${table}.created_at`)}`, type: 'timestamptz', direction };
    default:
      return { expression: sql`${sql.ref(`${table}.updated_at`)}`, type: 'timestamptz', direction };
  }
}

type RecordRow = Pick<
  Selectable<DB[RecordTable]>,
  | 'id'
  | 'brand_id'
  | 'owner_id'
  | 'created_by_id'
  | 'external_id'
  | 'tags'
  | 'custom_fields'
  | 'is_active'
  | 'version'
  | 'created_at'
  | 'updated_at'
>;

/**
 * The record's part of an answer. Spread it last: V8 takes 20 times as long for an object that begins with a spread and
 * goes on with as many fields of its own.
 */
export function toRecord(row: RecordRow) {
  return {
    id: row.id,
    brandId: row.brand_id,
    ownerId: row.owner_id,
    createdById: row.created_by_id,
    externalId: row.external_id,
    tags: row.tags,
    customFields: row.custom_fields as Record<string, unknown>,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
