import { type Kysely, sql } from 'kysely';

/** The activity stream, imports with their refused rows, and what the job runner keeps outside tenancy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createActivities(db);
  await createImports(db);
  await createHeartbeats(db);
  await createJobFunctions(db);
  await createOauthFunctions(db);
}

async function createActivities(db: Kysely<unknown>): Promise<void> {
  await sql`
    create type activity_type as enum (
      'CONTACT_CREATED', 'CONTACT_UPDATED', 'CONTACT_DELETED', 'CONTACT_RESTORED', 'CONTACT_MERGED',
      'COMPANY_CREATED', 'COMPANY_UPDATED', 'COMPANY_DELETED', 'COMPANY_RESTORED',
      'DEAL_CREATED', 'DEAL_UPDATED', 'DEAL_DELETED', 'DEAL_RESTORED', 'DEAL_STAGE_CHANGED', 'DEAL_WON', 'DEAL_LOST',
      'TASK_CREATED', 'TASK_COMPLETED', 'TASK_OVERDUE', 'NOTE_ADDED', 'EMAIL_RECEIVED', 'EMAIL_SENT',
      'CAMPAIGN_CREATED', 'CAMPAIGN_UPDATED', 'CAMPAIGN_DELETED', 'CAMPAIGN_RESTORED',
      'CAMPAIGN_LAUNCHED', 'CAMPAIGN_PAUSED', 'CAMPAIGN_COMPLETED',
      'CREATOR_SIGNED', 'PLATFORM_CONNECTED', 'PLATFORM_DISCONNECTED', 'AD_ACCOUNT_UPDATED', 'CONTENT_PUBLISHED',
      'IMPORT_COMPLETED', 'BRAND_CREATED', 'BRAND_UPDATED', 'BRAND_ASSIGNED')`.execute(db);
  await sql`create type principal_kind as enum ('USER', 'API_KEY', 'EMBED', 'JOB')`.execute(db);
  await sql`
    create table activities (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      type activity_type not null,
      description text not null,
      metadata jsonb not null default '{}',
      actor_kind principal_kind not null,
      actor_id uuid references users (id) on delete set null,
      brand_id uuid,
      company_id uuid,
      contact_id uuid,
      deal_id uuid,
      campaign_id uuid,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, deal_id) references deals (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table activities is 'Append-only: what happened, who did it, and the records that it concerns. Written in the transaction of the change.'`.execute(
    db,
  );
  await sql`create index activities_recent on activities (organization_id, created_at desc, id desc)`.execute(
    db,
  );
  for (const noun of ['company', 'contact', 'deal', 'campaign']) {
    await sql`create index ${sql.id(`activities_${noun}`)} on activities (organization_id, ${sql.id(`${noun}_id`)}, created_at desc, id desc)
      where ${sql.id(`${noun}_id`)} is not null`.execute(db);
  }
  await sql`create index activities_brand on activities (organization_id, brand_id)`.execute(db);
  await sql`create index activities_actor on activities (actor_id)`.execute(db);
  await sql`call app.protect('activities', $$(select app.sees_all())
      or brand_id = any ((select app.brand_ids())::uuid[])
      or actor_id = (select app.person_id())
      or deal_id = any (array(select d.id from deals d))
      or contact_id = any (array(select c.id from contacts c))
      or company_id = any (array(select c.id from companies c))
      or campaign_id = any (array(select c.id from campaigns c))$$, 'select, insert')`.execute(db);
}

async function createImports(db: Kysely<unknown>): Promise<void> {
  await sql`create type import_kind as enum ('COMPANIES', 'CONTACTS', 'DEALS')`.execute(db);
  await sql`create type import_status as enum ('CHECKING', 'CHECKED', 'RUNNING', 'STOPPED', 'DONE', 'FAILED')`.execute(
    db,
  );
  await sql`
    create table imports (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      kind import_kind not null,
      file_name text not null,
      file_sha256 text not null,
      file_bytes integer not null,
      mapping jsonb not null,
      header text[] not null default '{}',
      status import_status not null default 'CHECKING',
      rows_total integer,
      rows_done integer not null default 0,
      rows_created integer not null default 0,
      rows_updated integer not null default 0,
      rows_unchanged integer not null default 0,
      rows_refused integer not null default 0,
      error text,
      notes jsonb not null default '[]',
      owner_id uuid,
      brand_id uuid,
      created_by_id uuid references users (id) on delete set null,
      started_at timestamptz,
      finished_at timestamptz,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id)
    )`.execute(db);
  await sql`comment on table imports is 'One file brought in: its mapping, how far it came and what became of its rows.'`.execute(
    db,
  );
  await sql`create index imports_recent on imports (organization_id, created_at desc, id desc)`.execute(db);
  await sql`create index imports_brand on imports (organization_id, brand_id)`.execute(db);
  await sql`create index imports_owner on imports (organization_id, owner_id)`.execute(db);
  await sql`create index imports_created_by on imports (created_by_id)`.execute(db);
  await sql`create trigger touch before update on imports for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('imports', app.visible_record())`.execute(db);

  await sql`
    create table import_files (
      organization_id uuid not null,
      import_id uuid not null,
      content bytea not null,
      primary key (organization_id, import_id),
      foreign key (organization_id, import_id) references imports (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table import_files is 'The uploaded bytes, kept until the import is done so that it can be stopped and resumed on any machine.'`.execute(
    db,
  );
  await sql`call app.protect('import_files',
    $$(select app.sees_all()) or import_id = any (array(select i.id from imports i))$$, 'select, insert, delete')`.execute(
    db,
  );

  await sql`
    create table import_refusals (
      organization_id uuid not null,
      import_id uuid not null,
      row_number integer not null,
      reasons text[] not null,
      cells text[] not null,
      primary key (organization_id, import_id, row_number),
      foreign key (organization_id, import_id) references imports (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table import_refusals is 'The rows that were not brought in, as they stood in the file, each with its reasons.'`.execute(
    db,
  );
  await sql`call app.protect('import_refusals',
    $$(select app.sees_all()) or import_id = any (array(select i.id from imports i))$$, 'select, insert, delete')`.execute(
    db,
  );
}

async function createHeartbeats(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table worker_heartbeats (
      worker_id text primary key,
      started_at timestamptz not null default now(),
      seen_at timestamptz not null default now()
    )`.execute(db);
  await sql`comment on table worker_heartbeats is 'Which job workers live; the jobs of one that missed a minute are freed by any other.'`.execute(
    db,
  );
  await sql`alter table worker_heartbeats enable row level security`.execute(db);
  await sql`alter table worker_heartbeats force row level security`.execute(db);
}

async function createJobFunctions(db: Kysely<unknown>): Promise<void> {
  const jobs = 'spokestack_jobs';
  const both = 'spokestack_app, spokestack_jobs';
  await define(
    db,
    'app.beat(worker text)',
    'Marks a job worker as alive.',
    jobs,
    `
    returns void language sql volatile as $$
      insert into public.worker_heartbeats (worker_id) values (worker)
      on conflict (worker_id) do update set seen_at = now() $$`,
  );
  await define(
    db,
    'app.silent_workers(silence interval)',
    'Workers that missed their heartbeat, or hold a job and died before their first, by their ids.',
    jobs,
    `
    returns setof text language sql stable as $$
      select worker_id from public.worker_heartbeats where seen_at < now() - silence
      union
      select j.locked_by from graphile_worker.jobs j
       where j.locked_at < now() - silence
         and not exists (select from public.worker_heartbeats h where h.worker_id = j.locked_by) $$`,
  );
  await define(
    db,
    'app.forget_worker(worker text)',
    'Removes a worker that stopped or whose jobs were freed.',
    jobs,
    `
    returns void language sql volatile as $$ delete from public.worker_heartbeats where worker_id = worker $$`,
  );
  await define(
    db,
    'app.jobs_seen_within(age interval)',
    'Whether any job worker was alive within that time.',
    both,
    `
    returns boolean language sql stable as $$
      select exists (select 1 from public.worker_heartbeats where seen_at > now() - age) $$`,
  );

  await define(
    db,
    'app.migrations_applied()',
    'The names of the migrations that this database has.',
    both,
    `
    returns text[] language sql stable as $$ select array(select name::text from public.kysely_migration order by name) $$`,
  );

  // The organization comes from the transaction's setting, never from the caller's payload.
  await define(
    db,
    'app.enqueue(task text, subject uuid, key text)',
    "Wakes a job for a row of the transaction's own agency. Known tasks alone; one waiting job per key.",
    both,
    `
    returns void language plpgsql volatile as $$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      if task not in ('sync-ad-account', 'run-import', 'revoke-connection') then raise exception 'unknown task %', task; end if;
      perform graphile_worker.add_job(
        identifier => task,
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', subject),
        queue_name => null, run_at => null, max_attempts => 25,
        job_key => task || ':' || app.organization_id() || ':' || key);
    end $$`,
  );
  await define(
    db,
    'app.enqueue_sync(run uuid, at timestamptz)',
    "Wakes the job of a sync run of the transaction's own agency at that time: a try that waits for the platform.",
    jobs,
    `
    returns void language plpgsql volatile as $$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      perform graphile_worker.add_job(
        identifier => 'sync-ad-account',
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', run),
        queue_name => null, run_at => at, max_attempts => 25,
        job_key => 'sync-ad-account:' || app.organization_id() || ':' || run);
    end $$`,
  );
  await define(
    db,
    'app.lost_sync_runs()',
    'Sync runs that nobody works on any more: a lease that ran out, or a wait without a job. Ids alone.',
    jobs,
    `
    returns table (organization_id uuid, sync_run_id uuid) language sql stable as $$
      select r.organization_id, r.id from public.sync_runs r
       where (r.status = 'SYNCING' and r.lease_until < now())
          or (r.status = 'PENDING' and r.requested_at < now() - interval '2 minutes'
              and not exists (select from graphile_worker.jobs j
                               where j.key = 'sync-ad-account:' || r.organization_id || ':' || r.id
                                 and j.attempts < j.max_attempts)) $$`,
  );
  await define(
    db,
    'app.newest_rate_date()',
    'The day of the newest stored exchange rate, of whatever pair.',
    jobs,
    `
    returns date language sql stable as $$ select max(date) from public.fx_rates $$`,
  );
  await define(
    db,
    'app.idempotency_keys_clean()',
    'Removes first answers that are past repeating.',
    jobs,
    `
    returns void language sql volatile as $$
      delete from public.idempotency_keys where created_at < now() - interval '7 days' $$`,
  );
  await define(
    db,
    'app.schedulable_ad_accounts()',
    'Every connected, active ad account with its agency: ids alone.',
    jobs,
    `
    returns table (organization_id uuid, ad_account_id uuid) language sql stable as $$
      select a.organization_id, a.id from public.ad_accounts a
        join public.oauth_connections c on c.organization_id = a.organization_id and c.id = a.connection_id
        join public.organizations o on o.organization_id = a.organization_id and o.id = a.organization_id
       where a.is_active and a.sync_status <> 'PAUSED' and c.state = 'CONNECTED' and o.is_active
       order by a.organization_id, a.id $$`,
  );
  await define(
    db,
    'app.unfinished_imports()',
    'Imports that are under way without a job: ids alone.',
    jobs,
    `
    returns table (organization_id uuid, import_id uuid) language sql stable as $$
      select i.organization_id, i.id from public.imports i
       where i.status in ('CHECKING', 'RUNNING')
         and not exists (select from graphile_worker.jobs j
                          where j.key = 'run-import:' || i.organization_id || ':' || i.id
                            and j.attempts < j.max_attempts) $$`,
  );
  await define(
    db,
    'app.record_rates(rates jsonb)',
    'Stores published rates [{date, base, quote, rate, source}]; a published rate is never rewritten. Answers how many were new.',
    jobs,
    `
    returns integer language sql volatile as $$
      with added as (
        insert into public.fx_rates (date, base, quote, rate, source)
        select r.date, r.base, r.quote, r.rate, r.source
          from jsonb_to_recordset(rates) as r (date date, base text, quote text, rate numeric, source text)
        on conflict (base, quote, date) do nothing returning 1)
      select count(*)::integer from added $$`,
  );
}

async function createOauthFunctions(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.oauth_state_create(hash text, session text, at_platform public.ad_platform, redirect text, back text, verifier text, expiry timestamptz)',
    'Begins a flow for the agency and user of the transaction, bound to the session; without one (an API key) to the agency.',
    'spokestack_app',
    `
    returns void language sql volatile as $$
      insert into public.oauth_states (state_hash, session_id, organization_id, user_id, platform, redirect_uri, return_to, code_verifier, expires_at)
      values (hash, session, app.organization_id(), app.user_id(), at_platform, redirect, back, verifier, expiry) $$`,
  );
  await define(
    db,
    'app.oauth_state_consume(hash text, session text)',
    "Uses a state of the transaction's agency once, within its time, by the person and session that began it; a state that an API key began, by any session of the agency. No row otherwise.",
    'spokestack_app',
    `
    returns table (platform public.ad_platform, redirect_uri text, return_to text, code_verifier text)
    language sql volatile as $$
      update public.oauth_states s set used_at = now()
       where s.state_hash = hash and s.used_at is null and s.expires_at > now()
         and s.organization_id = app.organization_id()
         and ((s.session_id = session and s.user_id = app.user_id()) or (s.session_id is null and session is not null))
      returning s.platform, s.redirect_uri, s.return_to, s.code_verifier $$`,
  );
  await define(
    db,
    'app.oauth_states_clean()',
    'Removes states that are past use.',
    'spokestack_jobs',
    `
    returns void language sql volatile as $$ delete from public.oauth_states where expires_at < now() - interval '1 day' $$`,
  );
}

async function define(
  db: Kysely<unknown>,
  signature: string,
  comment: string,
  roles: string,
  body: string,
): Promise<void> {
  await sql`create function ${sql.raw(signature)} ${sql.raw(body)}
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to ${sql.raw(roles)}`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
