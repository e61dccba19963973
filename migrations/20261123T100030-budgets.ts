import { type Kysely, sql } from 'kysely';

/** What a campaign may spend, on what, and what the agency asks for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createBudgets(db);
  await createMargins(db);
  await createCosts(db);
}

async function createBudgets(db: Kysely<unknown>): Promise<void> {
  await sql`create type budget_status as enum ('DRAFT', 'SUBMITTED', 'APPROVED', 'RETURNED', 'SUPERSEDED')`.execute(
    db,
  );
  await sql`create type budget_kind as enum ('MEDIA', 'BOOST', 'CREATOR', 'OTHER')`.execute(db);
  await sql`
    create table budget_versions (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      number integer not null check (number >= 1),
      status budget_status not null default 'DRAFT',
      total numeric(18,4) not null check (total >= 0),
      currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
      note text check (length(note) <= 2000),
      reason text check (length(reason) <= 2000),
      created_by_id uuid references users (id) on delete set null,
      submitted_at timestamptz,
      approved_by_id uuid references users (id) on delete set null,
      approved_at timestamptz,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, campaign_id, number),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table budget_versions is 'Plans of a campaign’s money. The one that is APPROVED stands, and campaigns.budget says its total; what stood before is SUPERSEDED and kept.'`.execute(
    db,
  );
  await sql`create unique index budget_versions_standing on budget_versions (organization_id, campaign_id) where status = 'APPROVED'`.execute(
    db,
  );
  await sql`create unique index budget_versions_open on budget_versions (organization_id, campaign_id) where status in ('DRAFT', 'SUBMITTED')`.execute(
    db,
  );
  await sql`create index budget_versions_author on budget_versions (created_by_id)`.execute(db);
  await sql`create index budget_versions_approver on budget_versions (approved_by_id)`.execute(db);
  await sql`create trigger touch before update on budget_versions for each row execute function app.touch()`.execute(
    db,
  );
  await protectForAgency(db, 'budget_versions', 'campaign', 'select, insert, update');
  await sql`
    create table budget_lines (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      budget_version_id uuid not null,
      position integer not null,
      kind budget_kind not null,
      platform ad_platform,
      ad_account_id uuid,
      campaign_creator_id uuid,
      month date check (extract(day from month) = 1),
      amount numeric(18,4) not null check (amount >= 0),
      note text check (length(note) <= 1000),
      primary key (organization_id, id),
      check (campaign_creator_id is null or kind in ('CREATOR', 'BOOST')),
      check (kind in ('MEDIA', 'BOOST') or (platform is null and ad_account_id is null)),
      foreign key (organization_id, budget_version_id) references budget_versions (organization_id, id) on delete cascade,
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete set null (ad_account_id),
      foreign key (organization_id, campaign_creator_id) references campaign_creators (organization_id, id)
        on delete set null (campaign_creator_id)
    )`.execute(db);
  await sql`comment on table budget_lines is 'A part of a budget version, in its currency. A dimension that is NULL is not split. The lines come to the total at most.'`.execute(
    db,
  );
  await sql`create index budget_lines_version on budget_lines (organization_id, budget_version_id, position)`.execute(
    db,
  );
  await sql`create index budget_lines_account on budget_lines (organization_id, ad_account_id)`.execute(db);
  await sql`create index budget_lines_campaign_creator on budget_lines (organization_id, campaign_creator_id)`.execute(
    db,
  );
  await protectForAgency(db, 'budget_lines', 'budget_version', 'select, insert, delete');
}

async function createMargins(db: Kysely<unknown>): Promise<void> {
  await sql`create type margin_kind as enum ('MARKUP', 'SHARE', 'FIXED')`.execute(db);
  await sql`
    create table margin_rules (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      brand_id uuid,
      campaign_id uuid,
      kind margin_kind not null,
      applies_to budget_kind[] not null default '{MEDIA,BOOST,CREATOR,OTHER}',
      percent numeric(7,4) check (percent >= 0 and percent < 1000),
      amount numeric(18,4) check (amount >= 0),
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      valid_from date not null,
      valid_to date,
      note text check (length(note) <= 1000),
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (valid_to is null or valid_to >= valid_from),
      check (campaign_id is null or brand_id is null),
      check (case kind when 'FIXED' then amount is not null and currency is not null and percent is null
                       when 'SHARE' then percent is not null and percent < 100 and amount is null
                       else percent is not null and amount is null end),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table margin_rules is 'What the agency earns on a campaign’s cost. MARKUP: percent of the cost, on top. SHARE: percent of what the client pays, so cost / (1 - percent) is that. FIXED: an amount a month. The narrowest that is valid on a day holds: campaign, brand, agency.'`.execute(
    db,
  );
  await sql`create index margin_rules_brand on margin_rules (organization_id, brand_id)`.execute(db);
  await sql`create index margin_rules_campaign on margin_rules (organization_id, campaign_id)`.execute(db);
  await sql`create index margin_rules_author on margin_rules (created_by_id)`.execute(db);
  await sql`create trigger touch before update on margin_rules for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('margin_rules',
    '(select app.scope()) <> ''brand'' and ((select app.sees_all())
      or (campaign_id is null and (brand_id is null or brand_id = any ((select app.brand_ids())::uuid[])))
      or ' || app.visible_through('margin_rules', '{campaign}') || ')')`.execute(db);
}

async function createCosts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_costs (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      date date not null,
      description text not null check (length(description) between 1 and 500),
      amount numeric(18,4) not null,
      currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_costs is 'What a campaign costs beside media, boosts and creators: production, shipping, tools. A credit is negative.'`.execute(
    db,
  );
  await sql`create index campaign_costs_campaign on campaign_costs (organization_id, campaign_id, date)`.execute(
    db,
  );
  await sql`create index campaign_costs_author on campaign_costs (created_by_id)`.execute(db);
  await sql`create trigger touch before update on campaign_costs for each row execute function app.touch()`.execute(
    db,
  );
  await protectForAgency(db, 'campaign_costs', 'campaign', 'select, insert, update');
}

/** What is the agency's own: a client's login sees none of it. */
async function protectForAgency(
  db: Kysely<unknown>,
  table: string,
  noun: string,
  verbs: string,
): Promise<void> {
  await sql`call app.protect(${sql.lit(table)},
    '(select app.scope()) <> ''brand'' and ((select app.sees_all()) or '
      || app.visible_through(${sql.lit(table)}, ${sql.lit(`{${noun}}`)}::text[]) || ')', ${sql.lit(verbs)})`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
