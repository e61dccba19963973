import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { BriefState } from '../campaign-creators/schema.ts';

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
