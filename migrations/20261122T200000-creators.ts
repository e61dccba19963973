import { type Kysely, sql } from 'kysely';

/** Creators: one each of a contact, whom the agency keeps from a brand, and what the timeline tells of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEnums(db);
  await createCreators(db);
  await createBlocks(db);
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
