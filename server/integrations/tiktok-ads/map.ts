import type {
  AccountDay,
  AccountListing,
  AccountRef,
  CampaignListing,
  DailyMetric,
  Objective,
  PeriodReach,
} from '../ad-platform.ts';
import type {
  AccountDayWire,
  AdvertiserWire,
  BusinessCentreWire,
  CampaignWire,
  DailyWire,
  ReachWire,
} from './wire.ts';

/** Today's objectives, and older ones that campaigns which were made with them still have. */
const OBJECTIVES: Readonly<Record<string, Objective>> = {
  REACH: 'REACH',
  RF_REACH: 'REACH',
  TOPVIEW_REACH: 'REACH',
  TRAFFIC: 'TRAFFIC',
  VIDEO_VIEWS: 'VIDEO_VIEWS',
  ENGAGEMENT: 'ENGAGEMENT',
  LEAD_GENERATION: 'LEAD_GENERATION',
  APP_PROMOTION: 'APP_INSTALLS',
  APP_INSTALL: 'APP_INSTALLS',
  WEB_CONVERSIONS: 'CONVERSIONS',
  CONVERSIONS: 'CONVERSIONS',
  PRODUCT_SALES: 'CATALOG_SALES',
  CATALOG_SALES: 'CATALOG_SALES',
  SHOP_PURCHASES: 'CATALOG_SALES',
};

/** An account in one of these delivers nothing more. Source: API for Business, advertiser status. */
const UNUSABLE: ReadonlySet<string> = new Set([
  ...['STATUS_DISABLE', 'STATUS_LIMIT', 'STATUS_CONFIRM_FAIL', 'STATUS_CONFIRM_FAIL_END'],
]);

/** TikTok counts a conversion on the day of the click or view, and says nothing of the window. */
const ATTRIBUTION = 'by the day of the click';

export function toManagerListing(centre: BusinessCentreWire): AccountListing {
  return {
    nativeId: centre.bc_id,
    name: centre.name ?? centre.bc_id,
    isManager: true,
    parentNativeId: null,
    loginNativeId: null,
    currency: centre.currency ?? null,
    timeZone: centre.timezone ?? null,
    nativeStatus: centre.status ?? null,
    isUsable: true,
    holderName: null,
  };
}

/** The zone stays as it is sent: Etc/GMT-4 is four hours ahead of UTC, as IANA has it. */
export function toAccountListing(wire: AdvertiserWire, centre: BusinessCentreWire | null): AccountListing {
  return {
    nativeId: wire.advertiser_id,
    name: wire.name ?? wire.advertiser_id,
    isManager: false,
    parentNativeId: centre?.bc_id ?? null,
    loginNativeId: null,
    currency: wire.currency,
    timeZone: wire.timezone,
    nativeStatus: wire.status ?? null,
    isUsable: !UNUSABLE.has(wire.status ?? ''),
    holderName: centre?.name ?? wire.company ?? null,
  };
}

/** A campaign has no days of its own: its ad groups have schedules, and its creation is no start. */
export function toCampaignListing(wire: CampaignWire): CampaignListing {
  const budget = wire.budget === null || isZero(wire.budget) ? null : wire.budget;
  const mode = wire.budget_mode;
  return {
    nativeId: wire.campaign_id,
    name: wire.campaign_name ?? wire.campaign_id,
    objective: toObjective(wire.objective_type),
    nativeObjective: wire.objective_type ?? null,
    nativeStatus: wire.secondary_status ?? wire.operation_status ?? null,
    startsOn: null,
    endsOn: null,
    dailyBudget: mode === 'BUDGET_MODE_DAY' || mode === 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET' ? budget : null,
    lifetimeBudget: mode === 'BUDGET_MODE_TOTAL' ? budget : null,
    labels: [],
  };
}

/** An objective that is not known here stays unknown; the platform's own word is kept beside it. */
export function toObjective(native: string | undefined): Objective | null {
  return native !== undefined && Object.hasOwn(OBJECTIVES, native) ? (OBJECTIVES[native] ?? null) : null;
}

/**
 * A day's row; null where it says that nothing was delivered and nothing came of it. Money is in the advertiser's
 * currency. `total_complete_payment_rate` is the value of the payments, despite its name.
 * Source: PostHog/posthog pull request 42830; API for Business, basic report metrics.
 */
export function toDailyMetric({ dimensions, metrics }: DailyWire, account: AccountRef): DailyMetric | null {
  if (isEmpty(metrics)) return null;
  return {
    nativeCampaignId: dimensions.campaign_id,
    campaignName: metrics.campaign_name ?? dimensions.campaign_id,
    date: dimensions.stat_time_day,
    currency: account.currency,
    spend: metrics.spend ?? '0',
    impressions: metrics.impressions ?? 0,
    // To the advertiser's destination; what TikTok calls engagements counts all of them.
    clicks: metrics.clicks ?? 0,
    // A dash is no zero: a campaign for leads, say, tells no payments, neither some nor none.
    conversions: metrics.conversion,
    conversionValue: metrics.total_complete_payment_rate,
    videoViews25: metrics.video_views_p25,
    videoViews50: metrics.video_views_p50,
    videoViews75: metrics.video_views_p75,
    videoViews100: metrics.video_views_p100,
    videoStarts: metrics.video_play_actions,
    reach: metrics.reach,
    frequency: metrics.frequency,
    attributionSetting: ATTRIBUTION,
    platformData: rawConversions(metrics),
  };
}

/** As they were sent, for whoever asks where the conversions come from. */
const RAW_METRICS = [
  ...['conversion', 'real_time_conversion', 'complete_payment', 'total_complete_payment_rate'],
] as const;

function rawConversions(metrics: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    RAW_METRICS.flatMap((name) => (metrics[name] === undefined ? [] : [[name, metrics[name]]])),
  );
}

/** What is asked of a campaign's day. Source: API for Business, basic report metrics. */
export const DAILY_METRICS: readonly string[] = [
  ...['campaign_name', 'spend', 'impressions', 'clicks', 'reach', 'frequency', ...RAW_METRICS],
  ...['video_play_actions', 'video_views_p25', 'video_views_p50', 'video_views_p75', 'video_views_p100'],
];

type Delivered = Pick<DailyWire['metrics'], 'spend' | 'impressions' | 'clicks'> &
  Partial<Pick<DailyWire['metrics'], 'conversion' | 'total_complete_payment_rate' | 'video_play_actions'>>;

function isEmpty(metrics: Delivered): boolean {
  const { impressions, clicks, video_play_actions: plays } = metrics;
  const amounts = [metrics.spend, metrics.conversion, metrics.total_complete_payment_rate];
  return !impressions && !clicks && !plays && amounts.every((amount) => amount == null || isZero(amount));
}

function isZero(amount: string): boolean {
  return /^-?0+(\.0+)?$/.test(amount);
}

/** A day of the whole account; null where nothing was delivered. */
export function toAccountDay(
  { dimensions, metrics }: AccountDayWire,
  account: AccountRef,
): AccountDay | null {
  if (isEmpty(metrics)) return null;
  return {
    date: dimensions.stat_time_day,
    currency: account.currency,
    spend: metrics.spend ?? '0',
    impressions: metrics.impressions ?? 0,
    clicks: metrics.clicks ?? 0,
  };
}

/** null: nobody was reached, since nothing was delivered in the period. */
export function toPeriodReach({ dimensions, metrics }: ReachWire): PeriodReach | null {
  if (metrics.reach === 0) return null;
  return {
    nativeCampaignId: dimensions.campaign_id ?? null,
    reach: metrics.reach,
    frequency: metrics.frequency,
  };
}
