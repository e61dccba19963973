import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import type { LockedCampaign } from '../campaigns/queries.ts';

/** On the campaign's timeline and its deal's, for the agency's people: a client reads no budget. */
export async function tellOfBudget(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  entry: { description: string; metadata: Record<string, unknown> },
): Promise<void> {
  await recordActivities(tx, principal, [
    {
      ...entry,
      type: 'CAMPAIGN_BUDGET_CHANGED',
      campaignId: campaign.id,
      dealId: campaign.deal_id,
      brandId: campaign.brand_id,
      audience: 'AGENCY',
    },
  ]);
}
