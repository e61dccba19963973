import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { requestSync } from './commands.ts';
import { isLate } from './rules.ts';

/** The ad accounts, by their ids, whose figures could be fetched and do not cover what they should by now. */
export async function listLateAccounts(tx: TenantTx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('ad_accounts as a')
    .leftJoin('oauth_connections as c', (join) =>
      join.onRef('c.organization_id', '=', 'a.organization_id').onRef('c.id', '=', 'a.connection_id'),
    )
    .select(['a.id', 'a.time_zone', 'a.newest_business_date', 'c.state'])
    .where('a.is_active', '=', true)
    .where('a.is_manager', '=', false)
    .where('a.sync_status', '<>', 'PAUSED')
    .where('a.connection_id', 'is not', null)
    .where('a.source', '<>', 'FILE')
    .orderBy('a.id')
    .execute();
  return rows.flatMap(({ id, state, time_zone: timeZone, newest_business_date: newest }) => {
    // Members do not see the connection itself; what its access is worth shows when the run begins.
    const isConnected = state === null || state === 'CONNECTED';
    return isConnected && isTimeZone(timeZone) && isLate(newest, timeZone, now) ? [id] : [];
  });
}

/** Asks for the figures of every account that is late. Answers how many those are. */
export async function requestLate(
  tx: TenantTx,
  principal: Principal,
  now: Date,
): Promise<{ accountCount: number }> {
  const late = await listLateAccounts(tx, now);
  for (const adAccountId of late) await requestSync(tx, principal, { adAccountId, trigger: 'MANUAL' });
  return { accountCount: late.length };
}
