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
  await tellOfFigures(db);
}

/** The channel has no tenant, so that it carries an account's id and nothing else. */
async function tellOfFigures(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.tell_account_changed() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
    begin
      perform pg_notify('figures_changed', new.id::text);
      return null;
    end $$`.execute(db);
  await sql`comment on function app.tell_account_changed is 'Tells whoever listens, at the commit, that an ad account’s sync moved: the id alone.'`.execute(
    db,
  );
  await sql`create trigger tell_changed after update on ad_accounts for each row
    when ((old.sync_status, old.last_synced_at, old.newest_business_date)
      is distinct from (new.sync_status, new.last_synced_at, new.newest_business_date))
    execute function app.tell_account_changed()`.execute(db);
  await sql`create function app.tell_slice_changed() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
    begin
      perform pg_notify('figures_changed', r.ad_account_id::text)
         from public.sync_runs r where r.organization_id = new.organization_id and r.id = new.sync_run_id;
      return null;
    end $$`.execute(db);
  await sql`comment on function app.tell_slice_changed is 'As app.tell_account_changed, for days of a run that were replaced.'`.execute(
    db,
  );
  await sql`create trigger tell_changed after update on sync_slices for each row
    when (old.status is distinct from new.status and new.status = 'DONE')
    execute function app.tell_slice_changed()`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
