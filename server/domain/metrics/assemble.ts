import { plain } from '../records/decimals.ts';
import { toMoney } from '../records/money.ts';
import { type DayRow, toFxUses, toLeftOut } from './conversions.ts';
import type { AttachedRow, FactRow } from './facts.ts';
import { byCurrency, groupBy, toConvertedFigures } from './figures.ts';
import type { DayRange } from './range.ts';
import { toFrequency } from './rules.ts';
import type {
  AdAccountMetrics,
  CampaignMetrics,
  Freshness,
  MetricsDay,
  PlatformCampaignMetrics,
} from './schema.ts';
import { toUntoldBy } from './untold.ts';

/** What the queries found. */
export interface Found {
  campaignId: string;
  range: DayRange;
  currency: string;
  facts: readonly FactRow[];
  attached: readonly AttachedRow[];
  reach: ReadonlyMap<string, number>;
}

/** The answer from what the queries found. Pure. */
export function assembleMetrics(found: Found): CampaignMetrics {
  const { campaignId, range, currency, facts, attached } = found;
  const dayRows = facts.filter((row): row is FactRow & DayRow => row.date !== null);
  const byCampaign = groupBy(
    facts.filter((row) => row.platform_campaign_id !== null),
    (row) => row.platform_campaign_id ?? '',
  );
  const platformCampaigns = attached.map((item) =>
    toPlatformCampaign(item, byCampaign.get(item.id) ?? [], found),
  );
  return {
    campaignId,
    ...range,
    currency,
    totals: { ...toConvertedFigures(dayRows, currency), ...totalReach(platformCampaigns) },
    byCurrency: byCurrency(dayRows),
    days: toDays(dayRows, currency, new Set(attached.map((item) => item.today))),
    platformCampaigns,
    adAccounts: toAdAccounts(attached, byCampaign, currency),
    fx: toFxUses(dayRows, currency),
    leftOut: toLeftOut(dayRows, currency),
    untoldBy: toUntoldBy(rowsByAccount(attached, byCampaign)),
    freshness: toFreshness(attached, range),
    isSandbox: facts.some((row) => row.is_sandbox),
  };
}

function toPlatformCampaign(
  item: AttachedRow,
  rows: readonly FactRow[],
  found: Found,
): PlatformCampaignMetrics {
  const figures = toConvertedFigures(rows, found.currency);
  const reach = found.reach.get(item.id) ?? null;
  return {
    platformCampaignId: item.id,
    nativeId: item.native_id,
    name: item.name,
    nativeStatus: item.native_status,
    isGone: item.is_gone,
    adAccountId: item.ad_account_id,
    adAccountName: item.account_name,
    platform: item.platform,
    ...figures,
    reach,
    frequency: toFrequency(figures.impressions, reach),
    byCurrency: byCurrency(rows),
  };
}

/** People reached by two platform campaigns may be the same people: only where there is one is its reach the whole's. */
function totalReach(
  items: readonly PlatformCampaignMetrics[],
): Pick<PlatformCampaignMetrics, 'reach' | 'frequency'> {
  const [only] = items;
  return only && items.length === 1
    ? { reach: only.reach, frequency: only.frequency }
    : { reach: null, frequency: null };
}

function toDays(rows: readonly DayRow[], currency: string, todays: ReadonlySet<string>): MetricsDay[] {
  return [...groupBy(rows, (row) => row.date)].map(([date, own]) => ({
    date,
    isPartial: todays.has(date),
    ...toConvertedFigures(own, currency),
    byCurrency: own.map((row) => ({
      currency: row.currency,
      spend: toMoney(row.spend, row.currency),
      conversionValue: toMoney(row.conversion_value, row.currency),
      rate: row.rate === null ? null : plain(row.rate),
      ratePublishedOn: row.published_on,
    })),
  }));
}

function toAdAccounts(
  attached: readonly AttachedRow[],
  byCampaign: ReadonlyMap<string, FactRow[]>,
  currency: string,
): AdAccountMetrics[] {
  return rowsByAccount(attached, byCampaign).map(({ rows, ...account }) => ({
    ...account,
    ...toConvertedFigures(rows, currency),
    byCurrency: byCurrency(rows),
  }));
}

function rowsByAccount(attached: readonly AttachedRow[], byCampaign: ReadonlyMap<string, FactRow[]>) {
  return accountsOf(attached).map(({ account, items }) => ({
    adAccountId: account.ad_account_id,
    name: account.account_name,
    platform: account.platform,
    rows: items.flatMap((item) => byCampaign.get(item.id) ?? []),
  }));
}

function toFreshness(attached: readonly AttachedRow[], range: DayRange): Freshness[] {
  return accountsOf(attached).map(({ account }) => ({
    adAccountId: account.ad_account_id,
    name: account.account_name,
    platform: account.platform,
    currency: account.currency,
    timeZone: account.time_zone,
    lastSyncedAt: account.last_synced_at?.toISOString() ?? null,
    newestBusinessDate: account.newest_business_date,
    syncStatus: account.sync_status,
    syncError: account.sync_error,
    partialDay: partialDay(account, range),
  }));
}

function partialDay(account: AttachedRow, range: DayRange): string | null {
  const { today, newest_business_date: newest } = account;
  const isCovered = newest !== null && newest >= today;
  return isCovered && range.from <= today && today <= range.to ? today : null;
}

function accountsOf(attached: readonly AttachedRow[]): { account: AttachedRow; items: AttachedRow[] }[] {
  return [...groupBy(attached, (item) => item.ad_account_id).values()]
    .flatMap((items) => (items[0] ? [{ account: items[0], items }] : []))
    .sort((a, b) => a.account.account_name.localeCompare(b.account.account_name, 'en'));
}
