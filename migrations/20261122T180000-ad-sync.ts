import { type Kysely, sql } from 'kysely';

/** The sync engine's own tables: what a run is made of, what a platform's grant shows, and whose campaign is whose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendRuns(db);
  await createSlices(db);
  await createDifferences(db);
  await createSettings(db);
  await extendAccounts(db);
  await createFoundAccounts(db);
  await createBrandRules(db);
}

async function extendRuns(db: Kysely<unknown>): Promise<void> {
  await sql`create type sync_work as enum ('DAILY', 'INTRADAY', 'RANGE', 'BACKFILL')`.execute(db);
  await sql`
    alter table sync_runs
      add column work sync_work not null default 'DAILY',
      add column slices_total integer not null default 0,
      add column slices_done integer not null default 0,
      add column calls integer not null default 0,
      add column days_checked integer not null default 0,
      add column days_differing integer not null default 0,
      add column stop_requested_at timestamptz,
      add column stopped_by_id uuid references users (id) on delete set null`.execute(db);
  await sql`comment on column sync_runs.work is 'DAILY: every day that may still change. INTRADAY: today alone, which is partial. RANGE: what somebody asked for. BACKFILL: the past, behind all of these.'`.execute(
    db,
  );
  await sql`comment on column sync_runs.stop_requested_at is 'Somebody stopped it: it ends as PAUSED at its next safe point and keeps the slices that came in.'`.execute(
    db,
  );
  await sql`create index sync_runs_stopped_by on sync_runs (stopped_by_id)`.execute(db);
  // A backfill of years must not hold up the day's work: both may wait, one of them works.
  await sql`drop index sync_runs_one_at_a_time`.execute(db);
  await sql`create unique index sync_runs_one_waiting on sync_runs (organization_id, ad_account_id, (work = 'BACKFILL')) where status in ('PENDING', 'SYNCING')`.execute(
    db,
  );
  await sql`create unique index sync_runs_one_working on sync_runs (organization_id, ad_account_id) where status = 'SYNCING'`.execute(
    db,
  );
}

async function createSlices(db: Kysely<unknown>): Promise<void> {
  await sql`create type slice_status as enum ('WAITING', 'DONE')`.execute(db);
  await sql`
    create table sync_slices (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      sync_run_id uuid not null,
      slice_start date not null,
      slice_end date not null,
      status slice_status not null default 'WAITING',
      report_id text,
      rows_read integer not null default 0,
      rows_written integer not null default 0,
      rows_restated integer not null default 0,
      rows_removed integer not null default 0,
      fetched_at timestamptz,
      stored_at timestamptz,
      primary key (organization_id, id),
      unique (organization_id, sync_run_id, slice_start),
      check (slice_end >= slice_start),
      foreign key (organization_id, sync_run_id) references sync_runs (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table sync_slices is 'The days of a run, cut into ranges that are fetched whole and replaced whole. A run that is taken up again goes on with those that wait.'`.execute(
    db,
  );
  await sql`comment on column sync_slices.report_id is 'The platform''s asynchronous report for this slice, so that whoever goes on asks for no second one.'`.execute(
    db,
  );
  await sql`call app.protect('sync_slices',
    $$(select app.sees_all()) or sync_run_id = any (array(select r.id from sync_runs r))$$, 'select')`.execute(
    db,
  );
  await sql`grant insert, update, delete on sync_slices to spokestack_jobs`.execute(db);
}

async function createDifferences(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sync_differences (
      organization_id uuid not null,
      ad_account_id uuid not null,
      date date not null,
      currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
      account_spend numeric(18,6) not null,
      campaign_spend numeric(18,6) not null,
      account_impressions bigint not null,
      campaign_impressions bigint not null,
      sync_run_id uuid,
      checked_at timestamptz not null,
      primary key (organization_id, ad_account_id, date),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade,
      foreign key (organization_id, sync_run_id) references sync_runs (organization_id, id) on delete set null (sync_run_id)
    )`.execute(db);
  await sql`comment on table sync_differences is 'Days on which the platform''s total of an account is not the sum of its campaigns. A day that agrees again has no row.'`.execute(
    db,
  );
  await sql`create index sync_differences_run on sync_differences (organization_id, sync_run_id)`.execute(db);
  await sql`call app.protect('sync_differences',
    $$(select app.sees_all()) or ad_account_id = any (array(select a.id from ad_accounts a))$$, 'select')`.execute(
    db,
  );
  await sql`grant insert, update, delete on sync_differences to spokestack_jobs`.execute(db);
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table platform_settings (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      platform ad_platform not null,
      restatement_days integer check (restatement_days between 28 and 90),
      is_intraday boolean not null default true,
      backfill_months integer not null default 37 check (backfill_months between 0 and 37),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, platform)
    )`.execute(db);
  await sql`comment on table platform_settings is 'What an agency set for a platform; without a row its defaults hold. restatement_days null: the platform''s own.'`.execute(
    db,
  );
  await sql`create trigger touch before update on platform_settings for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('platform_settings')`.execute(db);
}

async function extendAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table ad_accounts
      add column is_manager boolean not null default false,
      add column vanished_at timestamptz,
      add column backfilled_from date,
      add check (not is_manager or connection_id is null)`.execute(db);
  await sql`comment on column ad_accounts.is_manager is 'A business manager, manager account or business centre: it holds ad accounts and has no figures of its own. XXX is the currency of one that has none.'`.execute(
    db,
  );
  await sql`comment on column ad_accounts.vanished_at is 'When its platform first no longer listed it to the grant that it is read with.'`.execute(
    db,
  );
  await sql`comment on column ad_accounts.backfilled_from is 'The oldest day that was brought in; null before a backfill has ended.'`.execute(
    db,
  );
  await sql`
    alter table oauth_connections
      add column asked_scopes text[] not null default '{}',
      add column refresh_lease_until timestamptz,
      add column refresh_lease_token uuid,
      add column accounts_listed_at timestamptz`.execute(db);
  await sql`comment on column oauth_connections.refresh_lease_token is 'Who refreshes now: the answer is written by whoever still holds this, and only over the token version that was read.'`.execute(
    db,
  );
  await sql`grant select (asked_scopes, refresh_lease_until, refresh_lease_token, accounts_listed_at) on oauth_connections to spokestack_app`.execute(
    db,
  );
}

async function createFoundAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table found_accounts (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      connection_id uuid not null,
      native_id text not null,
      parent_native_id text,
      login_native_id text,
      name text not null,
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      time_zone text,
      native_status text,
      holder_name text,
      is_usable boolean not null,
      is_manager boolean not null,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      vanished_at timestamptz,
      primary key (organization_id, id),
      unique (organization_id, connection_id, native_id),
      check (is_manager or (currency is not null and time_zone is not null)),
      foreign key (organization_id, connection_id) references oauth_connections (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table found_accounts is 'What a grant shows at its platform: ad accounts and the managers above them, in use here or not.'`.execute(
    db,
  );
  await sql`comment on column found_accounts.login_native_id is 'The manager through which this grant reaches it (Google''s login-customer-id); null where it is reached directly.'`.execute(
    db,
  );
  await sql`call app.protect('found_accounts',
    $$(select app.sees_all()) or connection_id = any (array(select c.id from oauth_connections c))$$,
    'select, insert, update, delete')`.execute(db);
}

async function createBrandRules(db: Kysely<unknown>): Promise<void> {
  await sql`create type name_match as enum ('CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'IS')`.execute(db);
  await sql`
    create table brand_rules (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      ad_account_id uuid not null,
      brand_id uuid not null,
      position integer not null check (position >= 0),
      match name_match not null default 'CONTAINS',
      pattern text not null check (length(pattern) between 1 and 200),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade,
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table brand_rules is 'Whose campaign is whose in an ad account that several brands share: the first rule by position that a campaign''s name meets.'`.execute(
    db,
  );
  await sql`create index brand_rules_account on brand_rules (organization_id, ad_account_id, position)`.execute(
    db,
  );
  await sql`create index brand_rules_brand on brand_rules (organization_id, brand_id)`.execute(db);
  await sql`create trigger touch before update on brand_rules for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('brand_rules',
    $$(select app.sees_all()) or brand_id = any ((select app.brand_ids())::uuid[])$$,
    'select, insert, update, delete')`.execute(db);

  await sql`
    alter table platform_campaigns
      add column brand_id uuid,
      add foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id)`.execute(
    db,
  );
  await sql`comment on column platform_campaigns.brand_id is 'The brand that a rule of its ad account gives it; null: the account''s own.'`.execute(
    db,
  );
  await sql`create index platform_campaigns_brand on platform_campaigns (organization_id, brand_id)`.execute(
    db,
  );
  await followRules(db);
  await widenPolicies(db);
}

/** A campaign follows the rules when it comes, is renamed, and when they change; they alone say whose it is. */
async function followRules(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.brand_by_rule(organization uuid, account uuid, campaign_name text)',
    "The brand that the account's rules give a campaign of this name, or null.",
    `returns uuid language sql stable as $$
      select r.brand_id from public.brand_rules r
       where r.organization_id = organization and r.ad_account_id = account
         and case r.match
               when 'CONTAINS' then position(lower(r.pattern) in lower(campaign_name)) > 0
               when 'STARTS_WITH' then starts_with(lower(campaign_name), lower(r.pattern))
               when 'ENDS_WITH' then right(lower(campaign_name), length(r.pattern)) = lower(r.pattern)
               else lower(campaign_name) = lower(r.pattern) end
       order by r.position, r.id limit 1 $$`,
  );
  await define(
    db,
    'app.follow_brand_rules()',
    'Gives a campaign that comes or is renamed the brand of the first rule that it meets.',
    `returns trigger language plpgsql as $$
    begin
      new.brand_id := app.brand_by_rule(new.organization_id, new.ad_account_id, new.name);
      return new;
    end $$`,
  );
  await sql`create trigger follow_brand_rules before insert or update of name, brand_id on platform_campaigns
    for each row execute function app.follow_brand_rules()`.execute(db);
  await define(
    db,
    'app.apply_brand_rules()',
    'Gives every campaign of an account whose rules changed the brand that they give it now.',
    `returns trigger language plpgsql as $$
    declare changed record;
    begin
      changed := case when tg_op = 'DELETE' then old else new end;
      update public.platform_campaigns p
         set brand_id = app.brand_by_rule(p.organization_id, p.ad_account_id, p.name)
       where p.organization_id = changed.organization_id and p.ad_account_id = changed.ad_account_id
         and p.brand_id is distinct from app.brand_by_rule(p.organization_id, p.ad_account_id, p.name);
      return null;
    end $$`,
  );
  await sql`create trigger apply_brand_rules after insert or update or delete on brand_rules
    for each row execute function app.apply_brand_rules()`.execute(db);
}

