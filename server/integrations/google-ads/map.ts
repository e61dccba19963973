import { Big } from 'big.js';
import type {
  AccountDay,
  AccountListing,
  CampaignListing,
  DailyMetric,
  Objective,
  PeriodReach,
} from '../ad-platform.ts';
import type { AccountDayRowWire, CampaignRowWire, CustomerWire, DailyRowWire, ReachRowWire } from './wire.ts';

/**
 * Google has channels and no objectives: what a channel is mostly bought for. The channel itself is kept beside it.
 * HOTEL, SMART, LOCAL_SERVICES and TRAVEL serve several ends and stay without.
 */
const OBJECTIVES: Readonly<Record<string, Objective>> = {
  SEARCH: 'TRAFFIC',
  DISPLAY: 'AWARENESS',
  SHOPPING: 'CATALOG_SALES',
  VIDEO: 'VIDEO_VIEWS',
  MULTI_CHANNEL: 'APP_INSTALLS',
  LOCAL: 'STORE_TRAFFIC',
  PERFORMANCE_MAX: 'CONVERSIONS',
  DEMAND_GEN: 'CONVERSIONS',
};

/** Each conversion action has its own window and model, and no report tells which; the date is that of the click. */
const ATTRIBUTION = 'each conversion action’s own window and model, by the date of the click';

/** What a campaign without an end ends on. Source: Google Ads API, Campaign.end_date_time. */
const NEVER = '2037-12-30';

const MICROS_DIGITS = 6;
/** What a row's numeric columns hold; a double's further digits are its rounding noise. */
const DECIMALS = 6;

/** Where a customer stands among the managers above it. */
export interface Place {
  parent: { id: string; name: string } | null;
  /** null where the grant reaches it directly. */
  loginId: string | null;
}

/** null for an account that was never set up: it has no currency or time zone, and so no figures. */
export function toAccountListing(wire: CustomerWire, { parent, loginId }: Place): AccountListing | null {
  const { currencyCode, timeZone } = wire;
  if (!wire.manager && (currencyCode === undefined || timeZone === undefined)) return null;
  return {
    nativeId: wire.id,
    name: nameOf(wire),
    isManager: wire.manager,
    parentNativeId: parent?.id ?? null,
    loginNativeId: loginId,
    currency: currencyCode ?? null,
    timeZone: timeZone ?? null,
    nativeStatus: wire.status ?? null,
    isUsable: !['CANCELED', 'CLOSED', 'SUSPENDED'].includes(wire.status ?? ''),
    holderName: parent?.name ?? null,
  };
}

/** As Google writes its ids for people where nobody gave the account a name. */
export function nameOf({ id, descriptiveName }: Pick<CustomerWire, 'id' | 'descriptiveName'>): string {
  return descriptiveName?.trim() || id.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
}

/** `labelNames` by their resource names; a label that is not among them was removed, or is a manager's of its own. */
export function toCampaignListing(
  { campaign, campaignBudget }: CampaignRowWire,
  labelNames: ReadonlyMap<string, string> = new Map(),
): CampaignListing {
  const channel = campaign.advertisingChannelType;
  const endsOn = toDay(campaign.endDateTime);
  // A budget that several campaigns share is none of one's own: adding them up would count it several times.
  const budget = campaignBudget?.explicitlyShared === false ? campaignBudget : undefined;
  return {
    nativeId: campaign.id,
    name: campaign.name ?? campaign.id,
    objective: toObjective(channel),
    nativeObjective: channel ?? null,
    nativeStatus: campaign.status ?? null,
    startsOn: toDay(campaign.startDateTime),
    endsOn: endsOn !== null && endsOn >= NEVER ? null : endsOn,
    dailyBudget: toBudget(budget?.amountMicros),
    lifetimeBudget: toBudget(budget?.totalAmountMicros),
    labels: campaign.labels.flatMap((resourceName) => labelNames.get(resourceName) ?? []),
  };
}

/** A channel that is not known here stays without an objective; Google's own word is kept beside it. */
export function toObjective(channel: string | undefined): Objective | null {
  return channel !== undefined && Object.hasOwn(OBJECTIVES, channel) ? (OBJECTIVES[channel] ?? null) : null;
}

/** `2026-01-31 00:00:00` is in the customer's own zone already. */
function toDay(time: string | undefined): string | null {
  return /^\d{4}-\d{2}-\d{2}(?=$|[ T])/.exec(time ?? '')?.[0] ?? null;
}

