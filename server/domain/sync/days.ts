import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import { readFetchSettingsOf } from '../platform-settings/queries.ts';
import { dayState } from './rules.ts';
import { listDifferences } from './run-detail.ts';
import type { AccountDayStates, ListDaysInput } from './schema.ts';
import { daysOf } from './windows.ts';

const MOST_DAYS = 400;

interface DaysContext {
  platforms: PlatformRegistry;
  now: Date;
}

/**
 * How far each day of an account may be trusted, the oldest first. A day settles by the agency's setting, else by its
 * platform's; what came from a file is as it is. Errors: `not_found`; `invalid` on `to`.
 */
export async function listDayStates(
  tx: TenantTx,
  { platforms, now }: DaysContext,
  input: ListDaysInput,
): Promise<AccountDayStates> {
  const { adAccountId, from, to } = input;
  if (daysOf(input) > MOST_DAYS) throw invalidField('to', `At most ${MOST_DAYS} days at once.`);
  const account = await tx
    .selectFrom('ad_accounts')
    .select(['platform', 'time_zone', 'source'])
    .where('id', '=', adAccountId)
    .executeTakeFirst();
  if (!account) throw notFound('ad account');
  const [reads, differences, settings] = await Promise.all([
    readDays(tx, input),
    listDifferences(tx, adAccountId, { from, to }),
    readFetchSettingsOf(tx, account.platform),
  ]);
  const timeZone = isTimeZone(account.time_zone) ? account.time_zone : 'UTC';
  const own = platforms.list().find(({ id }) => id === account.platform)?.restatementDays ?? 0;
  const restatementDays = account.source === 'FILE' ? 0 : (settings.restatementDays ?? own);
  const today = dayIn(timeZone, now);
  return {
    timeZone: account.time_zone,
    days: reads.map(({ date, read_at: readAt }) => ({
      date,
      state: dayState(date, { today, readOn: readAt && dayIn(timeZone, readAt), restatementDays }),
      readAt: readAt?.toISOString() ?? null,
      difference: differences.find((difference) => difference.date === date) ?? null,
    })),
  };
}

/** When each day was last read whole. Rows that say what they said keep their own fetch time, so slices are asked. */
async function readDays(tx: TenantTx, { adAccountId, from, to }: ListDaysInput) {
  const { rows } = await sql<{ date: string; read_at: Date | null }>`
    with read as (
      select s.slice_start, s.slice_end, s.fetched_at
        from sync_slices s join sync_runs r on r.organization_id = s.organization_id and r.id = s.sync_run_id
       where r.ad_account_id = ${adAccountId}::uuid and s.status = 'DONE'
         and s.slice_start <= ${to}::date and s.slice_end >= ${from}::date
       union all
      select r.window_start, r.window_end, r.started_at from sync_runs r
       where r.ad_account_id = ${adAccountId}::uuid and r.status = 'SUCCESS' and r.slices_total = 0
         and r.window_start <= ${to}::date and r.window_end >= ${from}::date)
    select d.day::date as date, max(read.fetched_at) as read_at
      from generate_series(${from}::date, ${to}::date, interval '1 day') as d (day)
      left join read on d.day between read.slice_start and read.slice_end
     group by d.day order by d.day`.execute(tx);
  return rows;
}
