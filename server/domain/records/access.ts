import { type RawBuilder, sql } from 'kysely';
import type { RecordTable } from './store.ts';

/**
 * Whether a row is the reader's by its own columns, as app.visible_record() says it: what is seen through something else,
 * a creator through a campaign, is read and not changed.
 */
export function isOwnRecord(table: RecordTable): RawBuilder<boolean> {
  const [brand, owner, author] = ['brand_id', 'owner_id', 'created_by_id'].map((column) =>
    sql.ref(`${table}.${column}`),
  );
  return sql<boolean>`coalesce((select app.sees_all())
    or ${brand} = any ((select app.brand_ids())::uuid[])
    or ${owner} = (select app.person_id()) or ${author} = (select app.person_id()), false)`;
}
