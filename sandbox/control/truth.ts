import { type AdAccount } from '../world/accounts.ts';
import { dayOf, isoDay } from '../world/calendar.ts';
import { moneyDecimals } from '../world/currencies.ts';
import { campaignsOf, deliveries, type World } from '../world/world.ts';

export interface TruthDay {
  date: string;
  campaignId: string;
  spend: string;
  impressions: number;
  /** Clicks to the advertiser's destination (Meta: link clicks; Google and TikTok: clicks). */
  clicks: number;
  conversions: string;
  conversionValue: string;
  videoViews25: number;
  videoViews50: number;
  videoViews75: number;
  videoViews100: number;
}

export interface Truth {
  currency: string;
  timeZone: string;
  days: TruthDay[];
}

/**
 * Millionths with so many decimals. Written apart from the API's own formatting, so that the two can be held against
 * each other.
 */
function decimal(micros: number, decimals: number): string {
  const text = BigInt(micros).toString().padStart(7, '0');
  const whole = text.slice(0, -6);
  return decimals === 0 ? whole : `${whole}.${text.slice(-6, text.length - 6 + decimals)}`;
}

/** Conversions without zeros behind: whole ones have no point. */
const trimmed = (text: string): string => text.replace(/\.?0+$/, '');

/** What is true of an account between two days of its own, both included, as it can be known at a moment. */
export function truthOf(
  world: World,
  account: AdAccount,
  range: { from: number; to: number; asOf: Date },
): Truth {
  const campaigns = campaignsOf(world, account, range.asOf);
  const places = moneyDecimals(account.platform, account.currency);
  const days = deliveries(world, { account, campaigns, ...range }).map(({ campaign, day, figures }) => ({
    date: isoDay(day),
    campaignId: campaign.id,
    spend: decimal(figures.spendMicros, places),
    impressions: figures.impressions,
    clicks: figures.linkClicks,
    conversions: trimmed(decimal(figures.conversionMicros, 6)),
    conversionValue: decimal(figures.conversionValueMicros, places),
    videoViews25: figures.videoViews25,
    videoViews50: figures.videoViews50,
    videoViews75: figures.videoViews75,
    videoViews100: figures.videoViews100,
  }));
  return { currency: account.currency, timeZone: account.timeZone, days };
}

export type TruthRange = { from: number; to: number; asOf: Date };

const LONGEST_DAYS = 4_000;

/** Reads from, to and asOf of a truth question; answers what is wrong with them in words. */
export function parseTruthRange(query: URLSearchParams, now: Date): TruthRange | { problem: string } {
  const from = dayOf(query.get('from') ?? '');
  const to = dayOf(query.get('to') ?? '');
  if (from === undefined || to === undefined) return { problem: 'from and to must be days, YYYY-MM-DD' };
  if (to < from) return { problem: 'to must not be before from' };
  if (to - from > LONGEST_DAYS) return { problem: `at most ${LONGEST_DAYS} days at once` };
  const moment = query.get('asOf');
  const asOf = moment === null ? now : new Date(moment);
  if (Number.isNaN(asOf.getTime())) return { problem: 'asOf must be an instant, ISO 8601' };
  return { from, to, asOf };
}
