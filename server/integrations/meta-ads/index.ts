import type { MetaConfig } from '../../kernel/config.ts';
import type {
  Access,
  AccountListing,
  AccountRef,
  AdPlatform,
  CampaignListing,
  PlatformFacts,
} from '../ad-platform.ts';
import type { HttpDeps } from '../http.ts';
import { Graph } from './graph.ts';
import { accountDays, dailyMetrics, periodReach } from './insights.ts';
import { toAccountListing, toCampaignListing } from './map.ts';
import { authorizationUrl, exchangeCode, revoke } from './oauth.ts';
import { accountWire, campaignWire, read } from './wire.ts';

/** Source: Marketing API insights, best practices and limits: frozen after 28 days, kept for 37 months. */
export const metaAdsFacts: PlatformFacts = {
  id: 'META',
  name: 'Meta',
  slug: 'meta',
  settings: ['META_APP_ID', 'META_APP_SECRET'],
  requiredScopes: ['ads_read'],
  takesPkce: false,
  restatementDays: 28,
  maxHistoryMonths: 37,
  sliceDays: 30,
  maxReachDays: null,
  // The limits depend on how many ads run: Meta tells in headers how much of them is used.
  limits: { application: null, account: null },
};

/** A stand-in is whatever answers elsewhere than at Meta's own hosts. */
const META_HOST = /(^|\.)facebook\.com$/;

/** Archived and deleted campaigns are listed only where they are asked for; their figures are read all the same. */
const EVERY_STATUS = JSON.stringify([
  ...['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED', 'IN_PROCESS', 'WITH_ISSUES'],
]);

/** The Marketing API as an AdPlatform. Money comes in major units, budgets in Meta's own minor ones. */
export function createMetaAds(config: MetaConfig, deps: HttpDeps): AdPlatform {
  const graph = new Graph(config, deps);
  return {
    ...metaAdsFacts,
    isStandIn: !META_HOST.test(new URL(config.graphUrl).hostname),
    authorizationUrl: (request) => authorizationUrl(graph, request),
    exchangeCode: (exchange) => exchangeCode(graph, exchange),
    refresh: null,
    revoke: (grant) => revoke(graph, grant),
    listAccounts: (access) => listAccounts(graph, access),
    listCampaigns: (access, account) => listCampaigns(graph, access, account),
    dailyMetrics: (access, account, { range }) => dailyMetrics(graph, access, account, range),
    accountDays: (access, account, range) => accountDays(graph, access, account, range),
    periodReach: (access, account, period) => periodReach(graph, access, account, period),
  };
}

async function* listAccounts(graph: Graph, access: Access): AsyncGenerator<AccountListing[]> {
  const fields = 'account_id,name,account_status,currency,timezone_name,business{name}';
  for await (const items of graph.list('me/adaccounts', { fields, limit: '100' }, access)) {
    yield items.map((item) => toAccountListing(read(accountWire, item, 'adaccounts')));
  }
}

async function* listCampaigns(
  graph: Graph,
  access: Access,
  account: AccountRef,
): AsyncGenerator<CampaignListing[]> {
  const fields = 'id,name,objective,effective_status,daily_budget,lifetime_budget,start_time,stop_time';
  const params = { fields, effective_status: EVERY_STATUS, limit: '200' };
  for await (const items of graph.list(`act_${account.nativeId}/campaigns`, params, access)) {
    yield items.map((item) => toCampaignListing(read(campaignWire, item, 'campaigns'), account));
  }
}
