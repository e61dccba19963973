import { type RawBuilder, type Selectable, sql } from 'kysely';
import { cappedCount, keysetNeighbours, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Deals, DealStage } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { toMoney } from '../records/money.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { filterRecords, type RecordFilters, toRecord } from '../records/queries.ts';
import type { Neighbours } from '../records/schema.ts';
import { planList } from '../records/sort.ts';
import type { Deal, DealNeighboursInput, ListDealsInput } from './schema.ts';

/** One deal. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getDeal(tx: TenantTx, dealId: string): Promise<Deal> {
  const row = await tx
    .selectFrom('deals')
    .selectAll()
    .select(relatedNames())
    .where('id', '=', dealId)
    .executeTakeFirst();
  if (!row) throw notFound('deal');
  return toDeal(row);
}

export async function listDeals(tx: TenantTx, input: ListDealsInput): Promise<Page<Deal>> {
  const { filters, keyset } = await planList(tx, 'deals', input);
  const query = matchingDeals(tx, filters).selectAll('deals').select(relatedNames());
  const page = await keysetPage(query, keyset);
  return { items: page.items.map(toDeal), nextCursor: page.nextCursor };
}

/** Who stands before and after a deal in a list. Errors: `not_found`. */
export async function dealNeighbours(
  tx: TenantTx,
  { dealId, list, board = false }: DealNeighboursInput,
): Promise<Neighbours> {
  const { filters, keyset } = await planList(tx, 'deals', list);
  const all = tx.selectFrom('deals');
  const matching = matchingDeals(tx, filters);
  const request = { ...keyset, recordId: dealId };
  const place = board
    ? await keysetNeighbours(
        tx,
        { all, matching: matching.where(isInColumn(await stageOf(tx, dealId))) },
        { ...request, key: { expression: sql`deals.rank`, type: 'text', direction: 'asc' } },
      )
    : await keysetNeighbours(tx, { all, matching }, request);
  if (!place) throw notFound('deal');
  return place;
}

async function stageOf(tx: TenantTx, dealId: string): Promise<DealStage> {
  const row = await tx.selectFrom('deals').select('stage').where('id', '=', dealId).executeTakeFirst();
  if (!row) throw notFound('deal');
  return row.stage;
}

/** How many deals match, counted to 10,001. */
export async function countDeals(tx: TenantTx, input: ListDealsInput): Promise<number> {
  const filters = await resolveFilter(tx, 'deals', input);
  return cappedCount(tx, matchingDeals(tx, filters).select('deals.id'));
}

/** Errors: `invalid` on `dealId` where it is no deal that this principal sees. */
export async function requireDeal(tx: TenantTx, dealId: string): Promise<void> {
  const row = await tx
    .selectFrom('deals')
    .select('id')
    .where('id', '=', dealId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('dealId', 'There is no such deal, or it is not yours to see.');
}

/** The agency's reporting currency and its own day. */
export async function readAgency(tx: TenantTx): Promise<{ currency: string; today: string }> {
  return tx
    .selectFrom('organizations')
    .select('reporting_currency as currency')
    .select(sql<string>`(now() at time zone time_zone)::date::text`.as('today'))
    .where('type', '<>', 'BRAND')
    .executeTakeFirstOrThrow();
}

/** The first rank of a column as this principal sees it, or null where it is empty. */
export async function findFirstRank(tx: TenantTx, stage: DealStage): Promise<string | null> {
  const row = await tx
    .selectFrom('deals')
    .select('rank')
    .where(isInColumn(stage))
    .orderBy('rank')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.rank ?? null;
}

const columnConditions = {
  LEAD: sql<boolean>`(deals.is_active and deals.stage = 'LEAD')`,
  QUALIFIED: sql<boolean>`(deals.is_active and deals.stage = 'QUALIFIED')`,
  PROPOSAL: sql<boolean>`(deals.is_active and deals.stage = 'PROPOSAL')`,
  NEGOTIATION: sql<boolean>`(deals.is_active and deals.stage = 'NEGOTIATION')`,
  CLOSED: sql<boolean>`(deals.is_active and deals.stage = 'CLOSED')`,
} as const satisfies Record<DealStage, RawBuilder<boolean>>;

/** A column of the board, written out: bound as a value it would not meet its partial index. */
export function isInColumn(stage: DealStage): RawBuilder<boolean> {
  return columnConditions[stage];
}

/** The names beside a deal, each where the reader sees that record. */
export function relatedNames() {
  return [
    sql<string | null>`(select c.name from companies c
      where c.organization_id = deals.organization_id and c.id = deals.company_id)`.as('company_name'),
    sql<string | null>`(select c.name from contacts c
      where c.organization_id = deals.organization_id and c.id = deals.contact_id)`.as('contact_name'),
  ] as const;
}

export interface DealFilters extends RecordFilters {
  companyId?: string | undefined;
  contactId?: string | undefined;
  stage?: DealStage | undefined;
  status?: Deal['status'] | undefined;
}

/** The deals that a list or the board shows. Hand a list's input through resolveFilter first. */
export function matchingDeals(tx: TenantTx, input: DealFilters) {
  let query = filterRecords(tx.selectFrom('deals'), 'deals', input);
  if (input.companyId) query = query.where('deals.company_id', '=', input.companyId);
  if (input.contactId) query = query.where('deals.contact_id', '=', input.contactId);
  if (input.stage) query = query.where('deals.stage', '=', input.stage);
  if (input.status) query = query.where('deals.status', '=', input.status);
  return query;
}

type DealRow = Selectable<Deals> & { company_name: string | null; contact_name: string | null };

export function toDeal(row: DealRow): Deal {
  return {
    name: row.name,
    description: row.description,
    companyId: row.company_id,
    companyName: row.company_name,
    contactId: row.contact_id,
    contactName: row.contact_name,
    stage: row.stage,
    status: row.status,
    probability: row.probability,
    amount: toMoney(row.amount, row.currency),
    recurringType: row.recurring_type,
    openedOn: row.opened_on,
    expectedCloseOn: row.expected_close_on,
    closedOn: row.closed_on,
    closeReason: row.close_reason,
    stageChangedAt: row.stage_changed_at.toISOString(),
    ...toRecord(row),
  };
}
