import { type Campaign } from './campaigns.ts';
import { type DayFigures } from './figures.ts';
import { between, unit } from './random.ts';

export interface ConversionDay {
  campaign: Campaign;
  day: number;
  /** How many days ago it was. */
  age: number;
}

/** The share of a day's conversions that has been reported when the day is that old. */
function reportedShare(age: number, settledAfterDays: number): number {
  if (age >= settledAfterDays) return 1;
  return 0.55 + 0.45 * ((age * (2 * settledAfterDays - age)) / (settledAfterDays * settledAfterDays));
}

/** Purchases and leads as whole events. */
function addWhole(figures: DayFigures, { campaign, day, age }: ConversionDay): void {
  const { salt, account } = campaign;
  const luck = between(0.6, 1.45, unit(salt, day, 510));
  const share = reportedShare(age, account.settledAfterDays);
  const final = Math.floor(figures.linkClicks * campaign.purchaseRate * luck + unit(salt, day, 511));
  const orderMinor = Math.floor(account.averageOrderMinor * between(0.7, 1.5, unit(salt, day, 512)));
  const orderMicros = orderMinor * account.microsPerPiece;
  figures.purchases = Math.floor(final * share);
  figures.purchaseValueMicros = figures.purchases * orderMicros;
  if (account.purchaseStyle !== 'pixel') figures.otherPurchases = Math.floor(figures.purchases * 0.18);
  figures.otherPurchaseValueMicros = figures.otherPurchases * orderMicros;
  if (campaign.leadRate === 0) return;
  const leads = Math.floor(figures.linkClicks * campaign.leadRate * luck + unit(salt, day, 513));
  figures.leads = Math.floor(leads * share);
}

/** Below this a day's conversions are none: the model gives no crumbs. */
const LEAST_MICROS = 150_000;

/**
 * Conversions in fractions: data-driven attribution credits each click with a part, dated by the click. Leads are worth
 * nothing. Source: Google Ads, metrics.conversions and metrics.conversions_value (doubles).
 */
function addFractional(figures: DayFigures, { campaign, day, age }: ConversionDay): void {
  const { salt, account } = campaign;
  const luck = between(0.6, 1.45, unit(salt, day, 510));
  const share = reportedShare(age, account.settledAfterDays);
  const rate = campaign.purchaseRate + campaign.leadRate;
  const micros = Math.floor(figures.linkClicks * rate * luck * share * 1_000_000);
  if (micros < LEAST_MICROS) return;
  const order = Math.floor(account.averageOrderMinor * between(0.7, 1.5, unit(salt, day, 512)));
  figures.conversionMicros = micros;
  if (campaign.purchaseRate > 0) {
    figures.conversionValueMicros = Math.floor((micros / 1_000_000) * order) * account.microsPerPiece;
  }
  figures.viewThroughs = Math.floor(figures.impressions * 0.00004 * luck * share);
  figures.allConversionMicros = micros + Math.floor(micros * 0.31) + figures.viewThroughs * 1_000_000;
}

/** Adds what followed the clicks of a day, as far as it has been reported by now. */
export function addConversions(figures: DayFigures, when: ConversionDay): void {
  const { account, leadRate } = when.campaign;
  if (account.platform === 'google') return addFractional(figures, when);
  addWhole(figures, when);
  // TikTok counts a campaign's own goal; Meta's conversions are purchases here, whatever the campaign is for.
  const isLeads = account.platform === 'tiktok' && leadRate > 0 && when.campaign.purchaseRate === 0;
  figures.conversionMicros = (isLeads ? figures.leads : figures.purchases) * 1_000_000;
  figures.conversionValueMicros = figures.purchaseValueMicros;
}
