import { type Kysely, sql } from 'kysely';

/** What a person asked for and watches goes before the day's syncs, of which hundreds may wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create or replace function app.enqueue(task text, subject uuid, key text)
    returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      if task not in ('sync-ad-account', 'run-import', 'revoke-connection') then raise exception 'unknown task %', task; end if;
      perform graphile_worker.add_job(
        identifier => task,
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', subject),
        queue_name => null, run_at => null, max_attempts => 25,
        job_key => task || ':' || app.organization_id() || ':' || key,
        priority => case task when 'sync-ad-account' then 0 else -10 end);
    end $$`.execute(db);
  await sql`comment on function app.enqueue is 'Wakes a job for a row of the transaction''s own agency. Known tasks alone; one waiting job per key. What a person watches goes before the syncs.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
