import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { type MatchedRow, toMatchedCampaign } from './queries.ts';
import { type MatchPreview, type MatchRuleInput, NAMED, type PreviewMatchRulesInput } from './schema.ts';

/** What becomes of a platform campaign that the rules reach. */
type Fate = 'MATCHED' | 'HERE' | 'ELSEWHERE' | 'AMBIGUOUS' | 'REFUSED' | 'UNMATCHED';

interface FoundRow extends MatchedRow {
  fate: Fate;
  /** Of the first rule that it meets; null where it meets none. */
  position: number | null;
  /** How many have this fate, by this rule where it is MATCHED. */
  total: number;
  campaign_id: string | null;
  other_campaign_ids: string[] | null;
}

/**
 * What rules would do, without doing it, as far as this principal sees. Errors: `not_found`; `invalid` naming a rule
 * whose ad account is not theirs to see.
 */
export async function previewMatchRules(
  tx: TenantTx,
  { campaignId, rules }: PreviewMatchRulesInput,
): Promise<MatchPreview> {
  const campaign = await tx
    .selectFrom('campaigns')
    .select(['id', 'brand_id'])
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (!campaign) throw notFound('campaign');
  await requireRuleAccounts(tx, rules);
  const rows = await findReached(tx, campaign, rules);
  return toPreview(rules.length, rows, await namesOf(tx, rows));
}

/** Errors: `invalid` on `rules.<n>.adAccountId`, the same for what is not there and what is not seen. */
export async function requireRuleAccounts(tx: TenantTx, rules: readonly MatchRuleInput[]): Promise<void> {
  const named = [...new Set(rules.flatMap(({ adAccountId }) => adAccountId ?? []))];
  if (named.length === 0) return;
  const rows = await tx
    .selectFrom('ad_accounts')
    .select('id')
    .where('id', 'in', named)
    .where('is_active', '=', true)
    .where('is_manager', '=', false)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const wrong = rules.findIndex(({ adAccountId }) => adAccountId && !known.has(adAccountId));
  if (wrong >= 0)
    throw invalidField(
      `rules.${wrong}.adAccountId`,
      'There is no such ad account, or it is not yours to see.',
    );
}

/** The reader's policies say what is seen; the conditions on accounts and brands are those of app.match_claims. */
async function findReached(
  tx: TenantTx,
  campaign: { id: string; brand_id: string | null },
  rules: readonly MatchRuleInput[],
): Promise<FoundRow[]> {
  const { id: campaignId, brand_id: brandId } = campaign;
  const { rows } = await sql<FoundRow>`
    with rules as (
      select r.* from jsonb_to_recordset(${JSON.stringify(rules.map(toDraft))}::jsonb) as r (position integer,
             account uuid, platform ad_platform, comparison text, pattern text, label text)),
    reach as (
      select a.id, a.name, a.platform, a.brand_id,
             (a.brand_id = ${brandId}::uuid or exists (select from campaign_ad_accounts l
               where l.ad_account_id = a.id and l.campaign_id = ${campaignId}::uuid)) is true as is_of_campaign
        from ad_accounts a where a.is_active and not a.is_manager),
    found as (
      select p.id, p.name, p.ad_account_id, a.name as account_name, a.platform::text, p.labels, p.native_status,
             p.is_gone, p.campaign_id, lower(p.name) as key, (
               select r.position from rules r
                where (r.account = a.id or (r.account is null and a.is_of_campaign))
                  and (r.platform is null or r.platform = a.platform)
                  and app.meets_name(r.comparison, r.pattern, p.name) and app.meets_label(r.label, p.labels)
                order by r.position limit 1) as position
        from reach a join platform_campaigns p on p.ad_account_id = a.id
       where (a.id in (select account from rules)
              or (a.is_of_campaign and (exists (select from rules r where r.account is null)
                                        or not exists (select from rules))))
         and coalesce(coalesce(p.brand_id, a.brand_id) = ${brandId}::uuid, coalesce(p.brand_id, a.brand_id) is null)),
    claims as (
      select platform_campaign_id, array_agg(campaign_id) as campaign_ids
        from app.match_claims(array(select distinct ad_account_id from found))
       where campaign_id <> ${campaignId}::uuid group by platform_campaign_id),
    fates as (
      select f.*, c.campaign_ids as other_campaign_ids,
             case when f.campaign_id = ${campaignId}::uuid then 'HERE'
                  when f.campaign_id is not null then 'ELSEWHERE'
                  when f.position is null then 'UNMATCHED'
                  when exists (select from campaign_match_refusals x where x.campaign_id = ${campaignId}::uuid
                                  and x.platform_campaign_id = f.id) then 'REFUSED'
                  when c.campaign_ids is not null then 'AMBIGUOUS' else 'MATCHED' end as fate
        from found f left join claims c on c.platform_campaign_id = f.id
       where f.position is not null or f.campaign_id is null),
    ranked as (
      select f.*, count(*) over same as total, row_number() over (same order by f.key, f.id) as rank from fates f
      window same as (partition by f.fate, case when f.fate = 'MATCHED' then f.position end))
    select fate, position, total::int4 as total, id, name, ad_account_id, account_name, platform, labels,
           native_status, is_gone, campaign_id, other_campaign_ids
      from ranked where rank <= ${NAMED} order by key, id`.execute(tx);
  return rows;
}

function toDraft(rule: MatchRuleInput, position: number) {
  const { adAccountId, platform, nameMatch, namePattern, label } = rule;
  return {
    position,
    account: adAccountId ?? null,
    platform: platform ?? null,
    comparison: namePattern ? (nameMatch ?? 'CONTAINS') : null,
    pattern: namePattern ?? null,
    label: label ?? null,
  };
}

/** The names of the campaigns that the reader sees among those that hold or claim something. */
async function namesOf(tx: TenantTx, rows: readonly FoundRow[]): Promise<Map<string, string>> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.campaign_id ?? [], row.other_campaign_ids ?? []].flat())),
  ];
  if (ids.length === 0) return new Map();
  const found = await tx.selectFrom('campaigns').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}

function toPreview(
  ruleCount: number,
  rows: readonly FoundRow[],
  names: ReadonlyMap<string, string>,
): MatchPreview {
  const listOf = (fits: (row: FoundRow) => boolean) => listed(rows.filter(fits), toMatchedCampaign);
  const nameOf = (id: string | null) => {
    const campaignName = id === null ? undefined : names.get(id);
    return campaignName === undefined
      ? { campaignId: null, campaignName: null }
      : { campaignId: id, campaignName };
  };
  return {
    rules: Array.from({ length: ruleCount }, (_, position) =>
      listOf((row) => row.fate === 'MATCHED' && row.position === position),
    ),
    here: listOf(({ fate }) => fate === 'HERE'),
    elsewhere: listed(
      rows.filter(({ fate }) => fate === 'ELSEWHERE'),
      (row) => ({ ...toMatchedCampaign(row), ...nameOf(row.campaign_id) }),
    ),
    ambiguous: listed(
      rows.filter(({ fate }) => fate === 'AMBIGUOUS'),
      (row) => ({ ...toMatchedCampaign(row), campaigns: (row.other_campaign_ids ?? []).map(nameOf) }),
    ),
    refused: listOf(({ fate }) => fate === 'REFUSED'),
    unmatched: listOf(({ fate }) => fate === 'UNMATCHED'),
  };
}

function listed<T>(rows: readonly FoundRow[], toEntry: (row: FoundRow) => T): { count: number; items: T[] } {
  return { count: rows[0]?.total ?? 0, items: rows.map(toEntry) };
}
