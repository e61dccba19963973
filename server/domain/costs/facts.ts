import { sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';

export interface CostRange {
  from?: string | undefined;
  to?: string | undefined;
}

/** What one account's platform campaigns of a campaign came to on a day, media and boosts apart. */
export interface PlatformCostRow {
  campaign_id: string;
  date: string;
  is_boost: boolean;
  currency: string;
  ad_account_id: string;
  account_name: string;
  platform: string;
  time_zone: string;
  spend: string;
  conversions: string | null;
  conversion_value: string | null;
  spend_of_value: string | null;
  /** Rows that do not tell it. */
  untold_conversions: number;
  untold_value: number;
  rows: number;
  /** How the day's rows came and by which settings they count, as explanations of figures write it. */
  origins: string[];
  is_sandbox: boolean;
}

/** Where no days are asked for those of each campaign's flight: what ran before is not its cost. */
export async function readPlatformCosts(
  tx: TenantTx,
  campaignIds: readonly string[],
  { from, to }: CostRange,
): Promise<PlatformCostRow[]> {
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<PlatformCostRow>`
    select p.campaign_id, m.date, p.is_boost, m.currency, a.id as ad_account_id, a.name as account_name, a.platform,
           a.time_zone, sum(m.spend) as spend, sum(m.conversions) as conversions,
           sum(m.conversion_value) as conversion_value,
           sum(m.spend) filter (where m.conversion_value is not null) as spend_of_value,
           (count(*) - count(m.conversions))::int4 as untold_conversions,
           (count(*) - count(m.conversion_value))::int4 as untold_value,
           count(*)::int4 as rows,
           array_agg(distinct m.source::text || ' ' || coalesce(m.attribution_setting, '')) as origins,
           bool_or(m.source = 'SANDBOX') as is_sandbox
      from platform_campaigns as p
      join campaigns as c on c.organization_id = p.organization_id and c.id = p.campaign_id
      join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
      join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
     where p.campaign_id = any (${[...campaignIds]}::uuid[])
       and m.date between coalesce(${from ?? null}::date, c.starts_on, '-infinity') and coalesce(${to ?? null}::date, c.ends_on, 'infinity')
     group by p.campaign_id, m.date, p.is_boost, m.currency, a.id, a.name, a.platform, a.time_zone
     order by m.date, m.currency, a.name, a.id`.execute(tx),
  ]);
  return rows;
}

/** What a campaign's own costs came to on a day. */
export interface OtherCostRow {
  campaign_id: string;
  date: string;
  description: string;
  amount: string;
  currency: string;
}

export async function readOtherCosts(
  tx: TenantTx,
  campaignIds: readonly string[],
  { from, to }: CostRange,
): Promise<OtherCostRow[]> {
  let query = tx
    .selectFrom('campaign_costs')
    .select(['campaign_id', 'date', 'description', 'amount', 'currency'])
    .where('campaign_id', 'in', [...campaignIds])
    .where('is_active', '=', true);
  if (from !== undefined) query = query.where('date', '>=', from);
  if (to !== undefined) query = query.where('date', '<=', to);
  return query.orderBy('date').orderBy('id').execute();
}

export interface CostCampaignRow {
  id: string;
  brand_id: string | null;
  currency: string | null;
  starts_on: string | null;
  ends_on: string | null;
  /** The brand's own choice, and the agency's. */
  brand_source: 'PLATFORMS' | 'RESULTS' | null;
  agency_source: 'PLATFORMS' | 'RESULTS' | null;
}

/** These campaigns, of those that the reader sees. */
export async function readCostCampaigns(
  tx: TenantTx,
  campaignIds: readonly string[],
): Promise<CostCampaignRow[]> {
  const { rows } = await sql<CostCampaignRow>`
    select c.id, c.brand_id, c.currency, c.starts_on, c.ends_on, b.value_source as brand_source, o.value_source as agency_source
      from campaigns as c
      join organizations as o on o.organization_id = c.organization_id and o.id = c.organization_id
      left join organizations as b on b.organization_id = c.organization_id and b.id = c.brand_id
     where c.id = any (${[...campaignIds]}::uuid[])
     order by c.name_key, c.id`.execute(tx);
  return rows;
}

/** A day's rate into the answer's currency, by "date currency". */
export type Rates = ReadonlyMap<
  string,
  { rate: string; publishedOn: string | null; sources: readonly string[] }
>;

export async function readCostRates(
  tx: TenantTx,
  target: string,
  needed: readonly { date: string; currency: string }[],
): Promise<Rates> {
  const pairs = [...new Map(needed.map((one) => [`${one.date} ${one.currency}`, one])).values()];
  if (pairs.length === 0) return new Map();
  const asked = sql`select * from unnest(${pairs.map(({ date }) => date)}::date[], ${pairs.map(({ currency }) => currency)}::bpchar[]) as n (date, currency)`;
  const [, { rows }] = await Promise.all([planForValues(tx), ratesInto(target, asked).execute(tx)]);
  return new Map(
    rows.flatMap(({ date, currency, rate, published_on: publishedOn, sources }) =>
      rate === null ? [] : [[`${date} ${currency}`, { rate, publishedOn, sources: sources ?? [] }] as const],
    ),
  );
}
