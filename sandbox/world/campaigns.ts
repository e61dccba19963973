import { type AdAccount, CPM_SPREAD, MOST_DAYS_OF_AUDIENCE, SPEND_SPREAD } from './accounts.ts';
import { addMonths, fixedDay } from './calendar.ts';
import { type Role, seasonName, standingName } from './names.ts';
import { between, digits, mix, pick, unit } from './random.ts';

export interface Campaign {
  readonly account: AdAccount;
  /** Its place in the account's own order, the same in every listing. */
  readonly ordinal: number;
  readonly salt: number;
  readonly id: string;
  readonly name: string;
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

interface Profile {
  objectives: readonly [string, ...string[]];
  linkClickRate: number;
  purchaseRate: number;
  leadRate: number;
  videoShare: number;
}

/** Legacy objectives stand beside the outcome ones: old campaigns keep them for ever. */
const PROFILES: Record<Role | 'season', Profile> = {
  prospecting: {
    objectives: ['OUTCOME_SALES', 'OUTCOME_SALES', 'CONVERSIONS'],
    ...{ linkClickRate: 0.011, purchaseRate: 0.017, leadRate: 0, videoShare: 0.6 },
  },
  retargeting: {
    objectives: ['OUTCOME_SALES', 'PRODUCT_CATALOG_SALES'],
    ...{ linkClickRate: 0.019, purchaseRate: 0.041, leadRate: 0, videoShare: 0.1 },
  },
  upper: {
    objectives: ['OUTCOME_AWARENESS', 'OUTCOME_TRAFFIC', 'OUTCOME_ENGAGEMENT', 'LINK_CLICKS', 'VIDEO_VIEWS'],
    ...{ linkClickRate: 0.004, purchaseRate: 0.0015, leadRate: 0, videoShare: 0.9 },
  },
  leads: {
    objectives: ['OUTCOME_LEADS', 'LEAD_GENERATION'],
    ...{ linkClickRate: 0.009, purchaseRate: 0, leadRate: 0.08, videoShare: 0.3 },
  },
  draft: {
    objectives: ['OUTCOME_SALES'],
    ...{ linkClickRate: 0, purchaseRate: 0, leadRate: 0, videoShare: 0 },
  },
  season: {
    objectives: [
      'OUTCOME_SALES',
      'OUTCOME_SALES',
      'OUTCOME_AWARENESS',
      'OUTCOME_TRAFFIC',
      'OUTCOME_APP_PROMOTION',
    ],
    ...{ linkClickRate: 0.012, purchaseRate: 0.014, leadRate: 0.004, videoShare: 0.7 },
  },
};

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

function campaignOf(account: AdAccount, outline: Outline): Campaign {
  const { ordinal, role } = outline;
  const salt = mix(account.salt, ordinal, 201);
  const profile = PROFILES[role];
  const dailyMinor = account.dailyMinor * between(...SPEND_SPREAD, unit(salt, 0, 1));
  const cpmMinor = account.cpmMinor * between(...CPM_SPREAD, unit(salt, 0, 2));
  const daysOfAudience = between(20, MOST_DAYS_OF_AUDIENCE, unit(salt, 0, 3));
  return {
    account,
    salt,
    ordinal,
    id: `1202${digits(account.salt, 9, 10)}${String(ordinal).padStart(4, '0')}`,
    name: outline.name,
    objective: pick(profile.objectives, mix(salt, 0, 4)),
    budget: outline.budget,
    createdDay: outline.startDay - 1 - (mix(salt, 0, 5) % 6),
    startDay: outline.startDay,
    stopDay: outline.stopDay,
    isDraft: role === 'draft',
    hasIssues: role !== 'draft' && mix(salt, 0, 6) % 14 === 0,
    hasVideo: unit(salt, 0, 7) < profile.videoShare,
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
      name: standingName(role, account, mix(account.salt, index, 302)),
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
    name: seasonName(account, season, mix(account.salt, halfIndex, 305)),
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
