import { firstOfMonth } from '../world/calendar.ts';
import { accountMoment, campaignsOf } from '../world/world.ts';
import { seenAccount } from './advertisers.ts';
import { buyingTypeOf } from './buying.ts';
import { LIST_KINDS, needed, refuseOthers, type TiktokCall, type TiktokRoute } from './call.ts';
import { campaignFilter } from './campaign-filter.ts';
import { type CampaignSight, isEnabled, standing, tiktokTime } from './campaign-sight.ts';
import { askedFields, type FieldTable, writeFields } from './fields.ts';
import { PAGE_PARAMETERS, pageOf } from './paging.ts';
import { ADS } from './scopes.ts';

const MOST_ON_PAGE = 1000;

const BUDGET_MODES = {
  daily: 'BUDGET_MODE_DAY',
  lifetime: 'BUDGET_MODE_TOTAL',
  'ad-sets': 'BUDGET_MODE_INFINITE',
} as const;

function secondaryStatus(sight: CampaignSight): string {
  if (standing(sight) === 'removed') return 'CAMPAIGN_STATUS_DELETE';
  return isEnabled(sight) ? 'CAMPAIGN_STATUS_ENABLE' : 'CAMPAIGN_STATUS_DISABLE';
}

/** A JSON number in major units; 0 where the ad groups hold the budgets. */
function budget({ campaign }: CampaignSight): number {
  if (campaign.budget === 'ad-sets') return 0;
  const days = campaign.stopDay === null ? 1 : campaign.stopDay - campaign.startDay + 1;
  const pieces = Math.max(1, Math.round(campaign.dailyMinor * 1.2 * days));
  return (pieces * campaign.account.microsPerPiece) / 1_000_000;
}

function modifyTime({ campaign, at }: CampaignSight): string {
  const today = accountMoment(campaign.account, at).day;
  const end = campaign.stopDay === null ? today : Math.min(today, campaign.stopDay);
  return tiktokTime(campaign, Math.max(campaign.createdDay, firstOfMonth(end)), 701);
}

/** Source: campaign/get in the API for Business SDK. */
const FIELDS: FieldTable<CampaignSight> = {
  campaign_id: ({ campaign }) => campaign.id,
  campaign_name: ({ campaign }) => campaign.name,
  advertiser_id: ({ campaign }) => campaign.account.id,
  objective_type: ({ campaign }) => campaign.objective,
  objective: ({ campaign }) => (campaign.objective === 'APP_PROMOTION' ? 'APP' : 'LANDING_PAGE'),
  campaign_type: () => 'REGULAR_CAMPAIGN',
  is_smart_performance_campaign: () => false,
  budget_mode: ({ campaign }) => BUDGET_MODES[campaign.budget],
  budget,
  budget_optimize_on: ({ campaign }) => campaign.budget !== 'ad-sets',
  operation_status: (sight) => (isEnabled(sight) ? 'ENABLE' : 'DISABLE'),
  secondary_status: secondaryStatus,
  rf_campaign_type: ({ campaign }) => (buyingTypeOf(campaign) === 'RESERVATION_RF' ? 'STANDARD' : 'UNSET'),
  create_time: ({ campaign }) => tiktokTime(campaign, campaign.createdDay, 613),
  modify_time: modifyTime,
  is_new_structure: () => true,
};

function listCampaigns(call: TiktokCall) {
  refuseOthers(call, ['advertiser_id', 'filtering', 'fields', ...PAGE_PARAMETERS]);
  const account = seenAccount(call, needed(call, 'advertiser_id'), ADS);
  const isAsked = campaignFilter(call);
  const names = askedFields(call, FIELDS);
  const sights = campaignsOf(call.state.world, account, call.at).map((campaign) => ({
    campaign,
    at: call.at,
  }));
  return pageOf(call, sights.filter(isAsked), {
    most: MOST_ON_PAGE,
    write: (sight) => writeFields(FIELDS, sight, names),
  });
}

export const CAMPAIGN_ROUTES: readonly TiktokRoute[] = [
  { method: 'GET', path: 'campaign/get', kinds: LIST_KINDS, answer: listCampaigns },
];
