import type { TiktokConfig } from '../../kernel/config.ts';
import type { Access, AccountRef, AdPlatform, CampaignListing, PlatformFacts } from '../ad-platform.ts';
import type { HttpDeps } from '../http.ts';
import { listAccounts } from './accounts.ts';
import { Tiktok, TIKTOK_LIMITS } from './api.ts';
import { toCampaignListing } from './map.ts';
import { authorizationUrl, exchangeCode, REQUIRED_SCOPES, revoke } from './oauth.ts';
import { accountDays, dailyMetrics, MOST_REACH_DAYS, periodReach } from './reports.ts';
import { campaignWire, read } from './wire.ts';

/**
 * Conversions arrive for days, by windows that are set per ad group and reach 28 days. TikTok states no oldest day for a
 * report: 37 months is as far back as the product keeps figures of any platform.
 */
export const tiktokAdsFacts: PlatformFacts = {
  id: 'TIKTOK',
  name: 'TikTok',
  slug: 'tiktok',
  settings: ['TIKTOK_APP_ID', 'TIKTOK_APP_SECRET'],
  requiredScopes: REQUIRED_SCOPES,
  takesPkce: false,
  restatementDays: 28,
  maxHistoryMonths: 37,
  sliceDays: 30,
  maxReachDays: MOST_REACH_DAYS,
  limits: TIKTOK_LIMITS,
};

/** A stand-in is whatever answers elsewhere; TikTok's own sandbox holds no real figures either. */
const TIKTOK_HOST = 'business-api.tiktok.com';

/**
 * Which campaigns a list holds. TopView goes with no other kind, and deleted ones are listed only where asked for.
 * Source: API for Business, /campaign/get/, filtering.
 */
const BUYING_TYPES = [['AUCTION', 'RESERVATION_RF'], ['RESERVATION_TOP_VIEW']] as const;

const CAMPAIGN_FIELDS = [
  ...['campaign_id', 'campaign_name', 'objective_type', 'operation_status', 'secondary_status'],
  ...['budget_mode', 'budget'],
];

/** The API for Business as an AdPlatform. All money is in major units of the advertiser's currency. */
export function createTiktokAds(config: TiktokConfig, deps: HttpDeps): AdPlatform {
  const tiktok = new Tiktok(config, deps);
  return {
    ...tiktokAdsFacts,
    isStandIn: new URL(config.apiUrl).hostname !== TIKTOK_HOST,
    authorizationUrl: (request) => authorizationUrl(tiktok, request),
    exchangeCode: (exchange) => exchangeCode(tiktok, exchange),
    refresh: null,
    revoke: (grant) => revoke(tiktok, grant),
    listAccounts: (access) => listAccounts(tiktok, access),
    listCampaigns: (access, account) => listCampaigns(tiktok, access, account),
    dailyMetrics: (access, account, { range }) => dailyMetrics(tiktok, access, account, range),
    accountDays: (access, account, range) => accountDays(tiktok, access, account, range),
    periodReach: (access, account, period) => periodReach(tiktok, access, account, period),
  };
}

async function* listCampaigns(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
): AsyncGenerator<CampaignListing[]> {
  const path = 'campaign/get/';
  for (const buyingTypes of BUYING_TYPES) {
    const filtering = { primary_status: 'STATUS_ALL', buying_types: buyingTypes };
    const params = { advertiser_id: account.nativeId, filtering, fields: CAMPAIGN_FIELDS };
    const items = await tiktok.list(access, { path, params, advertiserId: account.nativeId });
    if (items.length > 0) yield items.map((item) => toCampaignListing(read(campaignWire, item, path)));
  }
}
