import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { BriefState } from '../campaign-creators/schema.ts';
import { stateOf } from './rules.ts';
import { type BriefAnswer, briefTerms, type CampaignBrief } from './schema.ts';

/** The newest brief of each of some work, by its id; a client's login sees none. */
export async function latestBriefs(
  tx: TenantTx,
  campaignCreatorIds: readonly string[],
): Promise<Map<string, BriefState>> {
  if (campaignCreatorIds.length === 0) return new Map();
  const { rows } = await sql<BriefState & { workId: string }>`
    select distinct on (b.campaign_creator_id) b.campaign_creator_id as "workId", b.id as "campaignBriefId", b.number,
           ${iso('b.sent_at')} as "sentAt", ${iso('b.opened_at')} as "openedAt", ${iso('b.withdrawn_at')} as "withdrawnAt",
           a.answer, ${iso('a.answered_at')} as "answeredAt"
      from campaign_briefs b
      left join lateral (select n.answer, n.answered_at from campaign_brief_answers n
                          where n.organization_id = b.organization_id and n.campaign_brief_id = b.id
                          order by n.answered_at desc, n.id desc limit 1) a on true
     where b.campaign_creator_id = any (${[...campaignCreatorIds]}::uuid[])
     order by b.campaign_creator_id, b.number desc`.execute(tx);
  return new Map(rows.map(({ workId, ...brief }) => [workId, brief]));
}

function iso(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

interface BriefRow {
  id: string;
  campaign_id: string;
  creator_id: string;
  number: number;
  subject: string;
  body: string;
  terms: unknown;
  sent_at: Date;
  sent_by_id: string | null;
  sent_by_name: string | null;
  expires_at: Date | null;
  opened_at: Date | null;
  withdrawn_at: Date | null;
  is_in_time: boolean;
}

function selectBriefs(tx: TenantTx) {
  return (
    tx
      .selectFrom('campaign_briefs as b')
      .innerJoin('campaign_creators as l', (join) =>
        join.onRef('l.organization_id', '=', 'b.organization_id').onRef('l.id', '=', 'b.campaign_creator_id'),
      )
      .leftJoin('users as u', 'u.id', 'b.sent_by_id')
      .select(['b.id', 'l.campaign_id', 'l.creator_id', 'b.number', 'b.subject', 'b.body', 'b.terms'])
      .select(['b.sent_at', 'b.sent_by_id', 'u.name as sent_by_name', 'b.expires_at', 'b.opened_at'])
      // By the clock of the database, which decides what opens a link.
      .select(['b.withdrawn_at', sql<boolean>`coalesce(b.expires_at > now(), false)`.as('is_in_time')])
      .where('l.is_active', '=', true)
  );
}

/** The briefs of one creator's work, the newest first, each with its answers. Errors: `not_found`. */
export async function listBriefs(
  tx: TenantTx,
  { campaignId, creatorId }: { campaignId: string; creatorId: string },
): Promise<{ items: CampaignBrief[] }> {
  const [work, rows] = await Promise.all([
    tx
      .selectFrom('campaign_creators')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('creator_id', '=', creatorId)
      .where('is_active', '=', true)
      .executeTakeFirst(),
    selectBriefs(tx)
      .where('l.campaign_id', '=', campaignId)
      .where('l.creator_id', '=', creatorId)
      .orderBy('b.number', 'desc')
      .execute(),
  ]);
  if (!work) throw notFound('creator of this campaign');
  return { items: await toBriefs(tx, rows) };
}

/** One brief with its answers. Errors: `not_found`. */
export async function getBrief(tx: TenantTx, campaignBriefId: string): Promise<CampaignBrief> {
  const rows = await selectBriefs(tx).where('b.id', '=', campaignBriefId).execute();
  const [brief] = await toBriefs(tx, rows);
  if (!brief) throw notFound('brief');
  return brief;
}

async function toBriefs(tx: TenantTx, rows: readonly BriefRow[]): Promise<CampaignBrief[]> {
  const answers = await listAnswers(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toBrief(row, answers.get(row.id) ?? []));
}

async function listAnswers(tx: TenantTx, briefIds: readonly string[]): Promise<Map<string, BriefAnswer[]>> {
  const byBrief = new Map<string, BriefAnswer[]>();
  if (briefIds.length === 0) return byBrief;
  const rows = await tx
    .selectFrom('campaign_brief_answers as a')
    .leftJoin('users as u', 'u.id', 'a.recorded_by_id')
    .select([
      'a.id',
      'a.campaign_brief_id',
      'a.answer',
      'a.note',
      'a.answered_at',
      'a.recorded_by_id',
      'u.name',
    ])
    .where('a.campaign_brief_id', 'in', [...briefIds])
    .orderBy('a.answered_at')
    .orderBy('a.id')
    .execute();
  for (const row of rows) {
    const list = byBrief.get(row.campaign_brief_id) ?? [];
    byBrief.set(row.campaign_brief_id, list);
    list.push({
      id: row.id,
      answer: row.answer,
      note: row.note,
      answeredAt: row.answered_at.toISOString(),
      recordedById: row.recorded_by_id,
      recordedByName: row.name,
    });
  }
  return byBrief;
}

function toBrief(row: BriefRow, answers: BriefAnswer[]): CampaignBrief {
  const state = stateOf({
    answers: answers.map(({ answer }) => answer),
    isWithdrawn: row.withdrawn_at !== null,
    isInTime: row.is_in_time,
  });
  return {
    id: row.id,
    campaignId: row.campaign_id,
    creatorId: row.creator_id,
    number: row.number,
    subject: row.subject,
    body: row.body,
    terms: briefTerms.parse(row.terms),
    state,
    sentAt: row.sent_at.toISOString(),
    sentById: row.sent_by_id,
    sentByName: row.sent_by_name,
    expiresAt: row.expires_at?.toISOString() ?? null,
    openedAt: row.opened_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    answers,
  };
}
