import type { TenantTx } from '../../../db/tenant.ts';
import { AppError } from '../../kernel/errors.ts';

export interface LockedRow {
  id: string;
  name: string;
  ad_account_id: string;
  campaign_id: string | null;
  campaign_name: string | null;
  account: { brandId: string | null; ownerId: string | null; createdById: string | null };
}

/** In one order, so that two of these cannot wait for each other. Errors: `invalid` naming what is not seen. */
export async function lockPlatformCampaigns(tx: TenantTx, ids: readonly string[]): Promise<LockedRow[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
    )
    .leftJoin('campaigns as c', (join) =>
      join.onRef('c.organization_id', '=', 'p.organization_id').onRef('c.id', '=', 'p.campaign_id'),
    )
    .select(['p.id', 'p.name', 'p.ad_account_id', 'p.campaign_id', 'c.name as campaign_name'])
    .select(['a.brand_id', 'a.owner_id', 'a.created_by_id'])
    .where('p.id', 'in', wanted)
    .orderBy('p.id')
    .forUpdate('p')
    .execute();
  if (rows.length < wanted.length) {
    const found = new Set(rows.map((row) => row.id));
    const message = 'There is no such platform campaign, or it is not yours to see.';
    throw new AppError('invalid', message, {
      issues: ids.flatMap((id, index) =>
        found.has(id) ? [] : [{ path: `platformCampaignIds.${index}`, message }],
      ),
    });
  }
  return rows.map(({ brand_id, owner_id, created_by_id, ...row }) => ({
    ...row,
    account: { brandId: brand_id, ownerId: owner_id, createdById: created_by_id },
  }));
}

export function idsOf(rows: readonly LockedRow[]): string[] {
  return rows.map((row) => row.id);
}
