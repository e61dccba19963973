import { type Selectable, sql } from 'kysely';
import { cappedCount, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Campaigns } from '../../../db/types.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { toMoney } from '../records/money.ts';
import { resolveFilter, type Resolved } from '../records/filter-queries.ts';
import { filterRecords, toRecord } from '../records/queries.ts';
import { planList } from '../records/sort.ts';
import type { Campaign, ListCampaignsInput } from './schema.ts';

/** One campaign. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getCampaign(tx: TenantTx, campaignId: string): Promise<Campaign> {
  const row = await tx
    .selectFrom('campaigns')
    .selectAll()
    .select(dealName())
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
  return toCampaign(row);
}

export async function listCampaigns(tx: TenantTx, input: ListCampaignsInput): Promise<Page<Campaign>> {
  const { filters, keyset } = await planList(tx, 'campaigns', input);
  const query = matchingCampaigns(tx, filters).selectAll('campaigns').select(dealName());
  const page = await keysetPage(query, keyset);
  return { items: page.items.map(toCampaign), nextCursor: page.nextCursor };
}

/** How many campaigns match, counted to 10,001. */
export async function countCampaigns(tx: TenantTx, input: ListCampaignsInput): Promise<number> {
  const filters = await resolveFilter(tx, 'campaigns', input);
  return cappedCount(tx, matchingCampaigns(tx, filters).select('campaigns.id'));
}

/** What a change of what hangs on a campaign needs to know of it. */
export type LockedCampaign = Pick<Selectable<Campaigns>, 'id' | 'name' | 'brand_id' | 'deal_id'>;

/**
 * Holds a campaign for the rest of the transaction, so that linking and unlinking its accounts cannot cross.
 * Errors: `not_found`; `conflict` where it lies in the recycle bin.
 */
export async function lockCampaign(tx: TenantTx, campaignId: string): Promise<LockedCampaign> {
  const row = await tx
    .selectFrom('campaigns')
    .select(['id', 'name', 'brand_id', 'deal_id', 'is_active'])
    .where('id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
  if (!row.is_active) {
    throw new AppError('conflict', `The campaign ${row.name} is in the recycle bin; restore it first.`);
  }
  return row;
}

export type CampaignFilters = Partial<Resolved<ListCampaignsInput>>;

/** The campaigns that a list shows, without columns yet. Hand a list's input through resolveFilter first. */
export function matchingCampaigns(tx: TenantTx, input: CampaignFilters) {
  let query = filterRecords(tx.selectFrom('campaigns'), 'campaigns', input);
  if (input.status) query = query.where('campaigns.status', '=', input.status);
  if (input.objective) query = query.where('campaigns.objective', '=', input.objective);
  if (input.dealId) query = query.where('campaigns.deal_id', '=', input.dealId);
  return query;
}

/** The deal's name, where the reader sees that deal. */
export function dealName() {
  return sql<string | null>`(select d.name from deals d
    where d.organization_id = campaigns.organization_id and d.id = campaigns.deal_id)`.as('deal_name');
}

export function toCampaign(row: Selectable<Campaigns> & { deal_name: string | null }): Campaign {
  return {
    name: row.name,
    description: row.description,
    objective: row.objective,
    status: row.status,
    budget: toMoney(row.budget, row.currency),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    dealId: row.deal_id,
    dealName: row.deal_name,
    categories: row.categories,
    competitors: row.competitors,
    territories: row.territories,
    hashtags: row.hashtags,
    mentions: row.mentions,
    links: row.links,
    ...toRecord(row),
  };
}
