import { type Kysely, sql } from 'kysely';

/** How an agency arranges its work: teams, saved views, the fields it adds to records, and who follows what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type record_noun as enum ('COMPANY', 'CONTACT', 'DEAL', 'TASK', 'CREATOR', 'CAMPAIGN')`.execute(
    db,
  );
  await createVisibility(db);
  await createTeams(db);
  await createSavedViews(db);
  await createCustomFields(db);
  await createCompanyTies(db);
  await createFollowers(db);
  await widenActivities(db);
}

async function createVisibility(db: Kysely<unknown>): Promise<void> {
  await sql`create type audience as enum ('EVERYONE', 'AGENCY', 'AUTHOR')`.execute(db);
  await sql`comment on type audience is 'Who reads it: EVERYONE who sees the record, a client''s own login among them; the AGENCY''s people; its AUTHOR alone.'`.execute(
    db,
  );
  // A probe by the record's key for each row that is read: a list of all visible ids would grow with the agency.
  // OFFSET 0 keeps it one: without it the planner may read every visible record of the agency into a hash first.
  await sql`
    create function app.visible_through(target text, nouns text[]) returns text language sql immutable
      return (select string_agg(format(
        'exists (select from %1$I r where r.organization_id = %2$I.organization_id and r.id = %2$I.%3$I offset 0)',
        case noun when 'company' then 'companies' else noun || 's' end, target, noun || '_id'), ' or ' order by noun)
        from unnest(nouns) noun)`.execute(db);
  await sql`comment on function app.visible_through(text, text[]) is 'The predicate of what hangs on records: one of those it names is visible.'`.execute(
    db,
  );
  await sql`
    create procedure app.change_visible(target regclass, visible text) language plpgsql as $$
    begin
      execute format('alter policy visible on %s using (%s) with check (%s)', target, visible, visible);
    end $$`.execute(db);
  await sql`comment on procedure app.change_visible(regclass, text) is 'Says anew what is visible within the agency, for a table that app.protect() turned tenancy on for.'`.execute(
    db,
  );
}

async function createTeams(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teams (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      name text not null check (length(name) between 1 and 200),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id)
    )`.execute(db);
  await sql`create unique index teams_name on teams (organization_id, lower(name))`.execute(db);
  await touch(db, 'teams');
  await sql`call app.protect('teams', $$(select app.scope()) <> 'brand'$$, 'select, insert, update, delete')`.execute(
    db,
  );
  await sql`
    create table team_members (
      organization_id uuid not null,
      team_id uuid not null,
      user_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, team_id, user_id),
      foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade,
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
    )`.execute(db);
  await sql`create index team_members_user on team_members (organization_id, user_id)`.execute(db);
  await sql`call app.protect('team_members', $$(select app.scope()) <> 'brand'$$, 'select, insert, delete')`.execute(
    db,
  );
}

async function createSavedViews(db: Kysely<unknown>): Promise<void> {
  await sql`create type view_visibility as enum ('PRIVATE', 'TEAM', 'AGENCY')`.execute(db);
  await sql`
    create table saved_views (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      noun record_noun not null,
      name text not null check (length(name) between 1 and 200),
      visibility view_visibility not null default 'PRIVATE',
      team_id uuid,
      query text not null default '' check (length(query) <= 8000),
      default_for member_role[] not null default '{}',
      owner_id uuid not null,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      check ((visibility = 'TEAM') = (team_id is not null)),
      check (visibility = 'AGENCY' or default_for = '{}'),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete cascade,
      foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column saved_views.query is 'The list''s query string: filters, sort and columns, without a page''s cursor.'`.execute(
    db,
  );
  await sql`create index saved_views_owner on saved_views (organization_id, owner_id)`.execute(db);
  await sql`create index saved_views_team on saved_views (organization_id, team_id)`.execute(db);
  await sql`create index saved_views_noun on saved_views (organization_id, noun)`.execute(db);
  await touch(db, 'saved_views');
  await sql`call app.protect('saved_views', $$owner_id = (select app.user_id())
      or ((select app.scope()) <> 'brand' and (visibility = 'AGENCY' or team_id = any (array(
        select m.team_id from team_members m where m.user_id = (select app.user_id())))))$$,
      'select, insert, update, delete')`.execute(db);
  await sql`
    create table saved_view_choices (
      organization_id uuid not null,
      saved_view_id uuid not null,
      user_id uuid not null,
      is_starred boolean not null default false,
      is_default boolean not null default false,
      primary key (organization_id, saved_view_id, user_id),
      foreign key (organization_id, saved_view_id) references saved_views (organization_id, id) on delete cascade,
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
    )`.execute(db);
  await sql`comment on table saved_view_choices is 'What a person made of a view: starred, or the one that their list opens with.'`.execute(
    db,
  );
  await sql`create index saved_view_choices_user on saved_view_choices (organization_id, user_id)`.execute(
    db,
  );
  await sql`call app.protect('saved_view_choices', $$user_id = (select app.user_id())$$,
      'select, insert, update, delete')`.execute(db);
}

async function createCustomFields(db: Kysely<unknown>): Promise<void> {
  await sql`create type custom_field_kind as enum ('TEXT', 'NUMBER', 'MONEY', 'DATE', 'CHOICE', 'SEVERAL', 'USER')`.execute(
    db,
  );
  await sql`
    create table custom_fields (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      noun record_noun not null,
      key text not null check (length(key) between 1 and 100),
      label text not null check (length(label) between 1 and 200),
      kind custom_field_kind not null,
      options text[] not null default '{}',
      hint text,
      position integer not null default 0,
      is_active boolean not null default true,
      created_by_id uuid references users (id) on delete set null,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, noun, key),
      check (kind in ('CHOICE', 'SEVERAL') or options = '{}')
    )`.execute(db);
  await sql`comment on table custom_fields is 'The fields that an agency adds to a noun. Their values stand in the records'' custom_fields under the key.'`.execute(
    db,
  );
  await sql`create index custom_fields_author on custom_fields (created_by_id)`.execute(db);
  await touch(db, 'custom_fields');
  await sql`call app.protect('custom_fields')`.execute(db);
}

async function createCompanyTies(db: Kysely<unknown>): Promise<void> {
  await sql`alter table companies add column parent_id uuid`.execute(db);
  await sql`alter table companies add foreign key (organization_id, parent_id)
    references companies (organization_id, id) on delete set null (parent_id)`.execute(db);
  await sql`alter table companies add check (parent_id <> id)`.execute(db);
  await sql`create index companies_parent on companies (organization_id, parent_id)`.execute(db);
  await sql`
    create table contact_companies (
      organization_id uuid not null,
      contact_id uuid not null,
      company_id uuid not null,
      title text,
      created_at timestamptz not null default now(),
      primary key (organization_id, contact_id, company_id),
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table contact_companies is 'Where else a person works: the companies beside contacts.company_id, each with the title there.'`.execute(
    db,
  );
  await sql`create index contact_companies_company on contact_companies (organization_id, company_id)`.execute(
    db,
  );
  await protectThrough(db, 'contact_companies', ['contact'], 'select, insert, update, delete');
}

async function createFollowers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record_followers (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      user_id uuid not null,
      company_id uuid,
      contact_id uuid,
      deal_id uuid,
      campaign_id uuid,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (num_nonnulls(company_id, contact_id, deal_id, campaign_id) = 1),
      unique nulls not distinct (organization_id, company_id, contact_id, deal_id, campaign_id, user_id),
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade,
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, deal_id) references deals (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table record_followers is 'Who is told of what happens to a record that is not theirs.'`.execute(
    db,
  );
  await sql`create index record_followers_user on record_followers (organization_id, user_id)`.execute(db);
  for (const noun of ['company', 'contact', 'deal', 'campaign']) {
    await sql`create index ${sql.id(`record_followers_${noun}`)} on record_followers (organization_id, ${sql.id(`${noun}_id`)})`.execute(
      db,
    );
  }
  await protectThrough(
    db,
    'record_followers',
    ['company', 'contact', 'deal', 'campaign'],
    'select, insert, delete',
  );
}

async function widenActivities(db: Kysely<unknown>): Promise<void> {
  for (const type of [
    'COMPANY_MERGED',
    'TASK_UPDATED',
    'TASK_REOPENED',
    'TASK_DELETED',
    'TASK_RESTORED',
    'NOTE_UPDATED',
    'NOTE_DELETED',
    'NOTE_RESTORED',
    'RECORDS_EXPORTED',
  ]) {
    await sql`alter type activity_type add value ${sql.lit(type)}`.execute(db);
  }
  await sql`alter table activities add column audience audience not null default 'EVERYONE'`.execute(db);
  await sql`call app.change_visible('activities', '((select app.sees_all())
      or brand_id = any ((select app.brand_ids())::uuid[])
      or actor_id = (select app.person_id())
      or ' || app.visible_through('activities', '{company,contact,deal,campaign}') || ')
      and (audience = ''EVERYONE'' or (audience = ''AGENCY'' and (select app.scope()) <> ''brand'')
           or actor_id = (select app.user_id()))')`.execute(db);
}

async function protectThrough(
  db: Kysely<unknown>,
  table: string,
  nouns: readonly string[],
  verbs: string,
): Promise<void> {
  await sql`call app.protect(${sql.lit(table)},
    '(select app.sees_all()) or ' || app.visible_through(${sql.lit(table)}, ${sql.lit(`{${nouns.join(',')}}`)}::text[]),
    ${sql.lit(verbs)})`.execute(db);
}

async function touch(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create trigger touch before update on ${sql.table(table)} for each row execute function app.touch()`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
