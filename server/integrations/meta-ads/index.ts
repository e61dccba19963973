import type { MetaConfig } from '../../kernel/config.ts';
import type { Access, AccountRef, AdPlatform, CampaignListing, PlatformFacts } from '../ad-platform.ts';
import type { HttpDeps } from '../http.ts';
import { listAccounts } from './accounts.ts';
import { Graph, META_LIMITS } from './graph.ts';
import { accountDays, dailyMetrics, periodReach } from './insights.ts';
import { metaLeads } from './leads.ts';
import { toCampaignListing } from './map.ts';
import { authorizationUrl, exchangeCode, revoke } from './oauth.ts';
import { campaignWire, read } from './wire.ts';

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
  limits: META_LIMITS,
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
    dailyMetrics: (access, account, request) => dailyMetrics(graph, access, account, request),
    accountDays: (access, account, range) => accountDays(graph, access, account, range),
    periodReach: (access, account, period) => periodReach(graph, access, account, period),
    leads: metaLeads(graph),
  };
}

async function* listCampaigns(
  graph: Graph,
  access: Access,
  account: AccountRef,
): AsyncGenerator<CampaignListing[]> {
  const fields = `id,name,objective,effective_status,daily_budget,lifetime_budget,start_time,stop_time,adlabels{id,name}`;
  const params = { fields, effective_status: EVERY_STATUS, limit: '200' };
  for await (const items of graph.list(`act_${account.nativeId}/campaigns`, params, access)) {
    yield items.map((item) => toCampaignListing(read(campaignWire, item, 'campaigns'), account));
  }
}
