import { type Kysely, sql } from 'kysely';

/** Which waiting platform campaign which campaign's rules claim, decided in one place for pages and jobs alike. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await defineComparison(db);
  await defineAuthors(db);
  await defineClaims(db);
  await defineAsleep(db);
}

async function defineComparison(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.meets_name(comparison text, pattern text, name text) returns boolean
    language sql immutable as $$
      select case comparison
        when 'CONTAINS' then position(lower(pattern) in lower(name)) > 0
        when 'STARTS_WITH' then starts_with(lower(name), lower(pattern))
        when 'ENDS_WITH' then right(lower(name), length(lower(pattern))) = lower(pattern)
        when 'IS' then lower(name) = lower(pattern)
        else true end $$`.execute(db);
  await sql`comment on function app.meets_name is 'Whether a name meets a rule’s condition on names; without a comparison it does.'`.execute(
    db,
  );
  await sql`create function app.meets_label(label text, labels text[]) returns boolean
    language sql immutable as $$
      select label is null or lower(label) = any (array(select lower(l) from unnest(labels) l)) $$`.execute(
    db,
  );
  await sql`comment on function app.meets_label is 'Whether one of the labels is the rule’s; without one in the rule it does.'`.execute(
    db,
  );
  for (const signature of ['app.meets_name(text, text, text)', 'app.meets_label(text, text[])'] as const) {
    await sql`revoke all on function ${sql.raw(signature)} from public`.execute(db);
    await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  }
}

async function defineAuthors(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.match_rule_authors()
    returns table (user_id uuid, sees_all boolean, brand_ids uuid[])
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select m.user_id, m.role <> 'MEMBER',
             array(select b.brand_id from public.brand_assignments b
                    where b.organization_id = m.organization_id and b.user_id = m.user_id)
        from public.memberships m join public.users u on u.id = m.user_id and u.is_active
       where m.organization_id = app.organization_id() and m.brand_id is null
         and m.role in ('OWNER', 'ADMIN', 'MEMBER') and app.membership_counts(m)
       union all
      select k.user_id, k.role <> 'MEMBER', '{}'::uuid[] from public.api_keys k
       where k.organization_id = app.organization_id() and k.brand_id is null and k.revoked_at is null
         and k.role in ('OWNER', 'ADMIN', 'MEMBER') $$`.execute(db);
  await sql`comment on function app.match_rule_authors is 'Who of the transaction’s own agency may write rules today, and how far each sees. For the two functions below alone.'`.execute(
    db,
  );
  await sql`revoke all on function app.match_rule_authors() from public`.execute(db);
}

/**
 * A rule sees what its author sees today, as the policy of platform_campaigns says it of what waits; and of that only
 * what is of its campaign's brand, or of no brand in an account that is linked to the campaign or named by the rule.
 */
async function defineClaims(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.match_claims(accounts uuid[])
    returns table (platform_campaign_id uuid, campaign_id uuid, campaign_match_rule_id uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      with reach as (
        select r.id as rule_id, r.campaign_id, r.position, r.name_match, r.name_pattern, r.label,
               c.brand_id as campaign_brand_id, a.id as account_id, a.brand_id as account_brand_id,
               w.sees_all, w.brand_ids,
               coalesce(w.user_id in (a.owner_id, a.created_by_id), false) as is_own
          from public.campaign_match_rules r
          join public.campaigns c on c.organization_id = r.organization_id and c.id = r.campaign_id
               and c.is_active and c.status not in ('COMPLETED', 'CANCELLED')
          join app.match_rule_authors() w on w.user_id = r.created_by_id
          join public.ad_accounts a on a.organization_id = r.organization_id and a.is_active
               and (r.ad_account_id is null or r.ad_account_id = a.id)
               and (r.platform is null or r.platform = a.platform)
               and (r.ad_account_id = a.id or a.brand_id = c.brand_id
                    or exists (select from public.campaign_ad_accounts l
                                where l.organization_id = r.organization_id
                                  and l.campaign_id = r.campaign_id and l.ad_account_id = a.id))
         where r.organization_id = app.organization_id() and app.scope() <> 'brand'
           and (accounts is null or a.id = any (accounts)))
      select distinct on (p.id, x.campaign_id) p.id, x.campaign_id, x.rule_id
        from reach x
        join public.platform_campaigns p on p.organization_id = app.organization_id()
             and p.ad_account_id = x.account_id and p.campaign_id is null
       where app.meets_name(x.name_match, x.name_pattern, p.name) and app.meets_label(x.label, p.labels)
         and coalesce(coalesce(p.brand_id, x.account_brand_id) = x.campaign_brand_id,
                      coalesce(p.brand_id, x.account_brand_id) is null)
         and (x.sees_all or p.brand_id = any (x.brand_ids)
              or (p.brand_id is null and (x.account_brand_id = any (x.brand_ids) or x.is_own)))
         and not exists (select from public.campaign_match_refusals f
                          where f.organization_id = app.organization_id()
                            and f.campaign_id = x.campaign_id and f.platform_campaign_id = p.id)
       order by p.id, x.campaign_id, x.position, x.rule_id $$`.execute(db);
  await sql`comment on function app.match_claims is 'Which campaigns’ rules claim which waiting platform campaigns of these ad accounts (NULL: all) of the transaction’s own agency, and by which rule; ids alone. A rule has its author’s eyes and keeps to its campaign’s brand.'`.execute(
    db,
  );
  await sql`revoke all on function app.match_claims(uuid[]) from public`.execute(db);
  await sql`grant execute on function app.match_claims(uuid[]) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
}

async function defineAsleep(db: Kysely<unknown>): Promise<void> {
  await sql`create function app.match_rules_asleep(campaign uuid) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select r.id from public.campaign_match_rules r
       where r.organization_id = app.organization_id() and r.campaign_id = campaign and app.scope() <> 'brand'
         and not exists (select from app.match_rule_authors() w where w.user_id = r.created_by_id) $$`.execute(
    db,
  );
  await sql`comment on function app.match_rules_asleep is 'The rules of a campaign of the transaction’s own agency whose author left or may no longer write; ids alone.'`.execute(
    db,
  );
  await sql`revoke all on function app.match_rules_asleep(uuid) from public`.execute(db);
  await sql`grant execute on function app.match_rules_asleep(uuid) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
