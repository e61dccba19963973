import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStatus, RecurringType } from '../../../db/types.ts';
import { matchingDeals, readAgency } from './queries.ts';
import { monthsBetween, shiftMonth } from './months.ts';
import { type Forecast, type ForecastInput, recurringTypes } from './schema.ts';
import { dealTotalsOf, readTotals, type TotalsRow } from './totals.ts';

/** Without a range: as many months before the agency's present one, and as many after it. */
const MONTHS_BACK = 3;
const MONTHS_AHEAD = 8;

/** What twelve months of a deal come to: as often as it repeats within them, once where it doesn't. */
const yearAmount = sql`deals.amount * (case deals.recurring_type
  when 'MONTHLY' then 12 when 'QUARTERLY' then 4 else 1 end)`;

/** Probable enough to count on. */
const isCommitted = sql`(deals.probability >= 75 or deals.stage = 'NEGOTIATION')`;

/**
 * Open deals by the month of their expected close: all of them (best) and those to count on (commit: 75 % or more, or in
 * Negotiation), each with the weighted sum; what was won, by the month of its closing; and open deals by how they repeat.
 */
export async function getForecast(tx: TenantTx, input: ForecastInput): Promise<Forecast> {
  const agency = await readAgency(tx);
  const { currency, today } = agency;
  const from = input.from ?? shiftMonth(input.to ?? today.slice(0, 7), input.to ? -11 : -MONTHS_BACK);
  const to = input.to ?? shiftMonth(from, MONTHS_BACK + MONTHS_AHEAD);
  const [groups, recurring] = await Promise.all([
    readMonths(tx, input, currency),
    readRecurring(tx, input, currency),
  ]);
  const open = groups.filter(({ status }) => status === 'OPEN');
  const outlookOf = (fits: (month: string | null) => boolean) => {
    const rows = open.filter(({ month }) => fits(month));
    return {
      best: dealTotalsOf(rows, currency),
      commit: dealTotalsOf(
        rows.filter((row) => row.is_committed),
        currency,
      ),
    };
  };
  const closedIn = (month: string, status: DealStatus) =>
    groups.filter((row) => row.status === status && row.month === month);
  return {
    ...agency,
    months: monthsBetween(from, to).map((month) => ({
      month,
      ...outlookOf((of) => of === month),
      won: dealTotalsOf(closedIn(month, 'WON'), currency),
      lost: closedIn(month, 'LOST').reduce((count, row) => count + row.count, 0),
    })),
    earlier: outlookOf((month) => month !== null && month < from),
    later: outlookOf((month) => month !== null && month > to),
    undated: outlookOf((month) => month === null),
    recurring,
  };
}

type MonthRow = TotalsRow & { status: DealStatus; month: string | null; is_committed: boolean };

function readMonths(tx: TenantTx, input: ForecastInput, currency: string): Promise<MonthRow[]> {
  const on = sql`case when deals.stage = 'CLOSED' then deals.closed_on else deals.expected_close_on end`;
  return readTotals(tx, {
    matching: matchingDeals(tx, { ownerId: input.ownerId, brandId: input.brandId }),
    keys: {
      status: sql`deals.status`,
      month: sql`to_char(${on}, 'YYYY-MM')`,
      is_committed: isCommitted,
    },
    currency,
    ...(input.value === 'YEAR' && { amount: yearAmount }),
  });
}

async function readRecurring(
  tx: TenantTx,
  input: ForecastInput,
  currency: string,
): Promise<Forecast['recurring']> {
  type Key = { recurring_type: RecurringType };
  type Row = TotalsRow & Key;
  const request = () => ({
    matching: matchingDeals(tx, { ownerId: input.ownerId, brandId: input.brandId, status: 'OPEN' }),
    keys: { recurring_type: sql`deals.recurring_type` },
    currency,
  });
  const [period, year] = await Promise.all([
    readTotals<Key>(tx, request()),
    readTotals<Key>(tx, { ...request(), amount: yearAmount }),
  ]);
  return recurringTypes.map((recurringType) => {
    const of = (rows: readonly Row[]) =>
      dealTotalsOf(
        rows.filter((row) => row.recurring_type === recurringType),
        currency,
      );
    return { recurringType, period: of(period), year: of(year) };
  });
}
