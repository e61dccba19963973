import { type Kysely, sql } from 'kysely';

const APP = 'spokestack_app';
const JOBS = 'spokestack_jobs';

/** What keeps creators' connections and their syncs going: who is due, what lost its job, whose link this is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter type notification_kind add value if not exists 'CREATOR_CONNECTION_ENDED'`.execute(db);
  await guardAccounts(db);
  await describeRuns(db);
  await defineWaking(db);
  await defineFinding(db);
  await defineDue(db);
}

async function guardAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`alter table creator_platforms add column connecting_until timestamptz`.execute(db);
  await sql`comment on column creator_platforms.connecting_until is 'While CONNECTING: until when the creator can still follow what they were sent; then it is NEVER again.'`.execute(
    db,
  );
  await sql`create unique index creator_platforms_native on creator_platforms (organization_id, platform, native_id)
    where is_active and native_id is not null`.execute(db);
  await sql`create index creator_platforms_ending on creator_platforms (expires_at)
    where expires_at is not null and connection_state in ('CONNECTED', 'SYNCED', 'EXPIRING')`.execute(db);
  await sql`create index creator_platforms_connecting on creator_platforms (connecting_until)
    where connection_state = 'CONNECTING'`.execute(db);
}

async function describeRuns(db: Kysely<unknown>): Promise<void> {
  await sql`alter table creator_sync_runs
    add column history_from date,
    add column asked_at timestamptz,
    add column next_attempt_at timestamptz,
    add column pending_since timestamptz,
    add check ((kind = 'HISTORY') = (history_from is not null))`.execute(db);
  for (const [column, text] of [
    ['history_from', 'Of HISTORY: the first day that is wanted, UTC.'],
    ['asked_at', 'When Phyllo was asked to read the network anew; what it read is fetched after that.'],
    ['next_attempt_at', 'When a run that waits is tried next; NULL: now, or never again.'],
    ['pending_since', 'Since when Phyllo is still at work: waiting for it is no failed try.'],
  ] as const)
    await sql`comment on column creator_sync_runs.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  // Who asks for what waits already gets that one.
  await sql`create unique index creator_sync_runs_waiting on creator_sync_runs
    (organization_id, creator_id, creator_platform_id, kind, history_from) nulls not distinct
    where status = 'QUEUED'`.execute(db);
  await sql`create index creator_sync_runs_live on creator_sync_runs (status, created_at)
    where status in ('QUEUED', 'RUNNING')`.execute(db);
}

async function defineWaking(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.enqueue_creator_sync(run uuid, at timestamptz)',
    about:
      'Wakes the job of a creator’s sync run of the transaction’s own agency at that time. What a person asked for goes first.',
    roles: `${APP}, ${JOBS}`,
    rest: `returns void language plpgsql volatile as $$
      declare asked public.creator_sync_trigger;
      begin
        select r.trigger into asked from public.creator_sync_runs r
         where r.organization_id = app.organization_id() and r.id = run;
        if asked is null then raise exception 'no such sync run in this agency'; end if;
        perform graphile_worker.add_job(
          identifier => 'sync-creator',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', run),
          run_at => at, max_attempts => 25,
          job_key => 'sync-creator:' || app.organization_id() || ':' || run,
          priority => case asked when 'CONNECT' then -10 when 'MANUAL' then -10 else 5 end);
      end $$`,
  });
  await define(db, {
    signature: 'app.lost_creator_syncs()',
    about: 'Syncs of creators that are under way or due without a job: ids alone.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, creator_sync_run_id uuid) language sql stable as $$
      select r.organization_id, r.id from public.creator_sync_runs r
       where r.status in ('QUEUED', 'RUNNING') and r.created_at < now() - interval '1 minute'
         and not exists (select from graphile_worker.jobs j
                          where j.key = 'sync-creator:' || r.organization_id || ':' || r.id
                            and j.attempts < j.max_attempts) $$`,
  });
}

async function defineFinding(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.creator_connect_link_find(hash text)',
    about: 'The connect link of this secret, where it may still be used: ids alone.',
    roles: APP,
    rest: `returns table (organization_id uuid, creator_connect_link_id uuid) language sql stable as $$
      select l.organization_id, l.id from public.creator_connect_links l
        join public.organizations o on o.organization_id = l.organization_id and o.id = l.organization_id
        join public.creators c on c.organization_id = l.organization_id and c.id = l.creator_id
       where l.token_hash = hash and l.withdrawn_at is null and l.expires_at > now()
         and o.is_active and c.is_active $$`,
  });
  await define(db, {
    signature: 'app.creator_platforms_ending()',
    about:
      'Connections whose state time alone changes: access that ends soon or has ended, and invitations that nobody followed. Ids alone.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, creator_platform_id uuid) language sql stable as $$
      select p.organization_id, p.id from public.creator_platforms p
        join public.organizations o on o.organization_id = p.organization_id and o.id = p.organization_id
       where o.is_active
         and ((p.connection_state in ('CONNECTED', 'SYNCED') and p.expires_at < now() + interval '7 days')
           or (p.connection_state = 'EXPIRING' and p.expires_at < now())
           or (p.connection_state = 'CONNECTING' and p.connecting_until < now()))
       order by p.organization_id, p.id limit 1000 $$`,
  });
}

/**
 * What is due by the clock: all of every connected account once a day; stories are gone after a day, so inside of a live
 * campaign hourly; and once a day which accounts a creator has at all, which finds what no webhook told.
 */
