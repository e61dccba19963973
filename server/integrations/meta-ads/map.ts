import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type {
  AccountDay,
  AccountListing,
  AccountRef,
  CampaignListing,
  DailyMetric,
  Objective,
  PeriodReach,
} from '../ad-platform.ts';
import { contractError } from '../errors.ts';
import type {
  AccountDayWire,
  AccountWire,
  ActionStat,
  BusinessWire,
  CampaignWire,
  InsightWire,
  reachWire,
} from './wire.ts';
import type { z } from 'zod';

/** Source: AdAccount.account_status in Meta's API specification. */
const ACCOUNT_STATUSES: Readonly<Record<number, string>> = {
  1: 'ACTIVE',
  2: 'DISABLED',
  3: 'UNSETTLED',
  7: 'PENDING_RISK_REVIEW',
  8: 'PENDING_SETTLEMENT',
  9: 'IN_GRACE_PERIOD',
  100: 'PENDING_CLOSURE',
  101: 'CLOSED',
};

/** Both generations of objectives: the older are still read on campaigns that were made with them. */
const OBJECTIVES: Readonly<Record<string, Objective>> = {
  BRAND_AWARENESS: 'AWARENESS',
  LOCAL_AWARENESS: 'AWARENESS',
  OUTCOME_AWARENESS: 'AWARENESS',
  REACH: 'REACH',
  LINK_CLICKS: 'TRAFFIC',
  OUTCOME_TRAFFIC: 'TRAFFIC',
  POST_ENGAGEMENT: 'ENGAGEMENT',
  PAGE_LIKES: 'ENGAGEMENT',
  EVENT_RESPONSES: 'ENGAGEMENT',
  MESSAGES: 'ENGAGEMENT',
  OFFER_CLAIMS: 'ENGAGEMENT',
  OUTCOME_ENGAGEMENT: 'ENGAGEMENT',
  VIDEO_VIEWS: 'VIDEO_VIEWS',
  APP_INSTALLS: 'APP_INSTALLS',
  OUTCOME_APP_PROMOTION: 'APP_INSTALLS',
  LEAD_GENERATION: 'LEAD_GENERATION',
  OUTCOME_LEADS: 'LEAD_GENERATION',
  CONVERSIONS: 'CONVERSIONS',
  OUTCOME_SALES: 'CONVERSIONS',
  PRODUCT_CATALOG_SALES: 'CATALOG_SALES',
  STORE_VISITS: 'STORE_TRAFFIC',
};

/**
 * Meta's own minor units, which are not ISO 4217's: none for these, a hundred for all others, KWD among them.
 * Source: developers.facebook.com/documentation/ads-commerce/marketing-api/currencies.md
 */
const WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set(
  'CLP COP CRC HUF ISK IDR JPY KRW PYG TWD VND'.split(' '),
);

/**
 * One purchase stands under each of these names at once, the first being the widest: adding them up would count it
 * several times. Source: Marketing API insights; the conversion types that public connectors map.
 */
const PURCHASES = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'] as const;

export function toManagerListing(business: BusinessWire): AccountListing {
  return {
    nativeId: business.id,
    name: business.name ?? business.id,
    isManager: true,
    parentNativeId: null,
    loginNativeId: null,
    currency: null,
    timeZone: null,
    nativeStatus: null,
    isUsable: true,
    holderName: null,
  };
}

export function toAccountListing(wire: AccountWire): AccountListing {
  const status = wire.account_status;
  return {
    nativeId: wire.account_id,
    name: wire.name ?? `act_${wire.account_id}`,
    isManager: false,
    parentNativeId: wire.business?.id ?? null,
    loginNativeId: null,
    currency: wire.currency,
    timeZone: wire.timezone_name,
    nativeStatus: status === undefined ? null : (ACCOUNT_STATUSES[status] ?? `STATUS_${status}`),
    isUsable: status === undefined || ![2, 100, 101].includes(status),
    holderName: wire.business?.name ?? null,
  };
}

