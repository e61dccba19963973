import { type Campaign } from './campaigns.ts';
import { addConversions } from './conversions.ts';
import { hasStragglers, isFreeDay, isLostDay, plannedLoad } from './delivery.ts';
import { type DayFigures } from './figures.ts';
import { HABITS } from './platforms.ts';
import { between, mix, unit } from './random.ts';

/** From where a day is looked at: the account's own day and hour, and how often that day was restated by hand. */
export interface Outlook {
  today: number;
  hour: number;
  restatements: number;
}

/** How much of a day has been delivered when an hour of it begins. */
const DELIVERED_BY_HOUR = [
  0.01, 0.03, 0.04, 0.05, 0.06, 0.07, 0.09, 0.12, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.66,
  0.73, 0.8, 0.87, 0.93, 0.97,
] as const;

const CREDITED_AFTER_DAYS = 3;
const STRAGGLERS_REMOVED_AFTER_DAYS = 2;

/** How much of a day is shown when it is that old, by a platform that shows everything some hours later. */
function shownShare(age: number, hour: number, delayHours: number): number {
  const begun = age * 24 + hour - delayHours;
  if (begun < 0) return 0;
  return DELIVERED_BY_HOUR[begun] ?? 1;
}

/** The figures of some impressions, before anything was bought or watched. */
function trafficOf(campaign: Campaign, day: number, impressions: number, spendMinor: number): DayFigures {
  const { salt } = campaign;
  const rate = campaign.linkClickRate * between(0.8, 1.25, unit(salt, day, 503));
  const linkClicks = Math.floor(impressions * rate + unit(salt, day, 504));
  const otherShare = between(0.3, 1.6, unit(salt, day, 505));
  const otherClicks = Math.floor(linkClicks * otherShare + 1.5 * unit(salt, day, 506));
  const frequency = between(1.05, 1.9, unit(salt, day, 507));
  return {
    impressions,
    spendMicros: spendMinor * campaign.account.microsPerPiece,
    linkClicks: Math.min(linkClicks, impressions),
    clicks: Math.min(linkClicks + otherClicks, impressions),
    reach: Math.max(1, Math.floor(impressions / frequency)),
    purchases: 0,
    purchaseValueMicros: 0,
    otherPurchases: 0,
    otherPurchaseValueMicros: 0,
    leads: 0,
    conversionMicros: 0,
    conversionValueMicros: 0,
    allConversionMicros: 0,
    viewThroughs: 0,
    videoPlays: 0,
    videoViews25: 0,
    videoViews50: 0,
    videoViews75: 0,
    videoViews100: 0,
  };
}

function runningTraffic(
  campaign: Campaign,
  day: number,
  load: number,
  outlook: Outlook,
): DayFigures | undefined {
  const { salt } = campaign;
  const age = outlook.today - day;
  const share = shownShare(age, outlook.hour, HABITS[campaign.account.platform].delayHours);
  const planned = campaign.dailyMinor * load;
  const price = campaign.cpmMinor * between(0.85, 1.2, unit(salt, day, 501));
  const impressions = Math.floor((planned / price) * 1000 * share);
  if (impressions === 0) return undefined;
  const gross = isFreeDay(campaign, day) ? 0 : Math.floor(planned * share);
  const isCredited = age >= CREDITED_AFTER_DAYS && unit(salt, day, 502) < 0.3;
  const credit = isCredited ? Math.floor(planned * between(0.001, 0.006, unit(salt, day, 508))) : 0;
  return trafficOf(campaign, day, impressions, Math.max(0, gross - credit));
}

function stragglers(campaign: Campaign, day: number, outlook: Outlook): DayFigures | undefined {
  const age = outlook.today - day;
  // Filtered as invalid traffic a little later: the whole row goes.
  if (age >= STRAGGLERS_REMOVED_AFTER_DAYS || !hasStragglers(campaign, day)) return undefined;
  if (shownShare(age, outlook.hour, HABITS[campaign.account.platform].delayHours) === 0) return undefined;
  const impressions = 1 + (mix(campaign.salt, day, 509) % 9);
  return trafficOf(campaign, day, impressions, Math.ceil((impressions * campaign.cpmMinor) / 1000));
}

function addVideos(figures: DayFigures, campaign: Campaign, day: number): void {
  if (!campaign.hasVideo) return;
  const keep = between(0.45, 0.7, unit(campaign.salt, day, 515));
  const played = between(0.3, 0.6, unit(campaign.salt, day, 514));
  figures.videoPlays = Math.floor(figures.impressions * played);
  figures.videoViews25 = Math.floor(figures.videoPlays * keep);
  figures.videoViews50 = Math.floor(figures.videoViews25 * keep);
  figures.videoViews75 = Math.floor(figures.videoViews50 * (keep + 0.15));
  figures.videoViews100 = Math.floor(figures.videoViews75 * 0.8);
}

/** Moves figures as a late correction does: some spend credited, some traffic filtered, a purchase or two found. */
function restated(figures: DayFigures, campaign: Campaign, day: number, times: number): DayFigures {
  const after = { ...figures };
  const { microsPerPiece: minor, averageOrderMinor, platform } = campaign.account;
  for (let round = 1; round <= times; round += 1) {
    const draw = mix(campaign.salt, day, 600 + round);
    const creditMinor = Math.max(
      1,
      Math.floor((after.spendMicros / minor) * between(0.005, 0.03, draw / 2 ** 32)),
    );
    after.spendMicros = Math.max(0, after.spendMicros - creditMinor * minor);
    after.impressions = Math.max(
      after.reach,
      after.clicks,
      after.videoPlays,
      after.impressions - 1 - (draw % 40),
    );
    // TikTok tells no payments of a campaign that is for none: there is nothing to find late.
    const found = platform === 'tiktok' && campaign.purchaseRate === 0 ? 0 : 1 + (draw % 2);
    const foundValue = found * Math.floor(averageOrderMinor) * minor;
    // Google credits a click with a part of a conversion.
    const foundMicros = platform === 'google' ? found * 1_333_333 : found * 1_000_000;
    after.purchases += found;
    after.purchaseValueMicros += foundValue;
    after.conversionMicros += foundMicros;
    after.allConversionMicros += foundMicros;
    after.conversionValueMicros += foundValue;
  }
  return after;
}

/**
 * What the platform shows at a moment for one campaign and day; undefined where nothing was delivered.
 * A pure function of its arguments: no day needs another, and the same moment gives the same answer for ever.
 */
export function dayFigures(campaign: Campaign, day: number, outlook: Outlook): DayFigures | undefined {
  const age = outlook.today - day;
  if (age < 0 || isLostDay(campaign, day, age)) return undefined;
  const load = plannedLoad(campaign, day);
  const figures =
    load > 0 ? runningTraffic(campaign, day, load, outlook) : stragglers(campaign, day, outlook);
  if (!figures) return undefined;
  addConversions(figures, { campaign, day, age });
  addVideos(figures, campaign, day);
  return outlook.restatements === 0 ? figures : restated(figures, campaign, day, outlook.restatements);
}
