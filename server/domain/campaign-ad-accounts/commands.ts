import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireAdAccount } from '../ad-accounts/queries.ts';
import { type LockedCampaign, lockCampaign } from '../campaigns/queries.ts';
import { readAmount } from '../records/money.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getCampaignAdAccount } from './queries.ts';
import type {
  CampaignAdAccount,
  CampaignAdAccountRef,
  LinkAdAccountInput,
  UpdateLinkInput,
} from './schema.ts';

/**
 * Says that a campaign runs in an ad account, which shows that account to whoever sees the campaign.
 * Errors: `not_found` (campaign); `invalid` on `adAccountId`; `conflict` where they are linked or the campaign is deleted.
 */
export async function linkAdAccount(
  tx: TenantTx,
  principal: Principal,
  input: LinkAdAccountInput,
): Promise<CampaignAdAccount> {
  const campaign = await lockCampaign(tx, input.campaignId);
  await requireAdAccount(tx, input.adAccountId);
  const account = await getAccount(tx, input.adAccountId);
  const inserted = await tx
    .insertInto('campaign_ad_accounts')
    .values({
      ...sentOnly(await toColumns(input, account.currency)),
      organization_id: principal.organizationId,
      campaign_id: input.campaignId,
      ad_account_id: input.adAccountId,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'campaign_id', 'ad_account_id']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (!inserted) {
    throw new AppError('conflict', `The campaign ${campaign.name} is linked to ${account.name} already.`);
  }
  await tell(tx, principal, campaign, { description: `${account.name} linked to ${campaign.name}` });
  return getCampaignAdAccount(tx, input);
}

/** Changes a link's budget, status or address. Errors: `not_found`, `invalid`, `conflict`, `precondition`. */
export async function updateLink(
  tx: TenantTx,
  principal: Principal,
  input: UpdateLinkInput,
): Promise<CampaignAdAccount> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const before = await tx
    .selectFrom('campaign_ad_accounts')
    .selectAll()
    .where('campaign_id', '=', input.campaignId)
    .where('ad_account_id', '=', input.adAccountId)
    .executeTakeFirst();
  if (!before) throw notFound('link between this campaign and that ad account');
  const account = await getAccount(tx, input.adAccountId);
  requireVersion(before.version, input.expectedVersion);
  const values = sentOnly(await toColumns(input, before.currency ?? account.currency));
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length > 0) {
    await tx.updateTable('campaign_ad_accounts').set(values).where('id', '=', before.id).execute();
    await tell(tx, principal, campaign, {
      description: `${account.name} changed in ${campaign.name}`,
      metadata: { changes },
    });
  }
  return getCampaignAdAccount(tx, input);
}

/**
 * Takes a link away. What is attached keeps it: without the link its readers would lose the account behind the figures.
 * Errors: `not_found`; `conflict` where platform campaigns of the account are attached.
 */
export async function unlinkAdAccount(
  tx: TenantTx,
  principal: Principal,
  ref: CampaignAdAccountRef,
): Promise<CampaignAdAccount> {
  const campaign = await lockCampaign(tx, ref.campaignId);
  const link = await getCampaignAdAccount(tx, ref);
  const attached = await tx
    .selectFrom('platform_campaigns')
    .select('name')
    .where('campaign_id', '=', ref.campaignId)
    .where('ad_account_id', '=', ref.adAccountId)
    .limit(1)
    .executeTakeFirst();
  if (attached) {
    throw new AppError('conflict', `${attached.name} of this account is attached here; detach it first.`);
  }
  await tx.deleteFrom('campaign_ad_accounts').where('id', '=', link.id).execute();
  await tell(tx, principal, campaign, {
    description: `${link.adAccountName} unlinked from ${campaign.name}`,
  });
  return link;
}

function getAccount(tx: TenantTx, adAccountId: string) {
  return tx
    .selectFrom('ad_accounts')
    .select(['name', 'currency'])
    .where('id', '=', adAccountId)
    .executeTakeFirstOrThrow();
}

function tell(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  what: { description: string; metadata?: Record<string, unknown> },
): Promise<void> {
  const { id: campaignId, brand_id: brandId, deal_id: dealId } = campaign;
  return recordActivities(tx, principal, [
    { type: 'CAMPAIGN_UPDATED', ...what, campaignId, brandId, dealId },
  ]);
}

async function toColumns(input: LinkAdAccountInput | UpdateLinkInput, ownCurrency: string) {
  const budget = await readAmount({
    field: 'allocatedBudget',
    value: input.allocatedBudget,
    currency: input.currency,
    fallbackCurrency: () => Promise.resolve(ownCurrency),
  });
  return {
    allocated_budget: budget.amount,
    currency: budget.currency,
    status: input.status,
    url: input.url,
  };
}
