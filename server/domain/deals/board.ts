import { Big } from 'big.js';
import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage, DealStatus } from '../../../db/types.ts';
import { toAmount, toMoney } from '../records/money.ts';
import { isInColumn, matchingDeals, relatedNames } from './queries.ts';
import {
  type Board,
  type BoardColumnInput,
  type BoardInput,
  type CurrencySum,
  type DealCard,
  dealStages,
  dealStatuses,
} from './schema.ts';

/**
 * The five columns, each with the count and the sums of all deals that match and its first cards. One query reads the
 * totals and one each column's cards; they leave together.
 */
export async function getBoard(tx: TenantTx, input: BoardInput): Promise<Board> {
  const [groups, ...pages] = await Promise.all([
    readTotals(tx, input),
    ...dealStages.map((stage) => listColumn(tx, { ...input, stage })),
  ]);
  return {
    ...totalsOf(groups),
    columns: dealStages.map((stage, index) => {
      const column = groups.filter((group) => group.stage === stage);
      return {
        stage,
        ...totalsOf(column),
        byStatus: dealStatuses
          .filter((status) => (stage === 'CLOSED') === (status !== 'OPEN'))
          .map((status) => ({ status, ...totalsOf(column.filter((group) => group.status === status)) })),
        cards: pages[index]?.items ?? [],
        nextCursor: pages[index]?.nextCursor ?? null,
      };
    }),
  };
}

/** One page of a column, from the top. Errors: `invalid` where the cursor is of another column. */
export async function listColumn(tx: TenantTx, input: BoardColumnInput): Promise<Page<DealCard>> {
  const page = await readCards(tx, input);
  return { items: page.items.map(toCard), nextCursor: page.nextCursor };
}

function readCards(tx: TenantTx, input: BoardColumnInput) {
  const { stage, cursor, limit, ...filters } = input;
  const query = matchingDeals(tx, filters)
    .where(isInColumn(stage))
    .select(['deals.id', 'deals.name', 'deals.status', 'deals.probability', 'deals.amount', 'deals.currency'])
    .select(['deals.company_id', 'deals.contact_id', 'deals.owner_id', 'deals.expected_close_on'])
    .select(['deals.closed_on', 'deals.stage_changed_at', 'deals.version'])
    .select(relatedNames());
  return keysetPage(query, {
    sortName: `board ${stage}`,
    key: { expression: sql`deals.rank`, type: 'text', direction: 'asc' },
    id: sql<string>`deals.id`,
    cursor,
    limit,
  });
}

interface TotalsGroup {
  stage: DealStage;
  status: DealStatus;
  currency: string | null;
  count: number;
  /** How many of them have an amount. */
  priced: number;
  amount: string | null;
}

async function readTotals(tx: TenantTx, input: BoardInput): Promise<TotalsGroup[]> {
  const { limit: _limit, ...filters } = input;
  return matchingDeals(tx, filters)
    .select(['deals.stage', 'deals.status', 'deals.currency'])
    .select(sql<number>`count(*)::int4`.as('count'))
    .select(sql<number>`count(deals.amount)::int4`.as('priced'))
    .select(sql<string | null>`sum(deals.amount)`.as('amount'))
    .groupBy(['deals.stage', 'deals.status', 'deals.currency'])
    .execute();
}

/** The count of some groups and their sums, one a currency. */
export function totalsOf(groups: readonly Omit<TotalsGroup, 'stage' | 'status'>[]): {
  count: number;
  sums: CurrencySum[];
} {
  const sums = new Map<string, { amount: Big; count: number }>();
  for (const { currency, amount, priced } of groups) {
    if (currency === null || amount === null) continue;
    const sum = sums.get(currency) ?? { amount: new Big(0), count: 0 };
    sums.set(currency, { amount: sum.amount.plus(amount), count: sum.count + priced });
  }
  return {
    count: groups.reduce((count, group) => count + group.count, 0),
    sums: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]) => ({
        amount: toAmount(sum.amount.toFixed(), currency),
        currency,
        count: sum.count,
      })),
  };
}

type CardRow = Awaited<ReturnType<typeof readCards>>['items'][number];

function toCard(row: CardRow): DealCard {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    probability: row.probability,
    amount: toMoney(row.amount, row.currency),
    companyId: row.company_id,
    companyName: row.company_name,
    contactId: row.contact_id,
    contactName: row.contact_name,
    ownerId: row.owner_id,
    expectedCloseOn: row.expected_close_on,
    closedOn: row.closed_on,
    stageChangedAt: row.stage_changed_at.toISOString(),
    version: row.version,
  };
}
