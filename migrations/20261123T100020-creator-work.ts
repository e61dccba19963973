import { type Kysely, sql } from 'kysely';

/** What creators' work on a campaign costs and brings: fees, briefs, rounds, results. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addFees(db);
  await createBriefs(db);
  await createReviews(db);
  await createResults(db);
}

async function addFees(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaign_creators
    add column fee_percent numeric(7,4) check (fee_percent between 0 and 100),
    add column variable_fee_type fee_type check (variable_fee_type in ('CPM', 'CPC', 'CPA', 'REVENUE_SHARE')),
    add column variable_fee_amount numeric(18,4) check (variable_fee_amount >= 0),
    add column fee_cap numeric(18,4) check (fee_cap >= 0)`.execute(db);
  for (const [column, text] of [
    [
      'fee_percent',
      'Of REVENUE_SHARE, and of HYBRID with a share: 12.5 is 12.5 % of the value of the results.',
    ],
    ['variable_fee_type', 'Of HYBRID: what is counted beside the fixed fee_amount.'],
    ['variable_fee_amount', 'Of HYBRID: per thousand views, per click or per conversion, in fee_currency.'],
    ['fee_cap', 'The fee is never more than this, in fee_currency.'],
  ] as const)
    await sql`comment on column campaign_creators.${sql.ref(column)} is ${sql.lit(text)}`.execute(db);
}

async function createBriefs(db: Kysely<unknown>): Promise<void> {
  await sql`create type brief_answer as enum ('ACCEPTED', 'DECLINED', 'QUESTION')`.execute(db);
  await sql`
    create table campaign_briefs (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_creator_id uuid not null,
      number integer not null,
      subject text not null check (length(subject) between 1 and 200),
      body text not null check (length(body) between 1 and 20000),
      terms jsonb not null,
      token_hash text check (length(token_hash) = 64),
      expires_at timestamptz,
      sent_at timestamptz not null default now(),
      sent_by_id uuid references users (id) on delete set null,
      opened_at timestamptz,
      withdrawn_at timestamptz,
      primary key (organization_id, id),
      unique (organization_id, campaign_creator_id, number),
      foreign key (organization_id, campaign_creator_id) references campaign_creators (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_briefs is 'What a creator was asked to do, as it was sent; terms holds the deliverables and the fee of that day. Found by the hash of its link’s token alone.'`.execute(
    db,
  );
  await sql`create index campaign_briefs_token on campaign_briefs (token_hash)`.execute(db);
  await sql`create index campaign_briefs_author on campaign_briefs (sent_by_id)`.execute(db);
  await protectForAgency(db, 'campaign_briefs', 'campaign_creator', 'select, insert, update');
  await sql`
    create table campaign_brief_answers (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_brief_id uuid not null,
      answer brief_answer not null,
      note text check (length(note) <= 5000),
      answered_at timestamptz not null default now(),
      recorded_by_id uuid references users (id) on delete set null,
      primary key (organization_id, id),
      foreign key (organization_id, campaign_brief_id) references campaign_briefs (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_brief_answers is 'What the creator answered to a brief. recorded_by_id NULL: by the link itself; else who wrote down what was said elsewhere.'`.execute(
    db,
  );
  await sql`create index campaign_brief_answers_brief on campaign_brief_answers (organization_id, campaign_brief_id)`.execute(
    db,
  );
  await sql`create index campaign_brief_answers_author on campaign_brief_answers (recorded_by_id)`.execute(
    db,
  );
  await protectForAgency(db, 'campaign_brief_answers', 'campaign_brief', 'select, insert');
}

async function createReviews(db: Kysely<unknown>): Promise<void> {
  await sql`create type review_kind as enum ('SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED')`.execute(db);
  await sql`
    create table deliverable_reviews (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_deliverable_id uuid not null,
      kind review_kind not null,
      round integer not null check (round >= 1),
      note text check (length(note) <= 5000),
      url text check (length(url) <= 2000),
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, campaign_deliverable_id) references campaign_deliverables (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table deliverable_reviews is 'Drafts that came and what was said of them; a round begins with a draft. Beyond revision_rounds the page says so and nothing is refused.'`.execute(
    db,
  );
  await sql`create index deliverable_reviews_deliverable on deliverable_reviews (organization_id, campaign_deliverable_id, id)`.execute(
    db,
  );
  await sql`create index deliverable_reviews_author on deliverable_reviews (created_by_id)`.execute(db);
  await protectForAgency(db, 'deliverable_reviews', 'campaign_deliverable', 'select, insert');
}

async function createResults(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_results (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      campaign_creator_id uuid,
      date date not null,
      origin text not null check (length(origin) between 1 and 100),
      clicks bigint check (clicks >= 0),
      conversions numeric(18,6) check (conversions >= 0),
      conversion_value numeric(18,6) check (conversion_value >= 0),
      currency char(3) check (currency ~ '^[A-Z]{3}$'),
      note text check (length(note) <= 2000),
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (conversion_value is null or currency is not null),
      check (num_nonnulls(clicks, conversions, conversion_value) > 0),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_creator_id) references campaign_creators (organization_id, id)
        on delete set null (campaign_creator_id)
    )`.execute(db);
  await sql`comment on table campaign_results is 'What a campaign brought by the agency’s own count: a shop’s orders, a coupon, an affiliate link. origin says whose count it is. Days are the agency’s.'`.execute(
    db,
  );
  await sql`create index campaign_results_campaign on campaign_results (organization_id, campaign_id, date)`.execute(
    db,
  );
  await sql`create index campaign_results_campaign_creator on campaign_results (organization_id, campaign_creator_id)`.execute(
    db,
  );
  await sql`create index campaign_results_author on campaign_results (created_by_id)`.execute(db);
  await sql`create unique index campaign_results_key on campaign_results
    (organization_id, campaign_id, date, lower(origin), campaign_creator_id) nulls not distinct
    where is_active`.execute(db);
  await sql`create trigger touch before update on campaign_results for each row execute function app.touch()`.execute(
    db,
  );
  await protectForAgency(db, 'campaign_results', 'campaign', 'select, insert, update');
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
