import { type Kysely, sql } from 'kysely';

/** What contents need to be found, attributed and kept: what discloses them, copies of stories, and who wakes whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await noteDisclosures(db);
  await createMedia(db);
  await findFast(db);
  await wakeAttribution(db);
  await wakeJobs(db);
  await thinSnapshots(db);
}

async function noteDisclosures(db: Kysely<unknown>): Promise<void> {
  await sql`alter table creator_contents add column disclosures text[] not null default '{}'`.execute(db);
  await sql`comment on column creator_contents.disclosures is 'What in its text discloses an advertisement, by our words and the agency''s own: found at ingest, and anew when those words change.'`.execute(
    db,
  );
  // What a sync brings is no change that somebody's edit must not overwrite; figures by hand are.
  await sql`drop trigger touch on creator_contents`.execute(db);
  await sql`create trigger touch before update on creator_contents for each row
    when ((new.type, new.url, new.title, new.is_active) is distinct from (old.type, old.url, old.title, old.is_active)
      or (new.source <> 'PHYLLO' and
        (new.caption, new.published_at, new.views, new.likes, new.comments, new.shares, new.saves, new.reach, new.impressions)
        is distinct from
        (old.caption, old.published_at, old.views, old.likes, old.comments, old.shares, old.saves, old.reach, old.impressions)))
    execute function app.touch()`.execute(db);
}

async function createMedia(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_content_media (
      organization_id uuid not null,
      creator_content_id uuid not null,
      source_url text,
      attempts integer not null default 0,
      error text,
      next_attempt_at timestamptz,
      lost_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, creator_content_id),
      check (lost_at is null or next_attempt_at is null),
      foreign key (organization_id, creator_content_id) references creator_contents (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_content_media is 'The copying of a story before it goes: where from, what went wrong, when it is tried next.'`.execute(
    db,
  );
  await sql`comment on column creator_content_media.source_url is 'Signed by the network and soon dead; forgotten once the copy is made or lost.'`.execute(
    db,
  );
  await sql`call app.protect('creator_content_media',
    '(select app.sees_all()) or ' || app.visible_through('creator_content_media', '{creator_content}'))`.execute(
    db,
  );
  await sql`
    create function app.remember_content_media() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
    begin
      insert into public.removed_files (organization_id, storage_key) values (old.organization_id, old.media_key)
        on conflict do nothing;
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function app.remember_content_media() from public`.execute(db);
  await sql`comment on function app.remember_content_media() is 'Trigger: whichever way a piece of content or its copy goes, the bytes are removed after it.'`.execute(
    db,
  );
  await sql`create trigger remember_deleted_media after delete on creator_contents
    for each row when (old.media_key is not null) execute function app.remember_content_media()`.execute(db);
  await sql`create trigger remember_replaced_media after update of media_key on creator_contents
    for each row when (old.media_key is not null and new.media_key is distinct from old.media_key)
    execute function app.remember_content_media()`.execute(db);
}

/** Under policies @> and LIKE find no index: functions that answer ids alone do, and the policies judge those. */
async function findFast(db: Kysely<unknown>): Promise<void> {
  await sql`create index creator_contents_newest on creator_contents
    (organization_id, (coalesce(published_at, '-infinity'::timestamptz)), id) where is_active`.execute(db);
  await sql`create index creator_contents_views on creator_contents
    (organization_id, (coalesce(views, -1)), id) where is_active`.execute(db);
  await sql`create index creator_contents_text on creator_contents using gin
    (app.fold(left(coalesce(title, '') || ' ' || coalesce(caption, ''), 3000)) gin_trgm_ops)`.execute(db);
  await define(db, {
    signature: 'app.contents_tagged(tag text)',
    about: 'Contents of the transaction’s own agency with a hashtag: ids alone, which the policies judge.',
    roles: BOTH,
    rest: `returns setof uuid language sql stable rows 500 as $$
      select c.id from public.creator_contents c
       where c.organization_id = app.organization_id() and c.hashtags @> array[tag] $$`,
  });
  await define(db, {
    signature: 'app.contents_saying(sought text)',
    about:
      'Contents of the transaction’s own agency whose title or caption holds a text, folded: ids alone, which the policies judge.',
    roles: BOTH,
    rest: `returns setof uuid language plpgsql stable rows 500 set plan_cache_mode = force_custom_plan as $$
      declare pattern text := '%' || regexp_replace(app.fold(left(sought, 200)), '([\\\\%_])', '\\\\\\1', 'g') || '%';
      begin
        return query select c.id from public.creator_contents c
          where c.organization_id = app.organization_id() and pattern <> '%%'
            and app.fold(left(coalesce(c.title, '') || ' ' || coalesce(c.caption, ''), 3000)) like pattern;
      end $$`,
  });
  await define(db, {
    signature: 'app.content_is_confirmed(content uuid)',
    about: 'Whether a piece counts for any campaign of the agency, also one that the asker does not see.',
    roles: BOTH,
    rest: `returns boolean language sql stable as $$
      select exists (select from public.campaign_contents m
        where m.organization_id = app.organization_id() and m.creator_content_id = content and m.state = 'CONFIRMED') $$`,
  });
}

