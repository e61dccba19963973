import { type Kysely, sql } from 'kysely';

/** Creators' accounts at the networks, what became of their figures day by day, and how they come in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPlatforms(db);
  await createSnapshots(db);
  await createAudiences(db);
  await createSyncRuns(db);
  await createConnectLinks(db);
}

const figures = sql.raw(`
  followers bigint check (followers >= 0),
  following bigint check (following >= 0),
  posts bigint check (posts >= 0),
  likes bigint check (likes >= 0),
  mean_views numeric(18,2) check (mean_views >= 0),
  mean_likes numeric(18,2) check (mean_likes >= 0),
  mean_comments numeric(18,2) check (mean_comments >= 0),
  measured_posts integer check (measured_posts >= 0),
  engagement_rate numeric(12,8) generated always as
    (case when followers > 0 then round((mean_likes + mean_comments) / followers, 8) end) stored`);

async function createPlatforms(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_platforms (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_id uuid not null,
      platform social_platform not null,
      handle text not null check (length(handle) between 1 and 255),
      handle_key text collate "C" not null generated always as (lower(handle)) stored,
      native_id text check (length(native_id) between 1 and 255),
      profile_url text,
      image_url text,
      is_verified boolean,
      ${figures},
      stated_engagement_rate numeric(12,8) check (stated_engagement_rate >= 0),
      stated_engagement_basis engagement_basis,
      source creator_figure_source not null default 'MANUAL',
      figures_at timestamptz,
      connection_state creator_connection_state not null default 'NEVER',
      phyllo_account_id uuid,
      connected_at timestamptz,
      expires_at timestamptz,
      last_synced_at timestamptz,
      contents_synced_at timestamptz,
      audience_synced_at timestamptz,
      sync_error text,
      network_data jsonb not null default '{}',
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, phyllo_account_id),
      check ((stated_engagement_rate is null) = (stated_engagement_basis is null)),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_platforms is 'A creator''s account at one network: figures by hand, from a file or through Phyllo, and when they were true (figures_at).'`.execute(
    db,
  );
  await sql`comment on column creator_platforms.engagement_rate is '(mean likes + mean comments) / followers over measured_posts newest posts: computed here and nowhere else.'`.execute(
    db,
  );
  await sql`comment on column creator_platforms.stated_engagement_rate is 'A rate that somebody or a file stated, kept as given beside what it is by.'`.execute(
    db,
  );
  await sql`comment on column creator_platforms.handle is 'Without a leading @.'`.execute(db);
  await sql`create index creator_platforms_creator on creator_platforms (organization_id, creator_id)`.execute(
    db,
  );
  await sql`create unique index creator_platforms_handle on creator_platforms (organization_id, platform, handle_key) where is_active`.execute(
    db,
  );
  await sql`create index creator_platforms_phyllo on creator_platforms (phyllo_account_id) where phyllo_account_id is not null`.execute(
    db,
  );
  await sql`create index creator_platforms_author on creator_platforms (created_by_id)`.execute(db);
  await sql`create trigger touch before update of
      platform, handle, profile_url, is_active, stated_engagement_rate, stated_engagement_basis
    on creator_platforms for each row execute function app.touch()`.execute(db);
  await protectThrough(db, 'creator_platforms', 'creator', 'select, insert, update');
  await keepTotals(db);
}

async function keepTotals(db: Kysely<unknown>): Promise<void> {
  await definer(db, {
    name: 'app.total_creator()',
    comment: 'Trigger: a creator’s totals follow the figures of their accounts.',
    body: `
      update public.creators c set total_followers = t.followers,
             engagement_rate = coalesce(t.computed, t.stated),
             engagement_basis = case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end
        from (select sum(p.followers)::bigint as followers,
                     round(sum(p.mean_likes + p.mean_comments) filter (where p.engagement_rate is not null)
                       / nullif(sum(p.followers) filter (where p.engagement_rate is not null), 0), 8) as computed,
                     (array_agg(p.stated_engagement_rate order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as stated,
                     (array_agg(p.stated_engagement_basis order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as basis
                from public.creator_platforms p
               where p.organization_id = new.organization_id and p.creator_id = new.creator_id and p.is_active) t
       where c.organization_id = new.organization_id and c.id = new.creator_id
         and (c.total_followers, c.engagement_rate, c.engagement_basis) is distinct from (t.followers,
           coalesce(t.computed, t.stated),
           case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end);
      return null;`,
  });
  await sql`create trigger total_creator after insert or update on creator_platforms
    for each row execute function app.total_creator()`.execute(db);
}

async function createSnapshots(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_platform_snapshots (
      organization_id uuid not null,
      creator_platform_id uuid not null,
      date date not null,
      ${figures},
      source creator_figure_source not null,
      fetched_at timestamptz not null,
      primary key (organization_id, creator_platform_id, date),
      foreign key (organization_id, creator_platform_id) references creator_platforms (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_platform_snapshots is 'An account''s figures as last known on a day (UTC). A day without a fetch has no row.'`.execute(
    db,
  );
  await protectThrough(db, 'creator_platform_snapshots', 'creator_platform', 'select, insert, update');
}

async function createAudiences(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_audiences (
      organization_id uuid not null,
      creator_platform_id uuid not null,
      kind audience_kind not null default 'FOLLOWERS',
      date date not null,
      followers bigint check (followers >= 0),
      countries jsonb not null default '[]' check (jsonb_typeof(countries) = 'array'),
      cities jsonb not null default '[]' check (jsonb_typeof(cities) = 'array'),
      gender_ages jsonb not null default '[]' check (jsonb_typeof(gender_ages) = 'array'),
      source creator_figure_source not null,
      fetched_at timestamptz not null,
      primary key (organization_id, creator_platform_id, kind, date),
      foreign key (organization_id, creator_platform_id) references creator_platforms (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_audiences is 'Who follows an account, as its network estimated it on a day: percents 0 to 100 as strings, [{code,percent}], [{name,percent}], [{gender,ageRange,percent}]. Not normalised: sums differ from 100. followers: the base at that time.'`.execute(
    db,
  );
  await protectThrough(db, 'creator_audiences', 'creator_platform', 'select, insert, update');
  await definer(db, {
    name: 'app.note_audience_countries()',
    comment: 'Trigger: a creator can be found by the countries of their newest audiences.',
    body: `
      update public.creators c set audience_countries = coalesce(t.codes, '{}')
        from public.creator_platforms p
        cross join lateral (
          select array_agg(distinct upper(e.value ->> 'code') order by upper(e.value ->> 'code')) as codes
            from public.creator_platforms o
            cross join lateral (select a.countries from public.creator_audiences a
                  where a.organization_id = o.organization_id and a.creator_platform_id = o.id and a.kind = 'FOLLOWERS'
                  order by a.date desc limit 1) newest
            cross join lateral jsonb_array_elements(newest.countries) e
           where o.organization_id = p.organization_id and o.creator_id = p.creator_id and o.is_active
             and (e.value ->> 'percent')::numeric >= 10) t
       where p.organization_id = new.organization_id and p.id = new.creator_platform_id
         and c.organization_id = p.organization_id and c.id = p.creator_id
         and c.audience_countries is distinct from coalesce(t.codes, '{}');
      return null;`,
  });
  await sql`create trigger note_audience_countries after insert or update on creator_audiences
    for each row execute function app.note_audience_countries()`.execute(db);
}

async function createSyncRuns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_sync_runs (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_id uuid not null,
      creator_platform_id uuid,
      kind creator_sync_kind not null,
      trigger creator_sync_trigger not null,
      status creator_sync_status not null default 'QUEUED',
      attempts integer not null default 0,
      contents_read integer not null default 0,
      contents_new integer not null default 0,
      error text,
      requested_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz,
      primary key (organization_id, id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade,
      foreign key (organization_id, creator_platform_id) references creator_platforms (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_sync_runs is 'One fetch of a creator''s accounts through Phyllo: what asked for it, what came, what went wrong in plain words.'`.execute(
    db,
  );
  await sql`create index creator_sync_runs_creator on creator_sync_runs (organization_id, creator_id, created_at desc)`.execute(
    db,
  );
  await sql`create index creator_sync_runs_platform on creator_sync_runs (organization_id, creator_platform_id, created_at desc)`.execute(
    db,
  );
  await sql`create index creator_sync_runs_recent on creator_sync_runs (organization_id, created_at desc, id desc)`.execute(
    db,
  );
  await sql`create index creator_sync_runs_person on creator_sync_runs (requested_by_id)`.execute(db);
  await protectThrough(db, 'creator_sync_runs', 'creator', 'select, insert, update');
}

async function createConnectLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_connect_links (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_id uuid not null,
      platform social_platform,
      token_hash text not null check (length(token_hash) = 64),
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      opened_at timestamptz,
      used_at timestamptz,
      withdrawn_at timestamptz,
      primary key (organization_id, id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_connect_links is 'Links that a creator opens without an account, so as to connect their profiles; found by the hash of their token alone.'`.execute(
    db,
  );
  await sql`create index creator_connect_links_creator on creator_connect_links (organization_id, creator_id)`.execute(
    db,
  );
  await sql`create index creator_connect_links_token on creator_connect_links (token_hash)`.execute(db);
  await sql`create index creator_connect_links_author on creator_connect_links (created_by_id)`.execute(db);
  await protectThrough(db, 'creator_connect_links', 'creator', 'select, insert, update');
}

async function protectThrough(
  db: Kysely<unknown>,
  table: string,
  noun: string,
  verbs: string,
): Promise<void> {
  await sql`call app.protect(${sql.lit(table)},
    '(select app.sees_all()) or ' || app.visible_through(${sql.lit(table)}, ${sql.lit(`{${noun}}`)}::text[]),
    ${sql.lit(verbs)})`.execute(db);
}

interface TriggerFunction {
  name: string;
  comment: string;
  body: string;
}

async function definer(db: Kysely<unknown>, { name, comment, body }: TriggerFunction): Promise<void> {
  await sql`create function ${sql.raw(name)} returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as ${sql.raw(`$$ begin ${body} end $$`)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
