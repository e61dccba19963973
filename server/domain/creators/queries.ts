import { sql } from 'kysely';
import { cappedCount, keysetNeighbours, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { isOwnRecord } from '../records/access.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { containing } from '../records/queries.ts';
import type { Neighbours } from '../records/schema.ts';
import { planList } from '../records/sort.ts';
import { creatorStatuses } from './fields.ts';
import { matchingCreators } from './roster.ts';
import type { Creator, CreatorCategories, CreatorStatusCounts, ListCreatorsInput } from './schema.ts';
import { besides, selectCreators, toCreator } from './select.ts';

/** One creator. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getCreator(tx: TenantTx, creatorId: string): Promise<Creator> {
  const row = await selectCreators(tx).where('creators.id', '=', creatorId).executeTakeFirst();
  if (!row) throw notFound('creator');
  return toCreator(row);
}

export async function listCreators(tx: TenantTx, input: ListCreatorsInput): Promise<Page<Creator>> {
  const { filters, keyset } = await planList(tx, 'creators', input);
  const query = matchingCreators(tx, filters).selectAll('creators').select(besides());
  const page = await keysetPage(query, keyset);
  return { items: page.items.map(toCreator), nextCursor: page.nextCursor };
}

/** How many creators match, counted to 10,001. */
export async function countCreators(tx: TenantTx, input: ListCreatorsInput): Promise<number> {
  const filters = await resolveFilter(tx, 'creators', input);
  return cappedCount(tx, matchingCreators(tx, filters).select('creators.id'));
}

/** How many of a list's creators stand at each step, whichever the list itself shows. */
export async function countCreatorStatuses(
  tx: TenantTx,
  input: ListCreatorsInput,
): Promise<CreatorStatusCounts> {
  const { status: _shown, ...filters } = await resolveFilter(tx, 'creators', input);
  const rows = await matchingCreators(tx, filters)
    .select(['creators.status', sql<number>`count(*)::int`.as('count')])
    .groupBy('creators.status')
    .execute();
  const counts = new Map(rows.map(({ status, count }) => [status, count]));
  return creatorStatuses.map((status) => ({ status, count: counts.get(status) ?? 0 }));
}

/** Who stands before and after a creator in a list. Errors: `not_found`. */
export async function creatorNeighbours(
  tx: TenantTx,
  creatorId: string,
  input: ListCreatorsInput,
): Promise<Neighbours> {
  const { filters, keyset } = await planList(tx, 'creators', input);
  const lists = { all: tx.selectFrom('creators'), matching: matchingCreators(tx, filters) };
  const place = await keysetNeighbours(tx, lists, { ...keyset, recordId: creatorId });
  if (!place) throw notFound('creator');
  return place;
}

/** The categories of active creators that the reader sees. */
export async function listCategories(
  tx: TenantTx,
  { q, limit }: { q?: string | undefined; limit: number },
): Promise<CreatorCategories> {
  const matching = q ? sql`category ilike ${containing(q)}` : sql`true`;
  const { rows } = await sql<CreatorCategories[number]>`
    select category, count(*)::int as count from creators, unnest(creators.categories) as category
     where creators.is_active and ${matching}
     group by category order by count desc, category limit ${limit}`.execute(tx);
  return rows;
}

/** The creator that a contact is, where there is one that the reader sees. */
export async function findCreatorOfContact(
  tx: TenantTx,
  contactId: string,
): Promise<{ creatorId: string; name: string; isActive: boolean } | null> {
  const row = await tx
    .selectFrom('creators')
    .select(['id', 'name', 'is_active'])
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  return row ? { creatorId: row.id, name: row.name, isActive: row.is_active } : null;
}

/** Errors: `invalid` on the field where it is no active creator that this principal sees. */
export async function requireCreator(tx: TenantTx, creatorId: string, field = 'creatorId'): Promise<void> {
  const row = await tx
    .selectFrom('creators')
    .select('id')
    .where('id', '=', creatorId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField(field, 'There is no such creator, or it is not yours to see.');
}

/**
 * Errors: `not_found`; `forbidden` where the record is seen through a campaign alone: changing it is for those whose it
 * is, and the policy of creators refuses the others' writes.
 */
export async function requireOwnCreator(tx: TenantTx, creatorId: string): Promise<void> {
  const row = await tx
    .selectFrom('creators')
    .select(isOwnRecord('creators').as('is_own'))
    .where('id', '=', creatorId)
    .executeTakeFirst();
  if (!row) throw notFound('creator');
  if (!row.is_own)
    throw new AppError(
      'forbidden',
      'You see this creator through a campaign of yours. Changing the record is for its owner and its own brand’s people: ask them, or an admin.',
    );
}
