import type { TenantTx } from '../../../db/tenant.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { DEFAULT_FETCH_SETTINGS, readFetchSettings } from '../platform-settings/queries.ts';
import { nextFirstSlot, nextSlot } from './rules.ts';
import type { UpcomingInput, UpcomingSync } from './schema.ts';

/**
 * What runs next, the soonest first: runs that wait, and for every account without one what its schedule asks for next.
 * Accounts that are paused, archived or not connected have nothing ahead of them.
 */
export async function listUpcoming(tx: TenantTx, input: UpcomingInput, now: Date): Promise<UpcomingSync[]> {
  const [accounts, waiting, settings] = await Promise.all([
    selectAccounts(tx, input),
    selectWaiting(tx, input),
    readFetchSettings(tx),
  ]);
  const upcoming = accounts.flatMap((account): UpcomingSync[] => {
    const { isIntraday } = settings.get(account.platform) ?? DEFAULT_FETCH_SETTINGS;
    const own = waiting.filter((run) => run.ad_account_id === account.id);
    const runs = own.map((run) => ({
      ...toAccount(account),
      work: run.work,
      at: later(run.next_attempt_at, now).toISOString(),
      syncRunId: run.id,
    }));
    const hasNext = own.some(({ work }) => work !== 'BACKFILL') || !isTimeZone(account.time_zone);
    return hasNext ? runs : [...runs, { ...toAccount(account), ...scheduled(account, isIntraday, now) }];
  });
  upcoming.sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : byName(left, right)));
  return upcoming.slice(0, input.limit);
}

interface AccountRow {
  id: string;
  name: string;
  platform: UpcomingSync['platform'];
  time_zone: string;
}

async function selectAccounts(tx: TenantTx, input: UpcomingInput): Promise<AccountRow[]> {
  const rows = await tx
    .selectFrom('ad_accounts as a')
    .leftJoin('oauth_connections as c', (join) =>
      join.onRef('c.organization_id', '=', 'a.organization_id').onRef('c.id', '=', 'a.connection_id'),
    )
    .select(['a.id', 'a.name', 'a.platform', 'a.time_zone', 'c.state'])
    .where('a.is_active', '=', true)
    .where('a.sync_status', '<>', 'PAUSED')
    .where('a.connection_id', 'is not', null)
    .$if(input.adAccountId !== undefined, (query) => query.where('a.id', '=', input.adAccountId ?? ''))
    .$if(input.platform !== undefined, (query) => query.where('a.platform', '=', input.platform ?? 'META'))
    .execute();
  // Members do not see the connection itself; what its access is worth shows when the run begins.
  return rows.filter(({ state }) => state === null || state === 'CONNECTED');
}

function selectWaiting(tx: TenantTx, input: UpcomingInput) {
  return tx
    .selectFrom('sync_runs')
    .select(['id', 'ad_account_id', 'work', 'next_attempt_at'])
    .where('status', '=', 'PENDING')
    .$if(input.adAccountId !== undefined, (query) =>
      query.where('ad_account_id', '=', input.adAccountId ?? ''),
    )
    .execute();
}

function toAccount({ id, name, platform, time_zone: timeZone }: AccountRow) {
  return { adAccountId: id, adAccountName: name, platform, timeZone };
}

function scheduled({ time_zone: timeZone }: AccountRow, isIntraday: boolean, now: Date) {
  const slot = nextSlot(now, timeZone);
  const isDaily = slot.isFirst || !isIntraday;
  return {
    work: isDaily ? ('DAILY' as const) : ('INTRADAY' as const),
    at: (isDaily ? nextFirstSlot(now, timeZone) : slot.at).toISOString(),
    syncRunId: null,
  };
}

function later(at: Date | null, now: Date): Date {
  return at !== null && at > now ? at : now;
}

function byName(left: UpcomingSync, right: UpcomingSync): number {
  return left.adAccountName.localeCompare(right.adAccountName);
}
