import { type Kysely, sql } from 'kysely';

/** Who moved a campaign where, what it is made from, and whom it concerns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addActivityTypes(db);
  await addWorkflow(db);
  await createContacts(db);
  await createTemplates(db);
  await addAgencySettings(db);
}

async function addActivityTypes(db: Kysely<unknown>): Promise<void> {
  for (const type of [
    'CAMPAIGN_SUBMITTED',
    'CAMPAIGN_APPROVED',
    'CAMPAIGN_RETURNED',
    'CAMPAIGN_CANCELLED',
    'CAMPAIGN_REOPENED',
    'CAMPAIGN_BUDGET_CHANGED',
    'CAMPAIGN_RULES_CHANGED',
    'CAMPAIGN_RESULTS_CHANGED',
    'CAMPAIGN_COSTS_CHANGED',
    'CAMPAIGN_TEMPLATE_CHANGED',
    'CAMPAIGN_SETTINGS_CHANGED',
    'BRIEF_SENT',
    'BRIEF_ANSWERED',
    'DELIVERABLE_REVIEWED',
  ])
    await sql`alter type activity_type add value ${sql.lit(type)}`.execute(db);
}

async function addWorkflow(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaigns
    add column submitted_at timestamptz,
    add column submitted_by_id uuid references users (id) on delete set null,
    add column approved_at timestamptz,
    add column approved_by_id uuid references users (id) on delete set null,
    add column launched_at timestamptz,
    add column completed_at timestamptz,
    add column status_reason text check (length(status_reason) <= 2000),
    add column status_changed_at timestamptz not null default now(),
    add column moves_by_date boolean not null default true,
    add column pauses_on date,
    add column resumes_on date,
    add column copied_from_id uuid,
    add check (resumes_on is null or (pauses_on is not null and resumes_on > pauses_on)),
    add foreign key (organization_id, copied_from_id) references campaigns (organization_id, id) on delete set null (copied_from_id)`.execute(
    db,
  );
  for (const [column, text] of [
    ['approved_at', 'When the plan that stands was approved; null where nobody has.'],
    ['status_reason', 'What was said of the last move: why it was returned, paused or cancelled.'],
    [
      'moves_by_date',
      'Approved, it launches on starts_on; active or paused, it is completed after ends_on; by the agency’s own days.',
    ],
    ['pauses_on', 'A day on which it is paused by itself, and resumes_on the one on which it goes on.'],
  ] as const)
    await sql`comment on column campaigns.${sql.ref(column)} is ${sql.lit(text)}`.execute(db);
  await sql`create index campaigns_copied_from on campaigns (organization_id, copied_from_id)`.execute(db);
  await sql`create index campaigns_submitted_by on campaigns (submitted_by_id)`.execute(db);
  await sql`create index campaigns_approved_by on campaigns (approved_by_id)`.execute(db);
}

async function createContacts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_contacts (
      organization_id uuid not null,
      campaign_id uuid not null,
      contact_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, campaign_id, contact_id),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_contacts is 'The client’s people of a campaign. Who a contact is reads whoever sees the contact.'`.execute(
    db,
  );
  await sql`create index campaign_contacts_contact on campaign_contacts (organization_id, contact_id)`.execute(
    db,
  );
  await sql`call app.protect('campaign_contacts',
    '(select app.sees_all()) or ' || app.visible_through('campaign_contacts', '{campaign}'), 'select, insert, delete')`.execute(
    db,
  );
}

async function createTemplates(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_templates (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      brand_id uuid,
      name text not null check (length(name) between 1 and 200),
      description text,
      plan jsonb not null,
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id)
    )`.execute(db);
  await sql`comment on table campaign_templates is 'A plan that campaigns begin from: what it holds is read by campaign-templates/schema.ts. brand_id NULL: for every brand.'`.execute(
    db,
  );
  await sql`create index campaign_templates_brand on campaign_templates (organization_id, brand_id)`.execute(
    db,
  );
  await sql`create index campaign_templates_author on campaign_templates (created_by_id)`.execute(db);
  await sql`create trigger touch before update on campaign_templates for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('campaign_templates',
    '(select app.scope()) <> ''brand'' and ((select app.sees_all()) or brand_id is null
      or brand_id = any ((select app.brand_ids())::uuid[]) or created_by_id = (select app.person_id()))')`.execute(
    db,
  );
}

/** Of the agency's row they hold for all; of a brand's row they hold for that brand. */
async function addAgencySettings(db: Kysely<unknown>): Promise<void> {
  await sql`create type value_source as enum ('PLATFORMS', 'RESULTS')`.execute(db);
  await sql`comment on type value_source is 'Whose conversions and values count as true: the platforms’ claims, or the results that the agency keeps (campaign_results).'`.execute(
    db,
  );
  await sql`alter table organizations
    add column value_source value_source,
    add column pacing_tolerance numeric(5,4) check (pacing_tolerance > 0 and pacing_tolerance < 1)`.execute(
    db,
  );
  await sql`comment on column organizations.value_source is 'NULL at a brand: the agency’s; NULL at the agency: PLATFORMS.'`.execute(
    db,
  );
  await sql`comment on column organizations.pacing_tolerance is 'How far the pacing ratio may be from 1 before it is told: 0.1 is 10 %. NULL at a brand: the agency’s; NULL at the agency: 0.1.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
