import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { getCampaign } from '../campaigns/queries.ts';
import { toAmount } from '../records/money.ts';
import type { CampaignCost, ListCostsInput } from './schema.ts';

/** What a campaign costs beside platforms and creators, the newest day first. Errors: `not_found`. */
export async function listCosts(tx: TenantTx, input: ListCostsInput): Promise<Page<CampaignCost>> {
  await getCampaign(tx, input.campaignId);
  const query = selectCosts(tx)
    .where('c.campaign_id', '=', input.campaignId)
    .where('c.is_active', '=', input.deleted !== true);
  const page = await keysetPage(query, {
    sortName: '-date',
    key: { expression: sql`c.date`, type: 'date', direction: 'desc' },
    id: sql<string>`c.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toCost), nextCursor: page.nextCursor };
}

/** One cost. Errors: `not_found`. */
export async function getCost(tx: TenantTx, campaignCostId: string): Promise<CampaignCost> {
  const row = await selectCosts(tx).where('c.id', '=', campaignCostId).executeTakeFirst();
  if (!row) throw notFound('cost');
  return toCost(row);
}

function selectCosts(tx: TenantTx) {
  return tx
    .selectFrom('campaign_costs as c')
    .leftJoin('users as u', 'u.id', 'c.created_by_id')
    .selectAll('c')
    .select('u.name as author_name');
}

function toCost(row: Awaited<ReturnType<ReturnType<typeof selectCosts>['execute']>>[number]): CampaignCost {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    date: row.date,
    description: row.description,
    amount: { amount: toAmount(row.amount, row.currency), currency: row.currency },
    createdById: row.created_by_id,
    createdByName: row.author_name,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
