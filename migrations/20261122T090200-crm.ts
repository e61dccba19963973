import { type Kysely, sql } from 'kysely';

/** The CRM's first records: companies, contacts, deals, and the append-only activity stream. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEnums(db);
  await createCompanies(db);
  await createContacts(db);
  await createDeals(db);
}

async function createEnums(db: Kysely<unknown>): Promise<void> {
  await sql`create type company_size as enum ('SOLO', 'SMALL', 'MEDIUM', 'LARGE', 'ENTERPRISE')`.execute(db);
  await sql`create type company_type as enum ('PROSPECT', 'CLIENT', 'PARTNER', 'VENDOR', 'COMPETITOR')`.execute(
    db,
  );
  await sql`create type contact_type as enum ('LEAD', 'PROSPECT', 'CLIENT', 'PARTNER', 'CREATOR', 'VENDOR', 'OTHER')`.execute(
    db,
  );
  await sql`create type contact_status as enum ('ACTIVE', 'INACTIVE', 'CHURNED', 'DO_NOT_CONTACT')`.execute(
    db,
  );
  await sql`create type deal_stage as enum ('LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED')`.execute(
    db,
  );
  await sql`create type deal_status as enum ('OPEN', 'WON', 'LOST')`.execute(db);
  await sql`create type recurring_type as enum ('ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUAL')`.execute(db);
}

/** The columns of every record that a person works with. */
const record = sql.raw(`
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
  primary key (organization_id, id),
  foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
  foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id)`);

async function createCompanies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table companies (${record},
      name text not null check (length(name) between 1 and 1000),
      legal_name text,
      industry text,
      website text,
      domains text[] not null default '{}',
      logo_url text,
      size company_size,
      type company_type not null default 'PROSPECT',
      email text,
      phone text,
      street text,
      city text,
      state text,
      country text,
      postal_code text,
      linkedin_url text,
      x_handle text,
      became_brand_id uuid,
      name_key text collate "C" not null generated always as (lower(name)) stored,
      foreign key (organization_id, became_brand_id) references organizations (organization_id, id) on delete set null (became_brand_id)
    )`.execute(db);
  await sql`create index companies_became_brand on companies (organization_id, became_brand_id)`.execute(db);
  await finishRecord(db, 'companies');
}

async function createContacts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contacts (${record},
      company_id uuid,
      first_name text not null check (length(first_name) between 1 and 1000),
      last_name text not null check (length(last_name) between 1 and 1000),
      name text not null generated always as (first_name || ' ' || last_name) stored,
      name_key text collate "C" not null generated always as (lower(first_name || ' ' || last_name)) stored,
      emails text[] not null default '{}',
      phones text[] not null default '{}',
      mobile text,
      avatar_url text,
      title text,
      department text,
      type contact_type not null default 'LEAD',
      status contact_status not null default 'ACTIVE',
      source text,
      linkedin_url text,
      x_handle text,
      last_contacted_at timestamptz,
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete set null (company_id)
    )`.execute(db);
  await sql`create index contacts_company on contacts (organization_id, company_id)`.execute(db);
  await finishRecord(db, 'contacts');
}

async function createDeals(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deals (${record},
      contact_id uuid,
      company_id uuid,
      name text not null check (length(name) between 1 and 1000),
      name_key text collate "C" not null generated always as (lower(name)) stored,
      description text,
      stage deal_stage not null default 'LEAD',
      status deal_status not null default 'OPEN',
      probability smallint not null default 10 check (probability between 0 and 100),
      amount numeric(18,4) check (amount >= 0),
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      recurring_type recurring_type not null default 'ONE_TIME',
      opened_on date,
      expected_close_on date,
      closed_on date,
      close_reason text,
      rank text collate "C" not null,
      stage_changed_at timestamptz not null default now(),
      check ((stage = 'CLOSED') = (status <> 'OPEN')),
      check (amount is null or currency is not null),
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete set null (contact_id),
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete set null (company_id)
    )`.execute(db);
  await sql`comment on column deals.rank is 'A fractional rank within the stage: a move writes one row.'`.execute(
    db,
  );
  await sql`create index deals_company on deals (organization_id, company_id)`.execute(db);
  await sql`create index deals_contact on deals (organization_id, contact_id)`.execute(db);
  // One index a column of the board: comparing an enum is not leakproof, so under a policy it is no index condition.
  for (const stage of ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED']) {
    await sql`create index ${sql.id(`deals_board_${stage.toLowerCase()}`)} on deals (organization_id, rank, id)
      where is_active and stage = ${sql.lit(stage)}`.execute(db);
  }
  // What the policy reads stands beside the figures, so that totals are read from the index alone.
  await sql`create index deals_totals on deals (organization_id, stage, currency)
    include (amount, status, brand_id, owner_id, created_by_id) where is_active`.execute(db);
  await finishRecord(db, 'deals');
}

async function finishRecord(db: Kysely<unknown>, table: string): Promise<void> {
  const at = sql.table(table);
  const index = (suffix: string) => sql.id(`${table}_${suffix}`);
  await sql`comment on column ${at}.name_key is 'The name in lower case, for order, pages and prefixes: lower() is not leakproof, so under a policy an index on it finds no place to begin.'`.execute(
    db,
  );
  await sql`create index ${index('name')} on ${at} (organization_id, name_key, id) where is_active`.execute(
    db,
  );
  await sql`create index ${index('created')} on ${at} (organization_id, created_at desc, id desc)`.execute(
    db,
  );
  await sql`create index ${index('updated')} on ${at} (organization_id, updated_at desc, id desc)`.execute(
    db,
  );
  await sql`create unique index ${index('external')} on ${at} (organization_id, external_id) where external_id is not null`.execute(
    db,
  );
  await sql`create index ${index('brand')} on ${at} (organization_id, brand_id)`.execute(db);
  await sql`create index ${index('owner')} on ${at} (organization_id, owner_id)`.execute(db);
  await sql`create index ${index('created_by')} on ${at} (organization_id, created_by_id)`.execute(db);
  await sql`create index ${index('author')} on ${at} (created_by_id)`.execute(db);
  await sql`create trigger touch before update on ${at} for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect(${sql.lit(table)}, app.visible_record())`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
