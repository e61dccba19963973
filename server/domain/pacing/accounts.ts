import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import type { FreshnessState } from '../metrics/dashboard-schema.ts';
import { isLate } from '../sync/rules.ts';
import type { PacedAccountRow } from './facts.ts';
import { dayWords, type PacedAccount } from './rules.ts';

/** An account with what may be thought of its newest figures. */
export function toPacedAccount(row: PacedAccountRow, now: Date): PacedAccount {
  const zone = isTimeZone(row.time_zone) ? row.time_zone : 'UTC';
  const today = dayIn(zone, now);
  const state = stateOf(row, { zone, today, now });
  return {
    adAccountId: row.ad_account_id,
    name: row.name,
    state,
    newestBusinessDate: row.newest_business_date,
    today,
    isDone: row.is_done,
    reason: reasonOf(row, state),
  };
}

function stateOf(
  row: PacedAccountRow,
  { zone, today, now }: { zone: string; today: string; now: Date },
): FreshnessState {
  if (row.newest_business_date === null) return 'NONE';
  if (row.sync_status === 'ERROR') return 'FAILED';
  if (isLate(row.newest_business_date, zone, now)) return 'STALE';
  return row.newest_business_date >= today ? 'PARTIAL' : 'SETTLING';
}

function reasonOf(row: PacedAccountRow, state: FreshnessState): string {
  const newest = row.newest_business_date;
  const until = newest === null ? '' : ` Its figures reach ${dayWords(newest)}.`;
  switch (state) {
    case 'NONE':
      return 'nothing was ever fetched.';
    case 'FAILED':
      return `the last sync failed${row.sync_error === null ? '.' : `: ${asSentence(row.sync_error)}`}${until}`;
    case 'STALE':
      return `${lateWords(row)}${until}`;
    default:
      return `its figures reach ${newest === null ? 'no day' : dayWords(newest)}.`;
  }
}

function lateWords(row: PacedAccountRow): string {
  if (!row.is_active) return 'it is not in use any more.';
  if (row.source === 'FILE') return 'no file holds its newest days.';
  if (row.sync_status === 'PAUSED') return 'its sync is paused.';
  return 'newer figures should be here and are not.';
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
