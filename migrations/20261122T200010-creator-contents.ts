import { type Kysely, sql } from 'kysely';

/** What creators publish, and who works on which campaign. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEnums(db);
  await describeCampaigns(db);
  await createCampaignCreators(db);
  await createContents(db);
  await createCampaignContents(db);
  await createDisclosureTerms(db);
  await keepBrands(db);
}

async function createEnums(db: Kysely<unknown>): Promise<void> {
  for (const [name, members] of [
    ['content_type', ['POST', 'STORY', 'REEL', 'VIDEO', 'SHORT', 'CAROUSEL', 'LIVE', 'TWEET', 'THREAD']],
    ['creator_role', ['PRIMARY', 'SUPPORTING', 'AFFILIATE', 'UGC']],
    ['fee_type', ['FLAT', 'CPM', 'CPC', 'CPA', 'REVENUE_SHARE', 'HYBRID']],
    [
      'creator_campaign_status',
      [
        'PENDING',
        'INVITED',
        'ACCEPTED',
        'IN_PROGRESS',
        'SUBMITTED',
        'APPROVED',
        'COMPLETED',
        'DECLINED',
        'CANCELLED',
      ],
    ],
    ['content_match_state', ['PENDING', 'CONFIRMED', 'REJECTED']],
  ] as const) {
    const list = sql.join(members.map((member) => sql.lit(member)));
    await sql`create type ${sql.id(name)} as enum (${list})`.execute(db);
  }
}

/** What content is recognised by, and what exclusivity is checked against. */
async function describeCampaigns(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaigns
    add column categories text[] not null default '{}',
    add column competitors text[] not null default '{}',
    add column territories text[] not null default '{}',
    add column hashtags text[] not null default '{}',
    add column mentions text[] not null default '{}',
    add column links text[] not null default '{}'`.execute(db);
  for (const [column, text] of [
    ['categories', 'What is advertised: beauty, automotive. Exclusivity by category is checked against it.'],
    [
      'competitors',
      'Names by which other clients’ contracts may exclude this campaign: the brand’s and its products’.',
    ],
    ['territories', 'ISO codes of the countries that it runs in; empty: everywhere.'],
    ['hashtags', 'Without #, in lower case: a post with one of them is attributed as pending.'],
    ['mentions', 'Handles without @, in lower case.'],
    [
      'links',
      'Host and path without the scheme, in lower case: a post whose text holds one is attributed as pending.',
    ],
  ] as const)
    await sql`comment on column campaigns.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
}

