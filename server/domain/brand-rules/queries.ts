import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { BrandRuleInput, BrandRuleList, BrandRulePreview } from './schema.ts';

/** How many campaigns a preview names. */
const NAMED = 5;

/** An account's rules in their order, of the brands that the reader sees. Errors: `not_found`. */
export async function listBrandRules(tx: TenantTx, adAccountId: string): Promise<BrandRuleList> {
  const [account, rows] = await Promise.all([
    tx.selectFrom('ad_accounts').select('version').where('id', '=', adAccountId).executeTakeFirst(),
    tx
      .selectFrom('brand_rules')
      .select(['id', 'brand_id', 'position', 'match', 'pattern'])
      .where('ad_account_id', '=', adAccountId)
      .orderBy('position')
      .orderBy('id')
      .execute(),
  ]);
  if (!account) throw notFound('ad account');
  const rules = rows.map(({ brand_id: brandId, ...rule }) => ({ ...rule, adAccountId, brandId }));
  return { rules, version: account.version };
}

/** What rules would do to the campaigns that an account has now; the database's own comparison decides. */
export async function matchCampaigns(
  tx: TenantTx,
  adAccountId: string,
  rules: readonly BrandRuleInput[],
): Promise<BrandRulePreview> {
  const numbered = rules.map(({ match, pattern }, position) => ({ position, match, pattern }));
  const { rows } = await sql<{ position: number | null; count: number; names: string[] }>`
    with rules as (
      select * from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
        as r (position integer, match name_match, pattern text)),
    met as (
      select p.name, (
        select r.position from rules r
         where case r.match
                 when 'CONTAINS' then position(lower(r.pattern) in lower(p.name)) > 0
                 when 'STARTS_WITH' then starts_with(lower(p.name), lower(r.pattern))
                 when 'ENDS_WITH' then right(lower(p.name), length(r.pattern)) = lower(r.pattern)
                 else lower(p.name) = lower(r.pattern) end
         order by r.position limit 1) as position
        from platform_campaigns p
       where p.ad_account_id = ${adAccountId}::uuid)
    select position, count(*)::int4 as count, (array_agg(name order by name))[1:${NAMED}::integer] as names
      from met group by position`.execute(tx);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const at = (position: number | null) => {
    const row = byPosition.get(position);
    return { campaignCount: row?.count ?? 0, names: row?.names ?? [] };
  };
  return { rules: rules.map((_rule, position) => at(position)), unmatched: at(null) };
}
