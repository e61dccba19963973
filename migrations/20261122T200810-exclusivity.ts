import { type Kysely, sql } from 'kysely';

/**
 * What exclusivity is checked with: the clauses and the work of a creator across all brands of the agency. These
 * functions answer more than ids, since a clause is compared by its words; who may read what of it is decided by
 * server/domain/creator-contracts/check.ts, which asks the policies for the contract and the campaign themselves.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await nameCampaigns(db);
  await readClauses(db);
  await readEngagements(db);
  await findReaders(db);
  await findAgencies(db);
}

/** It asks as whoever calls it: within the functions below it sees all, by itself what its caller sees. */
async function nameCampaigns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.names_of_brand(organization uuid, brand uuid) returns setof text language sql stable as $$
      select o.name from public.organizations o where o.organization_id = organization and o.id = brand
      union
      select c.name from public.companies c
       where c.organization_id = organization and c.became_brand_id = brand and c.is_active $$`.execute(db);
  await sql`
    create function app.names_of_campaign(organization uuid, campaign uuid) returns text[] language sql stable as $$
      select coalesce(array_agg(distinct n.name), '{}')
        from public.campaigns k
        cross join lateral (
          select * from app.names_of_brand(organization, k.brand_id)
          union select * from unnest(k.competitors)
          union select c.name from public.deals d
            join public.companies c on c.organization_id = d.organization_id and c.id = d.company_id
           where d.organization_id = k.organization_id and d.id = k.deal_id) n (name)
       where k.organization_id = organization and k.id = campaign $$`.execute(db);
  for (const name of ['names_of_brand', 'names_of_campaign']) {
    const signature = sql.raw(`app.${name}(uuid, uuid)`);
    await sql`revoke execute on function ${signature} from public`.execute(db);
    await sql`grant execute on function ${signature} to spokestack_app, spokestack_jobs`.execute(db);
  }
  await sql`comment on function app.names_of_brand(uuid, uuid) is 'By what another client''s contract may call a brand: its name, and the companies that became it.'`.execute(
    db,
  );
  await sql`comment on function app.names_of_campaign(uuid, uuid) is 'By what another client''s contract may exclude a campaign: the names of its brand, its deal''s company, and those that it lists itself.'`.execute(
    db,
  );
}

interface Reading {
  name: string;
  argument: string;
  comment: string;
  returns: string;
  body: string;
}

/** For the agency's people alone, and for creators that they see by the very predicate of the creators' own policy. */
async function definer(
  db: Kysely<unknown>,
  { name, argument, comment, returns, body }: Reading,
): Promise<void> {
  const { rows } = await sql<{ visible: string }>`select app.visible_record() as visible`.execute(db);
  const seen = `(select r.id from public.creators r where r.organization_id = (select app.organization_id())
    and (select app.scope()) <> 'brand'
    and (${rows[0]?.visible ?? 'false'} or r.brand_ids && (select app.brand_ids())))`;
  const [, type = ''] = argument.split(' ');
  await sql`create function ${sql.raw(`app.${name}(${argument})`)} returns table (${sql.raw(returns)}) language sql
    stable security definer set search_path = pg_catalog, pg_temp as ${sql.raw(`$$ ${body.replaceAll(':seen', seen)} $$`)}`.execute(
    db,
  );
  const signature = sql.raw(`app.${name}(${type})`);
  await sql`revoke execute on function ${signature} from public`.execute(db);
  await sql`grant execute on function ${signature} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${signature} is ${sql.lit(comment)}`.execute(db);
}

async function readClauses(db: Kysely<unknown>): Promise<void> {
  await definer(db, {
    name: 'exclusivity_clauses',
    argument: 'creator uuid',
    comment:
      'The exclusivity that binds a creator whom the caller sees (NULL: all of them), of every brand, without names or titles.',
    returns: `creator_contract_id uuid, creator_id uuid, brand_id uuid, campaign_id uuid,
      exclusivity public.exclusivity_type, categories text[], competitors text[], platforms public.social_platform[],
      territories text[], starts_on date, ends_on date`,
    body: `
      select k.id, k.creator_id, k.brand_id, k.campaign_id, k.exclusivity, k.exclusivity_categories,
             k.exclusivity_competitors, k.exclusivity_platforms, k.exclusivity_territories,
             coalesce(k.exclusivity_starts_on, k.starts_on, k.signed_on), coalesce(k.exclusivity_ends_on, k.ends_on)
        from public.creator_contracts k
       where k.organization_id = (select app.organization_id()) and k.status = 'SIGNED' and k.is_active
         and k.exclusivity <> 'NONE' and k.brand_id is not null
         and ($1 is null or k.creator_id = $1) and k.creator_id in :seen`,
  });
}

async function readEngagements(db: Kysely<unknown>): Promise<void> {
  await definer(db, {
    name: 'creator_engagements',
    argument: 'creators uuid[]',
    comment:
      'What creators whom the caller sees do for the brands of the agency: assignments, contents of campaigns, and signed contracts that no assignment stands for.',
    returns: `kind text, engagement_id uuid, creator_id uuid, brand_id uuid, campaign_id uuid, creator_content_id uuid,
      names text[], categories text[], platforms public.social_platform[], territories text[], starts_on date, ends_on date`,
    body: `
      select 'ASSIGNMENT', l.id, l.creator_id, k.brand_id, k.id, null::uuid,
             app.names_of_campaign(k.organization_id, k.id), k.categories,
             array(select distinct d.platform from public.campaign_deliverables d
                    where d.organization_id = l.organization_id and d.campaign_creator_id = l.id order by 1),
             k.territories, coalesce(l.starts_on, k.starts_on), coalesce(l.ends_on, k.ends_on)
        from public.campaign_creators l
        join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
       where l.organization_id = (select app.organization_id()) and l.creator_id = any ($1) and l.creator_id in :seen
         and l.is_active and l.status not in ('DECLINED', 'CANCELLED') and k.is_active and k.status <> 'CANCELLED'
      union all
      select 'CONTENT', m.id, c.creator_id, k.brand_id, k.id, c.id,
             app.names_of_campaign(k.organization_id, k.id), k.categories, array[c.platform], k.territories,
             (c.published_at at time zone o.time_zone)::date, (c.published_at at time zone o.time_zone)::date
        from public.creator_contents c
        join public.campaign_contents m on m.organization_id = c.organization_id and m.creator_content_id = c.id
        join public.campaigns k on k.organization_id = m.organization_id and k.id = m.campaign_id
        join public.organizations o on o.id = c.organization_id
       where c.organization_id = (select app.organization_id()) and c.creator_id = any ($1) and c.creator_id in :seen
         and c.is_active and c.published_at is not null and m.state <> 'REJECTED' and k.is_active
      union all
      select 'CONTRACT', k.id, k.creator_id, k.brand_id, k.campaign_id, null::uuid,
             array(select * from app.names_of_brand(k.organization_id, k.brand_id)
                   union select * from unnest(app.names_of_campaign(k.organization_id, k.campaign_id))),
             coalesce(p.categories, '{}'), '{}', coalesce(p.territories, '{}'),
             coalesce(k.starts_on, k.signed_on), k.ends_on
        from public.creator_contracts k
        left join public.campaigns p on p.organization_id = k.organization_id and p.id = k.campaign_id
       where k.organization_id = (select app.organization_id()) and k.creator_id = any ($1) and k.creator_id in :seen
         and k.status = 'SIGNED' and k.is_active and k.brand_id is not null
         and not exists (
           select from public.campaign_creators l
             join public.campaigns q on q.organization_id = l.organization_id and q.id = l.campaign_id
            where l.organization_id = k.organization_id and l.creator_id = k.creator_id and l.is_active
              and l.status not in ('DECLINED', 'CANCELLED') and q.is_active and q.brand_id = k.brand_id)`,
  });
}

/** It asks as each person, under the policies, as app.note_readers does. */
async function findReaders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.contract_readers(contract uuid, people uuid[]) returns setof uuid language plpgsql volatile as $$
    declare
      mine text[] := array[current_setting('app.user_id', true), current_setting('app.scope', true),
                           current_setting('app.brand_ids', true)];
      person uuid;
      theirs record;
      is_reader boolean;
    begin
      foreach person in array people loop
        select r.scope, r.brand_ids into theirs from app.reach_of(person) r;
        continue when not found;
        perform set_config('app.user_id', person::text, true), set_config('app.scope', theirs.scope, true),
                set_config('app.brand_ids', theirs.brand_ids::text, true);
        is_reader := exists (select from public.creator_contracts k where k.id = contract);
        perform set_config('app.user_id', coalesce(mine[1], ''), true),
                set_config('app.scope', coalesce(mine[2], ''), true),
                set_config('app.brand_ids', coalesce(mine[3], ''), true);
        if is_reader then return next person; end if;
      end loop;
    end $$`.execute(db);
  await sql`revoke execute on function app.contract_readers(uuid, uuid[]) from public`.execute(db);
  await sql`grant execute on function app.contract_readers(uuid, uuid[]) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
  await sql`comment on function app.contract_readers(uuid, uuid[]) is 'Which of these people may read a contract: asked under the policies as each of them, then as oneself again.'`.execute(
    db,
  );
}

async function findAgencies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.agencies_with_contracts() returns table (organization_id uuid) language sql stable
      security definer set search_path = pg_catalog, pg_temp as $$
      select distinct k.organization_id from public.creator_contracts k
        join public.organizations o on o.id = k.organization_id
       where k.status = 'SIGNED' and k.is_active and o.is_active $$`.execute(db);
  await sql`revoke execute on function app.agencies_with_contracts() from public`.execute(db);
  await sql`grant execute on function app.agencies_with_contracts() to spokestack_jobs`.execute(db);
  await sql`comment on function app.agencies_with_contracts() is 'The agencies that have a contract to watch: ids alone.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
