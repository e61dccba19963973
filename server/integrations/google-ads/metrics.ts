import type { AccountDay, DailyMetric, DayRange, PeriodReach } from '../ad-platform.ts';
import { countDays } from '../spans.ts';
import { type DayQuery, readDays, type Source } from './days.ts';
import { toAccountDay, toDailyMetric, toPeriodReach } from './map.ts';
import { accountDayRowWire, dailyRowWire, reachRowWire, read } from './wire.ts';

/** Unique users are counted over so many days and no more. Source: Google Ads API, unique reach metrics. */
export const MAX_REACH_DAYS = 92;

const campaignDays: DayQuery<DailyMetric> = {
  resource: 'campaign',
  fields: [
    ...['campaign.id', 'campaign.name', 'campaign.advertising_channel_type', 'customer.currency_code'],
    ...['segments.date', 'metrics.cost_micros', 'metrics.impressions', 'metrics.clicks'],
    ...['metrics.conversions', 'metrics.conversions_value', 'metrics.all_conversions'],
    ...['metrics.all_conversions_value', 'metrics.view_through_conversions'],
    ...['metrics.video_trueview_views', 'metrics.video_quartile_p25_rate'],
    ...['metrics.video_quartile_p50_rate', 'metrics.video_quartile_p75_rate'],
    'metrics.video_quartile_p100_rate',
  ],
  rowOf: (value) => {
    const row = read(dailyRowWire, value, 'campaign');
    return { date: row.segments.date, key: row.campaign.id, item: toDailyMetric(row) };
  },
};

const wholeAccountDays: DayQuery<AccountDay> = {
  resource: 'customer',
  fields: [
    ...['customer.currency_code', 'segments.date', 'metrics.cost_micros'],
    ...['metrics.impressions', 'metrics.clicks'],
  ],
  rowOf: (value) => {
    const row = read(accountDayRowWire, value, 'customer');
    return { date: row.segments.date, key: 'account', item: toAccountDay(row) };
  },
};

const REACH_FIELDS = [
  ...['campaign.id', 'metrics.impressions', 'metrics.unique_users'],
  'metrics.average_impression_frequency_per_user',
];

/** Daily rows of every campaign, removed ones among them. */
export function dailyMetrics(source: Source, range: DayRange): AsyncGenerator<DailyMetric[]> {
  return readDays(source, range, campaignDays);
}

/** The account's own totals by day. */
export function accountDays(source: Source, range: DayRange): AsyncGenerator<AccountDay[]> {
  return readDays(source, range, wholeAccountDays);
}

/**
 * Reach of exactly this period. Google counts unique users by campaign alone: the account's own is unknown, and a
 * period of more than 92 days has none.
 */
export async function periodReach(source: Source, period: DayRange): Promise<PeriodReach[]> {
  if (countDays(period) > MAX_REACH_DAYS) return [];
  const { google, access, account } = source;
  const where = `segments.date BETWEEN '${period.from}' AND '${period.to}' AND metrics.impressions > 0`;
  const query = `SELECT ${REACH_FIELDS.join(', ')} FROM campaign WHERE ${where}`;
  const question = { customerId: account.nativeId, loginId: account.loginNativeId, query };
  const found: PeriodReach[] = [{ nativeCampaignId: null, reach: null, frequency: null }];
  for await (const rows of google.search(access, question)) {
    for (const row of rows) found.push(toPeriodReach(read(reachRowWire, row, 'campaign')));
  }
  return found;
}
