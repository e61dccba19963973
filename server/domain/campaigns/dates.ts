import { type Selectable, sql } from 'kysely';
import type { SystemTx, TenantTx } from '../../../db/tenant.ts';
import type { Campaigns, CampaignStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { getOrganization } from '../organizations/queries.ts';
import { moveColumns, moveOf } from './moves.ts';
import { moveByDate } from './rules.ts';
import { type Move, moveEntries, tellOfCampaign } from './tell.ts';

export interface CampaignToMove {
  organizationId: string;
  campaignId: string;
}

/**
 * Campaigns of all agencies whose day has come, or comes within a day, the longest due first. The list may hold what is
 * not due: moveOnItsDay decides.
 */
export async function listCampaignsToMove(tx: SystemTx, now: Date, most: number): Promise<CampaignToMove[]> {
  const { rows } = await sql<{ organization_id: string; campaign_id: string }>`
    select organization_id, campaign_id from app.campaigns_to_move(${now.toISOString()}::timestamptz, ${most})`.execute(
    tx,
  );
  return rows.map((row) => ({ organizationId: row.organization_id, campaignId: row.campaign_id }));
}

/**
 * Moves a campaign where its days say so, by its agency's own day: what was missed is caught up move by move. The row is
 * held meanwhile, so that each move happens once however many look. Answers the statuses it came through.
 */
export async function moveOnItsDay(
  tx: TenantTx,
  principal: Principal,
  { campaignId, now }: { campaignId: string; now: Date },
): Promise<CampaignStatus[]> {
  let campaign = await holdForDate(tx, campaignId);
  const today = dayIn((await getOrganization(tx)).timeZone, now);
  const through: CampaignStatus[] = [];
  for (let to = campaign && moveByDate(campaign, today); campaign && to; to = moveByDate(campaign, today)) {
    campaign = await moveTo(tx, principal, { campaign, to, now });
    through.push(to);
  }
  return through;
}

async function holdForDate(tx: TenantTx, campaignId: string): Promise<Selectable<Campaigns> | undefined> {
  return tx
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', campaignId)
    .where('is_active', '=', true)
    .where('moves_by_date', '=', true)
    .forUpdate()
    .executeTakeFirst();
}

async function moveTo(
  tx: TenantTx,
  principal: Principal,
  { campaign, to, now }: { campaign: Selectable<Campaigns>; to: CampaignStatus; now: Date },
): Promise<Selectable<Campaigns>> {
  const row = await tx
    .updateTable('campaigns')
    .set({
      ...moveColumns(principal, { before: campaign, to, reason: null, now }),
      ...(to === 'PAUSED' && { is_paused_by_date: true, paused_on: campaign.pauses_on }),
    })
    .where('id', '=', campaign.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const changes = { status: { from: campaign.status, to } };
  const move: Move | null = moveOf(campaign, changes, null);
  const told = { id: row.id, name: row.name, dealId: row.deal_id, brandId: row.brand_id };
  if (move) {
    const [entry, ...others] = moveEntries(principal, told, { ...move, isByDate: true });
    const entries = entry ? [{ ...entry, metadata: { ...entry.metadata, changes } }, ...others] : others;
    await tellOfCampaign(tx, principal, { campaign: told, entries });
  }
  return row;
}
