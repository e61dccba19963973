import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ContentMatchState, ContentType, SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { lockCampaign } from '../campaigns/queries.ts';
import { requireVersion } from '../records/store.ts';
import { lockCreator } from './attribute.ts';
import { getContent } from './queries.ts';
import type {
  AttachInput,
  ConfirmedMany,
  ConfirmInput,
  CreatorContentDetail,
  MoveInput,
  RejectInput,
} from './schema.ts';
import { pieceWords } from './words.ts';

interface MatchRow {
  id: string;
  campaign_id: string;
  campaign_name: string;
  is_campaign_active: boolean;
  brand_id: string | null;
  creator_content_id: string;
  creator_id: string;
  creator_name: string;
  contact_id: string;
  platform: SocialPlatform;
  type: ContentType;
  is_content_active: boolean;
  state: ContentMatchState;
  campaign_deliverable_id: string | null;
  version: number;
}

/**
 * Says that a piece is for a campaign: from now on it counts there, and in no other. Errors: `not_found`,
 * `precondition`; `conflict` where it counts for another campaign, which is named where the caller sees it; `invalid` on
 * `campaignDeliverableId` where it is none of the creator's in this campaign.
 */
export async function confirmMatch(
  tx: TenantTx,
  principal: Principal,
  input: ConfirmInput,
): Promise<CreatorContentDetail> {
  const [match] = await lockMatches(tx, [input.campaignContentId]);
  if (!match) throw notFound('match of a piece with a campaign');
  requireVersion(match.version, input.expectedVersion);
  const refusal = await refusalOf(tx, match);
  if (refusal) throw new AppError('conflict', refusal);
  if (input.campaignDeliverableId) await requireDeliverable(tx, match, input.campaignDeliverableId);
  await confirm(tx, principal, match, input.campaignDeliverableId);
  return getContent(tx, match.creator_content_id);
}

/** Confirms what can be, and says of each of the others why not. What the caller does not see is `not there`. */
export async function confirmMany(
  tx: TenantTx,
  principal: Principal,
  { campaignContentIds }: { campaignContentIds: readonly string[] },
): Promise<ConfirmedMany> {
  const ids = [...new Set(campaignContentIds)];
  const found = new Map((await lockMatches(tx, ids)).map((match) => [match.id, match]));
  const done: ConfirmedMany = { confirmed: 0, refused: [] };
  for (const id of ids) {
    const match = found.get(id);
    const reason = match ? await refusalOf(tx, match) : notFound('match of a piece with a campaign').message;
    if (match && reason === null) {
      await confirm(tx, principal, match, undefined);
      done.confirmed += 1;
    } else if (reason !== null) done.refused.push({ campaignContentId: match?.id ?? null, reason });
  }
  return done;
}

/** Says that a piece is not for a campaign; no rule brings it back. Errors: `not_found`, `precondition`, `conflict`. */
export async function rejectMatch(
  tx: TenantTx,
  principal: Principal,
  input: RejectInput,
): Promise<CreatorContentDetail> {
  const [match] = await lockMatches(tx, [input.campaignContentId]);
  if (!match) throw notFound('match of a piece with a campaign');
  requireVersion(match.version, input.expectedVersion);
  requireActiveCampaign(match);
  if (match.state !== 'REJECTED') {
    await decide(tx, principal, match, { state: 'REJECTED', campaign_deliverable_id: null });
    await tell(tx, principal, match, 'CONTENT_REJECTED');
  }
  return getContent(tx, match.creator_content_id);
}

/**
 * Adds a piece to a campaign by hand, confirmed. Errors: `not_found` (campaign, piece); `conflict` where its creator
 * does not work on the campaign or it counts for another; `invalid` on `campaignDeliverableId`.
 */
export async function attachContent(
  tx: TenantTx,
  principal: Principal,
  input: AttachInput,
): Promise<CreatorContentDetail> {
  const content = await tx
    .selectFrom('creator_contents as c')
    .innerJoin('creators as r', 'r.id', 'c.creator_id')
    .select(['c.creator_id', 'r.name'])
    .where('c.id', '=', input.creatorContentId)
    .executeTakeFirst();
  if (!content) throw notFound('piece of content');
  // The creator first: a sync holds the creator when it comes to the campaign.
  await lockCreator(tx, content.creator_id);
  const campaign = await lockCampaign(tx, input.campaignId);
  const assigned = await tx
    .selectFrom('campaign_creators')
    .select('id')
    .where('campaign_id', '=', campaign.id)
    .where('creator_id', '=', content.creator_id)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!assigned)
    throw new AppError(
      'conflict',
      `${content.name} does not work on ${campaign.name}. Assign the creator to the campaign first.`,
    );
  const { rows } = await sql<{ id: string }>`
    insert into campaign_contents as m (organization_id, campaign_id, creator_content_id, reasons)
    values (${principal.organizationId}::uuid, ${campaign.id}::uuid, ${input.creatorContentId}::uuid, '{MANUAL}')
    on conflict (organization_id, campaign_id, creator_content_id) do update
      set reasons = case when 'MANUAL' = any (m.reasons) then m.reasons else m.reasons || 'MANUAL'::text end
    returning m.id`.execute(tx);
  const [made] = rows;
  if (!made) throw new Error('An upsert answers its row.');
  return confirmMatch(tx, principal, {
    campaignContentId: made.id,
    campaignDeliverableId: input.campaignDeliverableId,
  });
}

