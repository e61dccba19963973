import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { getCampaignCreator } from '../campaign-creators/queries.ts';
import type { CampaignCreator, CampaignCreatorRef } from '../campaign-creators/schema.ts';
import { getCampaign, type StoredCampaign } from '../campaigns/queries.ts';

import { listDisclosureTerms } from '../disclosure-terms/queries.ts';
import { composeBrief } from './rules.ts';
import type { BriefDraft, BriefTerms } from './schema.ts';

/** A brief as its form begins: worded from the campaign and the work. Errors: `not_found`. */
export async function draftBrief(
  tx: TenantTx,
  principal: Principal,
  ref: CampaignCreatorRef,
): Promise<BriefDraft> {
  const [{ work, campaign, terms }, people] = await Promise.all([
    readTerms(tx, principal, ref),
    readPeople(tx, principal, ref.creatorId),
  ]);
  const { recipient, askedBy, agencyName } = people;
  const composed = composeBrief({
    creatorName: work.creatorName ?? 'there',
    campaignName: campaign.name,
    description: campaign.description,
    ...{ terms, askedBy, agencyName },
  });
  return { ...composed, terms, recipient };
}

/** What the work asks for today, with its fee. Errors: `not_found`. */
export async function readTerms(
  tx: TenantTx,
  principal: Principal,
  ref: CampaignCreatorRef,
): Promise<{ work: CampaignCreator; campaign: StoredCampaign; terms: BriefTerms }> {
  const [work, campaign, words] = await Promise.all([
    getCampaignCreator(tx, principal, ref),
    getCampaign(tx, ref.campaignId),
    listDisclosureTerms(tx),
  ]);
  const terms: BriefTerms = {
    startsOn: work.startsOn ?? campaign.startsOn,
    endsOn: work.endsOn ?? campaign.endsOn,
    deliverables: work.deliverables.map(({ platform, type, count, dueOn, revisionRounds, note }) => ({
      ...{ platform, type, count, dueOn, revisionRounds, note },
    })),
    hashtags: campaign.hashtags,
    mentions: campaign.mentions,
    disclosures: words.length === 0 ? ['#ad'] : words.map(({ term }) => term),
    fee: feeOf(work),
    showsFee: false,
  };
  return { work, campaign, terms };
}

function feeOf(work: CampaignCreator): BriefTerms['fee'] {
  const { feeType, fee, feePercent, variableFeeType, variableFee, feeCap } = work;
  if (fee === null && feePercent === null) return null;
  return { feeType, fee, feePercent, variableFeeType, variableFee, feeCap };
}

interface People {
  /** The creator's first mail address, where the caller sees the contact. */
  recipient: string | null;
  askedBy: string | null;
  agencyName: string;
}

/** Who writes to whom. */
export async function readPeople(tx: TenantTx, principal: Principal, creatorId: string): Promise<People> {
  const { rows } = await sql<People>`
    select o.name as "agencyName", (select u.name from users u where u.id = ${principal.userId}::uuid) as "askedBy",
           (select c.emails[1] from creators r
              join contacts c on c.organization_id = r.organization_id and c.id = r.contact_id
             where r.id = ${creatorId}::uuid) as recipient
      from organizations o where o.type <> 'BRAND'`.execute(tx);
  return rows[0] ?? { recipient: null, askedBy: null, agencyName: 'The agency' };
}
