import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { type LockedCampaign, lockCampaign } from '../campaigns/queries.ts';
import { idsOf, lockPlatformCampaigns, type LockedRow } from './lock.ts';
import { findPlatformCampaigns } from './queries.ts';
import { seesUnattached } from './rules.ts';
import type { AttachInput, PlatformCampaign } from './schema.ts';

/**
 * Attaches platform campaigns to a campaign and links their accounts to it. What is attached here already stays so; what
 * was taken off before is no longer refused.
 * Errors: `not_found` (campaign); `invalid` on `platformCampaignIds`; `conflict` where one is attached elsewhere.
 */
export async function attachPlatformCampaigns(
  tx: TenantTx,
  principal: Principal,
  input: AttachInput,
): Promise<PlatformCampaign[]> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const rows = await lockPlatformCampaigns(tx, input.platformCampaignIds);
  requireFree(rows, campaign);
  const fresh = rows.filter((row) => row.campaign_id === null);
  if (fresh.length > 0) {
    await tx
      .updateTable('platform_campaigns')
      .set({ campaign_id: campaign.id, attached_by: 'PICKED', attached_at: sql`now()` })
      .where('id', 'in', idsOf(fresh))
      .execute();
    await tx
      .deleteFrom('campaign_match_refusals')
      .where('campaign_id', '=', campaign.id)
      .where('platform_campaign_id', 'in', idsOf(fresh))
      .execute();
    await linkAccounts(tx, principal, campaign, fresh);
    await tell(tx, principal, campaign, { word: 'attached to', rows: fresh });
  }
  return findPlatformCampaigns(tx, input.platformCampaignIds);
}

/**
 * Takes platform campaigns off a campaign; their figures stay. The account's link stays too, with its budget. The
 * campaign's rules do not bring them back.
 * Errors: `not_found` (campaign); `invalid` on `platformCampaignIds` where one is not attached here; `forbidden` where
 * the principal would lose sight of one.
 */
export async function detachPlatformCampaigns(
  tx: TenantTx,
  principal: Principal,
  input: AttachInput,
): Promise<PlatformCampaign[]> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const rows = await lockPlatformCampaigns(tx, input.platformCampaignIds);
  const stray = rows.find((row) => row.campaign_id !== campaign.id);
  if (stray) {
    throw invalidField('platformCampaignIds', `${stray.name} is not attached to ${campaign.name}.`);
  }
  const lost = rows.find((row) => !seesUnattached(principal, row.account));
  if (lost) {
    throw new AppError(
      'forbidden',
      `${lost.name} runs in an ad account that is not yours: detached, it would be out of your sight. Ask an owner or admin.`,
    );
  }
  await tx
    .updateTable('platform_campaigns')
    .set({
      campaign_id: null,
      attached_by: null,
      attached_at: null,
      is_boost: false,
      campaign_creator_id: null,
    })
    .where('id', 'in', idsOf(rows))
    .execute();
  await refuse(tx, principal, { campaignId: campaign.id, rows });
  await tell(tx, principal, campaign, { word: 'detached from', rows });
  return findPlatformCampaigns(tx, input.platformCampaignIds);
}

async function refuse(
  tx: TenantTx,
  principal: Principal,
  { campaignId, rows }: { campaignId: string; rows: readonly LockedRow[] },
): Promise<void> {
  await tx
    .insertInto('campaign_match_refusals')
    .values(
      rows.map((row) => ({
        organization_id: principal.organizationId,
        campaign_id: campaignId,
        platform_campaign_id: row.id,
        created_by_id: principal.userId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'campaign_id', 'platform_campaign_id']).doNothing(),
    )
    .execute();
}

function requireFree(rows: readonly LockedRow[], campaign: LockedCampaign): void {
  const taken = rows.filter((row) => row.campaign_id !== null && row.campaign_id !== campaign.id);
  if (taken.length === 0) return;
  const messages = taken.map(
    (row) => `${row.name} is attached to ${row.campaign_name ?? 'another campaign'}; detach it there first.`,
  );
  throw new AppError('conflict', messages.join(' '), {
    issues: messages.map((message) => ({ path: 'platformCampaignIds', message })),
  });
}

/** The link is what shows a shared account to the campaign's readers. */
async function linkAccounts(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  rows: readonly LockedRow[],
): Promise<void> {
  const accountIds = [...new Set(rows.map((row) => row.ad_account_id))];
  await tx
    .insertInto('campaign_ad_accounts')
    .values(
      accountIds.map((accountId) => ({
        organization_id: principal.organizationId,
        campaign_id: campaign.id,
        ad_account_id: accountId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'campaign_id', 'ad_account_id']).doNothing(),
    )
    .execute();
}

function tell(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  what: { word: string; rows: readonly LockedRow[] },
): Promise<void> {
  const { word, rows } = what;
  const [only] = rows;
  const subject = only && rows.length === 1 ? only.name : `${rows.length} platform campaigns`;
  return recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_UPDATED',
      description: `${subject} ${word} ${campaign.name}`,
      metadata: { platformCampaigns: rows.map(({ id, name }) => ({ id, name })) },
      campaignId: campaign.id,
      brandId: campaign.brand_id,
      dealId: campaign.deal_id,
    },
  ]);
}