async function defineDue(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.due_creator_syncs(most integer)',
    about:
      'Which creators’ accounts are to be read now, those that were read longest ago first: ids and what to read.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, creator_id uuid, creator_platform_id uuid, kind public.creator_sync_kind)
      language sql stable as $$
      with connected as (
        select p.*, (select max(r.created_at) from public.creator_sync_runs r
                      where r.organization_id = p.organization_id and r.creator_platform_id = p.id
                        and r.kind = 'EVERYTHING') as last_whole
          from public.creator_platforms p
          join public.creators c on c.organization_id = p.organization_id and c.id = p.creator_id
          join public.organizations o on o.organization_id = p.organization_id and o.id = p.organization_id
         where p.is_active and c.is_active and o.is_active and p.phyllo_account_id is not null
           and p.connection_state in ('CONNECTED', 'SYNCED', 'EXPIRING')),
      due as (
        select p.organization_id, p.creator_id, p.id as creator_platform_id, 'EVERYTHING'::public.creator_sync_kind as kind,
               p.last_whole as since
          from connected p
         where p.last_whole is null
            or p.last_whole < now() - case when p.last_synced_at is null then interval '1 hour' else interval '1 day' end
        union all
        select p.organization_id, p.creator_id, p.id, 'CONTENTS', p.contents_synced_at
          from connected p
         where p.connection_state in ('SYNCED', 'EXPIRING') and p.platform in ('INSTAGRAM', 'FACEBOOK')
           and not exists (select from public.creator_sync_runs r
                            where r.organization_id = p.organization_id and r.creator_platform_id = p.id
                              and r.kind in ('CONTENTS', 'EVERYTHING') and r.created_at > now() - interval '55 minutes')
           and exists (select from public.campaign_creators l
                         join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
                        where l.organization_id = p.organization_id and l.creator_id = p.creator_id and l.is_active
                          and l.status not in ('DECLINED', 'CANCELLED') and k.is_active and k.status = 'ACTIVE'
                          and coalesce(l.starts_on, k.starts_on, current_date) <= current_date + 1
                          and coalesce(l.ends_on, k.ends_on, current_date) >= current_date - 1)
        union all
        select c.organization_id, c.id, null, 'ACCOUNT', newest.at
          from public.creators c
          join public.organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
         cross join lateral (select max(r.created_at) as at from public.creator_sync_runs r
                              where r.organization_id = c.organization_id and r.creator_id = c.id
                                and r.creator_platform_id is null and r.kind = 'ACCOUNT') newest
         where c.is_active and o.is_active and c.phyllo_user_id is not null
           and (newest.at is null or newest.at < now() - interval '1 day'))
      select d.organization_id, d.creator_id, d.creator_platform_id, d.kind from due d
       where not exists (select from public.creator_sync_runs r
                          where r.organization_id = d.organization_id and r.creator_id = d.creator_id
                            and r.creator_platform_id is not distinct from d.creator_platform_id
                            and r.kind = d.kind and r.status in ('QUEUED', 'RUNNING'))
       order by d.since nulls first, d.creator_id, d.creator_platform_id limit most $$`,
  });
}

interface Defined {
  signature: string;
  about: string;
  roles: string;
  rest: string;
}

async function define(db: Kysely<unknown>, { signature, about, roles, rest }: Defined): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await sql`create function ${sql.raw(signature)} ${sql.raw(rest)} security definer set search_path = pg_catalog, pg_temp`.execute(
    db,
  );
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(about)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(name)} to ${sql.raw(roles)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
