import { isoDay } from '../world/calendar.ts';
import { type Campaign } from '../world/campaigns.ts';
import { isoDecimals } from '../world/currencies.ts';
import { type Standing, standingOf } from '../world/delivery.ts';
import { digits } from '../world/random.ts';
import { accountMoment } from '../world/world.ts';
import { nameOfLabel } from './fields-labels.ts';
import { type Field, type Row, type Value } from './row.ts';

function ofCampaign(kind: Field['kind'], read: (campaign: Campaign, at: Date) => Value | undefined): Field {
  return { kind, read: ({ campaign, at }: Row) => (campaign === null ? undefined : read(campaign, at)) };
}

const standing = (campaign: Campaign, at: Date): Standing =>
  standingOf(campaign, accountMoment(campaign.account, at).day);

/** The buyer's switch: one that ran out stays switched on, unless somebody tidied up. */
function statusOf(campaign: Campaign, at: Date): string {
  const now = standing(campaign, at);
  if (now === 'removed') return 'REMOVED';
  if (now === 'ended') return campaign.salt % 2 === 0 ? 'PAUSED' : 'ENABLED';
  return now === 'running' ? 'ENABLED' : 'PAUSED';
}

const PRIMARY: Record<Standing, string> = {
  draft: 'PAUSED',
  running: 'ELIGIBLE',
  paused: 'PAUSED',
  ended: 'ENDED',
  removed: 'REMOVED',
};

const SERVING: Record<Standing, string> = {
  draft: 'SUSPENDED',
  running: 'SERVING',
  paused: 'SUSPENDED',
  ended: 'ENDED',
  removed: 'NONE',
};

const nameOfCampaign = ({ account, id }: Campaign): string => `customers/${account.id}/campaigns/${id}`;

/** Since v23 the dates have a time, in the customer's zone. Source: Campaign, discovery document of v25. */
export const CAMPAIGN_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: ofCampaign('text', nameOfCampaign),
  id: ofCampaign('int64', ({ id }) => id),
  name: ofCampaign('text', ({ name }) => name),
  status: ofCampaign('enum', statusOf),
  primary_status: ofCampaign('enum', (campaign, at) => PRIMARY[standing(campaign, at)]),
  serving_status: ofCampaign('enum', (campaign, at) => SERVING[standing(campaign, at)]),
  advertising_channel_type: ofCampaign('enum', ({ objective }) => objective),
  start_date_time: ofCampaign('text', ({ startDay }) => `${isoDay(startDay)} 00:00:00`),
  end_date_time: ofCampaign('text', ({ stopDay }) => {
    return stopDay === null ? undefined : `${isoDay(stopDay)} 23:59:59`;
  }),
  // A list that is empty is left out, as proto3 does.
  labels: ofCampaign('names', ({ account, labels }) =>
    labels.length === 0 ? undefined : labels.map((label) => nameOfLabel(account, label)),
  ),
  campaign_budget: ofCampaign('text', (campaign) => nameOfBudget(campaign)),
};

/** A campaign whose budget the world calls the ad sets' has one that it shares with others. */
const isShared = ({ budget }: Campaign): boolean => budget === 'ad-sets';

function budgetIdOf(campaign: Campaign): string {
  return isShared(campaign) ? `1${digits(campaign.account.salt, 10, 10)}` : `1${campaign.id.slice(1)}`;
}

const nameOfBudget = (campaign: Campaign): string =>
  `customers/${campaign.account.id}/campaignBudgets/${budgetIdOf(campaign)}`;

/** In whole billable units: nothing finer than the currency's own can be set. */
function planned(campaign: Campaign, days: number): string {
  const unit = 10 ** (6 - isoDecimals(campaign.account.currency));
  return String(Math.max(1, Math.round((campaign.dailyMinor * 1.2 * days) / unit)) * unit);
}

const isWhole = ({ budget, stopDay }: Campaign): boolean => budget === 'lifetime' && stopDay !== null;

/** Source: CampaignBudget, discovery document of v25. */
export const BUDGET_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: ofCampaign('text', nameOfBudget),
  id: ofCampaign('int64', budgetIdOf),
  amount_micros: ofCampaign('int64', (campaign) => (isWhole(campaign) ? undefined : planned(campaign, 1))),
  total_amount_micros: ofCampaign('int64', (campaign) => {
    const { startDay, stopDay } = campaign;
    return isWhole(campaign) && stopDay !== null ? planned(campaign, stopDay - startDay + 1) : undefined;
  }),
  explicitly_shared: ofCampaign('boolean', isShared),
  delivery_method: ofCampaign('enum', () => 'STANDARD'),
  period: ofCampaign('enum', (campaign) => (isWhole(campaign) ? 'CUSTOM_PERIOD' : 'DAILY')),
};
