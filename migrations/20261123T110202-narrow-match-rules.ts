import { type Kysely, sql } from 'kysely';

/** Whose rules see less than the agency: whoever sees all of it and saves them takes them over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.match_rules_narrow(campaign uuid) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select r.id from public.campaign_match_rules r
        join app.match_rule_authors() w on w.user_id = r.created_by_id and not w.sees_all
       where r.organization_id = app.organization_id() and r.campaign_id = campaign and app.scope() <> 'brand' $$`.execute(
    db,
  );
  await sql`comment on function app.match_rules_narrow is 'The rules of a campaign of the transaction’s own agency whose author sees what is assigned to them alone; ids alone.'`.execute(
    db,
  );
  await sql`revoke all on function app.match_rules_narrow(uuid) from public`.execute(db);
  await sql`grant execute on function app.match_rules_narrow(uuid) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
