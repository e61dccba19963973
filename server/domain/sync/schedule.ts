import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { SyncWork } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import {
  DEFAULT_FETCH_SETTINGS,
  type FetchSettings,
  readFetchSettings,
} from '../platform-settings/queries.ts';
import { wakeRun } from './commands.ts';
import { dueSlot } from './rules.ts';

interface Due {
  id: string;
  slot: Date;
  work: SyncWork;
}

/**
 * Inserts the runs of an agency's accounts whose newest slot has passed and that were not synced since, and wakes
 * them. A slot is one row for ever, so that however many schedulers look, it runs once. Answers how many are new.
 */
export async function requestDueSyncs(
  tx: TenantTx,
  principal: Principal,
  request: { adAccountIds: readonly string[]; now: Date },
): Promise<number> {
  const [accounts, settings] = await Promise.all([
    selectAccounts(tx, request.adAccountIds),
    readFetchSettings(tx),
  ]);
  const due = accounts.flatMap((account): Due[] => {
    // An unknown zone must not stop the others; its own run says so when it is asked for.
    if (!isTimeZone(account.time_zone)) return [];
    const slot = dueSlot(request.now, account.time_zone);
    const work = workAt(slot, account, settings.get(account.platform) ?? DEFAULT_FETCH_SETTINGS);
    return work ? [{ id: account.id, slot, work }] : [];
  });
  if (due.length === 0) return 0;
  const runs = await tx
    .insertInto('sync_runs')
    .values(
      due.map(({ id, slot, work }) => ({
        organization_id: principal.organizationId,
        ad_account_id: id,
        trigger: 'SCHEDULE' as const,
        work,
        slot,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'ad_account_id', 'work'])
    .execute();
  for (const run of runs)
    await wakeRun(tx, { syncRunId: run.id, adAccountId: run.ad_account_id, work: run.work });
  return runs.length;
}

interface AccountClocks {
  time_zone: string;
  last_synced_at: Date | null;
  connected_at: Date | null;
  /** The last day of the newest daily run that succeeded. */
  daily_until: string | null;
}

/**
 * What a slot asks for. Until the day has had its daily run every slot asks for that, so that one that failed or was
 * missed is made up for; after it the later slots ask for today alone, where the agency wants that.
 */
export function workAt(slot: Date, account: AccountClocks, settings: FetchSettings): SyncWork | null {
  // Connecting asks for the figures itself.
  if (account.connected_at && account.connected_at >= slot) return null;
  const day = dayIn(account.time_zone, slot);
  if (account.daily_until === null || account.daily_until < day) return 'DAILY';
  const isFresh = account.last_synced_at !== null && account.last_synced_at >= slot;
  return settings.isIntraday && !isFresh ? 'INTRADAY' : null;
}

function selectAccounts(tx: TenantTx, adAccountIds: readonly string[]) {
  return tx
    .selectFrom('ad_accounts as a')
    .select(['a.id', 'a.platform', 'a.time_zone', 'a.last_synced_at', 'a.connected_at'])
    .select((eb) =>
      eb
        .selectFrom('sync_runs as r')
        .select(sql<string | null>`max(r.window_end)`.as('until'))
        .whereRef('r.ad_account_id', '=', 'a.id')
        .where('r.status', '=', 'SUCCESS')
        .where('r.work', '=', 'DAILY')
        .where(sql<SqlBool>`r.requested_at > now() - interval '90 days'`)
        .as('daily_until'),
    )
    .where('a.id', 'in', [...adAccountIds])
    .execute();
}
