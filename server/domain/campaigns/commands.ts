import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { normalizeRules } from '../creator-contents/rules.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { requireDeal } from '../deals/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { amountBase, readAmount } from '../records/money.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { dealName, getCampaign, toCampaign } from './queries.ts';
import type { Campaign, CreateCampaignInput, UpdateCampaignInput } from './schema.ts';

/** Errors: `invalid` where a reference is none of the author's or the dates cross; `conflict` on a taken external id. */
export async function createCampaign(
  tx: TenantTx,
  principal: Principal,
  input: CreateCampaignInput,
): Promise<Campaign> {
  requireOrder(input.startsOn, input.endsOn);
  const [ownership, budget] = await Promise.all([
    ownershipOf(tx, principal, input),
    readBudget(input, () => reportingCurrency(tx)),
    input.dealId ? requireDeal(tx, input.dealId) : undefined,
    requireCustomFields(tx, 'CAMPAIGN', input.customFields),
  ]);
  const row = await tx
    .insertInto('campaigns')
    .values({ ...sentOnly(toColumns(input)), ...ownership, ...budget, name: input.name })
    .returningAll()
    .returning(dealName())
    .executeTakeFirstOrThrow();
  const campaign = toCampaign(row);
  await tell(tx, principal, campaign, [
    { type: 'CAMPAIGN_CREATED', description: `Campaign ${campaign.name} created` },
    ...statusEntries(null, campaign),
  ]);
  return campaign;
}

/** Errors: `not_found`, `invalid`, `precondition`, `conflict`. */
export async function updateCampaign(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCampaignInput,
): Promise<Campaign> {
  const { campaignId, expectedVersion } = input;
  const budget = await readBudget(input, () => currencyOf(tx, campaignId));
  const { changes } = await changeRecord(tx, {
    table: 'campaigns',
    id: campaignId,
    values: { ...sentOnly(toColumns(input)), ...budget },
    expectedVersion,
    base: input.base && {
      ...toColumns(input.base as UpdateCampaignInput),
      ...amountBase(input.base, 'budget'),
    },
    check: async (before, changed) => {
      requireOrder(
        input.startsOn === undefined ? before.starts_on : input.startsOn,
        input.endsOn === undefined ? before.ends_on : input.endsOn,
      );
      const dealId = newId(changed.deal_id);
      if (dealId) await requireDeal(tx, dealId);
    },
  });
  const campaign = await getCampaign(tx, campaignId);
  if (Object.keys(changes).length > 0) {
    await tell(tx, principal, campaign, [
      { type: 'CAMPAIGN_UPDATED', description: `Campaign ${campaign.name} changed`, metadata: { changes } },
      ...(changes.status ? statusEntries(changes.status.from, campaign) : []),
    ]);
  }
  return campaign;
}

/** Moves a campaign to the recycle bin (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setCampaignActive(
  tx: TenantTx,
  principal: Principal,
  input: { campaignId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Campaign> {
  const { campaignId, isActive, expectedVersion } = input;
  const changed = await setActive(tx, { table: 'campaigns', id: campaignId, isActive, expectedVersion });
  const campaign = await getCampaign(tx, campaignId);
  if (changed) {
    const type = isActive ? 'CAMPAIGN_RESTORED' : 'CAMPAIGN_DELETED';
    const description = `Campaign ${campaign.name} ${isActive ? 'restored' : 'deleted'}`;
    await tell(tx, principal, campaign, [{ type, description }]);
  }
  return campaign;
}

type Entry = Pick<ActivityEntry, 'type' | 'description' | 'metadata'>;

/** On the campaign's own timeline and on its deal's. */
function tell(
  tx: TenantTx,
  principal: Principal,
  campaign: Campaign,
  entries: readonly Entry[],
): Promise<void> {
  const { id: campaignId, dealId, brandId } = campaign;
  return recordActivities(
    tx,
    principal,
    entries.map((entry) => ({ ...entry, campaignId, dealId, brandId })),
  );
}

const statusActivities: Partial<Record<Campaign['status'], [ActivityType, string]>> = {
  ACTIVE: ['CAMPAIGN_LAUNCHED', 'launched'],
  PAUSED: ['CAMPAIGN_PAUSED', 'paused'],
  COMPLETED: ['CAMPAIGN_COMPLETED', 'completed'],
};

/** The statuses that a timeline shows by themselves. */
function statusEntries(from: Json, campaign: Campaign): Entry[] {
  const told = statusActivities[campaign.status];
  if (!told) return [];
  const [type, word] = told;
  const metadata = { from, to: campaign.status };
  return [{ type, description: `Campaign ${campaign.name} ${word}`, metadata }];
}

/** Errors: `invalid` on `endsOn`. */
function requireOrder(startsOn: string | null | undefined, endsOn: string | null | undefined): void {
  if (startsOn && endsOn && endsOn < startsOn) {
    throw invalidField('endsOn', 'The campaign would end before it starts.');
  }
}

async function readBudget(
  input: CreateCampaignInput | UpdateCampaignInput,
  fallbackCurrency: () => Promise<string>,
) {
  const { amount, ...rest } = await readAmount({
    field: 'budget',
    value: input.budget,
    currency: input.currency,
    fallbackCurrency,
  });
  return amount === undefined ? rest : { ...rest, budget: amount };
}

/** What a bare budget means: the campaign's own currency, else the agency's. */
async function currencyOf(tx: TenantTx, campaignId: string): Promise<string> {
  const row = await tx
    .selectFrom('campaigns')
    .select('currency')
    .where('id', '=', campaignId)
    .executeTakeFirst();
  return row?.currency ?? reportingCurrency(tx);
}

async function reportingCurrency(tx: TenantTx): Promise<string> {
  return (await getOrganization(tx)).reportingCurrency;
}

function toColumns(input: CreateCampaignInput | UpdateCampaignInput) {
  return {
    name: input.name,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    deal_id: input.dealId,
    description: input.description,
    objective: input.objective,
    status: input.status,
    starts_on: input.startsOn,
    ends_on: input.endsOn,
    categories: trimmed(input.categories),
    competitors: trimmed(input.competitors),
    territories: trimmed(input.territories),
    ...normalizeRules(input),
  };
}

/** Each once, without the blanks around it. */
function trimmed(values: readonly string[] | undefined): string[] | undefined {
  return values && [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}
