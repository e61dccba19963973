import { type AdAccount, CPM_SPREAD, MOST_DAYS_OF_AUDIENCE, SPEND_SPREAD } from './accounts.ts';
import { addMonths, fixedDay } from './calendar.ts';
import { labelsOf } from './labels.ts';
import { nameOn, type NameParts, type Role, seasonName, standingName } from './names.ts';
import { profileOf } from './profiles.ts';
import { between, digits, mix, pick, unit } from './random.ts';

export interface Campaign {
  readonly account: AdAccount;
  /** Its place in the account's own order, the same in every listing. */
  readonly ordinal: number;
  readonly salt: number;
  readonly id: string;
  readonly name: string;
  /** As buyers sort by; none on TikTok. */
  readonly labels: readonly string[];
  /** In the platform's own words: Meta's objective, Google's channel type, TikTok's objective type. */
  readonly objective: string;
  readonly budget: 'daily' | 'lifetime' | 'ad-sets';
  readonly createdDay: number;
  readonly startDay: number;
  /** The last day it may deliver; null for one that runs on. */
  readonly stopDay: number | null;
  readonly isDraft: boolean;
  readonly hasIssues: boolean;
  readonly hasVideo: boolean;
  readonly dailyMinor: number;
  readonly cpmMinor: number;
  readonly linkClickRate: number;
  readonly purchaseRate: number;
  readonly leadRate: number;
  readonly audience: number;
}

/** The first half year that has seasonal campaigns. */
const SEASONS_SINCE = fixedDay('2025-01-01');

interface Outline {
  ordinal: number;
  role: Role | 'season';
  name: string;
  budget: Campaign['budget'];
  startDay: number;
  stopDay: number | null;
}

/** As each platform writes ids: 18 digits at Meta, 11 at Google, 19 at TikTok. */
function campaignIdOf({ platform, salt, index }: AdAccount, ordinal: number): string {
  const tail = String(index).padStart(2, '0') + String(ordinal).padStart(3, '0');
  if (platform === 'google') return `2${digits(salt, 9, 5)}${tail}`;
  const place = String(ordinal).padStart(4, '0');
  return platform === 'tiktok' ? `18${digits(salt, 9, 13)}${place}` : `1202${digits(salt, 9, 10)}${place}`;
}

/** Google shows videos in campaigns of the kind alone; everything on TikTok is one. */
function showsVideo(platform: AdAccount['platform'], objective: string, isDrawn: boolean): boolean {
  if (platform === 'google') return objective === 'VIDEO' || objective === 'DEMAND_GEN';
  return platform === 'tiktok' || isDrawn;
}

/** The names of a campaign say the brand that it is for, where several share the account. */
function partsOf(account: AdAccount, ordinal: number): NameParts {
  const { geo, market, brands } = account;
  return { geo, market, brand: pick(brands, Math.floor(ordinal / 10) + ordinal) };
}

function campaignOf(account: AdAccount, outline: Outline): Campaign {
  const { ordinal, role } = outline;
  const salt = mix(account.salt, ordinal, 201);
  const { platform } = account;
  const profile = profileOf(platform, role);
  const objective = pick(profile.objectives, mix(salt, 0, 4));
  const dailyMinor = account.dailyMinor * between(...SPEND_SPREAD, unit(salt, 0, 1));
  const cpmMinor = account.cpmMinor * between(...CPM_SPREAD, unit(salt, 0, 2));
  const daysOfAudience = between(20, MOST_DAYS_OF_AUDIENCE, unit(salt, 0, 3));
  return {
    account,
    salt,
    ordinal,
    id: campaignIdOf(account, ordinal),
    name: nameOn(platform, outline.name),
    labels: platform === 'tiktok' ? [] : labelsOf({ role, salt }),
    objective,
    budget: outline.budget,
    createdDay: outline.startDay - 1 - (mix(salt, 0, 5) % 6),
    startDay: outline.startDay,
    stopDay: outline.stopDay,
    isDraft: role === 'draft',
    hasIssues: role !== 'draft' && mix(salt, 0, 6) % 14 === 0,
    hasVideo: showsVideo(platform, objective, unit(salt, 0, 7) < profile.videoShare),
    dailyMinor,
    cpmMinor,
    linkClickRate: profile.linkClickRate * between(0.7, 1.5, unit(salt, 0, 8)),
    purchaseRate: profile.purchaseRate * between(0.6, 1.6, unit(salt, 0, 9)),
    leadRate: profile.leadRate * between(0.6, 1.6, unit(salt, 0, 10)),
    audience: Math.ceil((dailyMinor / cpmMinor) * 1000 * daysOfAudience),
  };
}

/** The campaigns that run on and on: three that deliver and one that was never published. */
function standingCampaigns(account: AdAccount): Campaign[] {
  const third: Role = mix(account.salt, 0, 301) % 3 === 0 ? 'leads' : 'upper';
  const roles: readonly Role[] = ['prospecting', 'retargeting', third, 'draft'];
  return roles.map((role, index) =>
    campaignOf(account, {
      role,
      ordinal: (index + 1) * 10,
      name: standingName(role, partsOf(account, (index + 1) * 10), mix(account.salt, index, 302)),
      budget: (['daily', 'ad-sets', 'daily', 'daily'] as const)[index] ?? 'daily',
      startDay: account.createdDay + 7 + (mix(account.salt, index, 303) % (index * 120 + 14)),
      stopDay: null,
    }),
  );
}

function seasonCampaign(account: AdAccount, halfIndex: number): Campaign {
  const firstDay = addMonths(SEASONS_SINCE, halfIndex * 6);
  const startDay = firstDay + 12 + (mix(account.salt, halfIndex, 304) % 70);
  const season = { year: 2025 + Math.floor(halfIndex / 2), half: halfIndex % 2 === 0 ? 1 : 2 } as const;
  return campaignOf(account, {
    role: 'season',
    ordinal: 100 + halfIndex,
    name: seasonName(partsOf(account, 100 + halfIndex), season, mix(account.salt, halfIndex, 305)),
    budget: mix(account.salt, halfIndex, 306) % 4 === 0 ? 'ad-sets' : 'lifetime',
    startDay,
    stopDay: startDay + 20 + (mix(account.salt, halfIndex, 307) % 70),
  });
}

/** The campaigns that exist on a day of the account, oldest ordinal first. */
export function campaignsExisting(account: AdAccount, day: number): Campaign[] {
  const campaigns = standingCampaigns(account);
  for (let half = 0; addMonths(SEASONS_SINCE, half * 6) <= day; half += 1) {
    campaigns.push(seasonCampaign(account, half));
  }
  const lastDay = account.disabledDay ?? Number.POSITIVE_INFINITY;
  return campaigns.filter((campaign) => campaign.createdDay <= day && campaign.createdDay < lastDay);
}