/** An account that is shared is seen by every brand of its rules, and of its campaigns each brand its own. */
async function widenPolicies(db: Kysely<unknown>): Promise<void> {
  const own = `(select app.sees_all())
      or brand_id = any ((select app.brand_ids())::uuid[])
      or owner_id = (select app.person_id())
      or created_by_id = (select app.person_id())`;
  const shared = `(id = any (array(select l.ad_account_id from campaign_ad_accounts l))
      or id = any (array(select r.ad_account_id from brand_rules r)))`;
  // Who sees an account because it is shared must not hand it to another brand.
  await sql`alter policy visible on ad_accounts using (${sql.raw(`${own} or ${shared}`)})
    with check (${sql.raw(`${own} or (brand_id is null and ${shared})`)})`.execute(db);

  const visible = `(select app.sees_all())
      or campaign_id = any (array(select c.id from campaigns c))
      or (campaign_id is null and brand_id = any ((select app.brand_ids())::uuid[]))
      or (campaign_id is null and brand_id is null and ad_account_id = any (array(
            select a.id from ad_accounts a
             where a.brand_id = any ((select app.brand_ids())::uuid[])
                or a.owner_id = (select app.person_id()) or a.created_by_id = (select app.person_id()))))`;
  await sql`alter policy visible on platform_campaigns using (${sql.raw(visible)}) with check (${sql.raw(visible)})`.execute(
    db,
  );
}

async function define(db: Kysely<unknown>, signature: string, about: string, rest: string): Promise<void> {
  await sql`create function ${sql.raw(signature)} ${sql.raw(rest)} security definer set search_path = pg_catalog, pg_temp`.execute(
    db,
  );
  await sql`comment on function ${sql.raw(signature.slice(0, signature.indexOf('(')))} is ${sql.lit(about)}`.execute(
    db,
  );
  await sql`revoke execute on function ${sql.raw(signature.slice(0, signature.indexOf('(')))} from public`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
