import { type Kysely, sql } from 'kysely';

/**
 * What platforms tell by themselves: first as it came, outside tenancy; then, once it is known whose it is, as an event
 * of an agency. Beside it the forms that leads come through, and which leads are in already.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type webhook_source as enum ('PHYLLO', 'META', 'GOOGLE')`.execute(db);
  await sql`create type webhook_state as enum ('RECEIVED', 'HANDLED', 'IGNORED', 'FAILED', 'DEAD')`.execute(
    db,
  );
  await sql`create type lead_source as enum ('META', 'GOOGLE')`.execute(db);
  await sql`alter type activity_type add value if not exists 'LEAD_RECEIVED'`.execute(db);
  await sql`alter type activity_type add value if not exists 'LEAD_FORM_UPDATED'`.execute(db);
  await createDeliveries(db);
  await createLeadForms(db);
  await createEvents(db);
  await createLeads(db);
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_deliveries (
      id uuid primary key default app.uuid_v7(),
      batch_id uuid not null,
      source webhook_source not null,
      dedupe_key text not null check (length(dedupe_key) between 1 and 700),
      name text not null check (length(name) between 1 and 200),
      native_id text not null check (length(native_id) between 1 and 500),
      refs text[] not null,
      payload text,
      is_kept boolean not null,
      received_at timestamptz not null default now(),
      parked_at timestamptz,
      routed_at timestamptz,
      unique (source, dedupe_key),
      check (routed_at is null or payload is null)
    )`.execute(db);
  for (const [column, text] of [
    [
      'refs',
      'What tells whose it is, each with its kind before it: page:1, ad-account:1, user:…, account:…, key:….',
    ],
    [
      'payload',
      'What was sent. It moves to the agency’s own row as soon as that is known, or goes with time.',
    ],
    ['is_kept', 'A lead: its key is kept for ever. Others go after 30 days, when nobody sends them again.'],
    ['parked_at', 'Nobody’s so far: it waits for somebody to name the page or account.'],
  ] as const) {
    await sql`comment on column webhook_deliveries.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`comment on table webhook_deliveries is 'Outside tenancy, reached through functions alone: each thing that a sender told of, once however often it came.'`.execute(
    db,
  );
  await sql`create index webhook_deliveries_waiting on webhook_deliveries (received_at) where routed_at is null`.execute(
    db,
  );
  await sql`create index webhook_deliveries_batch on webhook_deliveries (batch_id) where routed_at is null`.execute(
    db,
  );
  await sql`create index webhook_deliveries_age on webhook_deliveries (received_at) where not is_kept`.execute(
    db,
  );
  await sql`alter table webhook_deliveries enable row level security`.execute(db);
  await sql`alter table webhook_deliveries force row level security`.execute(db);
}

async function createLeadForms(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table lead_forms (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      source lead_source not null,
      name text not null check (length(name) between 1 and 200),
      brand_id uuid,
      owner_id uuid,
      page_id text check (page_id ~ '^[0-9]{1,20}$'),
      polled_at timestamptz,
      poll_error text,
      key_hash text check (length(key_hash) = 64),
      key_made_at timestamptz,
      previous_key_hash text check (length(previous_key_hash) = 64),
      previous_key_until timestamptz,
      is_active boolean not null default true,
      created_by_id uuid references users (id) on delete set null,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, page_id),
      check ((source = 'META') = (page_id is not null)),
      check ((source = 'GOOGLE') = (key_hash is not null)),
      check ((key_hash is null) = (key_made_at is null)),
      check ((previous_key_hash is null) = (previous_key_until is null)),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id)
    )`.execute(db);
  await sql`comment on table lead_forms is 'Where leads come from: a Facebook page with all its forms, or what a key of Google’s lead forms stands for; and whose contacts they become.'`.execute(
    db,
  );
  await sql`comment on column lead_forms.key_hash is 'SHA-256 of the key, which is random and shown once.'`.execute(
    db,
  );
  await sql`comment on column lead_forms.previous_key_hash is 'The key of before still counts until previous_key_until: Google does not send again what was refused.'`.execute(
    db,
  );
  await sql`create index lead_forms_page on lead_forms (page_id) where page_id is not null`.execute(db);
  await sql`create index lead_forms_key on lead_forms (key_hash) where key_hash is not null`.execute(db);
  await sql`create index lead_forms_previous_key on lead_forms (previous_key_hash) where previous_key_hash is not null`.execute(
    db,
  );
  await sql`create index lead_forms_brand on lead_forms (organization_id, brand_id)`.execute(db);
  await sql`create index lead_forms_owner on lead_forms (organization_id, owner_id)`.execute(db);
  await sql`create index lead_forms_author on lead_forms (created_by_id)`.execute(db);
  await sql`create trigger touch before update of name, brand_id, owner_id, key_hash, is_active on lead_forms
    for each row execute function app.touch()`.execute(db);
  await sql`call app.protect('lead_forms', '(select app.sees_all())')`.execute(db);
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_events (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      source webhook_source not null,
      dedupe_key text not null,
      name text not null,
      native_id text not null,
      payload text not null,
      state webhook_state not null default 'RECEIVED',
      summary text,
      attempts integer not null default 0,
      next_attempt_at timestamptz default now(),
      received_at timestamptz not null default now(),
      settled_at timestamptz,
      lead_form_id uuid,
      contact_id uuid,
      creator_id uuid,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, source, dedupe_key),
      check ((state in ('RECEIVED', 'FAILED')) = (next_attempt_at is not null)),
      foreign key (organization_id, lead_form_id) references lead_forms (organization_id, id) on delete set null (lead_form_id),
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete set null (contact_id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete set null (creator_id)
    )`.execute(db);
  await sql`comment on table webhook_events is 'One thing that a platform told one agency, and what became of it.'`.execute(
    db,
  );
  await sql`comment on column webhook_events.next_attempt_at is 'When it is tried next, or while it is being tried when whoever tries it is given up.'`.execute(
    db,
  );
  await sql`create index webhook_events_recent on webhook_events (organization_id, received_at desc, id desc)`.execute(
    db,
  );
  await sql`create index webhook_events_open on webhook_events (next_attempt_at) where next_attempt_at is not null`.execute(
    db,
  );
  await sql`create index webhook_events_dead on webhook_events (organization_id, source, received_at) where settled_at is not null`.execute(
    db,
  );
  await sql`create index webhook_events_native on webhook_events (organization_id, native_id)`.execute(db);
  for (const noun of ['lead_form', 'contact', 'creator']) {
    await sql`create index ${sql.id(`webhook_events_${noun}`)} on webhook_events (organization_id, ${sql.id(`${noun}_id`)})`.execute(
      db,
    );
  }
  await sql`create trigger touch before update on webhook_events for each row execute function app.touch()`.execute(
    db,
  );
  // Rows are written by the function that knows whose they are; the jobs and a re-drive change them.
  await sql`call app.protect('webhook_events', '(select app.sees_all())', 'select, update')`.execute(db);
}

async function createLeads(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leads (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      source lead_source not null,
      native_lead_id text not null check (length(native_lead_id) between 1 and 500),
      native_form_id text,
      native_campaign_id text,
      native_ad_id text,
      lead_form_id uuid,
      contact_id uuid,
      submitted_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, source, native_lead_id),
      foreign key (organization_id, lead_form_id) references lead_forms (organization_id, id) on delete set null (lead_form_id),
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete set null (contact_id)
    )`.execute(db);
  await sql`comment on table leads is 'Which leads are in, kept for ever so that none becomes two contacts. What a person answered stands on the contact alone.'`.execute(
    db,
  );
  await sql`create index leads_form on leads (organization_id, lead_form_id, native_form_id)`.execute(db);
  await sql`create index leads_contact on leads (organization_id, contact_id)`.execute(db);
  await sql`call app.protect('leads', '(select app.sees_all())', 'select, insert')`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
