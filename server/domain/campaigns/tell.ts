import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, CampaignStatus, NotificationKind } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { notify } from '../records/notify.ts';
import type { StoredCampaign } from './queries.ts';

type Told = Pick<StoredCampaign, 'id' | 'name' | 'dealId' | 'brandId'>;
type Entry = Pick<ActivityEntry, 'type' | 'description' | 'metadata' | 'audience'>;

/** On the campaign's own timeline and on its deal's. */
export function tellOfCampaign(
  tx: TenantTx,
  principal: Principal,
  { campaign, entries }: { campaign: Told; entries: readonly Entry[] },
): Promise<void> {
  const { id: campaignId, dealId, brandId } = campaign;
  return recordActivities(
    tx,
    principal,
    entries.map((entry) => ({ ...entry, campaignId, dealId, brandId })),
  );
}

export interface Move {
  from: CampaignStatus | null;
  to: CampaignStatus;
  /** Who had submitted it, and whether its plan stood approved before the move. */
  submittedById: string | null;
  wasApproved: boolean;
  reason: string | null;
  /** A day moved it, not a person. */
  isByDate?: boolean;
}

/** The entries of a move. Why somebody moved it is the agency's own to read; that it moved is everybody's. */
export function moveEntries(principal: Principal, campaign: Told, move: Move): Entry[] {
  const { from, to, reason } = move;
  const [type, words] = wordsOf(principal, move);
  const byDate = move.isByDate ? ' by date' : '';
  const metadata = { from, to, ...(move.isByDate ? { byDate: true } : {}) };
  const entries: Entry[] = [{ type, description: `Campaign ${campaign.name} ${words}${byDate}`, metadata }];
  if (reason !== null)
    entries.push({
      type: 'CAMPAIGN_UPDATED',
      description: `Why ${campaign.name} was ${short(type)}: ${reason}`,
      metadata: { reason },
      // A client's own words are no secret from them.
      audience: principal.brandId === null ? 'AGENCY' : 'EVERYONE',
    });
  return entries;
}

function wordsOf(principal: Principal, move: Move): [ActivityType, string] {
  const { from, to, submittedById, wasApproved } = move;
  const isOwn = submittedById !== null && submittedById === principal.userId;
  switch (to) {
    case 'PENDING_APPROVAL':
      return ['CAMPAIGN_SUBMITTED', 'submitted for approval'];
    case 'APPROVED':
      if (from !== 'PENDING_APPROVAL') return ['CAMPAIGN_APPROVED', 'approved without being submitted'];
      return ['CAMPAIGN_APPROVED', isOwn ? 'approved by the one who submitted it' : 'approved'];
    case 'ACTIVE':
      if (from === 'PAUSED') return ['CAMPAIGN_LAUNCHED', 'goes on'];
      if (from === 'COMPLETED') return ['CAMPAIGN_REOPENED', 'reopened'];
      return ['CAMPAIGN_LAUNCHED', wasApproved ? 'launched' : 'approved and launched'];
    case 'PAUSED':
      return ['CAMPAIGN_PAUSED', 'paused'];
    case 'COMPLETED':
      return ['CAMPAIGN_COMPLETED', 'completed'];
    case 'CANCELLED':
      return ['CAMPAIGN_CANCELLED', 'cancelled'];
    case 'DRAFT':
      return from === 'PENDING_APPROVAL' && !isOwn
        ? ['CAMPAIGN_RETURNED', 'sent back to a draft']
        : ['CAMPAIGN_REOPENED', 'taken back to a draft'];
  }
}

const shortWords: Partial<Record<ActivityType, string>> = {
  CAMPAIGN_SUBMITTED: 'submitted',
  CAMPAIGN_APPROVED: 'approved',
  CAMPAIGN_RETURNED: 'sent back',
  CAMPAIGN_LAUNCHED: 'launched',
  CAMPAIGN_PAUSED: 'paused',
  CAMPAIGN_COMPLETED: 'completed',
  CAMPAIGN_CANCELLED: 'cancelled',
  CAMPAIGN_REOPENED: 'reopened',
};

function short(type: ActivityType): string {
  return shortWords[type] ?? 'moved';
}

/** Tells the approvers of what waits for them, and whoever submitted a campaign of what became of it. */
export async function notifyOfMove(tx: TenantTx, campaign: Told, move: Move): Promise<void> {
  if (move.to === 'PENDING_APPROVAL') {
    const kind: NotificationKind = 'CAMPAIGN_SUBMITTED';
    await sql`select app.notify_approvers(${kind}::notification_kind, ${campaign.id}::uuid)`.execute(tx);
    return;
  }
  if (move.from !== 'PENDING_APPROVAL' || move.submittedById === null) return;
  const kind =
    move.to === 'DRAFT'
      ? 'CAMPAIGN_RETURNED'
      : move.to === 'CANCELLED'
        ? 'CAMPAIGN_CANCELLED'
        : 'CAMPAIGN_APPROVED';
  await notify(tx, { userId: move.submittedById, kind, campaignId: campaign.id });
}
