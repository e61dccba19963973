import { type Kysely, sql } from 'kysely';

/** Creators: one each of a contact, their accounts at the networks, and what became of those figures day by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEnums(db);
  await createCreators(db);
  await createBlocks(db);
  await createPlatforms(db);
  await createSnapshots(db);
  await createAudiences(db);
  await createSyncRuns(db);
  await createConnectLinks(db);
  await tellTheTimeline(db);
}

async function createEnums(db: Kysely<unknown>): Promise<void> {
  for (const [name, members] of [
    ['creator_status', ['PROSPECT', 'OUTREACH', 'NEGOTIATION', 'SIGNED', 'INACTIVE']],
    [
      'social_platform',
      [
        'INSTAGRAM',
        'TIKTOK',
        'YOUTUBE',
        'TWITTER',
        'LINKEDIN',
        'SNAPCHAT',
        'PINTEREST',
        'TWITCH',
        'FACEBOOK',
      ],
    ],
    ['creator_figure_source', ['PHYLLO', 'MANUAL', 'FILE']],
    ['engagement_basis', ['FOLLOWERS', 'REACH', 'VIEWS', 'UNSTATED']],
    [
      'creator_connection_state',
      ['NEVER', 'CONNECTING', 'CONNECTED', 'SYNCED', 'EXPIRING', 'EXPIRED', 'REVOKED'],
    ],
    ['audience_kind', ['FOLLOWERS', 'ENGAGED']],
    ['creator_sync_kind', ['ACCOUNT', 'PROFILE', 'AUDIENCE', 'CONTENTS', 'HISTORY', 'EVERYTHING']],
    ['creator_sync_trigger', ['CONNECT', 'WEBHOOK', 'POLL', 'MANUAL']],
    ['creator_sync_status', ['QUEUED', 'RUNNING', 'SUCCESS', 'ERROR']],
  ] as const) {
    const list = sql.join(members.map((member) => sql.lit(member)));
    await sql`create type ${sql.id(name)} as enum (${list})`.execute(db);
  }
  for (const type of [
    'CREATOR_CREATED',
    'CREATOR_UPDATED',
    'CREATOR_DELETED',
    'CREATOR_RESTORED',
    'CREATOR_STATUS_CHANGED',
    'CREATOR_BLOCKED',
    'CREATOR_UNBLOCKED',
    'CREATOR_ASSIGNED',
    'CREATOR_UNASSIGNED',
    'CAMPAIGN_CREATOR_UPDATED',
    'CONTRACT_CREATED',
    'CONTRACT_UPDATED',
    'CONTRACT_SIGNED',
    'CONTRACT_ENDING',
    'CONTRACT_TERMINATED',
    'CONTENT_CONFIRMED',
    'CONTENT_REJECTED',
    'DISCLOSURE_TERMS_UPDATED',
  ]) {
    await sql`alter type activity_type add value if not exists ${sql.lit(type)}`.execute(db);
  }
  await sql`alter type import_kind add value if not exists 'CREATORS'`.execute(db);
}

async function createCreators(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creators (
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
      contact_id uuid not null,
      name text not null default '',
      name_key text collate "C" not null generated always as (lower(name)) stored,
      status creator_status not null default 'PROSPECT',
      status_changed_at timestamptz not null default now(),
      categories text[] not null default '{}',
      primary_platform social_platform,
      commission_percent numeric(5,2) check (commission_percent between 0 and 100),
      manager_contact_id uuid,
      estimated_reach bigint check (estimated_reach >= 0),
      phyllo_user_id uuid,
      total_followers bigint,
      engagement_rate numeric(12,8),
      engagement_basis engagement_basis,
      audience_countries text[] not null default '{}',
      brand_ids uuid[] not null default '{}',
      primary key (organization_id, id),
      unique (organization_id, contact_id),
      check (manager_contact_id is distinct from contact_id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id),
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, manager_contact_id) references contacts (organization_id, id) on delete set null (manager_contact_id)
    )`.execute(db);
  for (const [column, text] of [
    [
      'name',
      'The contact’s, copied by triggers: a list is ordered by it, and it shows where the contact is not visible.',
    ],
    [
      'brand_ids',
      'The brands that the creator works for: their own and those of their campaigns. Kept by triggers.',
    ],
    [
      'total_followers',
      'The sum over active accounts that tell it; NULL where none does. Kept by a trigger on creator_platforms.',
    ],
    [
      'engagement_rate',
      'Over the accounts that tell both: sum of mean likes and comments / sum of followers, as engagement_basis FOLLOWERS; else the stated rate of the largest account, by its own basis. Kept by a trigger.',
    ],
    [
      'audience_countries',
      'ISO codes of the countries that hold a tenth or more of a newest audience. Kept by a trigger on creator_audiences.',
    ],
  ] as const) {
    await sql`comment on column creators.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  for (const [suffix, columns, where] of [
    ['name', 'organization_id, name_key, id', 'where is_active'],
    ['created', 'organization_id, created_at desc, id desc', ''],
    ['updated', 'organization_id, updated_at desc, id desc', ''],
    ['brand', 'organization_id, brand_id', ''],
    ['owner', 'organization_id, owner_id', ''],
    ['author', 'created_by_id', ''],
    ['manager', 'organization_id, manager_contact_id', ''],
    ['phyllo', 'phyllo_user_id', 'where phyllo_user_id is not null'],
    ['followers', 'organization_id, total_followers desc nulls last, id', 'where is_active'],
  ] as const) {
    await sql`create index ${sql.id(`creators_${suffix}`)} on creators (${sql.raw(columns)}) ${sql.raw(where)}`.execute(
      db,
    );
  }
  await sql`create unique index creators_external on creators (organization_id, external_id) where external_id is not null`.execute(
    db,
  );
  // What triggers and syncs keep is no change that somebody else's edit must not overwrite.
  await sql`create trigger touch before update of
      brand_id, owner_id, external_id, tags, custom_fields, is_active, contact_id, status, categories, primary_platform,
      commission_percent, manager_contact_id, estimated_reach
    on creators for each row execute function app.touch()`.execute(db);
  await sql`call app.protect('creators', app.visible_record() || ' or brand_ids && (select app.brand_ids())')`.execute(
    db,
  );
  // Who sees a creator through a campaign alone reads the record; changing it is for those whose it is.
  await sql`do $$ begin
    execute 'alter policy visible on creators with check (' || app.visible_record() || ')';
  end $$`.execute(db);
  await copyNames(db);
}

async function copyNames(db: Kysely<unknown>): Promise<void> {
  await definer(db, {
    name: 'app.name_creator()',
    comment: 'Trigger: a new creator, or one whose contact changed, takes the contact’s name.',
    body: `
      select c.name into new.name from public.contacts c
       where c.organization_id = new.organization_id and c.id = new.contact_id;
      return new;`,
  });
  await sql`create trigger name_creator before insert or update of contact_id on creators
    for each row execute function app.name_creator()`.execute(db);
  await definer(db, {
    name: 'app.rename_creator()',
    comment:
      'Trigger: a contact’s new name is their creator’s, also where the one who changes it does not see that.',
    body: `
      update public.creators set name = new.name
       where organization_id = new.organization_id and contact_id = new.id and name is distinct from new.name;
      return null;`,
  });
  await sql`create trigger rename_creator after update of first_name, last_name on contacts
    for each row execute function app.rename_creator()`.execute(db);
}

async function createBlocks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_blocks (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_id uuid not null,
      brand_id uuid,
      reason text not null check (length(reason) between 1 and 2000),
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique nulls not distinct (organization_id, brand_id, creator_id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade,
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_blocks is 'Who must not work for a brand, or (brand NULL) for any of the agency''s, and why. The agency''s own: a client''s login does not read it.'`.execute(
    db,
  );
  await sql`create index creator_blocks_creator on creator_blocks (organization_id, creator_id)`.execute(db);
  await sql`create index creator_blocks_author on creator_blocks (created_by_id)`.execute(db);
  await sql`call app.protect('creator_blocks', '(select app.scope()) <> ''brand'' and ((select app.sees_all())
      or ((brand_id is null or brand_id = any ((select app.brand_ids())::uuid[])) and '
      || app.visible_through('creator_blocks', '{creator}') || '))', 'select, insert, delete')`.execute(db);
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

/** What happened to a creator is read as far as the creator is, but for what one client alone may know. */
async function tellTheTimeline(db: Kysely<unknown>): Promise<void> {
  await sql`alter table activities add column creator_id uuid,
    add column is_brand_only boolean not null default false,
    add foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade`.execute(
    db,
  );
  await sql`comment on column activities.is_brand_only is 'Hidden from the people of other brands who see the creator or the contact too: a contract, an assignment.'`.execute(
    db,
  );
  await sql`create index activities_creator on activities (organization_id, creator_id, created_at desc, id desc)
    where creator_id is not null`.execute(db);
  await sql`call app.change_visible('activities', '((select app.sees_all())
      or brand_id = any ((select app.brand_ids())::uuid[])
      or actor_id = (select app.person_id())
      or ' || app.visible_through('activities', '{company,contact,deal,campaign,creator}') || ')
      and (audience = ''EVERYONE'' or (audience = ''AGENCY'' and (select app.scope()) <> ''brand'')
           or actor_id = (select app.user_id()))
      and (not is_brand_only or (select app.sees_all()) or brand_id = any ((select app.brand_ids())::uuid[])
           or actor_id = (select app.user_id()))
      and (note_id is null or ' || app.visible_through('activities', '{note}') || ')')`.execute(db);
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
