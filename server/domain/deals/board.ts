import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage, DealStatus } from '../../../db/types.ts';
import { listDealStages } from '../deal-stages/queries.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { toMoney } from '../records/money.ts';
import { isInColumn, matchingDeals, readAgency, relatedNames } from './queries.ts';
import {
  type Board,
  type BoardColumnInput,
  type BoardInput,
  type DealCard,
  dealStages,
  dealStatuses,
} from './schema.ts';
import { dealTotalsOf, readTotals, totalsOf, type TotalsRow } from './totals.ts';

/**
 * The five columns, each with the count and the sums of all deals that match and its first cards. One query reads the
 * totals and one each column's cards; they leave together.
 */
export async function getBoard(tx: TenantTx, input: BoardInput): Promise<Board> {
  const [{ agency, groups }, settings, ...pages] = await Promise.all([
    readAgency(tx).then(async (agency) => ({ agency, groups: await readGroups(tx, input, agency.currency) })),
    listDealStages(tx),
    ...dealStages.map((stage) => listColumn(tx, { ...input, stage })),
  ]);
  const { currency, today } = agency;
  return {
    ...totalsOf(groups),
    today,
    open: dealTotalsOf(
      groups.filter(({ status }) => status === 'OPEN'),
      currency,
    ),
    columns: dealStages.map((stage, index) => {
      const column = groups.filter((group) => group.stage === stage);
      return {
        stage,
        ...dealTotalsOf(column, currency),
        byStatus: dealStatuses
          .filter((status) => (stage === 'CLOSED') === (status !== 'OPEN'))
          .map((status) => ({
            status,
            ...dealTotalsOf(
              column.filter((group) => group.status === status),
              currency,
            ),
          })),
        staleAfterDays: settings[index]?.staleAfterDays ?? null,
        cards: pages[index]?.items ?? [],
        nextCursor: pages[index]?.nextCursor ?? null,
      };
    }),
  };
}

type Group = TotalsRow & { stage: DealStage; status: DealStatus };

async function readGroups(tx: TenantTx, input: BoardInput, currency: string): Promise<Group[]> {
  const { limit: _limit, ...rest } = input;
  const filters = await resolveFilter(tx, 'deals', rest);
  return readTotals(tx, {
    matching: matchingDeals(tx, filters),
    keys: { stage: sql`deals.stage`, status: sql`deals.status` },
    currency,
  });
}

/** One page of a column, from the top. Errors: `invalid` where the cursor is of another column. */
export async function listColumn(tx: TenantTx, input: BoardColumnInput): Promise<Page<DealCard>> {
  const page = await readCards(tx, input);
  return { items: page.items.map(toCard), nextCursor: page.nextCursor };
}

async function readCards(tx: TenantTx, input: BoardColumnInput) {
  const { stage, cursor, limit, ...rest } = input;
  const filters = await resolveFilter(tx, 'deals', rest);
  const query = matchingDeals(tx, filters)
    .where(isInColumn(stage))
    .select(['deals.id', 'deals.name', 'deals.status', 'deals.probability', 'deals.amount', 'deals.currency'])
    .select(['deals.company_id', 'deals.contact_id', 'deals.owner_id', 'deals.expected_close_on'])
    .select(['deals.closed_on', 'deals.close_reason', 'deals.stage_changed_at', 'deals.version'])
    .select(['deals.recurring_type', 'deals.tags'])
    .select(relatedNames());
  return keysetPage(query, {
    sortName: `board ${stage}`,
    key: { expression: sql`deals.rank`, type: 'text', direction: 'asc' },
    id: sql<string>`deals.id`,
    cursor,
    limit,
  });
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
    recurringType: row.recurring_type,
    tags: row.tags,
    expectedCloseOn: row.expected_close_on,
    closedOn: row.closed_on,
    closeReason: row.close_reason,
    stageChangedAt: row.stage_changed_at.toISOString(),
    version: row.version,
  };
}
