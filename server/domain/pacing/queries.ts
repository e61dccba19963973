import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { sum } from '../records/decimals.ts';
import { toPacedAccount } from './accounts.ts';
import { toPacing } from './assemble.ts';
import {
  type CampaignRow,
  type PacedAccountRow,
  readBrandDays,
  readPacedAccounts,
  readPacedCampaigns,
  readSpendDays,
  type SpendDayRow,
} from './facts.ts';

import {
  coveredThrough,
  mediaBudget,
  type Pace,
  type PacedAccount,
  type PacedCampaign,
  type PacedSpend,
  toPace,
} from './rules.ts';
import type { Pacing } from './schema.ts';
import { addDays, isOutside, isPausedOn } from './plan.ts';
import { readSpend, type SpendRow, type WantedSpend } from './spend.ts';
import {
  type DaySpend,
  isEnough,
  type SeenWeeks,
  seenWeeks,
  SHAPE_DAYS,
  type Shape,
  shapeOf,
} from './weekdays.ts';

/** A campaign's pace with all that it was made of. */
export interface Paced {
  row: CampaignRow;
  campaign: PacedCampaign;
  accounts: readonly PacedAccount[];
  platforms: readonly string[];
  spend: PacedSpend;
  shape: Shape;
  pace: Pace;
  /** Its sums in the currency of the whole answer; null where it has no figures. */
  sums: SpendRow | null;
}

/**
 * The pace of each of these campaigns that the reader sees. Four queries however many they are, a fifth where one has too
 * few weeks of its own. `total`: the currency of `sums`, the agency's reporting currency unless said.
 */
export async function readPaces(
  tx: TenantTx,
  campaignIds: readonly string[],
  { now, total }: { now: Date; total?: string | undefined },
): Promise<Paced[]> {
  if (campaignIds.length === 0) return [];
  const [rows, accountRows] = await Promise.all([
    readPacedCampaigns(tx, campaignIds),
    readPacedAccounts(tx, campaignIds),
  ]);
  const framed = frame(rows, accountRows, now);
  const [first] = rows;
  const sums = await readSpend(tx, {
    wanted: framed.map(({ row, campaign, through, platformCampaignIds }) => ({
      ...{ campaignId: row.id, currency: campaign.currency, through, platformCampaignIds },
      ...{ startsOn: row.starts_on, endsOn: row.ends_on },
    })),
    total: total ?? first?.reporting_currency ?? 'USD',
    currencies: [...new Set(accountRows.map(({ currency }) => currency))],
  });
  const byId = new Map(sums.map((row) => [row.campaign_id, row]));
  const spent = framed.map((one) => ({
    ...one,
    sums: byId.get(one.row.id) ?? null,
    spend: toSpend(byId.get(one.row.id), one.through),
  }));
  const shapes = await readShapes(tx, spent, now);
  return spent.map((one, index) => {
    const shape = shapes[index] ?? shapeOf([]);
    return { ...one, shape, pace: toPace(one.campaign, one.accounts, { spend: one.spend, shape }) };
  });
}

/** One campaign's pacing with its days and months. Errors: `not_found`. */
export async function getPacing(tx: TenantTx, campaignId: string, now: Date): Promise<Pacing> {
  return toPacing(await readPacedDays(tx, campaignId, now));
}

/** `days` are of the flight; `outside` are those before and after it. */
export type PacedDaysFound = Paced & { days: SpendDayRow[]; outside: SpendDayRow[] };

/** One campaign's pace with its spend day by day, from one statement. Errors: `not_found`. */
export async function readPacedDays(tx: TenantTx, campaignId: string, now: Date): Promise<PacedDaysFound> {
  const [rows, accountRows] = await Promise.all([
    readPacedCampaigns(tx, [campaignId]),
    readPacedAccounts(tx, [campaignId]),
  ]);
  const [one] = frame(rows, accountRows, now);
  if (!one) throw notFound('campaign');
  const all = await readSpendDays(tx, campaignId, one.campaign.currency);
  const { calendar } = one.campaign;
  const days = all.filter(({ date }) => !isOutside(calendar, date));
  const outside = all.filter(({ date }) => isOutside(calendar, date));
  const spend = spendOfDays({ days, outside, all }, one.through);
  const [shape = shapeOf([])] = await readShapes(tx, [{ ...one, spend }], now);
  const pace = toPace(one.campaign, one.accounts, { spend, shape });
  return { ...one, spend, shape, pace, sums: null, days, outside };
}

interface Framed {
  row: CampaignRow;
  campaign: PacedCampaign;
  accounts: readonly PacedAccount[];
  platforms: readonly string[];
  through: WantedSpend['through'];
  platformCampaignIds: readonly string[];
}

function frame(rows: readonly CampaignRow[], accountRows: readonly PacedAccountRow[], now: Date): Framed[] {
  const ofCampaign = new Map<string, PacedAccountRow[]>();
  for (const row of accountRows) {
    const own = ofCampaign.get(row.campaign_id);
    if (own) own.push(row);
    else ofCampaign.set(row.campaign_id, [row]);
  }
  return rows.map((row) => {
    const own = ofCampaign.get(row.id) ?? [];
    const accounts = own.map((account) => toPacedAccount(account, now));
    return {
      row,
      campaign: toPacedCampaign(row, now),
      accounts,
      platforms: [...new Set(own.map(({ platform }) => platform))].sort(),
      through: coveredThrough(accounts),
      platformCampaignIds: own.flatMap((account) => account.platform_campaign_ids),
    };
  });
}

