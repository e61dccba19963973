import { type Kysely, sql } from 'kysely';

/** Whose an account is at Phyllo outlives a merge of two creators; and runs that nobody looks at any more go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table creator_platforms add column phyllo_user_id uuid`.execute(db);
  await sql`comment on column creator_platforms.phyllo_user_id is 'The user at Phyllo that held the account when it was taken in: the creator''s then. After a merge the creator has another one for new accounts.'`.execute(
    db,
  );
  await sql`update creator_platforms p set phyllo_user_id = c.phyllo_user_id from creators c
    where c.organization_id = p.organization_id and c.id = p.creator_id and p.phyllo_account_id is not null`.execute(
    db,
  );
  await sql`
    create function app.creator_sync_runs_clean() returns void language sql volatile security definer
      set search_path = pg_catalog, pg_temp as $$
      delete from public.creator_sync_runs
       where status in ('SUCCESS', 'ERROR') and created_at < now() - interval '90 days';
      delete from public.creator_connect_links where expires_at < now() - interval '90 days' $$`.execute(db);
  await sql`revoke execute on function app.creator_sync_runs_clean() from public`.execute(db);
  await sql`grant execute on function app.creator_sync_runs_clean() to spokestack_jobs`.execute(db);
  await sql`comment on function app.creator_sync_runs_clean() is 'Removes runs that ended, and links that nobody can open, 90 days after.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
