import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { getDeal } from './queries.ts';
import { dealStages, type StageHistory } from './schema.ts';

/** Every standing that a deal had and how long, first to last. Errors: `not_found`. */
export async function getStageHistory(tx: TenantTx, dealId: string): Promise<StageHistory> {
  const [, rows] = await Promise.all([getDeal(tx, dealId), readChanges(tx, dealId)]);
  const items = rows.map((row) => ({
    fromStage: row.from_stage,
    toStage: row.to_stage,
    fromStatus: row.from_status,
    toStatus: row.to_status,
    actorId: row.actor_id,
    actorName: row.actor_name,
    changedAt: row.changed_at.toISOString(),
    seconds: row.seconds,
  }));
  const byStage = dealStages.flatMap((stage) => {
    const stays = items.filter((item) => item.toStage === stage && item.toStatus === 'OPEN');
    if (stays.length === 0) return [];
    return [{ stage, seconds: stays.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) }];
  });
  return { items, byStage };
}

function readChanges(tx: TenantTx, dealId: string) {
  const ended = sql`lead(c.changed_at) over (order by c.changed_at, c.id)`;
  const until = sql`coalesce(${ended}, case when c.to_status = 'OPEN' then now() end)`;
  return tx
    .selectFrom('deal_stage_changes as c')
    .leftJoin('users as u', 'u.id', 'c.actor_id')
    .select(['c.from_stage', 'c.to_stage', 'c.from_status', 'c.to_status', 'c.actor_id', 'c.changed_at'])
    .select('u.name as actor_name')
    .select(sql<number | null>`floor(extract(epoch from ${until} - c.changed_at))::float8`.as('seconds'))
    .where('c.deal_id', '=', dealId)
    .orderBy('c.changed_at')
    .orderBy('c.id')
    .execute();
}
