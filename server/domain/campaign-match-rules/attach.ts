import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import type { LockedCampaign } from '../campaigns/queries.ts';

export interface AttachedByRule {
  id: string;
  name: string;
  adAccountId: string;
}

/**
 * Attaches what waits and is claimed by this campaign's rules alone, and links its accounts; what the principal does
 * not see is left to the job. Hold the campaign first: taking off by hand cannot cross it then. Done twice, the second
 * finds nothing.
 */
export async function attachClaimed(
  tx: TenantTx,
  organizationId: string,
  campaign: LockedCampaign,
): Promise<AttachedByRule[]> {
  const { rows } = await sql<AttachedByRule>`
    with accounts as (
      select coalesce(array_agg(a.id), '{}') as ids from ad_accounts a
       where a.brand_id = ${campaign.brand_id}::uuid
          or a.id in (select l.ad_account_id from campaign_ad_accounts l where l.campaign_id = ${campaign.id}::uuid)
          or a.id in (select r.ad_account_id from campaign_match_rules r where r.campaign_id = ${campaign.id}::uuid)),
    claims as (select c.* from app.match_claims((select ids from accounts)) c),
    sole as (
      select c.platform_campaign_id, c.campaign_match_rule_id from claims c
       where c.campaign_id = ${campaign.id}::uuid
         and not exists (select from claims o where o.platform_campaign_id = c.platform_campaign_id
                          and o.campaign_id <> c.campaign_id)),
    held as (
      select p.id from platform_campaigns p join sole s on s.platform_campaign_id = p.id
       where p.campaign_id is null order by p.id for update of p)
    update platform_campaigns p
       set campaign_id = ${campaign.id}::uuid, attached_by = 'RULE', attached_at = now(), is_boost = r.is_boost
      from held h join sole s on s.platform_campaign_id = h.id
      join campaign_match_rules r on r.id = s.campaign_match_rule_id
     where p.id = h.id and p.campaign_id is null
    returning p.id, p.name, p.ad_account_id as "adAccountId"`.execute(tx);
  if (rows.length > 0) await linkAccounts(tx, { organizationId, campaignId: campaign.id, rows });
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** One entry for all that the rules attached. */
export function tellAttached(
  tx: TenantTx,
  principal: Principal,
  told: { campaign: LockedCampaign; attached: readonly AttachedByRule[] },
): Promise<void> {
  const { campaign, attached } = told;
  const [only] = attached;
  if (!only) return Promise.resolve();
  const what = attached.length === 1 ? only.name : `${attached.length} platform campaigns`;
  return recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_UPDATED',
      description: `${what} attached to ${campaign.name} by its rules`,
      metadata: { platformCampaigns: attached.map(({ id, name }) => ({ id, name })) },
      campaignId: campaign.id,
      brandId: campaign.brand_id,
      dealId: campaign.deal_id,
    },
  ]);
}

/** The link is what shows a shared account to the campaign's readers. */
async function linkAccounts(
  tx: TenantTx,
  {
    organizationId,
    campaignId,
    rows,
  }: { organizationId: string; campaignId: string; rows: readonly AttachedByRule[] },
): Promise<void> {
  const accountIds = [...new Set(rows.map((row) => row.adAccountId))];
  await tx
    .insertInto('campaign_ad_accounts')
    .values(
      accountIds.map((accountId) => ({
        organization_id: organizationId,
        campaign_id: campaignId,
        ad_account_id: accountId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'campaign_id', 'ad_account_id']).doNothing(),
    )
    .execute();
}
