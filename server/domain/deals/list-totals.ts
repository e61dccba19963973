import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { matchingDeals, readAgency } from './queries.ts';
import type { DealTotals, ListDealsInput } from './schema.ts';
import { dealTotalsOf, readTotals } from './totals.ts';

/** The count and the sums of all deals that a list's filters let through, whatever page is shown. */
export async function getDealTotals(tx: TenantTx, input: ListDealsInput): Promise<DealTotals> {
  const [filters, { currency }] = await Promise.all([resolveFilter(tx, 'deals', input), readAgency(tx)]);
  const keys = { status: sql`deals.status` };
  const rows = await readTotals<{ status: string }>(tx, {
    matching: matchingDeals(tx, filters),
    keys,
    currency,
  });
  return dealTotalsOf(rows, currency);
}
