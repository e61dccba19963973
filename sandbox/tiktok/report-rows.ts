import { type Campaign } from '../world/campaigns.ts';
import { type DayFigures } from '../world/figures.ts';
import { unit } from '../world/random.ts';
import { reachOf, sumOf } from '../world/totals.ts';
import { accountMoment, campaignsOf, deliveries, type Delivery, type World } from '../world/world.ts';
import { type ReportRow } from './report-metrics.ts';
import { type ReportQuery } from './report-query.ts';

const NOTHING: DayFigures = {
  ...{ impressions: 0, spendMicros: 0, clicks: 0, linkClicks: 0, reach: 0, leads: 0 },
  ...{ purchases: 0, purchaseValueMicros: 0, otherPurchases: 0, otherPurchaseValueMicros: 0 },
  ...{ conversionMicros: 0, conversionValueMicros: 0, allConversionMicros: 0, viewThroughs: 0 },
  ...{ videoPlays: 0, videoViews25: 0, videoViews50: 0, videoViews75: 0, videoViews100: 0 },
};

/** Some days without delivery are rows of zeros, others no rows: TikTok does both. */
function isShownEmpty(campaign: Campaign, day: number): boolean {
  return campaign.createdDay <= day && unit(campaign.salt, day, 701) < 0.2;
}

interface Groups {
  add(delivery: Delivery): void;
  rows(): ReportRow[];
}

function groupsOf({ account, level, isDaily }: ReportQuery): Groups {
  const groups = new Map<string, { campaign: Campaign | null; day: number | null; parts: Delivery[] }>();
  return {
    add(delivery) {
      const campaign = level === 'AUCTION_CAMPAIGN' ? delivery.campaign : null;
      const day = isDaily ? delivery.day : null;
      const key = `${day ?? ''} ${campaign?.id ?? ''}`;
      const group = groups.get(key);
      if (group) group.parts.push(delivery);
      else groups.set(key, { campaign, day, parts: [delivery] });
    },
    rows: () =>
      [...groups.values()].map(({ campaign, day, parts }) => {
        return {
          account,
          campaign,
          day,
          totals: { ...sumOf(parts), reach: reachOf(parts, account, campaign) },
        };
      }),
  };
}

function emptyDays(query: ReportQuery, campaigns: readonly Campaign[], today: number): ReportRow[] {
  const { account, from, to } = query;
  const rows: ReportRow[] = [];
  for (let day = from; day <= Math.min(to, today); day += 1) {
    for (const campaign of campaigns) {
      if (isShownEmpty(campaign, day)) rows.push({ account, campaign, day, totals: NOTHING });
    }
  }
  return rows;
}

/** The rows of a report, by day and in the campaigns' own order. Reach is counted for the row's own span. */
export function reportRows(world: World, query: ReportQuery, asOf: Date): ReportRow[] {
  const { account, from, to, level, isDaily, isAsked } = query;
  const campaigns = campaignsOf(world, account, asOf).filter((campaign) => isAsked({ campaign, at: asOf }));
  const groups = groupsOf(query);
  for (const delivery of deliveries(world, { account, campaigns, from, to, asOf })) groups.add(delivery);
  const rows = groups.rows();
  if (level === 'AUCTION_ADVERTISER' || !isDaily) return rows;
  const known = new Set(rows.map(({ campaign, day }) => `${day} ${campaign?.id}`));
  const empty = emptyDays(query, campaigns, accountMoment(account, asOf).day);
  const all = [...rows, ...empty.filter(({ campaign, day }) => !known.has(`${day} ${campaign?.id}`))];
  return all.sort((left, right) => (left.day ?? 0) - (right.day ?? 0));
}
