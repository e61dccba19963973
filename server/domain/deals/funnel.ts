import { Big } from 'big.js';
import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage, DealStatus } from '../../../db/types.ts';
import { divide, round } from '../records/decimals.ts';
import { toAmount } from '../records/money.ts';
import { matchingDeals, readAgency } from './queries.ts';
import { dealStages, type Funnel, type FunnelInput } from './schema.ts';
import { dealTotalsOf, readTotals } from './totals.ts';

const DAYS_SHOWN = 365;
const RATE_DECIMALS = 4;
const AMOUNT_DECIMALS = 6;
/** Fewer closed deals say nothing of a pace: a single large win would promise a fortune a day. */
const CLOSED_FOR_VELOCITY = 10;

interface Range {
  from: string;
  to: string;
}

/** How deals went through the stages, from the history that the database keeps of each; see `funnel` in schema.ts. */
export async function getFunnel(tx: TenantTx, input: FunnelInput): Promise<Funnel> {
  const { currency, today } = await readAgency(tx);
  const to = input.to ?? (input.from && input.from > today ? input.from : today);
  const range = { from: input.from ?? dayBefore(to, DAYS_SHOWN - 1), to };
  const [stages, closings, daysToWin, open] = await Promise.all([
    readStages(tx, input, range),
    readClosings(tx, input, range, currency),
    readDaysToWin(tx, input, range),
    countOpen(tx, input),
  ]);
  const of = (status: DealStatus) =>
    dealTotalsOf(
      closings.filter((row) => row.status === status),
      currency,
    );
  const [won, lost] = [of('WON'), of('LOST')];
  const winRate = shareOf(won.count, won.count + lost.count);
  const rated = closings
    .filter((row) => row.status === 'WON')
    .reduce((count, row) => count + row.priced - row.unrated_count, 0);
  const averageWon = divide(won.converted.amount, String(rated), AMOUNT_DECIMALS);
  return {
    ...range,
    currency,
    stages: dealStages
      .filter((stage) => stage !== 'CLOSED')
      .map((stage) =>
        toStage(
          stage,
          stages.find((row) => row.stage === stage),
        ),
      ),
    closed: {
      won,
      lost,
      winRate,
      medianDaysToWin: daysToWin,
      averageWon: averageWon === null ? null : toAmount(averageWon, currency),
    },
    openCount: open.count,
    pricedOpenCount: open.priced,
    velocityNeeds: CLOSED_FOR_VELOCITY,
    velocity:
      won.count + lost.count < CLOSED_FOR_VELOCITY
        ? null
        : velocityOf({ pricedOpenCount: open.priced, winRate, averageWon, daysToWin, currency }),
  };
}

interface StageRow {
  stage: DealStage;
  entered: number;
  advanced: number;
  won: number;
  lost: number;
  median_seconds: number | null;
  stays: number;
}

function toStage(stage: DealStage, row: StageRow | undefined): Funnel['stages'][number] {
  const { entered, advanced, won, lost, stays } = row ?? {
    entered: 0,
    advanced: 0,
    won: 0,
    lost: 0,
    stays: 0,
  };
  const seconds = row?.median_seconds ?? null;
  const medianDays = seconds === null ? null : round((seconds / 86_400).toFixed(6), 1);
  return { stage, entered, advanced, won, lost, stays, medianDays, conversion: shareOf(advanced, entered) };
}

