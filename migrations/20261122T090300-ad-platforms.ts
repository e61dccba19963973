import { type Kysely, sql } from 'kysely';

/** Ad platforms: grants, ad accounts, what a platform calls a campaign, and the runs that fetch its figures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type ad_platform as enum ('META', 'GOOGLE', 'TIKTOK', 'SNAPCHAT', 'LINKEDIN', 'TWITTER', 'PINTEREST', 'AMAZON', 'DV360')`.execute(
    db,
  );
  await sql`create type sync_status as enum ('PENDING', 'SYNCING', 'SUCCESS', 'ERROR', 'PAUSED')`.execute(db);
  await sql`create type connection_state as enum ('CONNECTED', 'EXPIRED', 'REVOKED')`.execute(db);
  await sql`create type sync_kind as enum ('AD_METRICS')`.execute(db);
  await sql`create type sync_trigger as enum ('CONNECT', 'SCHEDULE', 'MANUAL')`.execute(db);
  await sql`create type metric_source as enum ('API', 'SANDBOX', 'FILE', 'BIGQUERY')`.execute(db);
  await sql`create type campaign_objective as enum ('AWARENESS', 'REACH', 'TRAFFIC', 'ENGAGEMENT', 'APP_INSTALLS', 'VIDEO_VIEWS', 'LEAD_GENERATION', 'CONVERSIONS', 'CATALOG_SALES', 'STORE_TRAFFIC')`.execute(
    db,
  );
  await sql`create type campaign_status as enum ('DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED')`.execute(
    db,
  );
  await sql`create type ad_campaign_status as enum ('NOT_STARTED', 'SETTING_UP', 'ACTIVE', 'PAUSED', 'ENDED', 'ERROR')`.execute(
    db,
  );
  await createConnections(db);
  await createAdAccounts(db);
  await createCampaigns(db);
  await createPlatformCampaigns(db);
  await createSyncRuns(db);
}

async function createConnections(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table oauth_connections (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      platform ad_platform not null,
      source metric_source not null default 'API',
      state connection_state not null default 'CONNECTED',
      native_user_id text not null,
      native_user_name text,
      access_token bytea check (octet_length(access_token) >= 33 and get_byte(access_token, 0) = 1),
      refresh_token bytea check (octet_length(refresh_token) >= 33 and get_byte(refresh_token, 0) = 1),
      token_version integer not null default 1,
      scopes text[] not null default '{}',
      expires_at timestamptz,
      found_accounts jsonb not null default '[]',
      error text,
      granted_by_id uuid references users (id) on delete set null,
      granted_at timestamptz not null default now(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, platform, native_user_id)
    )`.execute(db);
  await sql`comment on table oauth_connections is 'One person''s grant at a platform; it may serve many ad accounts. Tokens are AES-256-GCM with the row and column as AAD.'`.execute(
    db,
  );
  await sql`create index oauth_connections_granted_by on oauth_connections (granted_by_id)`.execute(db);
  await touch(db, 'oauth_connections');
  // The web writes a token and never reads one: only the jobs' role is granted the ciphertext.
  const open =
    'organization_id, id, platform, source, state, native_user_id, native_user_name, token_version, scopes, expires_at, found_accounts, error, granted_by_id, granted_at, version, created_at, updated_at';
  await sql`call app.protect('oauth_connections', $$(select app.sees_all()) or granted_by_id = (select app.user_id())$$,
    ${sql.lit(`select (${open}), insert, update`)})`.execute(db);
  await sql`grant select on oauth_connections to spokestack_jobs`.execute(db);

  await sql`
    create table oauth_states (
      state_hash text primary key check (length(state_hash) = 64),
      session_id text references sessions (id) on delete cascade,
      organization_id uuid not null references organizations (id) on delete cascade,
      user_id uuid not null references users (id) on delete cascade,
      platform ad_platform not null,
      redirect_uri text not null,
      return_to text not null,
      code_verifier text,
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(db);
  await sql`comment on table oauth_states is 'One-time states, bound to the session, agency, platform and redirect address that began the flow. An API key has no session: its flow is ended by a person of the agency who may connect.'`.execute(
    db,
  );
  await sql`create index oauth_states_session on oauth_states (session_id)`.execute(db);
  await sql`create index oauth_states_organization on oauth_states (organization_id)`.execute(db);
  await sql`create index oauth_states_user on oauth_states (user_id)`.execute(db);
  await sql`alter table oauth_states enable row level security`.execute(db);
  await sql`alter table oauth_states force row level security`.execute(db);
}

async function createAdAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ad_accounts (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      brand_id uuid,
      owner_id uuid,
      created_by_id uuid references users (id) on delete set null,
      platform ad_platform not null,
      native_id text not null,
      name text not null,
      name_key text collate "C" not null generated always as (lower(name)) stored,
      currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
      time_zone text not null,
      parent_id uuid,
      is_agency_account boolean not null default false,
      native_status text,
      source metric_source not null default 'API',
      connection_id uuid,
      connected_by_id uuid references users (id) on delete set null,
      connected_at timestamptz,
      sync_status sync_status not null default 'PENDING',
      last_synced_at timestamptz,
      newest_business_date date,
      sync_error text,
      daily_limit numeric(18,4),
      monthly_limit numeric(18,4),
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, platform, native_id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id),
      foreign key (organization_id, parent_id) references ad_accounts (organization_id, id) on delete set null (parent_id),
      foreign key (organization_id, connection_id) references oauth_connections (organization_id, id) on delete set null (connection_id)
    )`.execute(db);
  await sql`comment on column ad_accounts.last_synced_at is 'The first clock: when the last sync succeeded.'`.execute(
    db,
  );
  await sql`comment on column ad_accounts.newest_business_date is 'The second clock: the newest day, in the account''s own zone, that the figures cover.'`.execute(
    db,
  );
  for (const column of ['brand_id', 'owner_id', 'parent_id', 'connection_id'])
    await index(db, 'ad_accounts', column);
  await sql`create index ad_accounts_created_by on ad_accounts (created_by_id)`.execute(db);
  await sql`create index ad_accounts_connected_by on ad_accounts (connected_by_id)`.execute(db);
  await sql`create index ad_accounts_name on ad_accounts (organization_id, name_key, id) where is_active`.execute(
    db,
  );
  // A sync moves the clocks every few hours: no change that somebody else's edit must not overwrite.
  await sql`create trigger touch before update of
      brand_id, owner_id, name, currency, time_zone, parent_id, is_agency_account, native_status, source, connection_id,
      daily_limit, monthly_limit, is_active
    on ad_accounts for each row execute function app.touch()`.execute(db);
}

async function createCampaigns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaigns (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      brand_id uuid,
      owner_id uuid,
      created_by_id uuid references users (id) on delete set null,
      external_id text check (length(external_id) between 1 and 255),
      tags text[] not null default '{}',
      custom_fields jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deal_id uuid,
      name text not null check (length(name) between 1 and 1000),
      name_key text collate "C" not null generated always as (lower(name)) stored,
      description text,
      objective campaign_objective,
      status campaign_status not null default 'DRAFT',
      budget numeric(18,4) check (budget >= 0),
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      starts_on date,
      ends_on date,
      primary key (organization_id, id),
      check (budget is null or currency is not null),
      check (ends_on is null or starts_on is null or ends_on >= starts_on),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id),
      foreign key (organization_id, deal_id) references deals (organization_id, id) on delete set null (deal_id)
    )`.execute(db);
  for (const column of ['brand_id', 'owner_id', 'deal_id']) await index(db, 'campaigns', column);
  await sql`create index campaigns_created_by on campaigns (created_by_id)`.execute(db);
  await sql`create index campaigns_name on campaigns (organization_id, name_key, id) where is_active`.execute(
    db,
  );
  await sql`create index campaigns_created on campaigns (organization_id, created_at desc, id desc)`.execute(
    db,
  );
  await sql`create index campaigns_updated on campaigns (organization_id, updated_at desc, id desc)`.execute(
    db,
  );
  await sql`create unique index campaigns_external on campaigns (organization_id, external_id) where external_id is not null`.execute(
    db,
  );
  await touch(db, 'campaigns');
  await sql`call app.protect('campaigns', app.visible_record())`.execute(db);

  await sql`
    create table campaign_ad_accounts (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      ad_account_id uuid not null,
      allocated_budget numeric(18,4) check (allocated_budget >= 0),
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      status ad_campaign_status not null default 'NOT_STARTED',
      url text,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, campaign_id, ad_account_id),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade
    )`.execute(db);
  await index(db, 'campaign_ad_accounts', 'ad_account_id');
  await touch(db, 'campaign_ad_accounts');
  await sql`call app.protect('campaign_ad_accounts',
    $$(select app.sees_all()) or campaign_id = any (array(select c.id from campaigns c))$$,
    'select, insert, update, delete')`.execute(db);

  // An account shared by several brands is seen by those whose campaign runs in it.
  await sql`call app.protect('ad_accounts', app.visible_record() ||
    $$ or id = any (array(select l.ad_account_id from campaign_ad_accounts l))$$)`.execute(db);
}

async function createPlatformCampaigns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table platform_campaigns (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      ad_account_id uuid not null,
      campaign_id uuid,
      native_id text not null,
      name text not null,
      objective campaign_objective,
      native_objective text,
      native_status text,
      starts_on date,
      ends_on date,
      daily_budget numeric(18,6),
      lifetime_budget numeric(18,6),
      is_gone boolean not null default false,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, ad_account_id, native_id),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete set null (campaign_id)
    )`.execute(db);
  await sql`comment on column platform_campaigns.is_gone is 'No longer listed by the platform; its figures stay.'`.execute(
    db,
  );
  await index(db, 'platform_campaigns', 'campaign_id');
  await touch(db, 'platform_campaigns');
  await sql`call app.protect('platform_campaigns',
    $$(select app.sees_all())
      or campaign_id = any (array(select c.id from campaigns c))
      or (campaign_id is null and ad_account_id = any (array(
            select a.id from ad_accounts a
             where a.brand_id = any ((select app.brand_ids())::uuid[])
                or a.owner_id = (select app.person_id()) or a.created_by_id = (select app.person_id()))))$$)`.execute(
    db,
  );
}

async function createSyncRuns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sync_runs (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      kind sync_kind not null default 'AD_METRICS',
      trigger sync_trigger not null,
      ad_account_id uuid not null,
      slot timestamptz,
      window_start date,
      window_end date,
      status sync_status not null default 'PENDING',
      attempt integer not null default 0,
      lease_until timestamptz,
      requested_by_id uuid references users (id) on delete set null,
      requested_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz,
      rows_read integer not null default 0,
      rows_written integer not null default 0,
      rows_restated integer not null default 0,
      rows_removed integer not null default 0,
      retries integer not null default 0,
      next_attempt_at timestamptz,
      error text,
      error_code text,
      platform_message text,
      primary key (organization_id, id),
      unique (organization_id, ad_account_id, slot),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column sync_runs.slot is 'The scheduled instant that this run answers: one run per account and slot.'`.execute(
    db,
  );
  await sql`comment on table sync_runs is 'What was fetched, when, for which window, and how it ended. The lease and attempt fence a worker that came back from the dead.'`.execute(
    db,
  );
  await sql`create unique index sync_runs_one_at_a_time on sync_runs (organization_id, ad_account_id) where status in ('PENDING', 'SYNCING')`.execute(
    db,
  );
  await sql`create index sync_runs_account on sync_runs (organization_id, ad_account_id, requested_at desc)`.execute(
    db,
  );
  await sql`create index sync_runs_recent on sync_runs (organization_id, requested_at desc, id desc)`.execute(
    db,
  );
  await sql`create index sync_runs_requested_by on sync_runs (requested_by_id)`.execute(db);
  await sql`call app.protect('sync_runs',
    $$(select app.sees_all()) or ad_account_id = any (array(select a.id from ad_accounts a))$$)`.execute(db);
}

async function index(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  const name = `${table}_${column.replace(/_id$/, '')}`;
  await sql`create index ${sql.id(name)} on ${sql.table(table)} (organization_id, ${sql.id(column)})`.execute(
    db,
  );
}

async function touch(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create trigger touch before update on ${sql.table(table)} for each row execute function app.touch()`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
