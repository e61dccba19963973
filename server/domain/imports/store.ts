import { type RawBuilder, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ImportKind, MatchKey } from './fields.ts';

/** A record as it stands, by the names of its columns. */
export interface Existing extends Record<string, unknown> {
  id: string;
  is_active: boolean;
  brand_id: string | null;
}

interface Match {
  kind: ImportKind;
  matchKey: MatchKey;
  keys: readonly string[];
  /** Holds the rows for this transaction, in one order for all, so that two imports cannot block each other. */
  isLocking: boolean;
}

/** The records behind each key, among those that the principal sees. One in the bin is found by its external id alone. */
export async function findExisting(tx: TenantTx, match: Match): Promise<Map<string, Existing[]>> {
  const { kind, matchKey, keys, isLocking } = match;
  if (keys.length === 0) return new Map();
  const { rows } = await sql<Existing & { match_key: string }>`
    select k.key as match_key, r.* from unnest(${keys}::text[]) as k (key) ${joins[matchKey](kind)}
     order by r.id ${isLocking ? sql`for update of r` : sql``}`.execute(tx);
  const found = new Map<string, Existing[]>();
  for (const { match_key: key, ...row } of rows) found.set(key, [...(found.get(key) ?? []), row]);
  return found;
}

const joins: Record<MatchKey, (kind: ImportKind) => RawBuilder<unknown>> = {
  externalId: (kind) => sql`join ${sql.table(kind)} r on r.external_id = k.key`,
  name: (kind) =>
    sql`join ${sql.table(kind)} r on r.is_active and lower(r.name) collate "C" = lower(k.key) collate "C"`,
  // The addresses are spread once and hashed: looked up key by key they would be read as often as there are keys.
  email: (kind) => sql`
    join (select distinct c.id, lower(e.email) as email from ${sql.table(kind)} c cross join unnest(c.emails) as e (email)
           where c.is_active) a on a.email = lower(k.key)
    join ${sql.table(kind)} r on r.id = a.id`,
};

export type NewRow = Record<string, unknown> & { id: string };

/**
 * Inserts rows in one statement and says which came in. One whose external id another record holds does not: the
 * unique index sees records that the principal does not, and those that came in meanwhile. All insert in one order, so
 * that two imports of the same ids wait for each other and do not block each other.
 */
export async function insertRows(
  tx: TenantTx,
  kind: ImportKind,
  rows: readonly NewRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const columns = columnsOf(rows);
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const { rows: inserted } = await sql<{ id: string }>`
    insert into ${sql.table(kind)} (${list})
    select ${list} from jsonb_populate_recordset(null::${sql.table(kind)}, ${JSON.stringify(rows)}::jsonb)
     order by external_id
    on conflict (organization_id, external_id) where external_id is not null do nothing
    returning id`.execute(tx);
  return new Set(inserted.map((row) => row.id));
}

/** Changes rows in one statement. Each holds its id and every column that any of them changes. */
export async function updateRows(tx: TenantTx, kind: ImportKind, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsOf(rows).filter((column) => column !== 'id' && column !== 'organization_id');
  const changes = sql.join(columns.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`));
  await sql`
    update ${sql.table(kind)} t set ${changes}
      from jsonb_populate_recordset(null::${sql.table(kind)}, ${JSON.stringify(rows)}::jsonb) r
     where t.organization_id = r.organization_id and t.id = r.id`.execute(tx);
}

function columnsOf(rows: readonly Record<string, unknown>[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
}
