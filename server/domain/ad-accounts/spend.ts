import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import { toAmount } from '../records/money.ts';
import type { AccountSpend } from './schema.ts';

interface Asked {
  /** Without it, every account in use that has a limit. */
  adAccountId?: string | undefined;
  now: Date;
}

/**
 * What accounts spent today and in this month, in the days of their own zones and in their own currency. An account
 * that the reader does not see has no line.
 */
export async function listSpend(
  tx: TenantTx,
  principal: Principal,
  { adAccountId, now }: Asked,
): Promise<AccountSpend[]> {
  const accounts = await selectAsked(tx, adAccountId);
  const asked = accounts.map(({ id, currency, time_zone: timeZone }) => {
    return { id, currency, today: dayIn(isTimeZone(timeZone) ? timeZone : 'UTC', now) };
  });
  const { rows } = await sql<{ id: string; today: string | null; month: string | null }>`
    select a.id, sum(m.spend) filter (where m.date = a.today)::text as today, sum(m.spend)::text as month
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (id uuid, currency text, today date)
      join campaign_metrics m
        on m.ad_account_id = a.id and m.currency = a.currency
       and m.date between date_trunc('month', a.today::timestamp)::date and a.today
     group by a.id`.execute(tx);
  const spent = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ id, currency, today }) => ({
    adAccountId: id,
    day: today,
    today: { amount: toAmount(spent.get(id)?.today ?? '0', currency), currency },
    month: { amount: toAmount(spent.get(id)?.month ?? '0', currency), currency },
    isWhole: principal.reach === 'all',
  }));
}

function selectAsked(tx: TenantTx, adAccountId: string | undefined) {
  const accounts = tx
    .selectFrom('ad_accounts')
    .select(['id', 'currency', 'time_zone'])
    .where('is_manager', '=', false);
  if (adAccountId !== undefined) return accounts.where('id', '=', adAccountId).execute();
  return accounts
    .where('is_active', '=', true)
    .where((eb) => eb.or([eb('daily_limit', 'is not', null), eb('monthly_limit', 'is not', null)]))
    .execute();
}
