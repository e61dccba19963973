import { type Kysely, sql } from 'kysely';

/** Daily facts per ad account and platform campaign, what they said before, reach per period, and exchange rates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMetrics(db);
  await createRevisions(db);
  await createReach(db);
  await createRates(db);
}

/** The figures of a day. A NULL is unknown; a platform that omits a zero is read as the zero that it means. */
const figures = sql.raw(`
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  spend numeric(18,6) not null,
  impressions bigint not null,
  clicks bigint not null,
  conversions numeric(18,6) not null,
  conversion_value numeric(18,6) not null,
  video_views_25 bigint,
  video_views_50 bigint,
  video_views_75 bigint,
  video_views_100 bigint,
  video_starts bigint,
  reach bigint,
  frequency numeric(12,6),
  attribution_setting text,
  platform_data jsonb,
  source metric_source not null,
  sync_run_id uuid,
  fetched_at timestamptz not null`);

const visible = sql.lit(
  '(select app.sees_all()) or platform_campaign_id = any (array(select p.id from platform_campaigns p))',
);

async function createMetrics(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_metrics (
      organization_id uuid not null,
      ad_account_id uuid not null,
      platform_campaign_id uuid not null,
      date date not null,
      ${figures},
      primary key (organization_id, platform_campaign_id, date),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade,
      foreign key (organization_id, platform_campaign_id) references platform_campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, sync_run_id) references sync_runs (organization_id, id) on delete set null (sync_run_id)
    )`.execute(db);
  await sql`comment on table campaign_metrics is 'One row per platform campaign and day of its ad account''s own zone, attached to a campaign or not. A day without delivery has no row.'`.execute(
    db,
  );
  await sql`comment on column campaign_metrics.spend is 'Major units of the account''s currency.'`.execute(
    db,
  );
  await sql`comment on column campaign_metrics.reach is 'Of that day alone: never summed.'`.execute(db);
  await sql`create index campaign_metrics_account on campaign_metrics (organization_id, ad_account_id, date)
    include (spend, impressions, clicks, conversions, conversion_value, currency)`.execute(db);
  await sql`create index campaign_metrics_run on campaign_metrics (organization_id, sync_run_id)`.execute(db);
  await sql`call app.protect('campaign_metrics', ${visible}, 'select')`.execute(db);
  await sql`grant insert, update, delete on campaign_metrics to spokestack_jobs`.execute(db);
}

async function createRevisions(db: Kysely<unknown>): Promise<void> {
  // A restatement writes as many of these as figures: the account is the campaign's and the runs are history, so the
  // one reference and the one index that are needed stand here. More of them halve what can be brought in a second.
  await sql`
    create table campaign_metric_revisions (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      ad_account_id uuid not null,
      platform_campaign_id uuid not null,
      date date not null,
      ${figures},
      was_removed boolean not null,
      replaced_by_run_id uuid,
      replaced_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, platform_campaign_id) references platform_campaigns (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_metric_revisions is 'What a row said before a restatement changed or removed it, when, and by which run. Append-only.'`.execute(
    db,
  );
  await sql`create index campaign_metric_revisions_row on campaign_metric_revisions (organization_id, platform_campaign_id, date, replaced_at)`.execute(
    db,
  );
  await sql`call app.protect('campaign_metric_revisions', ${visible}, 'select')`.execute(db);
  await sql`grant insert on campaign_metric_revisions to spokestack_jobs`.execute(db);
}

async function createReach(db: Kysely<unknown>): Promise<void> {
  await sql`create type reach_level as enum ('ACCOUNT', 'CAMPAIGN')`.execute(db);
  await sql`
    create table reach_periods (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      ad_account_id uuid not null,
      platform_campaign_id uuid,
      level reach_level not null,
      period_start date not null,
      period_end date not null,
      reach bigint,
      frequency numeric(12,6),
      source metric_source not null,
      sync_run_id uuid,
      fetched_at timestamptz not null,
      primary key (organization_id, id),
      unique nulls not distinct (organization_id, ad_account_id, platform_campaign_id, period_start, period_end),
      check ((level = 'CAMPAIGN') = (platform_campaign_id is not null)),
      check (period_end >= period_start),
      foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete cascade,
      foreign key (organization_id, platform_campaign_id) references platform_campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, sync_run_id) references sync_runs (organization_id, id) on delete set null (sync_run_id)
    )`.execute(db);
  await sql`comment on table reach_periods is 'Reach and frequency as the platform gave them for one period and level. Reach is not additive.'`.execute(
    db,
  );
  await sql`create index reach_periods_campaign on reach_periods (organization_id, platform_campaign_id)`.execute(
    db,
  );
  await sql`create index reach_periods_run on reach_periods (organization_id, sync_run_id)`.execute(db);
  await sql`call app.protect('reach_periods',
    $$(select app.sees_all()) or platform_campaign_id = any (array(select p.id from platform_campaigns p))$$, 'select')`.execute(
    db,
  );
  await sql`grant insert, update, delete on reach_periods to spokestack_jobs`.execute(db);
}

async function createRates(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table fx_rates (
      date date not null,
      base char(3) not null check (base ~ '^[A-Z]{3}$'),
      quote char(3) not null check (quote ~ '^[A-Z]{3}$'),
      rate numeric(20,10) not null check (rate > 0),
      source text not null,
      fetched_at timestamptz not null default now(),
      primary key (base, quote, date)
    )`.execute(db);
  await sql`comment on table fx_rates is 'Published reference rates: one unit of base in quote, on the day of publication. Outside tenancy; read inside any.'`.execute(
    db,
  );
  await sql`alter table fx_rates enable row level security`.execute(db);
  await sql`alter table fx_rates force row level security`.execute(db);
  await sql`create policy anybody on fx_rates for select to spokestack_app, spokestack_jobs using ((select app.organization_id()) is not null)`.execute(
    db,
  );
  await sql`comment on policy anybody on fx_rates is 'Public facts, read within any agency''s transaction and not outside one.'`.execute(
    db,
  );
  await sql`grant select on fx_rates to spokestack_app, spokestack_jobs`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