/** One row a stage. A deal that came back counts once, from when it first entered within the range. */
async function readStages(tx: TenantTx, input: FunnelInput, range: Range): Promise<StageRow[]> {
  const matching = matchingDeals(tx, { ownerId: input.ownerId, brandId: input.brandId }).select('deals.id');
  const { rows } = await sql<StageRow>`
    with zone as (select time_zone from organizations where type <> 'BRAND'),
    changes as materialized (
      select c.deal_id, c.to_stage, c.to_status, c.changed_at,
             lead(c.changed_at) over (partition by c.deal_id order by c.changed_at, c.id) as left_at,
             (c.changed_at at time zone (select time_zone from zone))::date
               between ${range.from}::date and ${range.to}::date as is_in_range
        from deal_stage_changes as c
       where c.deal_id in (${matching})
    ),
    entries as (
      select deal_id, to_stage as stage, min(changed_at) as entered_at
        from changes where is_in_range and to_status = 'OPEN' group by 1, 2
    ),
    fates as (
      select e.stage, e.deal_id,
             bool_or(c.to_status = 'WON' or (c.to_status = 'OPEN' and c.to_stage > e.stage)) as has_advanced,
             bool_or(c.to_status = 'WON') as was_won, bool_or(c.to_status = 'LOST') as was_lost
        from entries as e join changes as c on c.deal_id = e.deal_id and c.changed_at >= e.entered_at
       group by 1, 2
    ),
    stays as (
      select to_stage as stage, count(*)::int4 as stays,
             percentile_cont(0.5) within group (order by extract(epoch from left_at - changed_at)::float8) as median_seconds
        from changes where is_in_range and to_status = 'OPEN' and left_at is not null group by 1
    )
    select f.stage, count(*)::int4 as entered, (count(*) filter (where f.has_advanced))::int4 as advanced,
           (count(*) filter (where f.was_won))::int4 as won,
           (count(*) filter (where f.was_lost and not f.was_won))::int4 as lost,
           max(s.median_seconds) as median_seconds, coalesce(max(s.stays), 0) as stays
      from fates as f left join stays as s on s.stage = f.stage
     group by f.stage`.execute(tx);
  return rows;
}

function readClosings(tx: TenantTx, input: FunnelInput, range: Range, currency: string) {
  return readTotals<{ status: DealStatus }>(tx, {
    matching: closedIn(tx, input, range),
    keys: { status: sql`deals.status` },
    currency,
  });
}

/** The median of the days from opening (or being entered here) to winning; null where nothing was won. */
async function readDaysToWin(tx: TenantTx, input: FunnelInput, range: Range): Promise<string | null> {
  const opened = sql`coalesce(deals.opened_on, deals.created_at::date)`;
  const row = await closedIn(tx, input, range)
    .where('deals.status', '=', 'WON')
    .select(
      sql<
        number | null
      >`percentile_cont(0.5) within group (order by greatest(deals.closed_on - ${opened}, 0))`.as('days'),
    )
    .executeTakeFirst();
  const days = row?.days ?? null;
  return days === null ? null : round(days.toFixed(6), 1);
}

function closedIn(tx: TenantTx, input: FunnelInput, range: Range) {
  return matchingDeals(tx, { ownerId: input.ownerId, brandId: input.brandId, stage: 'CLOSED' })
    .where('deals.closed_on', '>=', range.from)
    .where('deals.closed_on', '<=', range.to);
}

/** The open deals, and those of them with an amount: one without may be worth nothing. */
function countOpen(tx: TenantTx, input: FunnelInput): Promise<{ count: number; priced: number }> {
  return matchingDeals(tx, { ownerId: input.ownerId, brandId: input.brandId, status: 'OPEN' })
    .select(sql<number>`count(*)::int4`.as('count'))
    .select(sql<number>`count(deals.amount)::int4`.as('priced'))
    .executeTakeFirstOrThrow();
}

function shareOf(part: number, whole: number): string | null {
  return divide(String(part), String(whole), RATE_DECIMALS);
}

interface Pace {
  pricedOpenCount: number;
  winRate: string | null;
  averageWon: string | null;
  daysToWin: string | null;
  currency: string;
}

function velocityOf({ pricedOpenCount, winRate, averageWon, daysToWin, currency }: Pace): string | null {
  if (winRate === null || averageWon === null || daysToWin === null) return null;
  const likely = new Big(averageWon).times(winRate).times(pricedOpenCount);
  const perDay = divide(likely, daysToWin, AMOUNT_DECIMALS);
  return perDay === null ? null : toAmount(perDay, currency);
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