/** Says which deliverable a confirmed piece delivers. Errors: `not_found`, `precondition`, `conflict`, `invalid`. */
export async function moveToDeliverable(
  tx: TenantTx,
  principal: Principal,
  input: MoveInput,
): Promise<CreatorContentDetail> {
  const [match] = await lockMatches(tx, [input.campaignContentId]);
  if (!match) throw notFound('match of a piece with a campaign');
  requireVersion(match.version, input.expectedVersion);
  requireActiveCampaign(match);
  if (match.state !== 'CONFIRMED')
    throw new AppError('conflict', 'Confirm that it is for this campaign first.');
  if (input.campaignDeliverableId) await requireDeliverable(tx, match, input.campaignDeliverableId);
  if (match.campaign_deliverable_id !== input.campaignDeliverableId) {
    await decide(tx, principal, match, { campaign_deliverable_id: input.campaignDeliverableId });
  }
  return getContent(tx, match.creator_content_id);
}

/**
 * The matches as they are, with their creators held, in one order for everybody: two people cannot decide on one piece
 * at once, nor a person while a sync writes.
 */
async function lockMatches(tx: TenantTx, ids: readonly string[]): Promise<MatchRow[]> {
  await sql`
    select r.id from creators r
     where r.id in (select c.creator_id from campaign_contents m
                      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
                     where m.id = any (${[...ids]}::uuid[]))
     order by r.id for no key update`.execute(tx);
  const { rows } = await sql<MatchRow>`
    select m.id, m.campaign_id, k.name as campaign_name, k.is_active as is_campaign_active, k.brand_id,
           m.creator_content_id, c.creator_id, r.name as creator_name, r.contact_id, c.platform, c.type,
           c.is_active as is_content_active, m.state, m.campaign_deliverable_id, m.version
      from campaign_contents m
      join campaigns k on k.organization_id = m.organization_id and k.id = m.campaign_id
      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
      join creators r on r.organization_id = c.organization_id and r.id = c.creator_id
     where m.id = any (${[...ids]}::uuid[]) order by m.id`.execute(tx);
  return rows;
}

function requireActiveCampaign(match: MatchRow): void {
  const refusal = binned(match);
  if (refusal) throw new AppError('conflict', refusal);
}

function binned({ campaign_name: name, is_campaign_active: isActive }: MatchRow): string | null {
  return isActive ? null : `The campaign ${name} is in the recycle bin; restore it first.`;
}

/** Why a piece cannot be confirmed, in words; null where it can. */
async function refusalOf(tx: TenantTx, match: MatchRow): Promise<string | null> {
  const inBin = binned(match);
  if (inBin) return inBin;
  if (!match.is_content_active) return 'This post is in the recycle bin. Restore it first.';
  if (match.state === 'CONFIRMED') return null;
  const { rows } = await sql<{ name: string | null }>`
    select (select k.name from campaign_contents m
              join campaigns k on k.organization_id = m.organization_id and k.id = m.campaign_id
             where m.creator_content_id = ${match.creator_content_id}::uuid and m.state = 'CONFIRMED') as name
     where app.content_is_confirmed(${match.creator_content_id}::uuid)`.execute(tx);
  const [other] = rows;
  if (!other) return null;
  return other.name === null
    ? 'This post counts for another campaign of the agency already.'
    : `This post counts for ${other.name} already. Reject it there first.`;
}

async function requireDeliverable(
  tx: TenantTx,
  match: MatchRow,
  campaignDeliverableId: string,
): Promise<void> {
  const row = await tx
    .selectFrom('campaign_deliverables as d')
    .innerJoin('campaign_creators as l', 'l.id', 'd.campaign_creator_id')
    .select('d.id')
    .where('d.id', '=', campaignDeliverableId)
    .where('l.campaign_id', '=', match.campaign_id)
    .where('l.creator_id', '=', match.creator_id)
    .executeTakeFirst();
  if (!row)
    throw invalidField(
      'campaignDeliverableId',
      `This is no deliverable of ${match.creator_name}’s in ${match.campaign_name}.`,
    );
}

/** A match that counts already stays as it is, but for a deliverable that is named anew. */
async function confirm(
  tx: TenantTx,
  principal: Principal,
  match: MatchRow,
  campaignDeliverableId: string | null | undefined,
): Promise<void> {
  const deliverable =
    campaignDeliverableId === undefined ? match.campaign_deliverable_id : campaignDeliverableId;
  if (match.state === 'CONFIRMED' && deliverable === match.campaign_deliverable_id) return;
  await decide(tx, principal, match, { state: 'CONFIRMED', campaign_deliverable_id: deliverable });
  if (match.state !== 'CONFIRMED') await tell(tx, principal, match, 'CONTENT_CONFIRMED');
}

async function decide(
  tx: TenantTx,
  principal: Principal,
  match: MatchRow,
  change: { state?: ContentMatchState; campaign_deliverable_id: string | null },
): Promise<void> {
  await tx
    .updateTable('campaign_contents')
    .set({ ...change, decided_by_id: principal.userId, decided_at: sql<Date>`now()` })
    .where('id', '=', match.id)
    .execute();
}

/** What one client's campaign makes of a shared creator's post is that client's people's to know. */
function tell(
  tx: TenantTx,
  principal: Principal,
  match: MatchRow,
  type: 'CONTENT_CONFIRMED' | 'CONTENT_REJECTED',
): Promise<void> {
  const done = type === 'CONTENT_CONFIRMED' ? 'confirmed for' : 'found not to be for';
  return recordActivities(tx, principal, [
    {
      type,
      description: `${match.creator_name}: ${pieceWords(match.type, match.platform)} ${done} ${match.campaign_name}`,
      metadata: { creatorContentId: match.creator_content_id, campaignContentId: match.id },
      campaignId: match.campaign_id,
      creatorId: match.creator_id,
      contactId: match.contact_id,
      brandId: match.brand_id,
      isBrandOnly: true,
    },
  ]);
}
