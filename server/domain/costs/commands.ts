import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { moneyWords } from '../budgets/rules.ts';
import { getCampaign, type LockedCampaign, lockCampaign } from '../campaigns/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getCost } from './queries.ts';
import type { CampaignCost, CreateCostInput, UpdateCostInput } from './schema.ts';

/** Adds a cost to a campaign. Errors: `not_found`; `conflict` where the campaign lies in the recycle bin. */
export async function createCost(
  tx: TenantTx,
  principal: Principal,
  input: CreateCostInput,
): Promise<CampaignCost> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const { id } = await tx
    .insertInto('campaign_costs')
    .values({
      organization_id: principal.organizationId,
      campaign_id: input.campaignId,
      date: input.date,
      description: input.description,
      amount: input.amount,
      currency: input.currency ?? (await currencyOf(tx, input.campaignId)),
      created_by_id: principal.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const cost = await getCost(tx, id);
  await tell(tx, principal, campaign, { description: `${wordsOf(cost)} added to ${campaign.name}` });
  return cost;
}

/** Errors: `not_found`, `precondition`; `conflict` of one in the recycle bin. */
export async function updateCost(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCostInput,
): Promise<CampaignCost> {
  const { campaign, before } = await hold(tx, input);
  if (!before.is_active) throw new AppError('conflict', 'It is in the recycle bin. Restore it first.');
  const values = sentOnly({
    date: input.date,
    description: input.description,
    amount: input.amount,
    currency: input.currency,
  });
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length > 0) {
    await tx.updateTable('campaign_costs').set(values).where('id', '=', before.id).execute();
    await tell(tx, principal, campaign, {
      description: `A cost of ${campaign.name} changed`,
      metadata: { changes },
    });
  }
  return getCost(tx, before.id);
}

/** Takes a cost out of the sums (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setCostActive(
  tx: TenantTx,
  principal: Principal,
  input: { campaignCostId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<CampaignCost> {
  const { campaign, before } = await hold(tx, input);
  if (before.is_active !== input.isActive) {
    await tx
      .updateTable('campaign_costs')
      .set({ is_active: input.isActive })
      .where('id', '=', before.id)
      .execute();
    const cost = await getCost(tx, before.id);
    const what = input.isActive ? 'restored to' : 'taken from';
    await tell(tx, principal, campaign, { description: `${wordsOf(cost)} ${what} ${campaign.name}` });
  }
  return getCost(tx, before.id);
}

async function hold(
  tx: TenantTx,
  { campaignCostId, expectedVersion }: { campaignCostId: string; expectedVersion?: number | undefined },
) {
  const found = await tx
    .selectFrom('campaign_costs')
    .select('campaign_id')
    .where('id', '=', campaignCostId)
    .executeTakeFirst();
  if (!found) throw notFound('cost');
  const campaign = await lockCampaign(tx, found.campaign_id);
  const before = await tx
    .selectFrom('campaign_costs')
    .selectAll()
    .where('id', '=', campaignCostId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  requireVersion(before.version, expectedVersion);
  return { campaign, before };
}

async function currencyOf(tx: TenantTx, campaignId: string): Promise<string> {
  const { budget } = await getCampaign(tx, campaignId);
  return budget?.currency ?? (await getOrganization(tx)).reportingCurrency;
}

function wordsOf({ description, amount }: CampaignCost): string {
  return `${description} (${moneyWords(amount.amount, amount.currency)})`;
}

/** For the agency's people: a client reads no cost. */
async function tell(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  entry: { description: string; metadata?: Record<string, unknown> },
): Promise<void> {
  await recordActivities(tx, principal, [
    {
      ...entry,
      type: 'CAMPAIGN_COSTS_CHANGED',
      campaignId: campaign.id,
      dealId: campaign.deal_id,
      brandId: campaign.brand_id,
      audience: 'AGENCY',
    },
  ]);
}
