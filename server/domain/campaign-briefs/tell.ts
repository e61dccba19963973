import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import type { CampaignCreator } from '../campaign-creators/schema.ts';
import type { StoredCampaign } from '../campaigns/queries.ts';
import { notify } from '../records/notify.ts';
import type { BriefAnswer, CampaignBrief } from './schema.ts';

interface Told {
  work: CampaignCreator;
  campaign: StoredCampaign;
  brief: CampaignBrief;
}

/** What goes between the agency and its creators is no client's to read. */
export function tellOfBrief(tx: TenantTx, principal: Principal, told: Told): Promise<void> {
  return tell(
    tx,
    principal,
    told,
    'BRIEF_SENT',
    `A brief of ${told.campaign.name} sent to ${nameOf(told.work)}`,
  );
}

const answerWords = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  QUESTION: 'asked about',
} as const satisfies Record<BriefAnswer['answer'], string>;

/** On the timelines, and to the work's people: who sent the brief, who put the creator on, whose campaign it is. */
export async function tellOfAnswer(
  tx: TenantTx,
  principal: Principal,
  { answer, ...told }: Told & { answer: BriefAnswer['answer'] },
): Promise<void> {
  const { work, campaign, brief } = told;
  const words = `${nameOf(work)} ${answerWords[answer]} the brief of ${campaign.name}`;
  await tell(tx, principal, told, 'BRIEF_ANSWERED', words);
  const row = await tx
    .selectFrom('campaign_creators')
    .select('created_by_id')
    .where('id', '=', work.id)
    .executeTakeFirst();
  const people = new Set([brief.sentById, campaign.ownerId, row?.created_by_id ?? null]);
  for (const userId of people) {
    if (userId !== null) await notify(tx, { userId, kind: 'BRIEF_ANSWERED', campaignId: campaign.id });
  }
}

function nameOf({ creatorName }: CampaignCreator): string {
  return creatorName ?? 'The creator';
}

async function tell(
  tx: TenantTx,
  principal: Principal,
  { work, campaign, brief }: Told,
  type: 'BRIEF_SENT' | 'BRIEF_ANSWERED',
  description: string,
): Promise<void> {
  const creator = await tx
    .selectFrom('creators')
    .select('contact_id')
    .where('id', '=', work.creatorId)
    .executeTakeFirst();
  await recordActivities(tx, principal, [
    {
      type,
      description,
      metadata: { campaignBriefId: brief.id, number: brief.number },
      campaignId: campaign.id,
      dealId: campaign.dealId,
      brandId: campaign.brandId,
      creatorId: work.creatorId,
      contactId: creator?.contact_id ?? null,
      audience: 'AGENCY',
      isBrandOnly: true,
    },
  ]);
}