/** What a piece is matched by changes in many places; the rows themselves say so, and nobody can forget to. */
async function wakeAttribution(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.wake_attribution() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
    declare campaign uuid;
    begin
      if tg_table_name = 'campaigns' then campaign := new.id; else campaign := new.campaign_id; end if;
      perform graphile_worker.add_job(
        identifier => 'attribute-campaign',
        payload => json_build_object('organizationId', new.organization_id, 'subjectId', campaign),
        max_attempts => 25, priority => -5,
        job_key => 'attribute-campaign:' || new.organization_id || ':' || campaign);
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function app.wake_attribution() from public`.execute(db);
  await sql`comment on function app.wake_attribution() is 'Trigger: what a campaign’s contents are recognised by changed, so they are matched anew.'`.execute(
    db,
  );
  await sql`create trigger wake_attribution after update of hashtags, mentions, links, starts_on, ends_on, is_active, status
    on campaigns for each row
    when ((new.hashtags, new.mentions, new.links, new.starts_on, new.ends_on, new.is_active, new.status = 'CANCELLED')
      is distinct from (old.hashtags, old.mentions, old.links, old.starts_on, old.ends_on, old.is_active, old.status = 'CANCELLED'))
    execute function app.wake_attribution()`.execute(db);
  await sql`create trigger wake_attribution_of_new after insert on campaign_creators for each row
    execute function app.wake_attribution()`.execute(db);
  await sql`create trigger wake_attribution after update of is_active, status, starts_on, ends_on, creator_id
    on campaign_creators for each row
    when ((new.is_active, new.status, new.starts_on, new.ends_on, new.creator_id)
      is distinct from (old.is_active, old.status, old.starts_on, old.ends_on, old.creator_id))
    execute function app.wake_attribution()`.execute(db);
}

async function wakeJobs(db: Kysely<unknown>): Promise<void> {
  const wake = (task: string, parts: string, key: string) => `returns void language plpgsql volatile as $$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => '${task}', payload => json_build_object('organizationId', app.organization_id()${parts}),
          max_attempts => 25, priority => -5, job_key => '${task}:' || app.organization_id()${key});
      end $$`;
  await define(db, {
    signature: 'app.wake_content(content uuid)',
    about: 'Wakes the job that matches one piece of content with the campaigns of the transaction’s agency.',
    roles: BOTH,
    rest: wake('attribute-content', `, 'subjectId', content`, ` || ':' || content`),
  });
  await define(db, {
    signature: 'app.wake_disclosures()',
    about: 'Wakes the job that reads the agency’s captions anew, after its own words of disclosure changed.',
    roles: BOTH,
    rest: wake('find-disclosures', '', ''),
  });
  await define(db, {
    signature: 'app.wake_story_media(content uuid, at timestamptz)',
    about: 'Wakes the job that copies a story’s picture, at that time.',
    roles: 'spokestack_jobs',
    rest: wake('keep-story-media', `, 'subjectId', content`, ` || ':' || content`).replace(
      'max_attempts => 25, priority => -5',
      'run_at => at, max_attempts => 25, priority => -8',
    ),
  });
}

/** What is older than 90 days keeps the newest row of each stretch: to day 1, 7, 30, 90 and beyond. */
async function thinSnapshots(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.content_snapshots_thin()',
    about:
      'Of pieces that became 90 days old, keeps the figures of days 1, 7, 30 and 90, or the last before each, and the newest. Answers how many rows went.',
    roles: 'spokestack_jobs',
    rest: `returns bigint language sql volatile as $$
      with gone as (
        delete from public.creator_content_snapshots s
         using public.organizations o, public.creator_contents c
         where o.type = 'AGENCY' and c.organization_id = o.id
           and c.published_at between now() - interval '101 days' and now() - interval '91 days'
           and s.organization_id = c.organization_id and s.creator_content_id = c.id
           and exists (select from public.creator_content_snapshots later
                        where later.organization_id = s.organization_id and later.creator_content_id = s.creator_content_id
                          and later.day > s.day
                          and later.day <= case when s.day <= 1 then 1 when s.day <= 7 then 7 when s.day <= 30 then 30
                                                when s.day <= 90 then 90 else 2147483647 end)
        returning 1)
      select count(*) from gone $$`,
  });
}

const BOTH = 'spokestack_app, spokestack_jobs';

interface Defined {
  signature: string;
  about: string;
  roles: string;
  rest: string;
}

async function define(db: Kysely<unknown>, { signature, about, roles, rest }: Defined): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await sql`create function ${sql.raw(signature)} ${sql.raw(rest)} security definer set search_path = pg_catalog, pg_temp`.execute(
    db,
  );
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(about)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(name)} to ${sql.raw(roles)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