function toBudget(micros: string | undefined): string | null {
  return micros === undefined || /^0+$/.test(micros) ? null : toMajor(micros);
}

/**
 * Micros as a decimal string of major units, whatever minor units the currency has: "1230000" is "1.23". Texts
 * throughout, since an int64 passes what a JavaScript number holds.
 */
export function toMajor(micros: string): string {
  const sign = micros.startsWith('-') ? '-' : '';
  const digits = micros.replace('-', '').padStart(MICROS_DIGITS + 1, '0');
  const whole = digits.slice(0, -MICROS_DIGITS).replace(/^0+(?=\d)/, '');
  const fraction = digits.slice(-MICROS_DIGITS).replace(/0+$/, '');
  const amount = fraction === '' ? whole : `${whole}.${fraction}`;
  return amount === '0' ? amount : `${sign}${amount}`;
}

/** A double as a decimal string without exponent: conversions are fractions where several clicks share one. */
export function toDecimal(value: number): string {
  return new Big(value).round(DECIMALS, Big.roundHalfUp).toFixed();
}

/**
 * How many impressions played a quarter of the video or more. Google gives the share of impressions, and a count was
 * divided to get it: rounded half up, the product is that count again. Source: Metrics.video_quartile_p25_rate.
 */
export function toViews(impressions: number, rate: number): number {
  return new Big(rate).times(impressions).round(0, Big.roundHalfUp).toNumber();
}

/** A day's row; null for one in which nothing happened, which is no delivery. What Google leaves out is zero. */
export function toDailyMetric(row: DailyRowWire): DailyMetric | null {
  const { campaign, customer, segments, metrics } = row;
  const { impressions } = metrics;
  const figures = {
    spend: toMajor(metrics.costMicros),
    impressions,
    clicks: metrics.clicks,
    conversions: toDecimal(metrics.conversions),
    conversionValue: toDecimal(metrics.conversionsValue),
  };
  if (Object.values(figures).every((figure) => Number(figure) === 0)) return null;
  return {
    nativeCampaignId: campaign.id,
    campaignName: campaign.name ?? campaign.id,
    date: segments.date,
    currency: customer.currencyCode,
    ...figures,
    videoViews25: toViews(impressions, metrics.videoQuartileP25Rate),
    videoViews50: toViews(impressions, metrics.videoQuartileP50Rate),
    videoViews75: toViews(impressions, metrics.videoQuartileP75Rate),
    videoViews100: toViews(impressions, metrics.videoQuartileP100Rate),
    // A TrueView view is half a minute watched or a click, no start: it stays in platformData.
    videoStarts: null,
    reach: null,
    frequency: null,
    attributionSetting: ATTRIBUTION,
    platformData: toPlatformData(row),
  };
}

function toPlatformData({ campaign, metrics }: DailyRowWire): Record<string, unknown> {
  return {
    channel: campaign.advertisingChannelType ?? null,
    allConversions: toDecimal(metrics.allConversions),
    allConversionsValue: toDecimal(metrics.allConversionsValue),
    viewThroughConversions: metrics.viewThroughConversions,
    trueViewViews: metrics.videoTrueviewViews,
    videoQuartileRates: [
      metrics.videoQuartileP25Rate,
      metrics.videoQuartileP50Rate,
      metrics.videoQuartileP75Rate,
      metrics.videoQuartileP100Rate,
    ],
  };
}

/** A day of the whole account, or null where nothing happened. */
export function toAccountDay({ customer, segments, metrics }: AccountDayRowWire): AccountDay | null {
  const spend = toMajor(metrics.costMicros);
  const { impressions, clicks } = metrics;
  if (spend === '0' && impressions === 0 && clicks === 0) return null;
  return { date: segments.date, currency: customer.currencyCode, spend, impressions, clicks };
}

/** null: Google tells the reach of some kinds of campaign only, and never of none where somebody saw it. */
export function toPeriodReach({ campaign, metrics }: ReachRowWire): PeriodReach {
  const frequency = metrics.averageImpressionFrequencyPerUser;
  return {
    nativeCampaignId: campaign.id,
    reach: metrics.uniqueUsers || null,
    frequency: frequency === undefined || frequency === 0 ? null : toDecimal(frequency),
  };
}
