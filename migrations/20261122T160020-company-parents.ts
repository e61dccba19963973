import { type Kysely, sql } from 'kysely';

/** Companies stand under one another, and never under themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const signature = 'app.company_is_under(company uuid, ancestor uuid)';
  await sql`create function ${sql.raw(signature)} returns boolean language sql volatile as $$
      select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('company-parents:' || app.organization_id(), 0));
      with recursive line (id, parent_id) as (
        select c.id, c.parent_id from public.companies c
         where c.organization_id = app.organization_id() and c.id = company
        union
        select c.id, c.parent_id from public.companies c join line on c.id = line.parent_id
         where c.organization_id = app.organization_id())
      select exists (select from line where line.id = ancestor) $$
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is 'Whether a company is this one or stands somewhere under it, through companies that the asker does not see as well. Holds off other changes of parents until the transaction ends, so that two of them make no ring.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
