import { isoDay } from '../world/calendar.ts';
import { actionsOf, actionValuesOf, singleAction, widestPurchase, writeMicros } from './actions.ts';
import { invalidParameter } from './failures.ts';
import { type FieldTable } from './fields.ts';
import { type InsightRow } from './insights-rows.ts';
import { type Json, type JsonObject } from './json.ts';

/** Every scalar is a text, and a zero is left out. */
const count = (value: number): string | undefined => (value === 0 ? undefined : String(value));

const ratio = (over: number, under: number): string | undefined =>
  over === 0 || under === 0 ? undefined : String(Number((over / under).toFixed(6)));

const some = (list: Json[]): Json[] | undefined => (list.length === 0 ? undefined : list);

const major = ({ totals }: InsightRow): number => totals.spendMicros / 1_000_000;

/** Source: the fields and types of AdsInsights in Meta's API specification (facebook-business-sdk-codegen). */
const INSIGHT_FIELDS: FieldTable<InsightRow> = {
  account_id: ({ account }) => account.accountId,
  account_name: ({ account }) => account.name,
  account_currency: ({ account }) => account.currency,
  campaign_id: ({ campaign }) => campaign?.id,
  campaign_name: ({ campaign }) => campaign?.name,
  objective: ({ campaign }) => campaign?.objective,
  buying_type: ({ campaign }) => (campaign ? 'AUCTION' : undefined),
  attribution_setting: () => '7d_click_1d_view',
  date_start: ({ from }) => isoDay(from),
  date_stop: ({ to }) => isoDay(to),
  spend: ({ totals }) => (totals.spendMicros === 0 ? undefined : writeMicros(totals.spendMicros)),
  impressions: ({ totals }) => count(totals.impressions),
  reach: ({ totals }) => count(totals.reach),
  frequency: ({ totals }) => ratio(totals.impressions, totals.reach),
  clicks: ({ totals }) => count(totals.clicks),
  unique_clicks: ({ totals }) => count(Math.min(totals.reach, Math.ceil(totals.clicks * 0.94))),
  inline_link_clicks: ({ totals }) => count(totals.linkClicks),
  outbound_clicks: (row) => singleAction(row, 'outbound_click', Math.floor(row.totals.linkClicks * 0.97)),
  cpm: (row) => ratio(major(row) * 1000, row.totals.impressions),
  cpc: (row) => ratio(major(row), row.totals.clicks),
  cpp: (row) => ratio(major(row) * 1000, row.totals.reach),
  ctr: ({ totals }) => ratio(totals.clicks * 100, totals.impressions),
  inline_link_click_ctr: ({ totals }) => ratio(totals.linkClicks * 100, totals.impressions),
  cost_per_inline_link_click: (row) => ratio(major(row), row.totals.linkClicks),
  actions: (row) => some(actionsOf(row)),
  action_values: (row) => some(actionValuesOf(row)),
  purchase_roas: (row) => {
    const value = ratio(row.totals.purchaseValueMicros, row.totals.spendMicros);
    return value === undefined ? undefined : [{ action_type: widestPurchase(row), value }];
  },
  video_play_actions: (row) => singleAction(row, 'video_view', row.totals.videoPlays),
  video_p25_watched_actions: (row) => singleAction(row, 'video_view', row.totals.videoViews25),
  video_p50_watched_actions: (row) => singleAction(row, 'video_view', row.totals.videoViews50),
  video_p75_watched_actions: (row) => singleAction(row, 'video_view', row.totals.videoViews75),
  video_p100_watched_actions: (row) => singleAction(row, 'video_view', row.totals.videoViews100),
};

const DEFAULT_FIELDS = ['account_id', 'campaign_id', 'impressions', 'spend'];

/** The names to write, or the refusal of the first that Meta does not know. */
export function insightFields(asked: readonly string[]): readonly string[] {
  const wrong = asked.find((name) => !Object.hasOwn(INSIGHT_FIELDS, name));
  if (wrong !== undefined) throw invalidParameter(`${wrong} is not valid for fields param.`);
  return [...(asked.length === 0 ? DEFAULT_FIELDS : asked), 'date_start', 'date_stop'];
}

/** A row in Meta's words: the asked fields that have a value, and always its first and last day. */
export function writeInsight(row: InsightRow, fields: readonly string[]): JsonObject {
  const written: JsonObject = {};
  for (const name of fields) {
    const value = INSIGHT_FIELDS[name]?.(row);
    if (value !== undefined) written[name] = value;
  }
  return written;
}
