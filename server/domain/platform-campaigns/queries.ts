import { type Selectable, sql, type SqlBool } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdAccounts, PlatformCampaigns } from '../../../db/types.ts';
import { toMoney } from '../records/money.ts';
import type { ListPlatformCampaignsInput, PlatformCampaign } from './schema.ts';

/** What the platforms call campaigns, as far as this principal sees them. */
export async function listPlatformCampaigns(
  tx: TenantTx,
  input: ListPlatformCampaignsInput,
): Promise<Page<PlatformCampaign>> {
  let query = platformCampaigns(tx);
  if (input.campaignId) query = query.where('p.campaign_id', '=', input.campaignId);
  if (input.adAccountId) query = query.where('p.ad_account_id', '=', input.adAccountId);
  if (input.isAttached !== undefined) {
    query = query.where('p.campaign_id', input.isAttached ? 'is not' : 'is', null);
  }
  if (input.label) {
    query = query.where(sql<SqlBool>`app.meets_label(${input.label}, p.labels)`);
  }
  if (input.platform) query = query.where('a.platform', '=', input.platform);
  if (input.isBoost !== undefined) query = query.where('p.is_boost', '=', input.isBoost);
  if (input.q) {
    const pattern = `%${input.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where(sql<SqlBool>`p.name ilike ${pattern}`);
  }
  const page = await keysetPage(query, {
    sortName: input.sort,
    key: {
      expression: sql`lower(p.name) collate "C"`,
      type: 'text',
      direction: input.sort === 'name' ? 'asc' : 'desc',
    },
    id: sql<string>`p.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toPlatformCampaign), nextCursor: page.nextCursor };
}

/** Those of these ids that this principal sees, by name. */
export async function findPlatformCampaigns(
  tx: TenantTx,
  platformCampaignIds: readonly string[],
): Promise<PlatformCampaign[]> {
  const rows = await platformCampaigns(tx)
    .where('p.id', 'in', platformCampaignIds)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
  return rows.map(toPlatformCampaign);
}

function platformCampaigns(tx: TenantTx) {
  return tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
    )
    .selectAll('p')
    .select(['a.name as account_name', 'a.platform', 'a.currency', 'a.source'])
    .select(
      sql<string | null>`(select c.name from campaigns c
        where c.organization_id = p.organization_id and c.id = p.campaign_id)`.as('campaign_name'),
    )
    .select(
      sql<string | null>`(select r.name from campaign_creators w
         join creators r on r.organization_id = w.organization_id and r.id = w.creator_id
        where w.organization_id = p.organization_id and w.id = p.campaign_creator_id)`.as('creator_name'),
    );
}

type PlatformCampaignRow = Selectable<PlatformCampaigns> &
  Pick<Selectable<AdAccounts>, 'platform' | 'currency' | 'source'> & {
    account_name: string;
    campaign_name: string | null;
    creator_name: string | null;
  };

function toPlatformCampaign(row: PlatformCampaignRow): PlatformCampaign {
  return {
    id: row.id,
    adAccountId: row.ad_account_id,
    adAccountName: row.account_name,
    platform: row.platform,
    nativeId: row.native_id,
    name: row.name,
    objective: row.objective,
    nativeObjective: row.native_objective,
    nativeStatus: row.native_status,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    dailyBudget: toMoney(row.daily_budget, row.currency),
    lifetimeBudget: toMoney(row.lifetime_budget, row.currency),
    isGone: row.is_gone,
    isSandbox: row.source === 'SANDBOX',
    brandId: row.brand_id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    labels: row.labels,
    attachedBy: row.attached_by,
    attachedAt: row.attached_at?.toISOString() ?? null,
    isBoost: row.is_boost,
    campaignCreatorId: row.campaign_creator_id,
    creatorName: row.creator_name,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
