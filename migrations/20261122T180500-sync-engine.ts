import { type Kysely, sql } from 'kysely';

/** What the sync engine keeps of a run's setbacks, and how its queue is shared fairly between agencies. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sync_runs
      add column failures integer not null default 0,
      add column lost_attempts integer not null default 0,
      add column note text`.execute(db);
  await sql`comment on column sync_runs.failures is 'Tries in a row that brought no slice in; retries counts all of the run.'`.execute(
    db,
  );
  await sql`comment on column sync_runs.lost_attempts is 'Attempts in a row whose worker fell silent before a slice came in: what keeps ending its worker is given up.'`.execute(
    db,
  );
  await sql`comment on column sync_runs.note is 'What a run that succeeded had to leave out, in plain words.'`.execute(
    db,
  );
  await sql`create index sync_slices_waiting on sync_slices (organization_id, sync_run_id) where status = 'WAITING'`.execute(
    db,
  );
  await sql`alter type activity_type add value 'PLATFORM_SETTINGS_UPDATED'`.execute(db);
  await createWaking(db);
  await createTurns(db);
}

/** The past stands behind everything else in the queue too. */
async function createWaking(db: Kysely<unknown>): Promise<void> {
  await sql`drop function app.enqueue_sync(uuid, timestamptz)`.execute(db);
  await define(
    db,
    'app.enqueue_sync(run uuid, at timestamptz)',
    "Wakes the job of a sync run of the transaction's own agency at that time: a try that waits. A backfill's stands behind other jobs.",
    'spokestack_jobs',
    `returns void language plpgsql volatile as $$
    declare behind integer;
    begin
      select case r.work when 'BACKFILL' then 10 else 0 end into behind from public.sync_runs r
       where r.organization_id = app.organization_id() and r.id = run;
      if behind is null then raise exception 'no such sync run in this agency'; end if;
      perform graphile_worker.add_job(
        identifier => 'sync-ad-account',
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', run),
        queue_name => null, run_at => at, max_attempts => 25,
        job_key => 'sync-ad-account:' || app.organization_id() || ':' || run, priority => behind);
    end $$`,
  );
  await define(
    db,
    'app.wake_sync(run uuid)',
    "Wakes the job of a sync run of the transaction's own agency now.",
    'spokestack_app, spokestack_jobs',
    `returns void language sql volatile as $$ select app.enqueue_sync(run, now()) $$`,
  );
}

/**
 * A job is one turn: who takes it works on the run whose agency works least right now, so that an agency that asks for
 * two hundred does not keep another's one waiting. One worker is always left to the day's work.
 */
async function createTurns(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.sync_turns()',
    'Sync runs that could be worked on now, with how many their agency works on already: ids, work and counts alone.',
    'spokestack_jobs',
    `returns table (organization_id uuid, sync_run_id uuid, ad_account_id uuid, work public.sync_work, is_asked_by_hand boolean, requested_at timestamptz, busy bigint)
    language sql stable as $$
      with working as (
        select r.organization_id, r.ad_account_id, r.work from public.sync_runs r
         where r.status = 'SYNCING' and r.lease_until > now())
      select r.organization_id, r.id, r.ad_account_id, r.work, r.trigger = 'MANUAL', r.requested_at,
             (select count(*) from working w where w.organization_id = r.organization_id)
        from public.sync_runs r
        join public.organizations o on o.organization_id = r.organization_id and o.id = r.organization_id and o.is_active
       where (r.status = 'PENDING' and (r.next_attempt_at is null or r.next_attempt_at <= now()))
          or (r.status = 'SYNCING' and r.lease_until < now()) $$`,
  );
  await define(
    db,
    'app.next_sync_run(agency uuid, asked uuid)',
    'The run that a turn is best spent on: the asked one, or one that should come before it. No row where the asked one cannot be worked on now. Ids alone.',
    'spokestack_jobs',
    `returns table (organization_id uuid, sync_run_id uuid) language sql stable as $$
      with turns as materialized (
        select t.* from app.sync_turns() t
         where not exists (select from public.sync_runs w
                            where w.organization_id = t.organization_id and w.ad_account_id = t.ad_account_id
                              and w.status = 'SYNCING' and w.lease_until > now())
           and (t.work <> 'BACKFILL'
                or (select count(*) from public.sync_runs w
                     where w.status = 'SYNCING' and w.lease_until > now() and w.work = 'BACKFILL')
                   < greatest(1, (select count(*) from public.worker_heartbeats) - 1)))
      select t.organization_id, t.sync_run_id from turns t
       where exists (select from turns a where a.organization_id = agency and a.sync_run_id = asked)
       order by t.work = 'BACKFILL', t.busy, not t.is_asked_by_hand, t.requested_at, t.sync_run_id limit 1 $$`,
  );
  await define(
    db,
    'app.should_yield_sync(agency uuid, run uuid)',
    "Whether a backfill should step back between two slices: for the day's work of anybody, or for another agency that works less.",
    'spokestack_jobs',
    `returns boolean language sql stable as $$
      select exists (
        select from app.sync_turns() t
         where t.sync_run_id <> run
           and case when t.work = 'BACKFILL' then
                 t.organization_id <> agency
                 and t.busy < (select count(*) from public.sync_runs w
                                where w.organization_id = agency and w.status = 'SYNCING' and w.lease_until > now())
               else not exists (select from public.sync_runs w
                                 where w.organization_id = t.organization_id and w.ad_account_id = t.ad_account_id
                                   and w.id <> run and w.status = 'SYNCING' and w.lease_until > now()) end) $$`,
  );
}

async function define(
  db: Kysely<unknown>,
  signature: string,
  comment: string,
  roles: string,
  body: string,
): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await sql`create function ${sql.raw(signature)} ${sql.raw(body)}
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(name)} to ${sql.raw(roles)}`.execute(db);
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