function toPacedCampaign(row: CampaignRow, now: Date): PacedCampaign {
  const lines = row.lines.filter(({ kind }) => kind === 'MEDIA' || kind === 'BOOST');
  return {
    status: row.status,
    calendar: {
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      pausesOn: row.pauses_on,
      resumesOn: row.resumes_on,
    },
    currency: row.currency ?? row.reporting_currency,
    budget: mediaBudget(row.currency === null ? null : row.budget, row.lines),
    monthLines: lines.flatMap(({ month, amount }) => (month === null ? [] : [{ month, amount }])),
    tolerance: row.tolerance,
    today: dayIn(row.time_zone, now),
  };
}

function toSpend(row: SpendRow | undefined, through: string | null): PacedSpend {
  const recent = (row?.recent ?? '').split(',').flatMap((pair): DaySpend[] => {
    const [date, amount] = pair.split(' ');
    return date && amount ? [{ date, amount }] : [];
  });
  const leftOut = Object.entries(row?.left_out ?? {}).map(([currency, amount]) => ({ currency, amount }));
  return {
    ...{ through, recent, leftOut, spent: row?.spent ?? null },
    ...{ spentAfter: row?.spent_after ?? null, spentOutside: row?.spent_outside ?? null },
  };
}

/** The same from days, so that a campaign's page and its place among all say one thing. */
function spendOfDays(
  { days, outside, all }: Record<'days' | 'outside' | 'all', readonly SpendDayRow[]>,
  through: string | null,
): PacedSpend {
  const until = through === null ? [] : days.filter(({ date }) => date <= through);
  const since = through === null ? '' : addDays(through, 1 - SHAPE_DAYS);
  const left = new Map<string, string[]>();
  for (const { currency, spend, converted } of days)
    if (converted === null) left.set(currency, [...(left.get(currency) ?? []), spend]);
  return {
    through,
    spent: sum(until.map(({ converted }) => converted)),
    spentAfter: sum(
      days.filter(({ date }) => through === null || date > through).map(({ converted }) => converted),
    ),
    spentOutside: sum(outside.map(({ converted }) => converted)),
    recent: byDay(through === null ? [] : all.filter(({ date }) => date >= since && date <= through)),
    leftOut: [...left].map(([currency, amounts]) => ({ currency, amount: sum(amounts) ?? '0' })),
  };
}

/** What each day came to over its currencies; days that have no rate are left out. */
export function byDay(days: readonly SpendDayRow[]): DaySpend[] {
  const sums = new Map<string, string[]>();
  for (const { date, converted } of days)
    if (converted !== null) sums.set(date, [...(sums.get(date) ?? []), converted]);
  return [...sums].map(([date, amounts]) => ({ date, amount: sum(amounts) ?? '0' }));
}

/** The weekdays' weights of each campaign, from its own weeks or from wider ones. */
async function readShapes(
  tx: TenantTx,
  campaigns: readonly (Framed & { spend: PacedSpend })[],
  now: Date,
): Promise<Shape[]> {
  const own = campaigns.map(({ campaign, spend }) =>
    spend.through === null
      ? null
      : seenWeeks(spend.recent, spend.through, (day) => isPausedOn(campaign.calendar, day)),
  );
  const [first] = campaigns;
  const isAsked = own.some((seen) => seen === null || !isEnough(seen));
  const wider = first && isAsked ? await readWiderWeeks(tx, first.row, now) : null;
  return campaigns.map(({ row }, index) => {
    const seen = own[index];
    const brand = row.brand_id === null ? undefined : wider?.brands.get(row.brand_id);
    return shapeOf([
      ...(seen ? [{ basis: 'CAMPAIGN' as const, seen }] : []),
      ...(brand ? [{ basis: 'BRAND' as const, seen: brand }] : []),
      ...(wider ? [{ basis: 'AGENCY' as const, seen: wider.agency }] : []),
    ]);
  });
}

/** Accounts in far zones and late ones have not yet covered the newest days: a wider week counts once it is this old. */
const WIDER_AGE_DAYS = 3;

async function readWiderWeeks(
  tx: TenantTx,
  { time_zone: timeZone, reporting_currency: currency }: CampaignRow,
  now: Date,
): Promise<{ brands: Map<string, SeenWeeks>; agency: SeenWeeks }> {
  const to = addDays(dayIn(timeZone, now), -WIDER_AGE_DAYS);
  const rows = await readBrandDays(tx, { from: addDays(to, 1 - SHAPE_DAYS), to }, currency);
  const brands = new Map<string, DaySpend[]>();
  const agency = new Map<string, string[]>();
  for (const { brand_id: brandId, date, amount } of rows) {
    if (brandId !== null) brands.set(brandId, [...(brands.get(brandId) ?? []), { date, amount }]);
    agency.set(date, [...(agency.get(date) ?? []), amount]);
  }
  const all = [...agency].map(([date, amounts]) => ({ date, amount: sum(amounts) ?? '0' }));
  return {
    brands: new Map([...brands].map(([brandId, days]) => [brandId, seenWeeks(days, to)])),
    agency: seenWeeks(all, to),
  };
}
