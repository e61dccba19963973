import { type AdAccount } from '../world/accounts.ts';
import { type Campaign } from '../world/campaigns.ts';
import { type DayFigures } from '../world/figures.ts';
import { mix } from '../world/random.ts';
import { reachOf, sumOf } from '../world/totals.ts';
import { campaignsOf, deliveries, type Delivery, type World } from '../world/world.ts';
import { clientsOf, type Customer } from './customers.ts';
import { type Plan } from './plan.ts';
import { type Row } from './row.ts';
import { compareRows, fits } from './sift.ts';

export interface Question {
  world: World;
  customer: Customer;
  plan: Plan;
  at: Date;
}

/** The kinds of campaign of which Google counts people. Source: Metrics.unique_users. */
const COUNTED = ['DISPLAY', 'VIDEO', 'DEMAND_GEN'];

const NOTHING: DayFigures = {
  ...{ impressions: 0, spendMicros: 0, clicks: 0, linkClicks: 0, reach: 0 },
  ...{ purchases: 0, purchaseValueMicros: 0, otherPurchases: 0, otherPurchaseValueMicros: 0, leads: 0 },
  ...{ conversionMicros: 0, conversionValueMicros: 0, allConversionMicros: 0, viewThroughs: 0 },
  ...{ videoPlays: 0, videoViews25: 0, videoViews50: 0, videoViews75: 0, videoViews100: 0 },
};

function bareRow({ world, customer, at }: Question): Row {
  const none = { client: null, label: null, campaign: null, day: null, totals: null, uniqueUsers: null };
  return { world, at, customer, ...none, omitsZeros: true };
}

function clientRows(question: Question): Row[] {
  return clientsOf(question.world, question.customer).map((client, index) => {
    return { ...bareRow(question), client, omitsZeros: index % 2 === 0 };
  });
}

function labelRows(question: Question, campaigns: readonly Campaign[]): Row[] {
  const labels = new Set(campaigns.flatMap(({ labels }) => labels));
  return [...labels].map((label) => ({ ...bareRow(question), label }));
}

interface Group {
  campaign: Campaign | null;
  day: number;
  parts: Delivery[];
}

/** What is one row: a campaign, or all of them, in each value of the segments. */
function grouped(question: Question, delivered: readonly Delivery[]): Group[] {
  const { plan } = question;
  const groups = new Map<string, Group>();
  for (const delivery of delivered) {
    const campaign = plan.from === 'campaign' ? delivery.campaign : null;
    const values = plan.segments.map(({ read }) => read({ ...bareRow(question), day: delivery.day }));
    const key = JSON.stringify([campaign?.id ?? '', ...values]);
    const group = groups.get(key);
    if (group) group.parts.push(delivery);
    else groups.set(key, { campaign, day: delivery.day, parts: [delivery] });
  }
  return [...groups.values()];
}

function figureRow(question: Question, account: AdAccount, { campaign, day, parts }: Group): Row {
  const isCounted = campaign !== null && COUNTED.includes(campaign.objective);
  return {
    ...bareRow(question),
    campaign,
    day: question.plan.segments.length > 0 ? day : null,
    totals: parts.length === 0 ? NOTHING : sumOf(parts),
    uniqueUsers: isCounted ? reachOf(parts, account, campaign) : null,
    omitsZeros: mix(campaign?.salt ?? account.salt, day, 701) % 2 === 0,
  };
}

const isNothing = (row: Row, { metrics }: Plan): boolean =>
  metrics.length > 0 && metrics.every(({ read }) => Number(read(row) ?? 0) === 0);

/**
 * Rows with figures. With a segment only those in which something that was asked for happened; without one also the
 * campaigns in which nothing did. Source: Google Ads API, zero metrics.
 */
function figureRows(question: Question, account: AdAccount, campaigns: readonly Campaign[]): Row[] {
  const { world, plan, at } = question;
  const groups = grouped(question, deliveries(world, { account, campaigns, ...plan.range, asOf: at }));
  const rows = (known: readonly Group[]) => known.map((group) => figureRow(question, account, group));
  if (plan.segments.length > 0) return rows(groups).filter((row) => !isNothing(row, plan));
  const wanted = plan.from === 'campaign' ? campaigns : [null];
  return rows(
    wanted.map((campaign) => {
      const found = groups.find((group) => group.campaign === campaign);
      return found ?? { campaign, day: plan.range.from, parts: [] };
    }),
  );
}

function allRows(question: Question): Row[] {
  const { world, customer, plan, at } = question;
  if (plan.from === 'customer_client') return clientRows(question);
  const { account } = customer;
  if (!account) return plan.from === 'customer' ? [bareRow(question)] : [];
  const campaigns = campaignsOf(world, account, at);
  if (plan.hasFigures) return figureRows(question, account, campaigns);
  if (plan.from === 'customer') return [bareRow(question)];
  if (plan.from === 'label') return labelRows(question, campaigns);
  return campaigns.map((campaign) => {
    return { ...bareRow(question), campaign, omitsZeros: campaign.ordinal % 20 === 0 };
  });
}

const drawOf = ({ campaign, day }: Row): number => mix(campaign?.salt ?? 0, day ?? 0, 702);

/** All rows of a question, sifted and in order. */
export function rowsOf(question: Question): Row[] {
  const { plan } = question;
  const rows = allRows(question).filter((row) => plan.filters.every((filter) => fits(row, filter)));
  if (plan.orderBy.length > 0) rows.sort((left, right) => compareRows(left, right, plan.orderBy));
  // Without ORDER BY no order is promised: least of all that of the days.
  else if (plan.segments.length > 0) rows.sort((left, right) => drawOf(left) - drawOf(right));
  return plan.limit === null ? rows : rows.slice(0, plan.limit);
}
