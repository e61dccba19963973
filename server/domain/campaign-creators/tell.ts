import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorCampaignStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import type { LockedCampaign } from '../campaigns/queries.ts';
import type { Changes } from '../records/rules.ts';
import { statusWords } from './rules.ts';

interface Work {
  campaign: LockedCampaign;
  creator: { id: string; name: string; contact_id: string | null };
}

type Entry = Pick<ActivityEntry, 'type' | 'description' | 'metadata' | 'audience'>;

export async function tellOfAssignment(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator, overrideReason }: Work & { overrideReason: string | null },
): Promise<void> {
  const entries: Entry[] = [
    { type: 'CREATOR_ASSIGNED', description: `${creator.name} assigned to ${campaign.name}` },
  ];
  if (overrideReason !== null) entries.push(overrideEntry({ campaign, creator }, overrideReason));
  await tell(tx, principal, { campaign, creator }, entries);
}

export function tellOfRemoval(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator }: Work,
): Promise<void> {
  return tell(tx, principal, { campaign, creator }, [
    { type: 'CREATOR_UNASSIGNED', description: `${creator.name} taken off ${campaign.name}` },
  ]);
}

interface Changed extends Work {
  changes: Changes;
  /** Whether the deliverables are others. */
  isReplaced: boolean;
}

/** A step is everybody's who sees the campaign; fees and notes are the agency's own to read. */
export async function tellOfChange(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator, changes, isReplaced }: Changed,
): Promise<void> {
  const { status, override_reason: override, fee_amount, fee_currency, fee_type, note, ...open } = changes;
  const own = Object.fromEntries(
    Object.entries({ fee_amount, fee_currency, fee_type, note }).filter(([, change]) => change !== undefined),
  );
  const changed = (metadata: object, audience: 'EVERYONE' | 'AGENCY'): Entry => ({
    type: 'CAMPAIGN_CREATOR_UPDATED',
    description: `${creator.name}’s work on ${campaign.name} changed`,
    metadata: { changes: metadata },
    audience,
  });
  const entries: Entry[] = [];
  if (status)
    entries.push({
      type: 'CAMPAIGN_CREATOR_UPDATED',
      description: `${creator.name}’s work on ${campaign.name} is ${statusWords[status.to as CreatorCampaignStatus]}`,
      metadata: { changes: { status } },
    });
  if (Object.keys(open).length > 0) entries.push(changed(open, 'EVERYONE'));
  if (isReplaced)
    entries.push({
      type: 'CAMPAIGN_CREATOR_UPDATED',
      description: `${creator.name}’s deliverables for ${campaign.name} changed`,
    });
  if (Object.keys(own).length > 0) entries.push(changed(own, 'AGENCY'));
  if (override && typeof override.to === 'string')
    entries.push(overrideEntry({ campaign, creator }, override.to));
  await tell(tx, principal, { campaign, creator }, entries);
}

function overrideEntry({ campaign, creator }: Work, reason: string): Entry {
  return {
    type: 'CAMPAIGN_CREATOR_UPDATED',
    description: `${creator.name} works on ${campaign.name} in spite of what stands against it`,
    metadata: { reason },
    audience: 'AGENCY',
  };
}

/** On the campaign's timeline, and on the creator's and contact's for the people of the same brand. */
async function tell(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator }: Work,
  entries: readonly Entry[],
): Promise<void> {
  await recordActivities(
    tx,
    principal,
    entries.map((entry) => ({
      ...entry,
      campaignId: campaign.id,
      dealId: campaign.deal_id,
      brandId: campaign.brand_id,
      creatorId: creator.id,
      contactId: creator.contact_id,
      isBrandOnly: true,
    })),
  );
}
