import { type Kysely, sql } from 'kysely';

/** Rules attach what a sync brought, and pages hear of what a sync changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create or replace function app.enqueue(task text, subject uuid, key text)
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      if task not in ('sync-ad-account', 'run-import', 'revoke-connection', 'match-platform-campaigns')
        then raise exception 'unknown task %', task; end if;
      perform graphile_worker.add_job(
        identifier => task,
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', subject),
        queue_name => null, run_at => null, max_attempts => 25,
        job_key => task || ':' || app.organization_id() || ':' || key,
        priority => case task when 'sync-ad-account' then 0 else -10 end);
    end $$`.execute(db);
  await sql`create function app.tell_figures_changed(account uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      select pg_notify('figures_changed', account::text)
       where exists (select from public.ad_accounts a
                      where a.organization_id = app.organization_id() and a.id = account) $$`.execute(db);
  await sql`comment on function app.tell_figures_changed is 'Tells whoever listens, at the commit, that an ad account of the transaction’s own agency has new figures. The channel has no tenant: it carries the id alone.'`.execute(
    db,
  );
  await sql`revoke all on function app.tell_figures_changed(uuid) from public`.execute(db);
  await sql`grant execute on function app.tell_figures_changed(uuid) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
