import { type Role } from './names.ts';
import { type WorldPlatform } from './platforms.ts';

export interface Profile {
  objectives: readonly [string, ...string[]];
  linkClickRate: number;
  purchaseRate: number;
  leadRate: number;
  videoShare: number;
}

/** Meta's. Legacy objectives stand beside the outcome ones: old campaigns keep them for ever. */
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

type Objectives = Record<Role | 'season', Profile['objectives']>;

/** Channel types: Google has no objective. Source: Google Ads, advertising_channel_type. */
const GOOGLE: Objectives = {
  prospecting: ['SEARCH', 'PERFORMANCE_MAX', 'SEARCH'],
  retargeting: ['SHOPPING', 'DISPLAY', 'PERFORMANCE_MAX'],
  upper: ['VIDEO', 'DEMAND_GEN', 'DISPLAY'],
  leads: ['SEARCH', 'MULTI_CHANNEL'],
  draft: ['SEARCH'],
  season: ['PERFORMANCE_MAX', 'VIDEO', 'DEMAND_GEN', 'SEARCH'],
};

/** Old campaigns keep the withdrawn names. Source: TikTok API for Business, objective_type. */
const TIKTOK: Objectives = {
  prospecting: ['WEB_CONVERSIONS', 'WEB_CONVERSIONS', 'CONVERSIONS'],
  retargeting: ['PRODUCT_SALES', 'CATALOG_SALES'],
  upper: ['REACH', 'TRAFFIC', 'VIDEO_VIEWS', 'ENGAGEMENT', 'RF_REACH'],
  leads: ['LEAD_GENERATION'],
  draft: ['WEB_CONVERSIONS'],
  season: ['WEB_CONVERSIONS', 'TRAFFIC', 'APP_PROMOTION', 'VIDEO_VIEWS'],
};

/** What a campaign of a role is for and how well it does: the rates are the same everywhere. */
export function profileOf(platform: WorldPlatform, role: Role | 'season'): Profile {
  const profile = PROFILES[role];
  if (platform === 'meta') return profile;
  return { ...profile, objectives: (platform === 'google' ? GOOGLE : TIKTOK)[role] };
}
