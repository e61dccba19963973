import { type Selectable, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdAccounts, CampaignAdAccounts } from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import { getCampaign } from '../campaigns/queries.ts';
import { toMoney } from '../records/money.ts';
import type { CampaignAdAccount, CampaignAdAccountRef, ListCampaignAdAccountsInput } from './schema.ts';

/** The ad accounts that a campaign runs in, in the order in which they were linked. Errors: `not_found`. */
export async function listCampaignAdAccounts(
  tx: TenantTx,
  input: ListCampaignAdAccountsInput,
): Promise<Page<CampaignAdAccount>> {
  const [page] = await Promise.all([
    keysetPage(links(tx).where('l.campaign_id', '=', input.campaignId), {
      sortName: 'createdAt',
      key: { expression: sql`l.created_at`, type: 'timestamptz', direction: 'asc' },
      id: sql<string>`l.id`,
      cursor: input.cursor,
      limit: input.limit,
    }),
    getCampaign(tx, input.campaignId),
  ]);
  return { items: page.items.map(toCampaignAdAccount), nextCursor: page.nextCursor };
}

/** One link. Errors: `not_found`. */
export async function getCampaignAdAccount(
  tx: TenantTx,
  ref: CampaignAdAccountRef,
): Promise<CampaignAdAccount> {
  const row = await links(tx)
    .where('l.campaign_id', '=', ref.campaignId)
    .where('l.ad_account_id', '=', ref.adAccountId)
    .executeTakeFirst();
  if (!row) throw notFound('link between this campaign and that ad account');
  return toCampaignAdAccount(row);
}

function links(tx: TenantTx) {
  return tx
    .selectFrom('campaign_ad_accounts as l')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'l.organization_id').onRef('a.id', '=', 'l.ad_account_id'),
    )
    .selectAll('l')
    .select(['a.name as account_name', 'a.platform', 'a.currency as account_currency']);
}

type LinkRow = Selectable<CampaignAdAccounts> &
  Pick<Selectable<AdAccounts>, 'platform'> & { account_name: string; account_currency: string };

function toCampaignAdAccount(row: LinkRow): CampaignAdAccount {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    adAccountId: row.ad_account_id,
    adAccountName: row.account_name,
    platform: row.platform,
    accountCurrency: row.account_currency,
    allocatedBudget: toMoney(row.allocated_budget, row.currency),
    status: row.status,
    url: row.url,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
