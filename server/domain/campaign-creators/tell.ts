import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorCampaignStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import type { LockedCampaign } from '../campaigns/queries.ts';
import type { Changes } from '../records/rules.ts';
import type { ReviewKind } from './fields.ts';
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

const ownColumns: ReadonlySet<string> = new Set([
  ...['fee_amount', 'fee_currency', 'fee_type', 'fee_percent', 'fee_cap'],
  ...['variable_fee_type', 'variable_fee_amount', 'note'],
]);

/** A step is everybody's who sees the campaign; fees and notes are the agency's own to read. */
export async function tellOfChange(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator, changes, isReplaced }: Changed,
): Promise<void> {
  const { status, override_reason: override, ...others } = changes;
  const entriesOf = (isOwn: boolean) =>
    Object.fromEntries(Object.entries(others).filter(([column]) => ownColumns.has(column) === isOwn));
  const [own, open] = [entriesOf(true), entriesOf(false)];
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

const draftWords = {
  SUBMITTED: 'came',
  CHANGES_REQUESTED: 'goes back for changes',
  APPROVED: 'approved',
} as const satisfies Record<ReviewKind, string>;

/** What is said of drafts is between the agency and the creator. */
export function tellOfDraft(
  tx: TenantTx,
  principal: Principal,
  { campaign, creator, words, kind }: Work & { words: string; kind: ReviewKind },
): Promise<void> {
  return tell(tx, principal, { campaign, creator }, [
    {
      type: 'DELIVERABLE_REVIEWED',
      description: `${creator.name}’s draft of the ${words} for ${campaign.name} ${draftWords[kind]}`,
      metadata: { kind },
      audience: 'AGENCY',
    },
  ]);
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