async function createCampaignCreators(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_creators (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      creator_id uuid not null,
      role creator_role not null default 'PRIMARY',
      status creator_campaign_status not null default 'PENDING',
      fee_type fee_type not null default 'FLAT',
      fee_amount numeric(18,4) check (fee_amount >= 0),
      fee_currency char(3) check (fee_currency ~ '^[A-Z]{3}$'),
      starts_on date,
      ends_on date,
      note text,
      brief_sent_at timestamptz,
      accepted_at timestamptz,
      completed_at timestamptz,
      override_reason text check (length(override_reason) between 1 and 2000),
      overridden_by_id uuid references users (id) on delete set null,
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, campaign_id, creator_id),
      check (fee_amount is null or fee_currency is not null),
      check (ends_on is null or starts_on is null or ends_on >= starts_on),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_creators is 'Who works on a campaign and for what. starts_on and ends_on NULL: the campaign’s own. is_active false: taken off again.'`.execute(
    db,
  );
  await sql`comment on column campaign_creators.override_reason is 'Why somebody who may assigned the creator in spite of an exclusivity clause or an unknown.'`.execute(
    db,
  );
  await sql`create index campaign_creators_creator on campaign_creators (organization_id, creator_id)`.execute(
    db,
  );
  await sql`create index campaign_creators_overridden_by on campaign_creators (overridden_by_id)`.execute(db);
  await sql`create index campaign_creators_author on campaign_creators (created_by_id)`.execute(db);
  await sql`create trigger touch before update on campaign_creators for each row execute function app.touch()`.execute(
    db,
  );
  await protectThrough(db, { table: 'campaign_creators', noun: 'campaign' });

  await sql`
    create table campaign_deliverables (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_creator_id uuid not null,
      platform social_platform not null,
      type content_type not null,
      count integer not null default 1 check (count between 1 and 1000),
      due_on date,
      revision_rounds integer check (revision_rounds between 0 and 100),
      note text,
      position integer not null default 0,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, campaign_creator_id) references campaign_creators (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table campaign_deliverables is 'What a creator owes a campaign: so many pieces of a type on a platform by a day. Late and missing are computed from the confirmed contents.'`.execute(
    db,
  );
  await sql`create index campaign_deliverables_creator on campaign_deliverables (organization_id, campaign_creator_id)`.execute(
    db,
  );
  await sql`create trigger touch before update on campaign_deliverables for each row execute function app.touch()`.execute(
    db,
  );
  await protectThrough(db, {
    table: 'campaign_deliverables',
    noun: 'campaign_creator',
    verbs: 'select, insert, update, delete',
  });
}

const counts = sql.raw(`
  views bigint check (views >= 0),
  likes bigint check (likes >= 0),
  comments bigint check (comments >= 0),
  shares bigint check (shares >= 0),
  saves bigint check (saves >= 0),
  reach bigint check (reach >= 0),
  impressions bigint check (impressions >= 0)`);

async function createContents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_contents (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_id uuid not null,
      creator_platform_id uuid not null,
      platform social_platform not null,
      native_id text check (length(native_id) between 1 and 255),
      phyllo_content_id uuid,
      type content_type not null,
      url text,
      url_key text collate "C",
      title text,
      caption text,
      hashtags text[] not null default '{}',
      mentions text[] not null default '{}',
      links text[] not null default '{}',
      is_labelled_sponsored boolean,
      duration_seconds integer,
      thumbnail_url text,
      media_key text,
      media_content_type text,
      published_at timestamptz,
      expires_at timestamptz,
      ${counts},
      engagement_rate numeric(18,8) generated always as
        (case when views > 0 then round((likes + comments)::numeric / views, 8) end) stored,
      source creator_figure_source not null,
      fetched_at timestamptz,
      provider_updated_at timestamptz,
      missing_since timestamptz,
      created_by_id uuid references users (id) on delete set null,
      is_active boolean not null default true,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, creator_id) references creators (organization_id, id) on delete cascade,
      foreign key (organization_id, creator_platform_id) references creator_platforms (organization_id, id) on delete cascade
    )`.execute(db);
  for (const [column, text] of [
    [
      'url_key',
      'The address without scheme, www, query and trailing slash, in lower case but for the path: one post is one row.',
    ],
    [
      'hashtags',
      'Without #, in lower case; mentions without @. What the network told and what the caption says.',
    ],
    ['is_labelled_sponsored', 'The network’s paid-partnership label; NULL where the network does not tell.'],
    ['thumbnail_url', 'The lasting one. What networks sign expires and is never kept.'],
    ['media_key', 'A copy in the file store: of a story, before it goes.'],
    ['engagement_rate', '(likes + comments) / views of this piece: computed here and nowhere else.'],
    ['missing_since', 'Since when a refresh no longer finds it: deleted or hidden at the network.'],
    ['provider_updated_at', 'What the network said last: an older answer does not overwrite a newer one.'],
  ] as const)
    await sql`comment on column creator_contents.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  for (const [suffix, columns] of [
    ['creator', 'organization_id, creator_id, published_at desc, id desc'],
    ['platform', 'organization_id, creator_platform_id, published_at desc, id desc'],
    ['published', 'organization_id, published_at desc, id desc'],
    ['author', 'created_by_id'],
  ] as const)
    await sql`create index ${sql.id(`creator_contents_${suffix}`)} on creator_contents (${sql.raw(columns)})`.execute(
      db,
    );
  await sql`create unique index creator_contents_native on creator_contents (organization_id, creator_platform_id, native_id) where native_id is not null`.execute(
    db,
  );
  await sql`create unique index creator_contents_url on creator_contents (organization_id, url_key) where url_key is not null`.execute(
    db,
  );
  await sql`create index creator_contents_hashtags on creator_contents using gin (hashtags)`.execute(db);
  // What a sync brings is no change that somebody else's edit must not overwrite.
  await sql`create trigger touch before update of type, url, title, is_active on creator_contents
    for each row execute function app.touch()`.execute(db);
  await protectThrough(db, { table: 'creator_contents', noun: 'creator' });

  await sql`
    create table creator_content_snapshots (
      organization_id uuid not null,
      creator_content_id uuid not null,
      day integer not null check (day >= 0),
      ${counts},
      source creator_figure_source not null,
      taken_at timestamptz not null,
      primary key (organization_id, creator_content_id, day),
      foreign key (organization_id, creator_content_id) references creator_contents (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_content_snapshots is 'A piece’s figures so many whole days after it was published: the last fetch within that day. Days 1, 7 and 30 are kept for ever.'`.execute(
    db,
  );
  await protectThrough(db, {
    table: 'creator_content_snapshots',
    noun: 'creator_content',
    verbs: 'select, insert, update, delete',
  });
}

async function createCampaignContents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table campaign_contents (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      campaign_id uuid not null,
      creator_content_id uuid not null,
      state content_match_state not null default 'PENDING',
      reasons text[] not null default '{}',
      campaign_deliverable_id uuid,
      decided_by_id uuid references users (id) on delete set null,
      decided_at timestamptz,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, campaign_id, creator_content_id),
      foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade,
      foreign key (organization_id, creator_content_id) references creator_contents (organization_id, id) on delete cascade,
      foreign key (organization_id, campaign_deliverable_id) references campaign_deliverables (organization_id, id) on delete set null (campaign_deliverable_id)
    )`.execute(db);
  await sql`comment on table campaign_contents is 'Which campaign a piece is for: found by rule as PENDING (reasons: HASHTAG:x, MENTION:x, LINK:x, MANUAL), counted only when CONFIRMED by a person.'`.execute(
    db,
  );
  await sql`create unique index campaign_contents_confirmed on campaign_contents (organization_id, creator_content_id) where state = 'CONFIRMED'`.execute(
    db,
  );
  for (const column of ['creator_content_id', 'campaign_deliverable_id'])
    await sql`create index ${sql.id(`campaign_contents_${column}`)} on campaign_contents (organization_id, ${sql.ref(column)})`.execute(
      db,
    );
  await sql`create index campaign_contents_decided_by on campaign_contents (decided_by_id)`.execute(db);
  await sql`create trigger touch before update on campaign_contents for each row execute function app.touch()`.execute(
    db,
  );
  await protectThrough(db, {
    table: 'campaign_contents',
    noun: 'campaign',
    verbs: 'select, insert, update, delete',
  });
}

async function createDisclosureTerms(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table disclosure_terms (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      term text collate "C" not null check (length(term) between 1 and 100 and term = lower(term)),
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, term)
    )`.execute(db);
  await sql`comment on table disclosure_terms is 'The agency’s own words that disclose an advertisement, beside #ad, #sponsored and the network’s label.'`.execute(
    db,
  );
  await sql`create index disclosure_terms_author on disclosure_terms (created_by_id)`.execute(db);
  await sql`call app.protect('disclosure_terms', null, 'select, insert, delete')`.execute(db);
}

/** A creator is seen by the people of every brand whose campaign they work on. */
async function keepBrands(db: Kysely<unknown>): Promise<void> {
  const definer = async (name: string, returns: string, comment: string, body: string) => {
    await sql`create function ${sql.raw(name)} returns ${sql.raw(returns)} language plpgsql volatile security definer
      set search_path = pg_catalog, pg_temp as ${sql.raw(`$$ ${body} $$`)}`.execute(db);
    await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
    await sql`comment on function ${sql.raw(name)} is ${sql.lit(comment)}`.execute(db);
  };
  // The lock comes first, in a statement of its own: two assignments at once then count each other.
  await definer(
    'app.refresh_creator_brands(organization uuid, creator uuid)',
    'void',
    'Says anew which brands a creator works for. For triggers alone.',
    `declare theirs uuid[]; begin
      perform from public.creators c where c.organization_id = organization and c.id = creator for no key update;
      select coalesce(array_agg(distinct b.brand_id order by b.brand_id), '{}') into theirs from (
        select c.brand_id from public.creators c where c.organization_id = organization and c.id = creator
        union all
        select k.brand_id from public.campaign_creators l
          join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
         where l.organization_id = organization and l.creator_id = creator and l.is_active and k.is_active) b
       where b.brand_id is not null;
      update public.creators c set brand_ids = theirs
       where c.organization_id = organization and c.id = creator and c.brand_ids is distinct from theirs;
    end`,
  );
  await definer(
    'app.follow_creator_brands()',
    'trigger',
    'Trigger: an assignment, a campaign’s brand or a creator’s own changes who sees the creator.',
    `declare link record; begin
      if tg_table_name = 'creators' then
        perform app.refresh_creator_brands(new.organization_id, new.id);
      elsif tg_table_name = 'campaigns' then
        for link in select l.creator_id from public.campaign_creators l
          where l.organization_id = new.organization_id and l.campaign_id = new.id order by l.creator_id loop
          perform app.refresh_creator_brands(new.organization_id, link.creator_id);
        end loop;
      elsif tg_op = 'DELETE' then
        perform app.refresh_creator_brands(old.organization_id, old.creator_id);
      else
        if tg_op = 'UPDATE' and old.creator_id <> new.creator_id then
          perform app.refresh_creator_brands(old.organization_id, old.creator_id);
        end if;
        perform app.refresh_creator_brands(new.organization_id, new.creator_id);
      end if;
      return null;
    end`,
  );
  for (const [event, table] of [
    ['insert or update of brand_id', 'creators'],
    ['update of brand_id, is_active', 'campaigns'],
    ['insert or delete or update of creator_id, is_active', 'campaign_creators'],
  ] as const)
    await sql`create trigger follow_creator_brands after ${sql.raw(event)} on ${sql.table(table)}
      for each row execute function app.follow_creator_brands()`.execute(db);
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
