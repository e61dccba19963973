import { type Kysely, sql } from 'kysely';

/** Who there is: organizations of three levels, users, memberships, brand assignments, sessions, API keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type organization_type as enum ('PLATFORM', 'AGENCY', 'BRAND')`.execute(db);
  await sql`create type member_role as enum ('OWNER', 'ADMIN', 'MEMBER', 'VIEWER')`.execute(db);
  await sql`create type user_kind as enum ('PERSON', 'SERVICE')`.execute(db);
  await createOrganizations(db);
  await createUsers(db);
  await createMemberships(db);
  await createSessions(db);
  await createApiKeys(db);
  await createThrottle(db);
}

async function createOrganizations(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organizations (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      type organization_type not null,
      parent_id uuid references organizations (id) on delete restrict,
      name text not null check (length(name) between 1 and 200),
      slug citext not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
      reporting_currency char(3) not null default 'USD' check (reporting_currency ~ '^[A-Z]{3}$'),
      time_zone text not null default 'UTC',
      modules text[] not null default '{}',
      settings jsonb not null default '{}',
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (id),
      check ((type = 'BRAND') = (organization_id <> id)),
      check (type <> 'BRAND' or parent_id = organization_id)
    )`.execute(db);
  await sql`comment on table organizations is 'Platform, agencies (the tenants) and their brands. A brand''s organization_id is its agency''s; an agency''s is its own.'`.execute(
    db,
  );
  await sql`create unique index organizations_agency_slug on organizations (slug) where type <> 'BRAND'`.execute(
    db,
  );
  await sql`create unique index organizations_brand_slug on organizations (organization_id, slug) where type = 'BRAND'`.execute(
    db,
  );
  await sql`create index organizations_parent on organizations (parent_id)`.execute(db);
  await touch(db, 'organizations');
  await sql`call app.protect('organizations',
    $$(select app.sees_all()) or type <> 'BRAND' or id = any ((select app.brand_ids())::uuid[])$$)`.execute(
    db,
  );
}

async function createUsers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id uuid primary key default app.uuid_v7(),
      kind user_kind not null default 'PERSON',
      email citext unique check (length(email) <= 254),
      name text not null check (length(name) between 1 and 200),
      password_hash text,
      is_active boolean not null default true,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (kind = 'SERVICE' or email is not null)
    )`.execute(db);
  await sql`comment on table users is 'People and the service identities of API keys. Outside tenancy: one person may work for several agencies.'`.execute(
    db,
  );
}

async function createMemberships(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table memberships (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      user_id uuid not null references users (id) on delete cascade,
      brand_id uuid,
      role member_role not null,
      overrides jsonb not null default '{}',
      invited_by_id uuid references users (id) on delete set null,
      invited_at timestamptz,
      joined_at timestamptz not null default now(),
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, user_id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column memberships.brand_id is 'NULL: a member of the agency. Set: a client''s own login, which sees that brand alone.'`.execute(
    db,
  );
  await sql`create index memberships_brand on memberships (organization_id, brand_id)`.execute(db);
  await sql`create index memberships_user on memberships (user_id)`.execute(db);
  await sql`create index memberships_invited_by on memberships (invited_by_id)`.execute(db);
  await touch(db, 'memberships');
  await sql`call app.protect('memberships',
    $$(select app.scope()) <> 'brand' or brand_id is null or brand_id = any ((select app.brand_ids())::uuid[])$$)`.execute(
    db,
  );

  await sql`
    create table brand_assignments (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      brand_id uuid not null,
      user_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, brand_id, user_id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade,
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
    )`.execute(db);
  await sql`comment on table brand_assignments is 'Which members of the agency are assigned to which brand.'`.execute(
    db,
  );
  await sql`create index brand_assignments_user on brand_assignments (organization_id, user_id)`.execute(db);
  await sql`call app.protect('brand_assignments',
    $$(select app.sees_all()) or brand_id = any ((select app.brand_ids())::uuid[])$$,
    'select, insert, delete')`.execute(db);

  // A colleague's name is visible, the password's hash is not: columns are granted, never the table.
  await sql`alter table users enable row level security`.execute(db);
  await sql`alter table users force row level security`.execute(db);
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sessions (
      id text primary key check (length(id) = 64),
      user_id uuid not null references users (id) on delete cascade,
      organization_id uuid references organizations (id) on delete set null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      user_agent text,
      address text
    )`.execute(db);
  await sql`comment on table sessions is 'The id is the SHA-256 of the cookie''s token, so that reading this table steals no session.'`.execute(
    db,
  );
  await sql`create index sessions_user on sessions (user_id)`.execute(db);
  await sql`create index sessions_organization on sessions (organization_id)`.execute(db);
  await sql`create index sessions_expiry on sessions (expires_at)`.execute(db);
  await sql`alter table sessions enable row level security`.execute(db);
  await sql`alter table sessions force row level security`.execute(db);
}

async function createApiKeys(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_keys (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      user_id uuid not null references users (id) on delete cascade,
      name text not null check (length(name) between 1 and 200),
      key_hash text not null unique check (length(key_hash) = 64),
      role member_role not null,
      brand_id uuid,
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      revoked_at timestamptz,
      primary key (organization_id, id),
      unique (organization_id, user_id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table api_keys is 'Keys of the REST door, each with a service identity, so that what a key creates has an author.'`.execute(
    db,
  );
  await sql`create index api_keys_brand on api_keys (organization_id, brand_id)`.execute(db);
  await sql`create index api_keys_user on api_keys (user_id)`.execute(db);
  await sql`create index api_keys_created_by on api_keys (created_by_id)`.execute(db);
  await sql`call app.protect('api_keys', $$(select app.sees_all())$$, 'select (organization_id, id, user_id, name, role, brand_id, created_by_id, created_at, last_used_at, revoked_at)')`.execute(
    db,
  );

  await sql`
    create policy colleagues on users for select to spokestack_app, spokestack_jobs
      using (id = any (array(select m.user_id from memberships m)) or id = any (array(select k.user_id from api_keys k)))`.execute(
    db,
  );
  await sql`comment on policy colleagues on users is 'Names and addresses of the agency''s own people and keys; the rest goes through functions.'`.execute(
    db,
  );
  await sql`grant select (id, kind, email, name, is_active) on users to spokestack_app, spokestack_jobs`.execute(
    db,
  );

  await sql`
    create table idempotency_keys (
      organization_id uuid not null references organizations (id) on delete cascade,
      user_id uuid not null references users (id) on delete cascade,
      key text not null check (length(key) between 1 and 255),
      request_hash text not null,
      status integer not null,
      response json not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, user_id, key)
    )`.execute(db);
  await sql`comment on table idempotency_keys is 'The first answer to a POST with an Idempotency-Key, stored in the transaction of its effect.'`.execute(
    db,
  );
  await sql`create index idempotency_keys_age on idempotency_keys (organization_id, created_at)`.execute(db);
  await sql`create index idempotency_keys_user on idempotency_keys (user_id)`.execute(db);
  await sql`call app.protect('idempotency_keys', 'user_id = (select app.user_id())', 'select, insert, delete')`.execute(
    db,
  );
}

async function createThrottle(db: Kysely<unknown>): Promise<void> {
  // The shape is rate-limiter-flexible's; its statements run behind a door of their own (db/tenant.ts).
  await sql`
    create table throttle (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db);
  await sql`comment on table throttle is 'Counters of the sign-in and API limits; keys are hashes.'`.execute(
    db,
  );
  await sql`alter table throttle enable row level security`.execute(db);
  await sql`alter table throttle force row level security`.execute(db);
  await sql`create policy door on throttle for all to spokestack_app using ((select app.door()) = 'throttle') with check ((select app.door()) = 'throttle')`.execute(
    db,
  );
  await sql`comment on policy door on throttle is 'Reached only by a statement that was opened for throttling.'`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on throttle to spokestack_app`.execute(db);
}

async function touch(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create trigger touch before update on ${sql.table(table)} for each row execute function app.touch()`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
