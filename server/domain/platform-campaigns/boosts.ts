import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { lockCampaign } from '../campaigns/queries.ts';
import { idsOf, type LockedRow, lockPlatformCampaigns } from './lock.ts';
import { findPlatformCampaigns } from './queries.ts';
import type { PlatformCampaign, SetBoostInput } from './schema.ts';

/**
 * Says whether platform campaigns pay for the reach of creators' posts, and of whose. Each must be attached; the work
 * must be of the same campaign. Errors: `invalid` on `platformCampaignIds` or `campaignCreatorId`; `conflict` where a
 * campaign lies in the recycle bin.
 */
export async function setBoost(
  tx: TenantTx,
  principal: Principal,
  input: SetBoostInput,
): Promise<PlatformCampaign[]> {
  const { isBoost, campaignCreatorId } = input;
  // The campaigns first, as whoever attaches and detaches holds them.
  await lockCampaigns(tx, input.platformCampaignIds);
  const rows = await lockPlatformCampaigns(tx, input.platformCampaignIds);
  const waiting = rows.find((row) => row.campaign_id === null);
  if (waiting)
    throw invalidField('platformCampaignIds', `${waiting.name} is attached to no campaign; attach it first.`);
  if (campaignCreatorId !== null) await requireWork(tx, campaignCreatorId, rows);
  const changed = await tx
    .updateTable('platform_campaigns')
    .set({ is_boost: isBoost, campaign_creator_id: campaignCreatorId })
    .where('id', 'in', idsOf(rows))
    .where((eb) =>
      eb.or([
        eb('is_boost', '<>', isBoost),
        eb('campaign_creator_id', 'is distinct from', campaignCreatorId),
      ]),
    )
    .returning('id')
    .execute();
  const ids = new Set(changed.map(({ id }) => id));
  await tell(tx, principal, { rows: rows.filter(({ id }) => ids.has(id)), isBoost });
  return findPlatformCampaigns(tx, input.platformCampaignIds);
}

async function lockCampaigns(tx: TenantTx, platformCampaignIds: readonly string[]): Promise<void> {
  const rows = await tx
    .selectFrom('platform_campaigns')
    .select('campaign_id')
    .distinct()
    .where('id', 'in', platformCampaignIds)
    .where('campaign_id', 'is not', null)
    .orderBy('campaign_id')
    .execute();
  for (const { campaign_id } of rows) if (campaign_id !== null) await lockCampaign(tx, campaign_id);
}

/** Errors: `invalid`, the same for work that is not there, not seen, or another campaign's. */
async function requireWork(
  tx: TenantTx,
  campaignCreatorId: string,
  rows: readonly LockedRow[],
): Promise<void> {
  const work = await tx
    .selectFrom('campaign_creators')
    .select('campaign_id')
    .where('id', '=', campaignCreatorId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!work || rows.some((row) => row.campaign_id !== work.campaign_id))
    throw invalidField('campaignCreatorId', 'There is no such creator’s work on this campaign.');
}

/** One entry a campaign. */
async function tell(
  tx: TenantTx,
  principal: Principal,
  { rows, isBoost }: { rows: readonly LockedRow[]; isBoost: boolean },
): Promise<void> {
  const ids = [...new Set(rows.flatMap((row) => row.campaign_id ?? []))];
  if (ids.length === 0) return;
  const campaigns = await tx
    .selectFrom('campaigns')
    .select(['id', 'name', 'brand_id', 'deal_id'])
    .where('id', 'in', ids)
    .execute();
  const entries = campaigns.map((campaign): ActivityEntry => {
    const own = rows.filter((row) => row.campaign_id === campaign.id);
    const [only] = own;
    const what = only && own.length === 1 ? only.name : `${own.length} platform campaigns`;
    return {
      type: 'CAMPAIGN_UPDATED',
      description: `${what} of ${campaign.name} marked as ${isBoost ? 'boost' : 'media'}`,
      metadata: { platformCampaigns: own.map(({ id, name }) => ({ id, name })), isBoost },
      campaignId: campaign.id,
      brandId: campaign.brand_id,
      dealId: campaign.deal_id,
    };
  });
  await recordActivities(tx, principal, entries);
}
