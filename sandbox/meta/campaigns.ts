import { CALL_KINDS } from '../control/faults.ts';
import { accountMoment, campaignsOf, deliveries, type World } from '../world/world.ts';
import { type Campaign } from '../world/campaigns.ts';
import { firstOfMonth } from '../world/calendar.ts';
import { microsPerMinor } from '../world/currencies.ts';
import { isPausedOn } from '../world/delivery.ts';
import { labelNumber } from '../world/labels.ts';
import { digits } from '../world/random.ts';
import { invalidParameter } from './failures.ts';
import { type FieldTable, listParameter, parseFields, selectFields } from './fields.ts';
import { filtersOf, matchesFilters } from './filters.ts';
import { type GraphAnswer, type GraphCall, type GraphRoute, seenAccount } from './graph.ts';
import { type Json } from './json.ts';
import { pageOf } from './paging.ts';
import { metaTime } from './times.ts';

interface CampaignSight {
  world: World;
  campaign: Campaign;
  at: Date;
}

const EFFECTIVE_STATUSES = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED', 'IN_PROCESS', 'WITH_ISSUES'];
const ARCHIVED_AFTER_DAYS = 180;

/** What a campaign's switch says: the buyer's doing, not the platform's. */
function statusOf({ campaign, at }: CampaignSight): string {
  const today = accountMoment(campaign.account, at).day;
  if (campaign.stopDay !== null && campaign.stopDay < today) {
    if (today - campaign.stopDay > ARCHIVED_AFTER_DAYS) return 'ARCHIVED';
    // Meta leaves a campaign that ran out switched on; tidy buyers switch it off.
    return campaign.salt % 2 === 0 ? 'PAUSED' : 'ACTIVE';
  }
  return isPausedOn(campaign, today) ? 'PAUSED' : 'ACTIVE';
}

export function effectiveStatusOf(sight: CampaignSight): string {
  const status = statusOf(sight);
  return status === 'ACTIVE' && sight.campaign.hasIssues ? 'WITH_ISSUES' : status;
}

function plannedMinor(campaign: Campaign): number {
  const days = campaign.stopDay === null ? 1 : campaign.stopDay - campaign.startDay + 1;
  return Math.max(1, Math.round(campaign.dailyMinor * 1.2 * days));
}

function remaining(sight: CampaignSight): string | undefined {
  const { campaign, world, at } = sight;
  if (campaign.budget === 'ad-sets') return undefined;
  const { account } = campaign;
  const today = accountMoment(account, at).day;
  const from = campaign.budget === 'daily' ? today : campaign.startDay;
  const spent = deliveries(world, { account, campaigns: [campaign], from, to: today, asOf: at });
  const micros = spent.reduce((sum, { figures }) => sum + figures.spendMicros, 0);
  return String(Math.max(0, plannedMinor(campaign) - micros / microsPerMinor(account.currency)));
}

function adLabel({ account, createdDay }: Campaign) {
  const created = metaTime(account, createdDay, 613);
  return (name: string): Json => {
    const id = `1203${digits(labelNumber(account.salt, name), 9, 14)}`;
    return { id, name, created_time: created, updated_time: created };
  };
}

function updatedDay({ campaign, at }: CampaignSight): number {
  const today = accountMoment(campaign.account, at).day;
  const end = campaign.stopDay === null ? today : Math.min(today, campaign.stopDay);
  return Math.max(campaign.createdDay, firstOfMonth(end));
}

/** Source: the campaign's fields and types in Meta's API specification (facebook-business-sdk-codegen). */
const CAMPAIGN_FIELDS: FieldTable<CampaignSight> = {
  id: ({ campaign }) => campaign.id,
  account_id: ({ campaign }) => campaign.account.accountId,
  name: ({ campaign }) => campaign.name,
  // Left out where there is none. Source: Campaign.adlabels, a list of AdLabel.
  adlabels: ({ campaign }) =>
    campaign.labels.length === 0 ? undefined : campaign.labels.map(adLabel(campaign)),
  objective: ({ campaign }) => campaign.objective,
  buying_type: () => 'AUCTION',
  status: statusOf,
  configured_status: statusOf,
  effective_status: effectiveStatusOf,
  // Only a campaign that holds its own budget has these; otherwise the ad sets do.
  daily_budget: ({ campaign }) => (campaign.budget === 'daily' ? String(plannedMinor(campaign)) : undefined),
  lifetime_budget: ({ campaign }) =>
    campaign.budget === 'lifetime' ? String(plannedMinor(campaign)) : undefined,
  budget_remaining: remaining,
  bid_strategy: ({ campaign }) => (campaign.budget === 'ad-sets' ? undefined : 'LOWEST_COST_WITHOUT_CAP'),
  special_ad_categories: () => [],
  start_time: ({ campaign }) => metaTime(campaign.account, campaign.startDay, 0),
  stop_time: ({ campaign }) =>
    campaign.stopDay === null ? undefined : metaTime(campaign.account, campaign.stopDay, 1439),
  created_time: ({ campaign }) => metaTime(campaign.account, campaign.createdDay, 613),
  updated_time: (sight) => metaTime(sight.campaign.account, updatedDay(sight), 701),
  issues_info: (sight) =>
    effectiveStatusOf(sight) === 'WITH_ISSUES'
      ? [
          {
            level: 'AD',
            error_code: 1815869,
            error_type: 'HARD_ERROR',
            error_summary: 'An ad was not approved',
          },
        ]
      : undefined,
  is_adset_budget_sharing_enabled: () => false,
};

export function writeCampaign(call: GraphCall, campaign: Campaign): Json {
  const fields = [...parseFields(call.params.get('fields')), { name: 'id', inner: null }];
  const sight = { campaign, world: call.state.world, at: call.at };
  return selectFields(CAMPAIGN_FIELDS, sight, fields, 'Campaign');
}

/** The statuses that a list shows: archived and deleted campaigns must be asked for. */
function statusesAsked(params: URLSearchParams): string[] | undefined {
  const asked = listParameter(params, 'effective_status');
  const wrong = asked?.find((status) => !EFFECTIVE_STATUSES.includes(status));
  if (wrong !== undefined) {
    throw invalidParameter(
      `param effective_status must be one of {${EFFECTIVE_STATUSES.join(', ')}}: ${wrong}`,
    );
  }
  return asked;
}

function listCampaigns(call: GraphCall): GraphAnswer {
  const account = seenAccount(call, call.captured[0] ?? '');
  const statuses = statusesAsked(call.params);
  const filters = filtersOf(call.params);
  const namesStatus = filters.some(({ field }) => field.endsWith('effective_status'));
  const entries = campaignsOf(call.state.world, account, call.at)
    .filter((campaign) => {
      const status = effectiveStatusOf({ campaign, world: call.state.world, at: call.at });
      if (!matchesFilters(filters, { id: campaign.id, name: campaign.name, effective_status: status }))
        return false;
      return statuses ? statuses.includes(status) : namesStatus || status !== 'ARCHIVED';
    })
    .map((campaign) => ({ key: String(campaign.ordinal).padStart(5, '0'), value: campaign }));
  return { body: pageOf(call, entries, (campaign) => writeCampaign(call, campaign)), account };
}

export const CAMPAIGN_ROUTES: readonly GraphRoute[] = [
  {
    ...{ method: 'GET', path: /^act_(\d+)\/campaigns$/, usage: 'management', answer: listCampaigns },
    kinds: [...CALL_KINDS, 'empty_page_with_next'],
  },
];
