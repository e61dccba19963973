import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { requireCreator } from '../creators/queries.ts';
import { toPercent } from '../creators/rules.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readAmount } from '../records/money.ts';
import { sentOnly } from '../records/rules.ts';
import { ownershipOf } from '../records/store.ts';
import { agencyToday, getContract, selectContracts } from './queries.ts';
import type { Contract, CreateContractInput, UpdateContractInput } from './schema.ts';
import {
  type Columns,
  type ContractValues,
  insertUsageRights,
  lockContract,
  planChange,
  requireParties,
  requireTerms,
  writeChange,
} from './store.ts';
import { tellOfContract } from './tell.ts';

/** Who changes a contract, and when: its days are those of the agency's calendar. */
export interface Actor {
  principal: Principal;
  now: Date;
}

/** Errors: `invalid` where a reference is none of the author's or the terms do not fit. */
export async function createContract(
  tx: TenantTx,
  { principal, now }: Actor,
  input: CreateContractInput,
): Promise<Contract> {
  const status = input.status ?? 'DRAFT';
  const [campaign, today] = await Promise.all([
    findCampaign(tx, input.campaignId),
    agencyToday(tx, now),
    requireCreator(tx, input.creatorId),
  ]);
  const signedOn = signingDay(status, input.signedOn, today);
  const brandId = input.brandId === undefined ? (campaign?.brand_id ?? null) : input.brandId;
  requireOneBrand(brandId, campaign);
  const [ownership, fee] = await Promise.all([
    ownershipOf(tx, principal, { brandId, ownerId: input.ownerId }),
    readFee(tx, input, campaign?.currency ?? null),
    requireParties(tx, { brandId: null, ownerId: input.ownerId ?? null }),
  ]);
  const values = { ...sentOnly(toColumns(input)), ...fee };
  requireTerms({ ...NO_TERMS, ...values });
  const { id } = await tx
    .insertInto('creator_contracts')
    .values({
      ...values,
      ...ownership,
      creator_id: input.creatorId,
      title: input.title,
      status,
      signed_on: signedOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertUsageRights(tx, { id, organization_id: principal.organizationId }, input.usageRights ?? []);
  const row = await selectContracts(tx).where('creator_contracts.id', '=', id).executeTakeFirstOrThrow();
  const metadata = { creatorContractId: id };
  await tellOfContract(tx, principal, {
    contract: row,
    entries: [
      { type: 'CONTRACT_CREATED', description: `Contract ${row.title} written`, metadata },
      ...(status === 'SIGNED'
        ? [{ type: 'CONTRACT_SIGNED' as const, description: `Contract ${row.title} signed`, metadata }]
        : []),
    ],
  });
  return getContract(tx, now, id);
}

/** What may change in a contract whatever became of it: it binds nobody. */
const NOT_TERMS: ReadonlySet<string> = new Set(['title', 'owner_id', 'note']);

/**
 * Changes what is sent. The terms of a signed contract are what two parties agreed on: `mayAmend` alone corrects them.
 * Errors: `not_found`, `precondition`, `invalid`; `forbidden` for the terms of a signed contract; `conflict` for those of
 * one that was terminated, and in the recycle bin.
 */
export async function updateContract(
  tx: TenantTx,
  { principal, now }: Actor,
  { mayAmend, ...input }: UpdateContractInput & { mayAmend: boolean },
): Promise<Contract> {
  const before = await lockContract(tx, input.creatorContractId, input.expectedVersion);
  const campaign = await campaignOf(tx, before, input);
  const values: ContractValues = {
    ...sentOnly(toColumns(input)),
    ...(await readFee(tx, input, before.fee_currency ?? campaign?.currency ?? null)),
  };
  requireOneBrand(values.brand_id === undefined ? before.brand_id : values.brand_id, campaign);
  const plan = planChange({ before, values });
  const change = { before, usageRights: input.usageRights };
  requireChangeable(before, Object.keys(plan.changes), { mayAmend, input });
  if (await writeChange(tx, change, plan)) {
    const after = await lockContract(tx, before.id);
    const rights =
      JSON.stringify(before.usage_rights) === JSON.stringify(after.usage_rights)
        ? {}
        : { usage_rights: { from: before.usage_rights.length, to: after.usage_rights.length } };
    await tellOfContract(tx, principal, {
      contract: after,
      entries: [
        {
          type: 'CONTRACT_UPDATED',
          description: `Contract ${after.title} changed`,
          metadata: { creatorContractId: after.id, changes: { ...plan.changes, ...rights } },
        },
      ],
    });
  }
  return getContract(tx, now, before.id);
}

function requireChangeable(
  before: Columns,
  changed: readonly string[],
  { mayAmend, input }: { mayAmend: boolean; input: UpdateContractInput },
): void {
  const isOfTerms = changed.some((column) => !NOT_TERMS.has(column)) || input.usageRights !== undefined;
  if (!isOfTerms) return;
  if (before.status === 'TERMINATED') {
    throw new AppError('conflict', 'This contract was ended; its terms stay as they were. Write a new one.');
  }
  if (before.status === 'SIGNED' && !mayAmend) {
    throw new AppError(
      'forbidden',
      'This contract is signed. An owner or admin of the agency corrects its terms; else end it and write a new one.',
    );
  }
}

interface ContractCampaign {
  brand_id: string | null;
  currency: string | null;
}

/** Errors: `invalid` on `campaignId` where it is no active campaign that the caller sees. */
async function findCampaign(
  tx: TenantTx,
  campaignId: string | null | undefined,
): Promise<ContractCampaign | null> {
  if (!campaignId) return null;
  const row = await tx
    .selectFrom('campaigns')
    .select(['brand_id', 'currency'])
    .where('id', '=', campaignId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('campaignId', 'There is no such campaign, or it is not yours to see.');
  return row;
}

/** The campaign that a contract would have. One that stays is not judged again, whatever became of it. */
async function campaignOf(
  tx: TenantTx,
  before: Columns,
  input: UpdateContractInput,
): Promise<ContractCampaign | null> {
  const campaignId = input.campaignId === undefined ? before.campaign_id : input.campaignId;
  if (campaignId !== before.campaign_id) return findCampaign(tx, campaignId);
  if (campaignId === null || input.brandId === undefined) return null;
  const row = await tx
    .selectFrom('campaigns')
    .select(['brand_id', 'currency'])
    .where('id', '=', campaignId)
    .executeTakeFirst();
  return row ?? null;
}

/** Errors: `invalid` on `brandId`. */
function requireOneBrand(brandId: string | null, campaign: ContractCampaign | null): void {
  if (!campaign?.brand_id || campaign.brand_id === brandId) return;
  throw invalidField('brandId', 'The campaign is another brand’s; a contract for it is that brand’s too.');
}

/** Errors: `invalid` on `signedOn` where it lies ahead, or where nothing is signed. */
function signingDay(
  status: Contract['status'],
  signedOn: string | null | undefined,
  today: string,
): string | null {
  if (status === 'SIGNED' && (signedOn ?? today) <= today) return signedOn ?? today;
  if (status !== 'SIGNED' && !signedOn) return null;
  throw invalidField(
    'signedOn',
    status === 'SIGNED' ? 'This day is still to come.' : 'A contract that is not signed has no such day.',
  );
}

async function readFee(
  tx: TenantTx,
  input: Pick<CreateContractInput, 'fee' | 'currency'>,
  ownCurrency: string | null,
): Promise<Pick<ContractValues, 'fee_amount' | 'fee_currency'>> {
  const { amount, currency } = await readAmount({
    field: 'fee',
    value: input.fee,
    currency: input.currency,
    fallbackCurrency: async () => ownCurrency ?? (await getOrganization(tx)).reportingCurrency,
  });
  return sentOnly({
    fee_amount: typeof amount === 'string' ? toColumnAmount(amount) : amount,
    // What costs nothing known has no currency either.
    fee_currency: amount === null ? null : currency,
  });
}

/** As the column writes it, so that 1200 and 1200.0000 are one value. */
function toColumnAmount(value: string): string {
  const [whole = '', fraction = ''] = value.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(4, '0')}`;
}

const NO_TERMS = {
  starts_on: null,
  ends_on: null,
  exclusivity: 'NONE',
  exclusivity_categories: [],
  exclusivity_competitors: [],
  exclusivity_platforms: [],
  exclusivity_territories: [],
  exclusivity_starts_on: null,
  exclusivity_ends_on: null,
} as const;

function toColumns(input: CreateContractInput | UpdateContractInput) {
  return {
    title: input.title,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    campaign_id: input.campaignId,
    commission_percent:
      typeof input.commissionPercent === 'string'
        ? toPercent(input.commissionPercent)
        : input.commissionPercent,
    starts_on: input.startsOn,
    ends_on: input.endsOn,
    exclusivity: input.exclusivity,
    exclusivity_categories: input.exclusivityCategories,
    exclusivity_competitors: input.exclusivityCompetitors,
    exclusivity_platforms: input.exclusivityPlatforms,
    exclusivity_territories: input.exclusivityTerritories,
    exclusivity_starts_on: input.exclusivityStartsOn,
    exclusivity_ends_on: input.exclusivityEndsOn,
    note: input.note,
  };
}
