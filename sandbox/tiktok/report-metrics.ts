import { type AdAccount } from '../world/accounts.ts';
import { type Campaign } from '../world/campaigns.ts';
import { isoDecimals } from '../world/currencies.ts';
import { type DayFigures } from '../world/figures.ts';
import { invalidParameter } from './failures.ts';
import { type ReportLevel } from './report-query.ts';

/** Figures of one entity over one span, before they are written in TikTok's words. */
export interface ReportRow {
  account: AdAccount;
  /** null: the advertiser as a whole. */
  campaign: Campaign | null;
  /** null: the whole span. */
  day: number | null;
  totals: DayFigures;
}

/** What stands where there is nothing to say. */
const NOTHING = '-';

/** Millionths as a text of major units with the currency's own decimals. */
function money({ account }: ReportRow, micros: number): string {
  const decimals = isoDecimals(account.currency);
  const pieces = String(micros / 10 ** (6 - decimals)).padStart(decimals + 1, '0');
  return decimals === 0 ? pieces : `${pieces.slice(0, -decimals)}.${pieces.slice(-decimals)}`;
}

/** A ratio with so many decimals, which is "0" over nothing. */
function ratio(over: number, under: number, decimals = 2): string {
  return (under === 0 ? 0 : over / under).toFixed(decimals);
}

/** What a piece of something cost, to the currency's own decimals. */
const cost = (row: ReportRow, over: number, under: number): string =>
  ratio(over / 1_000_000, under, isoDecimals(row.account.currency));

const whole = (name: keyof DayFigures) => (row: ReportRow) => String(row.totals[name]);

/** A campaign that sells nothing reports no payments: neither some nor none. */
const paid = (write: (row: ReportRow) => string) => (row: ReportRow) =>
  row.campaign?.purchaseRate === 0 ? NOTHING : write(row);

const share = (part: number) => (row: ReportRow) => String(Math.floor(row.totals.clicks * part));

/**
 * Every metric by its name. All values are texts. `total_complete_payment_rate` is an amount, whatever its name says.
 * Source: API for Business, metrics of basic reports.
 */
const METRICS: Readonly<Record<string, (row: ReportRow) => string>> = {
  currency: ({ account }) => account.currency,
  spend: (row) => money(row, row.totals.spendMicros),
  impressions: whole('impressions'),
  clicks: whole('linkClicks'),
  engagements: whole('clicks'),
  ctr: ({ totals }) => ratio(totals.linkClicks * 100, totals.impressions),
  cpc: (row) => cost(row, row.totals.spendMicros, row.totals.linkClicks),
  cpm: (row) => cost(row, row.totals.spendMicros * 1000, row.totals.impressions),
  reach: whole('reach'),
  frequency: ({ totals }) => ratio(totals.impressions, totals.reach),
  cost_per_1000_reached: (row) => cost(row, row.totals.spendMicros * 1000, row.totals.reach),
  conversion: ({ totals }) => String(totals.conversionMicros / 1_000_000),
  cost_per_conversion: (row) => cost(row, row.totals.spendMicros, row.totals.conversionMicros / 1_000_000),
  conversion_rate: ({ totals }) => ratio(totals.conversionMicros / 10_000, totals.linkClicks),
  real_time_conversion: ({ totals }) => String(Math.floor((totals.conversionMicros / 1_000_000) * 0.96)),
  result: ({ totals }) => String(totals.conversionMicros / 1_000_000),
  complete_payment: paid(whole('purchases')),
  complete_payment_roas: paid(({ totals }) => ratio(totals.conversionValueMicros, totals.spendMicros)),
  total_complete_payment_rate: paid((row) => money(row, row.totals.conversionValueMicros)),
  value_per_complete_payment: paid((row) =>
    cost(row, row.totals.conversionValueMicros, row.totals.purchases),
  ),
  // Nothing is sold in apps or shops of this world.
  ...Object.fromEntries(
    ['total_purchase', 'total_purchase_value', 'total_onsite_shopping_value', 'onsite_shopping_roas'].map(
      (name) => [name, () => NOTHING],
    ),
  ),
  video_play_actions: whole('videoPlays'),
  video_watched_2s: ({ totals }) => String(Math.floor(totals.videoPlays * 0.7)),
  video_watched_6s: ({ totals }) => String(Math.floor(totals.videoViews25 * 0.8)),
  average_video_play: ({ totals }) => ratio(totals.videoViews25 * 6, totals.videoPlays),
  video_views_p25: whole('videoViews25'),
  video_views_p50: whole('videoViews50'),
  video_views_p75: whole('videoViews75'),
  video_views_p100: whole('videoViews100'),
  likes: share(0.4),
  comments: share(0.02),
  shares: share(0.03),
  follows: share(0.01),
  profile_visits: share(0.05),
};

/** What names a campaign, and so is told of campaigns alone. */
const OF_CAMPAIGNS: Readonly<Record<string, (campaign: Campaign) => string>> = {
  campaign_name: ({ name }) => name,
  objective_type: ({ objective }) => objective,
};

/** The metrics, or the refusal of the first that TikTok does not know at the level. */
export function knownMetrics(names: readonly string[], level: ReportLevel): readonly string[] {
  const wrong = names.find((name) => {
    if (Object.hasOwn(OF_CAMPAIGNS, name)) return level !== 'AUCTION_CAMPAIGN';
    return !Object.hasOwn(METRICS, name);
  });
  if (wrong !== undefined) throw invalidParameter(`metrics: ${wrong} is not a valid metric at ${level}.`);
  return names;
}

export function writeMetrics(row: ReportRow, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const named = row.campaign && OF_CAMPAIGNS[name]?.(row.campaign);
      return [name, named ?? METRICS[name]?.(row) ?? NOTHING];
    }),
  );
}
