import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { DeliverableReview, WorkPiece } from './delivery-schema.ts';
import { matchPieces, type OwedDeliverable } from './rules.ts';
import type { CampaignCreatorRef } from './schema.ts';

type PieceRow = Omit<WorkPiece, 'campaignDeliverableId' | 'isPlacedByHand'> & {
  deliverableId: string | null;
};

/** The posts of one creator's work, in the order they were published in, and what each counts for. Errors: `not_found`. */
export async function listWorkPieces(tx: TenantTx, ref: CampaignCreatorRef): Promise<{ items: WorkPiece[] }> {
  const workId = await requireWork(tx, ref);
  const [owed, pieces] = await Promise.all([listOwed(tx, workId), listPieces(tx, ref)]);
  const matched = matchPieces(owed, pieces);
  const known = new Set(owed.map(({ id }) => id));
  return {
    items: pieces.map((piece) => {
      const { deliverableId, ...shown } = piece;
      return {
        ...shown,
        campaignDeliverableId: matched.get(piece) ?? null,
        isPlacedByHand: deliverableId !== null && known.has(deliverableId),
      };
    }),
  };
}

/** What came and was said of the drafts of one creator's work, the newest first. Errors: `not_found`. */
export async function listReviews(
  tx: TenantTx,
  ref: CampaignCreatorRef,
): Promise<{ items: DeliverableReview[] }> {
  const workId = await requireWork(tx, ref);
  const { rows } = await sql<DeliverableReview>`
    select v.id, v.campaign_deliverable_id as "campaignDeliverableId", v.kind, v.round, v.note, v.url,
           v.created_by_id as "createdById", u.name as "createdByName",
           to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
      from deliverable_reviews v
      join campaign_deliverables d on d.organization_id = v.organization_id and d.id = v.campaign_deliverable_id
      left join users u on u.id = v.created_by_id
     where d.campaign_creator_id = ${workId}::uuid
     order by v.id desc`.execute(tx);
  return { items: rows };
}

async function requireWork(tx: TenantTx, { campaignId, creatorId }: CampaignCreatorRef): Promise<string> {
  const row = await tx
    .selectFrom('campaign_creators')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .where('creator_id', '=', creatorId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw notFound('creator of this campaign');
  return row.id;
}

function listOwed(tx: TenantTx, workId: string): Promise<OwedDeliverable[]> {
  return tx
    .selectFrom('campaign_deliverables')
    .select(['id', 'platform', 'type', 'count', 'due_on as dueOn'])
    .where('campaign_creator_id', '=', workId)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

async function listPieces(tx: TenantTx, { campaignId, creatorId }: CampaignCreatorRef): Promise<PieceRow[]> {
  const { rows } = await sql<PieceRow>`
    select m.id as "campaignContentId", c.id as "creatorContentId", c.platform, c.type, coalesce(c.title, c.caption) as title,
           c.url, (c.published_at at time zone o.time_zone)::date::text as "publishedOn", c.views,
           m.state = 'CONFIRMED' as "isConfirmed", m.campaign_deliverable_id as "deliverableId", m.version
      from campaign_contents m
      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
                             and c.creator_id = ${creatorId}::uuid and c.is_active
      join organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
     where m.campaign_id = ${campaignId}::uuid and m.state <> 'REJECTED'
     order by c.published_at, c.id`.execute(tx);
  return rows;
}
