import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type TenantTx, withSystem } from '../../../db/tenant.ts';
import type { CreatorCampaignStatus } from '../../../db/types.ts';
import { sha256Hex } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { getBrief } from './queries.ts';
import { closedWords } from './rules.ts';
import type { BriefInvitation } from './schema.ts';

/** The same in words for what never was, was taken back, or is too old. */
function deadLink(): AppError {
  return new AppError(
    'not_found',
    'This link does not work any more. Ask whoever sent it to you for a new one.',
  );
}

export interface BriefLink {
  organizationId: string;
  campaignBriefId: string;
}

/** Whose brief a link's secret opens: ids alone. Errors: `not_found`. */
export async function findBrief(db: Database, token: string): Promise<BriefLink> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ organization_id: string; campaign_brief_id: string }>`
      select * from app.campaign_brief_find(${sha256Hex(token)})`.execute(tx),
  );
  const [row] = rows;
  if (!row) throw deadLink();
  return { organizationId: row.organization_id, campaignBriefId: row.campaign_brief_id };
}

/** Notes that a link was opened for the first time; mail programs open links too. */
export async function markOpened(tx: TenantTx, campaignBriefId: string): Promise<void> {
  await tx
    .updateTable('campaign_briefs')
    .set({ opened_at: sql<Date>`now()` })
    .where('id', '=', campaignBriefId)
    .where('opened_at', 'is', null)
    .execute();
}

/** What whoever opens a link reads; the fee where its sender chose to show it. Errors: `not_found`. */
export async function readInvitation(tx: TenantTx, campaignBriefId: string): Promise<BriefInvitation> {
  const [brief, about] = await Promise.all([getBrief(tx, campaignBriefId), readAbout(tx, campaignBriefId)]);
  const { terms } = brief;
  return {
    agencyName: about.agencyName,
    creatorName: about.creatorName,
    campaignName: about.campaignName,
    timeZone: about.timeZone,
    subject: brief.subject,
    body: brief.body,
    terms: { ...terms, fee: terms.showsFee ? terms.fee : null },
    askedBy: brief.sentByName,
    expiresAt: brief.expiresAt,
    closed: closedWords({ answers: brief.answers.map(({ answer }) => answer), status: about.status }),
    answers: brief.answers.map(({ answer, note, answeredAt }) => ({ answer, note, answeredAt })),
  };
}

interface About {
  agencyName: string;
  creatorName: string;
  campaignName: string;
  timeZone: string;
  status: CreatorCampaignStatus;
}

async function readAbout(tx: TenantTx, campaignBriefId: string): Promise<About> {
  const { rows } = await sql<About>`
    select o.name as "agencyName", o.time_zone as "timeZone", r.name as "creatorName", k.name as "campaignName", l.status
      from campaign_briefs b
      join campaign_creators l on l.organization_id = b.organization_id and l.id = b.campaign_creator_id
      join campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
      join creators r on r.organization_id = l.organization_id and r.id = l.creator_id
      join organizations o on o.organization_id = b.organization_id and o.id = b.organization_id
     where b.id = ${campaignBriefId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw deadLink();
  return row;
}
