import { sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { type CreatorCost, listCreatorCosts } from '../campaign-creators/queries.ts';
import { ratesInto } from '../fx/queries.ts';
import { type Paced, readPacedDays } from '../pacing/queries.ts';
import { divide, product, round, sum } from '../records/decimals.ts';
import { comparePart, compareParts, type Spending, totalOf } from './performance-rules.ts';
import { findStandingBudget } from './queries.ts';
import { sumsOf } from './rules.ts';
import { type BudgetKind, type BudgetLine, type BudgetPerformance, kindWords } from './schema.ts';

const AMOUNT_DECIMALS = 6;

/** What one account's media, or boosts, of a campaign came to, in the budget's currency. */
interface PartRow {
  ad_account_id: string;
  account_name: string;
  platform: string;
  is_boost: boolean;
  campaign_creator_id: string | null;
  /** Through the last full day. */
  spent: string | null;
  /** On the days that the projection goes by. */
  lately: string | null;
}

/**
 * A campaign's plan against what was spent and what is to be expected, by each way in which it is split. Spend is of the
 * flight's full days that all accounts cover. Errors: `not_found`.
 */
export async function getBudgetPerformance(
  tx: TenantTx,
  principal: Principal,
  { campaignId, now }: { campaignId: string; now: Date },
): Promise<BudgetPerformance> {
  const [paced, standing, creators] = await Promise.all([
    readPacedDays(tx, campaignId, now),
    findStandingBudget(tx, principal, campaignId),
    listCreatorCosts(tx, principal, { campaignIds: [campaignId] }),
  ]);
  const { currency, today } = paced.campaign;
  const others = await readOthers(tx, campaignId);
  const [parts, rates] = await Promise.all([
    readParts(tx, campaignId, paced),
    readRates(tx, currency, [...neededOf(creators, today), ...others]),
  ]);
  const toRated = (amount: string, date: string, of: string) => {
    const rate = of === currency ? '1' : (rates.get(`${date} ${of}`) ?? null);
    return rate === null ? null : product([amount, rate]);
  };
  const lines = standing?.lines ?? [];
  const fees = creators.map((one) => toFee(one, { today, toRated }));
  const other = totalOf(others.map(({ amount, date, currency: of }) => toRated(amount, date, of)));
  return assemble({ paced, standing, lines, parts, fees, other });
}

interface Fee extends Spending {
  key: string;
}

interface Rating {
  today: string;
  toRated: (amount: string, date: string, of: string) => string | null;
}

/** Earned by the rates of its days; what is to be expected, or else agreed, by today's. */
function toFee(one: CreatorCost, { today, toRated }: Rating): Fee {
  const of = one.currency;
  const { expected, committed } = one.figures;
  const whole = expected.value ?? committed.value;
  const note =
    expected.value === null ? 'What is agreed: what is counted beside is not known yet.' : undefined;
  return {
    key: one.campaignCreatorId,
    name: one.creatorName ?? 'A creator',
    spent:
      of === null || one.earned.value === null
        ? null
        : (totalOf(one.earnedByDay.map(({ amount, date }) => toRated(amount, date, of))) ?? '0'),
    forecast: of === null || whole === null ? null : totalOf([toRated(whole, today, of)]),
    ...(note === undefined ? {} : { note }),
  };
}

function neededOf(creators: readonly CreatorCost[], today: string): { date: string; currency: string }[] {
  return creators.flatMap(({ currency, earnedByDay }) =>
    currency === null
      ? []
      : [...earnedByDay.map(({ date }) => ({ date, currency })), { date: today, currency }],
  );
}

interface Found {
  paced: Awaited<ReturnType<typeof readPacedDays>>;
  standing: Awaited<ReturnType<typeof findStandingBudget>>;
  lines: BudgetLine[];
  parts: readonly PartRow[];
  fees: readonly Fee[];
  other: string | null;
}

function assemble({ paced, standing, lines, parts, fees, other }: Found): BudgetPerformance {
  const { currency } = paced.campaign;
  const sums = sumsOf(lines, currency);
  const of = (some: readonly PartRow[], key: string | null, name: string): Spending =>
    toSpending(some, { key, name, paced, all: parts });
  const groups = (keyOf: (row: PartRow) => string, nameOf: (row: PartRow) => string) =>
    [...new Map(parts.map((row) => [keyOf(row), nameOf(row)]))].map(([key, name]) =>
      of(
        parts.filter((row) => keyOf(row) === key),
        key,
        name,
      ),
    );
  const kinds = kindsOf({ parts, fees, other, of });
  const total = {
    spent: totalOf(kinds.map(({ spent }) => spent)),
    forecast: totalOf(kinds.map(({ forecast }) => forecast)),
  };
  return {
    campaignId: paced.row.id,
    currency,
    total: comparePart({
      ...{ key: null, name: 'Total', allocated: standing?.total.amount ?? null, ...total, note: null },
    }),
    kinds: compareParts(sums.kinds, kinds),
    platforms: compareParts(
      withKey(sums.platforms),
      groups(
        ({ platform }) => platform,
        ({ platform }) => platform,
      ),
    ),
    adAccounts: compareParts(
      withKey(sums.adAccounts),
      groups(
        ({ ad_account_id: id }) => id,
        ({ account_name: name }) => name,
      ),
    ),
    creators: compareParts(withKey(sums.creators), withBoosts(fees, { parts, of })),
    months: compareParts(withKey(sums.months), monthsOf(paced)),
    leftOut: paced.spend.leftOut.map((left) => ({
      ...left,
      amount: round(left.amount, AMOUNT_DECIMALS),
      note: `There is no rate from ${left.currency} to ${currency}: it is in no sum.`,
    })),
  };
}

type Of = (some: readonly PartRow[], key: string | null, name: string) => Spending;

function kindsOf({
  parts,
  fees,
  other,
  of,
}: Pick<Found, 'parts' | 'fees' | 'other'> & { of: Of }): Spending[] {
  const ofKind = (kind: BudgetKind, isBoost: boolean) =>
    of(
      parts.filter((row) => row.is_boost === isBoost),
      kind,
      kindWords[kind],
    );
  const hasBoosts = parts.some(({ is_boost: isBoost }) => isBoost);
  const creators: Spending = {
    ...{ key: 'CREATOR', name: kindWords.CREATOR },
    spent: totalOf(fees.map(({ spent }) => spent)),
    forecast: totalOf(fees.map(({ forecast }) => forecast)),
  };
  return [
    ofKind('MEDIA', false),
    ...(hasBoosts ? [ofKind('BOOST', true)] : []),
    ...(fees.length > 0 ? [creators] : []),
    ...(other === null ? [] : [{ key: 'OTHER', name: kindWords.OTHER, spent: other, forecast: other }]),
  ];
}

/** A creator's fee with the boosts of their posts, as lines of both are of that creator. */
function withBoosts(fees: readonly Fee[], { parts, of }: { parts: readonly PartRow[]; of: Of }): Spending[] {
  return fees.map((fee) => {
    const own = parts.filter((row) => row.campaign_creator_id === fee.key);
    if (own.length === 0) return fee;
    const boosts = of(own, fee.key, fee.name);
    return {
      ...fee,
      spent: totalOf([fee.spent, boosts.spent]),
      forecast: totalOf([fee.forecast, boosts.forecast]),
      note: 'With the boosts of their posts.',
    };
  });
}

/** What is not split so has no row: the total says what it comes to. */
function withKey<T extends { key: string | null }>(sums: readonly T[]): T[] {
  return sums.filter(({ key }) => key !== null);
}

/** What is to come is divided as the last days' spend was, so that the parts come to the whole. */
function toSpending(
  some: readonly PartRow[],
  { key, name, paced, all }: { key: string | null; name: string; paced: Paced; all: readonly PartRow[] },
): Spending {
  const { pace, spend } = paced;
  if (spend.through === null)
    return { key, name, spent: null, forecast: null, note: 'No full day is covered yet.' };
  const spent = totalOf(some.map((row) => row.spent)) ?? '0';
  if (pace.toFlightEnd === null) return { key, name, spent, forecast: spent };
  const lately = sum(some.map((row) => row.lately)) ?? '0';
  const whole = sum(all.map((row) => row.lately));
  const toCome = divide(product([pace.toFlightEnd.amount, lately]), whole, AMOUNT_DECIMALS) ?? '0';
  return { key, name, spent, forecast: totalOf([spent, toCome]) };
}

function monthsOf({ days, spend, campaign }: Found['paced']): Spending[] {
  if (campaign.calendar.startsOn === null && days.length === 0) return [];
  const { through } = spend;
  const months = new Map<string, (string | null)[]>();
  for (const { date, converted } of days)
    if (through !== null && date <= through)
      months.set(date.slice(0, 7), [...(months.get(date.slice(0, 7)) ?? []), converted]);
  return [...months].map(([month, amounts]) => ({
    ...{ key: month, name: month, spent: totalOf(amounts), forecast: null },
  }));
}

async function readParts(tx: TenantTx, campaignId: string, paced: Paced): Promise<PartRow[]> {
  const { through } = paced.spend;
  const { startsOn, endsOn } = paced.campaign.calendar;
  const { rate } = paced.pace;
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<PartRow>`
    with facts as materialized (
      select p.ad_account_id, p.is_boost, p.campaign_creator_id, m.date, m.currency, m.spend
        from platform_campaigns as p
        join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
       where p.campaign_id = ${campaignId}::uuid and m.date <= ${through ?? '0001-01-01'}::date
         and m.date between ${startsOn ?? '0001-01-01'}::date and ${endsOn ?? '9999-12-31'}::date
    ),
    rates as materialized (${ratesInto(paced.campaign.currency, sql`select distinct date, currency from facts`)})
    select a.id as ad_account_id, a.name as account_name, a.platform, f.is_boost, f.campaign_creator_id,
           sum(f.spend * r.rate) as spent,
           sum(f.spend * r.rate) filter (where f.date >= ${rate?.from ?? '9999-12-31'}::date) as lately
      from facts as f
      join rates as r on r.date = f.date and r.currency = f.currency
      join ad_accounts as a on a.id = f.ad_account_id
     group by a.id, a.name, a.platform, f.is_boost, f.campaign_creator_id
     order by a.name, a.id`.execute(tx),
  ]);
  return rows;
}

async function readOthers(tx: TenantTx, campaignId: string) {
  return tx
    .selectFrom('campaign_costs')
    .select(['date', 'amount', 'currency'])
    .where('campaign_id', '=', campaignId)
    .where('is_active', '=', true)
    .execute();
}

async function readRates(
  tx: TenantTx,
  target: string,
  needed: readonly { date: string; currency: string }[],
): Promise<Map<string, string | null>> {
  if (needed.length === 0) return new Map();
  const asked = sql`select distinct date, currency from unnest(${needed.map(({ date }) => date)}::date[],
    ${needed.map(({ currency }) => currency)}::bpchar[]) as n (date, currency)`;
  const { rows } = await ratesInto(target, asked).execute(tx);
  return new Map(rows.map((row) => [`${row.date} ${row.currency}`, row.rate]));
}
