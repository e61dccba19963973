import {
  type Expression,
  type RawBuilder,
  type ReferenceExpression,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import { AppError } from '../server/kernel/errors.ts';
import type { TenantTx } from './tenant.ts';

/** One page of a list. `nextCursor` is opaque; null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** How a noun may be sorted. The expression is never null, so that a keyset comparison holds. */
export interface SortKey {
  expression: Expression<unknown>;
  /** The SQL type that a cursor's text is cast back to. */
  type: 'text' | 'timestamptz' | 'timestamp' | 'numeric' | 'date' | 'int4' | 'int8';
  direction: 'asc' | 'desc';
}

export interface KeysetRequest {
  sortName: string;
  key: SortKey;
  id: Expression<string>;
  cursor: string | undefined;
  limit: number;
}

/**
 * Orders a query by a key and the id, begins after the cursor, and fetches one row more than asked to know whether
 * there is a next page. Rows come back without the key's column.
 * Errors: `invalid` where the cursor is of another sort or was not made here.
 */
export async function keysetPage<D, T extends keyof D, O extends { id: string }>(
  query: SelectQueryBuilder<D, T, O>,
  request: KeysetRequest,
): Promise<Page<O>> {
  const { key, id, limit } = request;
  const comparison = key.direction === 'asc' ? sql`>` : sql`<`;
  let paged = query
    .select(sql<string>`(${key.expression})::text`.as('keyset_value'))
    .orderBy(key.expression as ReferenceExpression<D, T>, key.direction)
    .orderBy(id as ReferenceExpression<D, T>, key.direction)
    .limit(limit + 1);
  const after = request.cursor === undefined ? null : readCursor(request.sortName, request.cursor);
  if (after) {
    const bound = sql`(cast(${after.value} as ${CASTS[key.type]}), ${after.id}::uuid)`;
    paged = paged.where(sql<SqlBool>`(${key.expression}, ${id}) ${comparison} ${bound}`);
  }
  const rows = (await paged.execute()) as (O & { keyset_value: string })[];
  const items = rows.slice(0, limit).map(({ keyset_value: _value, ...row }) => row as unknown as O);
  const last = rows[limit - 1];
  const nextCursor =
    rows.length > limit && last ? writeCursor(request.sortName, last.keyset_value, last.id) : null;
  return { items, nextCursor };
}

/** A record's place in a list: who stands before and after it, and where it stands where that is cheap to say. */
export interface Place {
  previousId: string | null;
  nextId: string | null;
  position: number | null;
  total: number | null;
}

/** A position is counted no further than this. */
const MOST_COUNTED = 1_000;

/**
 * The neighbours of a record in a list, under the list's own order and filters; they are exact also for a record that the
 * filters no longer show. `all` finds the record whatever the filters say. Null where there is no such record.
 */
export async function keysetNeighbours<D, T extends keyof D, A, M>(
  tx: TenantTx,
  lists: { all: SelectQueryBuilder<D, T, A>; matching: SelectQueryBuilder<D, T, M> },
  request: Pick<KeysetRequest, 'key' | 'id'> & { recordId: string },
): Promise<Place | null> {
  const { key, id, recordId } = request;
  const here = await lists.all
    .select(sql<string>`(${key.expression})::text`.as('keyset_value'))
    .where(sql<SqlBool>`${id} = ${recordId}::uuid`)
    .executeTakeFirst();
  if (!here) return null;
  const bound = sql`(cast(${(here as { keyset_value: string }).keyset_value} as ${CASTS[key.type]}), ${recordId}::uuid)`;
  const place = sql`(${key.expression}, ${id})`;
  const isAscending = key.direction === 'asc';
  const beside = async (isNext: boolean) => {
    const row = await lists.matching
      .select(sql<string>`${id}`.as('neighbour_id'))
      .where(sql<SqlBool>`${place} ${isNext === isAscending ? sql`>` : sql`<`} ${bound}`)
      .orderBy(key.expression as ReferenceExpression<D, T>, isNext === isAscending ? 'asc' : 'desc')
      .orderBy(id as ReferenceExpression<D, T>, isNext === isAscending ? 'asc' : 'desc')
      .limit(1)
      .executeTakeFirst();
    return (row as { neighbour_id: string } | undefined)?.neighbour_id ?? null;
  };
  const counted = (condition: RawBuilder<SqlBool>) =>
    cappedCount(
      tx,
      lists.matching.select(sql<string>`${id}`.as('counted_id')).where(condition),
      MOST_COUNTED,
    );
  const [previousId, nextId, before, self, total] = await Promise.all([
    beside(false),
    beside(true),
    counted(sql<SqlBool>`${place} ${isAscending ? sql`<` : sql`>`} ${bound}`),
    counted(sql<SqlBool>`${id} = ${recordId}::uuid`),
    counted(sql<SqlBool>`true`),
  ]);
  const isCounted = self === 1 && total <= MOST_COUNTED;
  return { previousId, nextId, position: isCounted ? before + 1 : null, total: isCounted ? total : null };
}

/** How many rows match, counted no further than `cap`: 10,001 reads as "over 10,000". */
export async function cappedCount(
  tx: TenantTx,
  query: SelectQueryBuilder<never, never, unknown>,
  cap = 10_000,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int4 as count from (${query.limit(cap + 1)}) as counted`.execute(tx);
  return rows[0]?.count ?? 0;
}

const CASTS = {
  text: sql`text`,
  timestamptz: sql`timestamptz`,
  timestamp: sql`timestamp`,
  numeric: sql`numeric`,
  date: sql`date`,
  int4: sql`int4`,
  int8: sql`int8`,
} as const satisfies Record<SortKey['type'], Expression<unknown>>;

function writeCursor(sortName: string, value: string, id: string): string {
  return Buffer.from(JSON.stringify([sortName, value, id])).toString('base64url');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function readCursor(sortName: string, cursor: string): { value: string; id: string } {
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(parts) && parts.length === 3) {
    const [name, value, id] = parts as unknown[];
    if (
      name === sortName &&
      typeof value === 'string' &&
      typeof id === 'string' &&
      UUID.test(id) &&
      !value.includes('\0')
    ) {
      return { value, id };
    }
  }
  throw new AppError(
    'invalid',
    'This cursor does not belong to this list and sort; begin again without it.',
    {
      issues: [{ path: 'cursor', message: 'Send the nextCursor of the page before, with the same sort.' }],
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
