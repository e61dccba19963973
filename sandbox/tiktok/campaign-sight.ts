import { type Campaign } from '../world/campaigns.ts';
import { localInstant } from '../world/calendar.ts';
import { standingOf } from '../world/delivery.ts';
import { accountMoment } from '../world/world.ts';

export interface CampaignSight {
  campaign: Campaign;
  at: Date;
}

export const standing = ({ campaign, at }: CampaignSight) =>
  standingOf(campaign, accountMoment(campaign.account, at).day);

/** The campaign's switch. Ad groups end, campaigns do not: one that ran out stays on, unless a tidy buyer saw to it. */
export function isEnabled(sight: CampaignSight): boolean {
  const where = standing(sight);
  return where === 'running' || (where === 'ended' && sight.campaign.salt % 2 === 1);
}

/** `2026-01-31 08:15:00`, in UTC and without saying so. */
export function tiktokTime({ account }: Campaign, day: number, minuteOfDay: number): string {
  return localInstant(account.timeZone, day, minuteOfDay).toISOString().slice(0, 19).replace('T', ' ');
}
