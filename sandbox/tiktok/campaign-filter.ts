import { buyingTypeOf, isBuyingType, UNASKED } from './buying.ts';
import { jsonParameter, type TiktokCall } from './call.ts';
import { type CampaignSight, isEnabled, standing, tiktokTime } from './campaign-sight.ts';
import { invalidParameter } from './failures.ts';

type Test = (sight: CampaignSight) => boolean;

/** Deleted campaigns must be asked for. Source: API for Business, enumerations, primary status. */
const PRIMARY_STATUSES: Readonly<Record<string, Test>> = {
  STATUS_ALL: () => true,
  STATUS_NOT_DELETE: (sight) => standing(sight) !== 'removed',
  STATUS_DELETE: (sight) => standing(sight) === 'removed',
  STATUS_DELIVERY_OK: (sight) => standing(sight) !== 'removed' && isEnabled(sight),
  STATUS_DISABLE: (sight) => standing(sight) !== 'removed' && !isEnabled(sight),
};

function primaryStatus(value: unknown): Test {
  const name = value ?? 'STATUS_NOT_DELETE';
  const isKnown = typeof name === 'string' && Object.hasOwn(PRIMARY_STATUSES, name);
  const test = isKnown ? PRIMARY_STATUSES[name] : undefined;
  if (!test) throw invalidParameter('filtering.primary_status: is not a valid choice.');
  return test;
}

/** TopView cannot be asked for together with the others. */
function buyingTypes(value: unknown): Test {
  const asked: unknown[] = Array.isArray(value) ? value : [...UNASKED];
  const wrong = asked.find((type) => !isBuyingType(type));
  if (wrong !== undefined || asked.length === 0) {
    throw invalidParameter(`filtering.buying_types: ${String(wrong)} is not a valid choice.`);
  }
  if (asked.length > 1 && asked.includes('RESERVATION_TOP_VIEW')) {
    throw invalidParameter('filtering.buying_types: RESERVATION_TOP_VIEW cannot be used with other values.');
  }
  return ({ campaign }) => asked.includes(buyingTypeOf(campaign));
}

function ids(value: unknown): Test {
  if (!Array.isArray(value) || value.length > 100) {
    throw invalidParameter('filtering.campaign_ids: must be a list of at most 100 ids.');
  }
  return ({ campaign }) => value.includes(campaign.id);
}

/** Every filter that this stand-in knows; others are refused, never ignored. */
const FILTERS: Readonly<Record<string, (value: unknown) => Test>> = {
  primary_status: primaryStatus,
  buying_types: buyingTypes,
  campaign_ids: ids,
  objective_type:
    (value) =>
    ({ campaign }) =>
      campaign.objective === value,
  campaign_name:
    (value) =>
    ({ campaign }) =>
      typeof value === 'string' && campaign.name.includes(value),
  creation_filter_start_time:
    (value) =>
    ({ campaign }) =>
      tiktokTime(campaign, campaign.createdDay, 613) >= String(value),
  creation_filter_end_time:
    (value) =>
    ({ campaign }) =>
      tiktokTime(campaign, campaign.createdDay, 613) <= String(value),
};

/** The `filtering` of a list of campaigns, with what holds where nothing is said. */
export function campaignFilter(call: TiktokCall): Test {
  const value = jsonParameter(call, 'filtering') ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidParameter('filtering: must be an object.');
  }
  const asked = { primary_status: undefined, buying_types: undefined, ...value };
  const tests = Object.entries(asked).map(([name, wanted]) => {
    const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    if (!filter) throw invalidParameter(`filtering.${name}: the sandbox does not know this filter.`);
    return filter(wanted);
  });
  return (sight) => tests.every((test) => test(sight));
}