export function toCampaignListing(wire: CampaignWire, account: AccountRef): CampaignListing {
  return {
    nativeId: wire.id,
    name: wire.name ?? wire.id,
    objective: toObjective(wire.objective),
    nativeObjective: wire.objective ?? null,
    nativeStatus: wire.effective_status ?? null,
    startsOn: toDay(wire.start_time, account.timeZone),
    endsOn: toDay(wire.stop_time, account.timeZone),
    dailyBudget: toMajor(wire.daily_budget, account.currency),
    lifetimeBudget: toMajor(wire.lifetime_budget, account.currency),
    labels: wire.adlabels.flatMap(({ name }) => name?.trim() || []),
  };
}

/** An objective that is not known here stays unknown; the platform's own word is kept beside it. */
export function toObjective(native: string | undefined): Objective | null {
  return native !== undefined && Object.hasOwn(OBJECTIVES, native) ? (OBJECTIVES[native] ?? null) : null;
}

/** `2026-01-31T23:30:00+0000` as the day that it is in the account's zone. */
export function toDay(time: string | undefined, timeZone: string): string | null {
  if (time === undefined) return null;
  const instant = new Date(time.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant.getTime())) return null;
  return format(new TZDate(instant, timeZone), 'yyyy-MM-dd');
}

/** Whole minor units as a decimal string of major ones. "0" means that there is no such budget. */
export function toMajor(minor: string | undefined, currency: string): string | null {
  if (minor === undefined || !/^\d{1,12}$/.test(minor) || /^0+$/.test(minor)) return null;
  if (WITHOUT_MINOR_UNIT.has(currency)) return minor;
  const padded = minor.padStart(3, '0');
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
}

/** A day's row. What Meta leaves out is zero; reach left out is unknown, since a row always met somebody. */
export function toDailyMetric(wire: InsightWire): DailyMetric {
  if (wire.date_start !== wire.date_stop)
    throw contractError('Meta', 'insights.date_stop', `${wire.date_start} to ${wire.date_stop} is no day`);
  return {
    nativeCampaignId: wire.campaign_id,
    campaignName: wire.campaign_name ?? wire.campaign_id,
    date: wire.date_start,
    currency: wire.account_currency,
    spend: wire.spend ?? '0',
    impressions: wire.impressions ?? 0,
    // `clicks` counts likes and profile taps too; what the field calls clicks go to the advertiser's destination.
    clicks: wire.inline_link_clicks ?? 0,
    conversions: pickPurchases(wire.actions),
    conversionValue: pickPurchases(wire.action_values),
    videoViews25: sumCounts(wire.video_p25_watched_actions),
    videoViews50: sumCounts(wire.video_p50_watched_actions),
    videoViews75: sumCounts(wire.video_p75_watched_actions),
    videoViews100: sumCounts(wire.video_p100_watched_actions),
    videoStarts: sumCounts(wire.video_play_actions),
    reach: wire.reach ?? null,
    frequency: wire.frequency ?? null,
    attributionSetting: wire.attribution_setting ?? null,
    platformData: {
      allClicks: wire.clicks ?? 0,
      actions: wire.actions ?? [],
      actionValues: wire.action_values ?? [],
    },
  };
}

/** The one canonical purchase count or value in a list of overlapping names; "0" where none stands in it. */
export function pickPurchases(stats: readonly ActionStat[] | undefined): string {
  for (const name of PURCHASES) {
    const found = stats?.find((stat) => stat.action_type === name);
    if (found?.value !== undefined) return found.value;
  }
  return '0';
}

/** A video list has one element, `video_view`; should Meta split it one day, its parts are disjoint. */
function sumCounts(stats: readonly ActionStat[] | undefined): number {
  return (stats ?? []).reduce((sum, { value }) => sum + Math.trunc(Number(value ?? 0)), 0);
}

/** A day of the whole account. */
export function toAccountDay(wire: AccountDayWire): AccountDay {
  return {
    date: wire.date_start,
    currency: wire.account_currency,
    spend: wire.spend ?? '0',
    impressions: wire.impressions ?? 0,
    clicks: wire.inline_link_clicks ?? 0,
  };
}

export function toPeriodReach(wire: z.infer<typeof reachWire>): PeriodReach {
  return {
    nativeCampaignId: wire.campaign_id ?? null,
    reach: wire.reach ?? null,
    frequency: wire.frequency ?? null,
  };
}
