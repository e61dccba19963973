import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import type { FetchSettings } from '../platform-settings/queries.ts';
import { frameSql, type FigureFilter } from './dashboard-frame.ts';
import type { AccountReads } from './freshness.ts';
import type { DayRange } from './range.ts';

/** An ad account of the dashboard's platform campaigns. */
export interface AccountRow {
  id: string;
  name: string;
  platform: string;
  currency: string;
  time_zone: string;
  source: string;
  is_active: boolean;
  sync_status: string;
  sync_error: string | null;
  last_synced_at: Date | null;
  newest_business_date: string | null;
  /** Those that the reader sees and the filter leaves. */
  platform_campaign_ids: string[];
}

/** The accounts of the platform campaigns that the reader sees and the filter leaves, by name. */
export async function readAccounts(tx: TenantTx, filter: FigureFilter): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select a.id, a.name, a.platform, a.currency, a.time_zone, a.source, a.is_active, a.sync_status, a.sync_error,
           a.last_synced_at, a.newest_business_date, f.ids as platform_campaign_ids
      from (select f.ad_account_id, array_agg(f.id::text) as ids from (${frameSql(filter, 'DAY')}) as f group by f.ad_account_id) as f
      join ad_accounts as a on a.id = f.ad_account_id
     order by a.name, a.id`.execute(tx);
  return rows;
}

/** What the platforms and the agency say of how days settle. */
export interface Settling {
  platforms: readonly { id: string; name: string; restatementDays: number }[];
  settings: ReadonlyMap<string, FetchSettings>;
}

export interface FreshnessRequest extends Settling {
  accounts: readonly AccountRow[];
  /** Both ranges of the dashboard lie in it. */
  days: DayRange;
  now: Date;
  /** The figures are those of a past moment, and so are their marks. */
  asOf: Date | null;
}

/** An account with how its days were read, and its runs. */
export interface ReadAccount {
  account: AccountRow;
  reads: AccountReads;
  lastSyncedAt: string | null;
  syncRunId: string | null;
  isSyncing: boolean;
}

interface RunsRow {
  id: string;
  settled: [string, string][] | null;
  fresh: [string, string][] | null;
  last_run_id: string | null;
  last_status: string | null;
  last_error: string | null;
  succeeded_at: Date | null;
  newest_read: string | null;
  is_syncing: boolean;
}

/** How the accounts' days were read, at the moment that is asked for. */
export async function readFreshness(tx: TenantTx, request: FreshnessRequest): Promise<ReadAccount[]> {
  const { accounts, asOf, now } = request;
  const asked = accounts.map((account) => ({
    id: account.id,
    ...zoneOf(account, asOf ?? now),
    restatement: restatementDays(account, request),
  }));
  const { rows } = await runsOf(tx, request, JSON.stringify(asked));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return accounts.map((account) => toReadAccount(account, byId.get(account.id), request));
}

function zoneOf({ time_zone: timeZone }: AccountRow, at: Date): { zone: string; today: string } {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  return { zone, today: dayIn(zone, at) };
}

function restatementDays({ source, platform }: AccountRow, { platforms, settings }: Settling): number {
  if (source === 'FILE') return 0;
  const own = platforms.find(({ id }) => id === platform)?.restatementDays ?? 0;
  return settings.get(platform)?.restatementDays ?? own;
}

/** Rows that say what they said keep their own fetch time, so it is slices and runs that tell what was read when. */
function runsOf(tx: TenantTx, { days, now, asOf }: FreshnessRequest, asked: string) {
  const at = sql`${(asOf ?? now).toISOString()}::timestamptz`;
  const before = (column: string) => (asOf === null ? sql`true` : sql`${sql.ref(column)} <= ${at}`);
  const within = sql`first <= ${days.to}::date and last >= ${days.from}::date`;
  return sql<RunsRow>`
    with asked as (select * from jsonb_to_recordset(${asked}::jsonb) as a (id uuid, zone text, today date, restatement int)),
    reads as (
      select r.ad_account_id, s.slice_start as first, s.slice_end as last, s.fetched_at as read_at
        from sync_runs r join sync_slices s on s.organization_id = r.organization_id and s.sync_run_id = r.id
       where r.ad_account_id in (select id from asked) and s.status = 'DONE'
       union all
      select r.ad_account_id, r.window_start, r.window_end, r.started_at from sync_runs r
       where r.ad_account_id in (select id from asked) and r.status = 'SUCCESS' and r.slices_total = 0),
    read as (
      select a.id, a.today, a.restatement, reads.first, reads.last, (reads.read_at at time zone a.zone)::date as read_on
        from asked a join reads on reads.ad_account_id = a.id
       where ${within} and ${before('reads.read_at')}),
    spans as (
      select id, max(least(last, read_on)) as newest_read,
             range_agg(daterange(first, least(last, read_on - greatest(restatement, 1)), '[]'))
               filter (where first <= read_on - greatest(restatement, 1)) as settled,
             range_agg(daterange(first, least(last, read_on - 1), '[]'))
               filter (where first < read_on and read_on >= today - 1) as fresh
        from read group by id)
    select a.id, s.newest_read, ${daysOf('s.settled')} as settled, ${daysOf('s.fresh')} as fresh,
           coalesce(failed.id, ended.id) as last_run_id, ended.status as last_status, failed.error as last_error,
           (select max(r.finished_at) from sync_runs r where r.ad_account_id = a.id and r.status = 'SUCCESS'
               and r.work <> 'BACKFILL' and ${before('r.finished_at')}) as succeeded_at,
           exists (select from sync_runs r where r.ad_account_id = a.id and r.status = 'SYNCING') as is_syncing
      from asked a
      left join spans s on s.id = a.id
      left join lateral (
        select r.id, r.status, r.error from sync_runs r
         where r.ad_account_id = a.id and r.status in ('SUCCESS', 'ERROR') and r.work <> 'BACKFILL' and ${before('r.finished_at')}
         order by r.finished_at desc nulls last, r.id desc limit 1) ended on true
      left join lateral (select ended.id, ended.error where ended.status = 'ERROR') failed on true`.execute(
    tx,
  );
}

function daysOf(multirange: string) {
  return sql`(select jsonb_agg(jsonb_build_array(lower(x), upper(x) - 1) order by lower(x)) from unnest(${sql.ref(multirange)}) as x)`;
}

function toReadAccount(
  account: AccountRow,
  row: RunsRow | undefined,
  request: FreshnessRequest,
): ReadAccount {
  const { asOf, now, platforms } = request;
  const hasFailed = row?.last_status === 'ERROR' || (asOf === null && account.sync_status === 'ERROR');
  const lastSyncedAt = asOf === null ? account.last_synced_at : (row?.succeeded_at ?? null);
  return {
    account,
    reads: {
      timeZone: account.time_zone,
      platformName: platforms.find(({ id }) => id === account.platform)?.name ?? account.platform,
      today: zoneOf(account, asOf ?? now).today,
      isFile: account.source === 'FILE',
      isPaused: account.sync_status === 'PAUSED',
      newestBusinessDate: asOf === null ? account.newest_business_date : (row?.newest_read ?? null),
      failure: hasFailed ? (row?.last_error ?? account.sync_error ?? '') : null,
      settled: toRanges(row?.settled),
      fresh: toRanges(row?.fresh),
      restatementDays: restatementDays(account, request),
    },
    lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
    syncRunId: row?.last_run_id ?? null,
    isSyncing: asOf === null && (row?.is_syncing ?? false),
  };
}

function toRanges(spans: [string, string][] | null | undefined): DayRange[] {
  return (spans ?? []).map(([from, to]) => ({ from, to }));
}
