import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AccountDay, DayRange } from '../../integrations/ad-platform.ts';
import type { Claim } from './lease.ts';
import { daysOf } from './windows.ts';

export interface Reconciled {
  checked: number;
  differing: number;
}

interface ReconcileRequest {
  /** Days that are over: those of a running day move between the two questions. */
  range: DayRange;
  currency: string;
  days: readonly AccountDay[];
}

/**
 * Holds an account's own totals against the sum of its campaigns, day by day, and keeps the days on which they differ;
 * one that agrees again is no longer kept. Platforms that report in cents round every row, so that half a cent for each
 * row of a day is no difference; where they report finer, half of that.
 */
export async function reconcile(
  tx: TenantTx,
  { organizationId, adAccountId, syncRunId }: Claim,
  { range, currency, days }: ReconcileRequest,
): Promise<Reconciled> {
  const totals = JSON.stringify(days.map(({ date, spend, impressions }) => ({ date, spend, impressions })));
  const { rows } = await sql<{ differing: number }>`
    with theirs as (
      select date, sum(spend::numeric(18,6)) as spend, sum(impressions) as impressions
        from jsonb_to_recordset(${totals}::jsonb) as t (date date, spend numeric, impressions bigint)
       where date between ${range.from}::date and ${range.to}::date group by date),
    ours as (
      select date, sum(spend) as spend, sum(impressions)::bigint as impressions, count(*) as campaigns
        from campaign_metrics
       where organization_id = ${organizationId}::uuid and ad_account_id = ${adAccountId}::uuid
         and date between ${range.from}::date and ${range.to}::date group by date),
    grain as (
      select power(10::numeric, -greatest(2, max(scale(trim_scale(spend))))) as unit
        from (select spend from theirs union all select spend from ours) as both_sides),
    differing as (
      select date, coalesce(t.spend, 0) as account_spend, coalesce(o.spend, 0) as campaign_spend,
             coalesce(t.impressions, 0) as account_impressions, coalesce(o.impressions, 0) as campaign_impressions
        from theirs t full join ours o using (date)
       where coalesce(t.impressions, 0) <> coalesce(o.impressions, 0)
          or abs(coalesce(t.spend, 0) - coalesce(o.spend, 0))
             > (select unit from grain) / 2 * (coalesce(o.campaigns, 0) + 1)),
    agreeing as (
      delete from sync_differences d
       where d.organization_id = ${organizationId}::uuid and d.ad_account_id = ${adAccountId}::uuid
         and d.date between ${range.from}::date and ${range.to}::date
         and d.date not in (select date from differing)),
    kept as (
      insert into sync_differences as d (organization_id, ad_account_id, date, currency, account_spend,
             campaign_spend, account_impressions, campaign_impressions, sync_run_id, checked_at)
      select ${organizationId}::uuid, ${adAccountId}::uuid, date, ${currency}, account_spend, campaign_spend,
             account_impressions, campaign_impressions, ${syncRunId}::uuid, now() from differing
      on conflict (organization_id, ad_account_id, date) do update
         set currency = excluded.currency, account_spend = excluded.account_spend,
             campaign_spend = excluded.campaign_spend, account_impressions = excluded.account_impressions,
             campaign_impressions = excluded.campaign_impressions, sync_run_id = excluded.sync_run_id,
             checked_at = excluded.checked_at)
    select count(*)::int4 as differing from differing`.execute(tx);
  return { checked: daysOf(range), differing: rows[0]?.differing ?? 0 };
}
