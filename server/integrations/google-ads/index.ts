import type { GoogleConfig } from '../../kernel/config.ts';
import type { AdPlatform, CallLimit, PlatformFacts } from '../ad-platform.ts';
import type { HttpDeps } from '../http.ts';
import { listAccounts } from './accounts.ts';
import { GoogleAds } from './ads.ts';
import { listCampaigns } from './campaigns.ts';
import { accountDays, dailyMetrics, MAX_REACH_DAYS, periodReach } from './metrics.ts';
import { ADS_SCOPE, authorizationUrl, exchangeCode, refresh, revoke } from './oauth.ts';

const DAY_SECONDS = 86_400;
/** Test and Basic access of a Cloud project. Source: Google Ads API, access levels. */
const BASIC_OPERATIONS = 15_000;

/** What the daily figures of a click settle in, and how far back they are kept: Google Ads API, data retention. */
export const googleAdsFacts: PlatformFacts = {
  id: 'GOOGLE',
  name: 'Google Ads',
  slug: 'google',
  settings: ['GOOGLE_ADS_CLIENT_ID', 'GOOGLE_ADS_CLIENT_SECRET'],
  requiredScopes: [ADS_SCOPE],
  takesPkce: true,
  // A conversion is dated by its click; most conversion actions count it for 30 days, and an agency may set up to 90.
  restatementDays: 30,
  maxHistoryMonths: 37,
  // The days that still move and the running one as one slice: each costs operations of the day.
  sliceDays: 31,
  maxReachDays: MAX_REACH_DAYS,
  limits: { application: spread(BASIC_OPERATIONS), account: null },
};

/** A stand-in is whatever answers elsewhere than at Google's own hosts. */
const GOOGLE_HOST = /(^|\.)googleapis\.com$/;

/** The Google Ads API over REST as an AdPlatform. Money comes in micros, ids and counts as texts. */
export function createGoogleAds(config: GoogleConfig, deps: HttpDeps): AdPlatform {
  const limits = { application: spread(config.dailyOperations), account: null };
  const google = new GoogleAds(config, deps, limits);
  return {
    ...googleAdsFacts,
    limits,
    isStandIn: !GOOGLE_HOST.test(new URL(config.adsUrl).hostname),
    authorizationUrl: (request) => authorizationUrl(google, request),
    exchangeCode: (exchange) => exchangeCode(google, exchange),
    refresh: (refreshToken) => refresh(google, refreshToken),
    revoke: (grant) => revoke(google, grant),
    listAccounts: (access) => listAccounts(google, access),
    listCampaigns: (access, account) => listCampaigns({ google, access, account }),
    dailyMetrics: (access, account, { range }) => dailyMetrics({ google, access, account }, range),
    accountDays: (access, account, range) => accountDays({ google, access, account }, range),
    periodReach: (access, account, period) => periodReach({ google, access, account }, period),
  };
}

/** A tenth at once, the rest over the day: however the calls fall, no 24 hours hold more than the day's operations. */
export function spread(dailyOperations: number): CallLimit {
  const burst = Math.floor(dailyOperations / 10);
  return { burst, perSecond: (dailyOperations - burst) / DAY_SECONDS };
}
