import { type Kysely, sql } from 'kysely';

/** Which platform campaigns belong to a campaign: picked by people, or met by rules. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await describePlatformCampaigns(db);
  await createRules(db);
  await createRefusals(db);
}

async function describePlatformCampaigns(db: Kysely<unknown>): Promise<void> {
  await sql`create type attachment_kind as enum ('PICKED', 'RULE')`.execute(db);
  await sql`alter table platform_campaigns
    add column labels text[] not null default '{}',
    add column attached_by attachment_kind,
    add column attached_at timestamptz,
    add column is_boost boolean not null default false,
    add column campaign_creator_id uuid,
    add check (campaign_creator_id is null or is_boost),
    add foreign key (organization_id, campaign_creator_id) references campaign_creators (organization_id, id)
      on delete set null (campaign_creator_id)`.execute(db);
  await sql`create index platform_campaigns_campaign_creator on platform_campaigns (organization_id, campaign_creator_id)`.execute(
    db,
  );
  for (const [column, text] of [
    ['labels', 'As the platform names them: Meta’s ad labels, Google’s labels; TikTok has none.'],
    [
      'attached_by',
      'How it came to its campaign; null while it waits for one, and of what came before this was kept.',
    ],
    ['is_boost', 'It pays for the reach of a creator’s posts: its spend is boost and not media.'],
    ['campaign_creator_id', 'The work whose posts it boosts, where that is known.'],
  ] as const)
    await sql`comment on column platform_campaigns.${sql.ref(column)} is ${sql.lit(text)}`.execute(db);
}

async function createRules(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_match_rules (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      position integer not null,
      ad_account_id uuid,
      platform ad_platform,
      name_match text check (name_match in ('CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'IS')),
      name_pattern text check (length(name_pattern) between 1 and 200),
      label text check (length(label) between 1 and 200),
      is_boost boolean not null default false,
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check ((name_match is null) = (name_pattern is null)),
      check (name_pattern is not null or label is not null or ad_account_id is not null),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_match_rules is 'What meets one of a campaign’s rules is attached to it; all conditions of a rule hold together. Reach: accounts of the campaign’s brand, and accounts linked to the campaign.'`.execute(
    db,
  );
  await sql`create index campaign_match_rules_campaign on campaign_match_rules (organization_id, campaign_id, position)`.execute(
    db,
  );
  await sql`create index campaign_match_rules_account on campaign_match_rules (organization_id, ad_account_id)`.execute(
    db,
  );
  await sql`create index campaign_match_rules_author on campaign_match_rules (created_by_id)`.execute(db);
  await sql`call app.protect('campaign_match_rules',
    '(select app.scope()) <> ''brand'' and ((select app.sees_all()) or '
      || app.visible_through('campaign_match_rules', '{campaign}') || ')', 'select, insert, delete')`.execute(
    db,
  );
}

/** What people took off a campaign does not come back by its rules. */
async function createRefusals(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_match_refusals (
      organization_id uuid not null,
      campaign_id uuid not null,
      platform_campaign_id uuid not null,
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, campaign_id, platform_campaign_id),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, platform_campaign_id) references platform_campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_match_refusals is 'Platform campaigns that somebody took off a campaign: its rules do not attach them again.'`.execute(
    db,
  );
  await sql`create index campaign_match_refusals_platform_campaign on campaign_match_refusals (organization_id, platform_campaign_id)`.execute(
    db,
  );
  await sql`create index campaign_match_refusals_author on campaign_match_refusals (created_by_id)`.execute(
    db,
  );
  await sql`call app.protect('campaign_match_refusals',
    '(select app.scope()) <> ''brand'' and ((select app.sees_all()) or '
      || app.visible_through('campaign_match_refusals', '{campaign}') || ')', 'select, insert, delete')`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
