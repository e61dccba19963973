import { type Kysely, sql } from 'kysely';

/** What a contract with a creator allows and forbids. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEnums(db);
  await createContracts(db);
}

async function createEnums(db: Kysely<unknown>): Promise<void> {
  for (const [name, members] of [
    ['exclusivity_type', ['NONE', 'CATEGORY', 'PLATFORM', 'FULL']],
    ['contract_status', ['DRAFT', 'SENT', 'SIGNED', 'TERMINATED']],
    [
      'usage_channel',
      ['ORGANIC_SOCIAL', 'PAID_SOCIAL', 'WEBSITE', 'EMAIL', 'TELEVISION', 'OUT_OF_HOME', 'PRINT', 'RETAIL'],
    ],
    ['ad_permission', ['PARTNERSHIP_AD', 'ALLOWLISTING', 'SPARK_CODE']],
  ] as const) {
    const list = sql.join(members.map((member) => sql.lit(member)));
    await sql`create type ${sql.id(name)} as enum (${list})`.execute(db);
  }
}

async function createContracts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_contracts (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      brand_id uuid,
      owner_id uuid,
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      creator_id uuid not null,
      campaign_id uuid,
      title text not null check (length(title) between 1 and 1000),
      status contract_status not null default 'DRAFT',
      fee_amount numeric(18,4) check (fee_amount >= 0),
      fee_currency char(3) check (fee_currency ~ '^[A-Z]{3}$'),
      commission_percent numeric(5,2) check (commission_percent between 0 and 100),
      starts_on date,
      ends_on date,
      signed_on date,
      terminated_on date,
      exclusivity exclusivity_type not null default 'NONE',
      exclusivity_categories text[] not null default '{}',
      exclusivity_competitors text[] not null default '{}',
      exclusivity_platforms social_platform[] not null default '{}',
      exclusivity_territories text[] not null default '{}',
      exclusivity_starts_on date,
      exclusivity_ends_on date,
      note text,
      primary key (organization_id, id),
      check (fee_amount is null or fee_currency is not null),
      check (ends_on is null or starts_on is null or ends_on >= starts_on),
      check (exclusivity_ends_on is null or exclusivity_starts_on is null or exclusivity_ends_on >= exclusivity_starts_on),
      foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
      foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete set null (campaign_id)
    )`.execute(db);
  await sql`comment on table creator_contracts is 'What a creator agreed with the agency for a brand (NULL: for all). Exclusivity binds while SIGNED, within its own window, else the contract’s. Territories empty: everywhere.'`.execute(
    db,
  );
  for (const column of ['brand_id', 'owner_id', 'creator_id', 'campaign_id'])
    await sql`create index ${sql.id(`creator_contracts_${column}`)} on creator_contracts (organization_id, ${sql.ref(column)})`.execute(
      db,
    );
  await sql`create index creator_contracts_author on creator_contracts (created_by_id)`.execute(db);
  await sql`create index creator_contracts_ends on creator_contracts (organization_id, ends_on, id) where is_active`.execute(
    db,
  );
  await sql`create trigger touch before update on creator_contracts for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('creator_contracts', '(select app.scope()) <> ''brand'' and (' || app.visible_record() || ')')`.execute(
    db,
  );

  await sql`
    create table creator_contract_usage_rights (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_contract_id uuid not null,
      channel usage_channel not null,
      ad_permission ad_permission,
      territories text[] not null default '{}',
      starts_on date,
      ends_on date,
      note text,
      position integer not null default 0,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (ends_on is null or starts_on is null or ends_on >= starts_on),
      check (ad_permission is null or channel = 'PAID_SOCIAL'),
      foreign key (organization_id, creator_contract_id) references creator_contracts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_contract_usage_rights is 'Where a contract lets the brand use the content. ad_permission: Meta’s partnership ads, allowlisting and TikTok’s Spark codes are three different permissions.'`.execute(
    db,
  );
  await sql`create index creator_contract_usage_rights_contract on creator_contract_usage_rights (organization_id, creator_contract_id)`.execute(
    db,
  );
  await protectThrough(db, {
    table: 'creator_contract_usage_rights',
    noun: 'creator_contract',
    verbs: 'select, insert, delete',
  });
}

interface Protected {
  table: string;
  /** What it hangs on; it is seen as far as that is. */
  noun: string;
  verbs?: string;
}

async function protectThrough(
  db: Kysely<unknown>,
  { table, noun, verbs = 'select, insert, update' }: Protected,
): Promise<void> {
  await sql`call app.protect(${sql.lit(table)},
    '(select app.sees_all()) or ' || app.visible_through(${sql.lit(table)}, ${sql.lit(`{${noun}}`)}::text[]),
    ${sql.lit(verbs)})`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
