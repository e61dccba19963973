import { type Kysely, sql } from 'kysely';

/** Each try of a run with how it ended: a run itself keeps only what went wrong last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type sync_outcome as enum ('DONE', 'FAILED', 'RETRIED', 'WAITED', 'YIELDED', 'STOPPED', 'LOST')`.execute(
    db,
  );
  await sql`
    create table sync_attempts (
      organization_id uuid not null,
      sync_run_id uuid not null,
      attempt integer not null check (attempt > 0),
      started_at timestamptz not null default now(),
      ended_at timestamptz,
      outcome sync_outcome,
      slices_done integer not null default 0,
      error text,
      error_code text,
      platform_message text,
      primary key (organization_id, sync_run_id, attempt),
      check ((ended_at is null) = (outcome is null)),
      foreign key (organization_id, sync_run_id) references sync_runs (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table sync_attempts is 'Every try of a sync run. RETRIED: it failed and is tried again. WAITED: the platform, or a limit, made it wait. YIELDED: it made room. LOST: its worker fell silent.'`.execute(
    db,
  );
  await sql`comment on column sync_attempts.slices_done is 'How many of the run''s slices were in when the try ended.'`.execute(
    db,
  );
  await sql`call app.protect('sync_attempts',
    $$(select app.sees_all()) or sync_run_id = any (array(select r.id from sync_runs r))$$, 'select')`.execute(
    db,
  );
  await recordThem(db);
  // What ended within the last day is counted every few seconds where somebody watches.
  await sql`create index sync_runs_ended on sync_runs (organization_id, finished_at) where finished_at is not null`.execute(
    db,
  );
}

/** A trigger, so that no way in which a run is taken or let go of can forget to write it down. */
async function recordThem(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.record_sync_attempt() returns trigger language plpgsql
      security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if old.status = 'SYNCING' then
        update public.sync_attempts
           set ended_at = clock_timestamp(),
               slices_done = new.slices_done,
               outcome = (case
                 when new.status = 'SYNCING' or new.lost_attempts > old.lost_attempts then 'LOST'
                 when new.status = 'SUCCESS' then 'DONE'
                 when new.status = 'ERROR' then 'FAILED'
                 when new.status = 'PAUSED' then 'STOPPED'
                 when new.retries > old.retries then 'RETRIED'
                 when new.next_attempt_at is not null then 'WAITED'
                 else 'YIELDED' end)::public.sync_outcome,
               error = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.error end,
               error_code = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.error_code end,
               platform_message = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.platform_message end
         where organization_id = old.organization_id and sync_run_id = old.id and attempt = old.attempt
           and ended_at is null;
      end if;
      if new.attempt > old.attempt then
        insert into public.sync_attempts (organization_id, sync_run_id, attempt)
        values (new.organization_id, new.id, new.attempt) on conflict do nothing;
      end if;
      return null;
    end $$`.execute(db);
  await sql`comment on function app.record_sync_attempt is 'Writes down each try of a sync run as it begins and as it ends.'`.execute(
    db,
  );
  await sql`revoke execute on function app.record_sync_attempt from public`.execute(db);
  await sql`
    create trigger record_attempt after update of status, attempt on sync_runs for each row
      when (old.status is distinct from new.status or old.attempt is distinct from new.attempt)
      execute function app.record_sync_attempt()`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
