import { type Campaign } from './campaigns.ts';
import { monthOf, weekdayOf } from './calendar.ts';
import { type Market } from './names.ts';
import { HABITS } from './platforms.ts';
import { between, mix, unit } from './random.ts';

/** Sunday first. The Gulf shops on Thursday and Friday evenings, Europe and America on Sunday. */
const WEEKDAYS: Record<Market, readonly number[]> = {
  gulf: [0.92, 0.9, 0.93, 0.98, 1.12, 1.2, 1.05],
  west: [1.14, 0.98, 0.94, 0.95, 0.97, 1.0, 1.06],
  japan: [1.16, 0.93, 0.92, 0.95, 0.96, 1.0, 1.12],
};

/** January first. */
const MONTHS = [0.84, 0.9, 1.02, 1.0, 0.97, 0.93, 0.88, 0.9, 1.0, 1.08, 1.34, 1.18] as const;

const PAUSE_BLOCK_DAYS = 42;

/** Whether the buyer had switched the campaign off on that day. */
export function isPausedOn(campaign: Campaign, day: number): boolean {
  if (campaign.isDraft) return true;
  const block = Math.floor(day / PAUSE_BLOCK_DAYS);
  if (unit(campaign.salt, block, 401) >= 0.22) return false;
  const length = 2 + (mix(campaign.salt, block, 402) % 8);
  const begins = mix(campaign.salt, block, 403) % (PAUSE_BLOCK_DAYS - length);
  const offset = day - block * PAUSE_BLOCK_DAYS;
  return offset >= begins && offset < begins + length;
}

/** Whether the campaign is within its own dates, and its account not yet disabled. */
export function isScheduledOn(campaign: Campaign, day: number): boolean {
  if (campaign.isDraft || day < campaign.startDay) return false;
  if (campaign.stopDay !== null && day > campaign.stopDay) return false;
  return campaign.account.disabledDay === null || day < campaign.account.disabledDay;
}

/** Learning takes about a week; a flight with an end thins out over its last three days. */
function ramp(campaign: Campaign, day: number): number {
  const rise = Math.min(1, 0.35 + 0.1 * (day - campaign.startDay));
  const left = campaign.stopDay === null ? 3 : campaign.stopDay - day;
  return rise * Math.min(1, 0.55 + 0.15 * left);
}

/** The day's planned spend as a multiple of the campaign's mean; 0 when it does not run. */
export function plannedLoad(campaign: Campaign, day: number): number {
  if (!isScheduledOn(campaign, day) || isPausedOn(campaign, day)) return 0;
  const weekday = WEEKDAYS[campaign.account.market][weekdayOf(day)] ?? 1;
  const month = MONTHS[monthOf(day)] ?? 1;
  // Buyers move budgets every few weeks, and every day has its own luck.
  const fortnight = between(0.85, 1.2, unit(campaign.salt, Math.floor(day / 17), 404));
  const luck = between(0.8, 1.25, unit(campaign.salt, day, 405));
  return weekday * month * ramp(campaign, day) * fortnight * luck;
}

/** Stragglers: a switched-off campaign still shows a handful of impressions now and then. */
export function hasStragglers(campaign: Campaign, day: number): boolean {
  return isScheduledOn(campaign, day) && isPausedOn(campaign, day) && unit(campaign.salt, day, 406) < 0.3;
}

/** Some days are delivered wholly on the platform's credit: impressions and no spend. */
export function isFreeDay(campaign: Campaign, day: number): boolean {
  return unit(campaign.salt, day, 407) < 0.02;
}

const LOST_AFTER_DAYS = 5;

/** Some days are taken out whole as invalid once they are some days old, on the platforms that do so. */
export function isLostDay(campaign: Campaign, day: number, age: number): boolean {
  if (!HABITS[campaign.account.platform].losesDays || age < LOST_AFTER_DAYS) return false;
  return unit(campaign.salt, day, 408) < 0.015;
}

/** How a campaign stands on a day of its account, before each platform puts it into its own words. */
export type Standing = 'draft' | 'running' | 'paused' | 'ended' | 'removed';

const REMOVED_AFTER_DAYS = 180;

/** Buyers tidy up: what ended half a year ago is archived, removed or deleted, as the platform calls it. */
export function standingOf(campaign: Campaign, today: number): Standing {
  if (campaign.isDraft) return 'draft';
  if (campaign.stopDay !== null && campaign.stopDay < today) {
    return today - campaign.stopDay > REMOVED_AFTER_DAYS ? 'removed' : 'ended';
  }
  return isPausedOn(campaign, today) ? 'paused' : 'running';
}
