import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { agencyToday } from './commands.ts';
import { matchingDeals } from './queries.ts';
import { dealStages, type Pipeline } from './schema.ts';
import { totalsOf } from './totals.ts';

/** The open deals by stage, and those won since the first of the agency's month. Amounts stay apart by currency. */
export async function getPipeline(tx: TenantTx): Promise<Pipeline> {
  const { rows } = await sql<{ today: string }>`select ${agencyToday}::text as today`.execute(tx);
  const today = rows[0]?.today;
  if (!today) throw new Error('The agency has no row of its own.');
  const from = `${today.slice(0, 7)}-01`;
  const [open, won] = await Promise.all([
    groupsOf(tx)
      .select('deals.stage')
      .where('deals.status', '=', 'OPEN')
      .groupBy(['deals.stage', 'deals.currency'])
      .execute(),
    groupsOf(tx)
      .where('deals.status', '=', 'WON')
      .where('deals.closed_on', '>=', from)
      .where('deals.closed_on', '<=', today)
      .groupBy('deals.currency')
      .execute(),
  ]);
  return {
    stages: dealStages
      .filter((stage) => stage !== 'CLOSED')
      .map((stage) => ({ stage, ...totalsOf(open.filter((group) => group.stage === stage)) })),
    won: { from, to: today, ...totalsOf(won) },
  };
}

function groupsOf(tx: TenantTx) {
  return matchingDeals(tx, {})
    .select('deals.currency')
    .select(sql<number>`count(*)::int4`.as('count'))
    .select(sql<number>`count(deals.amount)::int4`.as('priced'))
    .select(sql<string | null>`sum(deals.amount)`.as('amount'));
}
