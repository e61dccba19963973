import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import { requireCompany } from '../companies/queries.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { requireContact } from '../contacts/queries.ts';
import { getDealStage, listDealStages, probabilitiesOf } from '../deal-stages/queries.ts';
import { requireStageFields } from '../deal-stages/rules.ts';
import { getOrganization } from '../organizations/queries.ts';
import { amountBase, readAmount } from '../records/money.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { requireNothingEmptied } from './entry.ts';
import { findFirstRank, getDeal, relatedNames, toDeal } from './queries.ts';
import { defaultProbability, rankAbove, type Standing, standingOf } from './rules.ts';
import type { CreateDealInput, Deal, UpdateDealInput } from './schema.ts';
import { tellOfDeal } from './tell.ts';

/** The agency's own day, in its zone. */
export const agencyToday = sql<string>`(select (now() at time zone o.time_zone)::date from organizations o
  where o.type <> 'BRAND')`;

/**
 * A new deal stands on top of its column.
 * Errors: `invalid` where a reference is none of the author's, stage and status contradict, or the stage asks for a
 * field that is not there; `conflict` on a taken external id.
 */
export async function createDeal(tx: TenantTx, principal: Principal, input: CreateDealInput): Promise<Deal> {
  const standing = standingOf(input.stage ?? 'LEAD', input.status);
  if (standing.stage !== 'CLOSED') requireNoClosing(input);
  const [ownership, first, stages, amount] = await Promise.all([
    ownershipOf(tx, principal, input),
    findFirstRank(tx, standing.stage),
    listDealStages(tx),
    readAmount({
      field: 'amount',
      value: input.amount,
      currency: input.currency,
      fallbackCurrency: async () => (await getOrganization(tx)).reportingCurrency,
    }),
    requireReferences(tx, input),
    requireCustomFields(tx, 'DEAL', input.customFields),
  ]);
  const settings = stages.find(({ stage }) => stage === standing.stage);
  if (settings) {
    const customFields = input.customFields ?? {};
    requireStageFields(settings, { ...input, ...amount, ownerId: ownership.owner_id, customFields });
  }
  const row = await tx
    .insertInto('deals')
    .values({
      ...sentOnly(toColumns(input)),
      ...ownership,
      ...amount,
      ...standing,
      name: input.name,
      probability: input.probability ?? defaultProbability(standing, probabilitiesOf(stages)),
      rank: rankAbove(first),
      closed_on: standing.stage === 'CLOSED' ? (input.closedOn ?? agencyToday) : null,
    })
    .returningAll()
    .returning(relatedNames())
    .executeTakeFirstOrThrow();
  const deal = toDeal(row);
  await tellOfDeal(tx, principal, deal, creation(deal, standing));
  return deal;
}

/** Changes fields; stage and status move through moveDeal. Errors: `not_found`, `invalid`, `precondition`, `conflict`. */
export async function updateDeal(tx: TenantTx, principal: Principal, input: UpdateDealInput): Promise<Deal> {
  const { dealId, expectedVersion } = input;
  const amount = await readAmount({
    field: 'amount',
    value: input.amount,
    currency: input.currency,
    fallbackCurrency: () => currencyOf(tx, dealId),
  });
  const { changes } = await changeRecord(tx, {
    table: 'deals',
    id: dealId,
    values: { ...sentOnly(toColumns(input)), ...amount },
    expectedVersion,
    base: input.base && { ...toColumns(input.base as UpdateDealInput), ...amountBase(input.base, 'amount') },
    check: async (before, changes) => {
      if (before.stage !== 'CLOSED') requireNoClosing(input);
      requireNothingEmptied(await getDealStage(tx, before.stage), before, changes);
      await requireReferences(tx, {
        companyId: newId(changes.company_id),
        contactId: newId(changes.contact_id),
      });
    },
  });
  const deal = await getDeal(tx, dealId);
  if (Object.keys(changes).length > 0) {
    const description = `Deal ${deal.name} changed`;
    await tellOfDeal(tx, principal, deal, [{ type: 'DEAL_UPDATED', description, metadata: { changes } }]);
  }
  return deal;
}

/** Moves a deal to the recycle bin (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setDealActive(
  tx: TenantTx,
  principal: Principal,
  input: { dealId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Deal> {
  const { dealId, isActive, expectedVersion } = input;
  const changed = await setActive(tx, { table: 'deals', id: dealId, isActive, expectedVersion });
  const deal = await getDeal(tx, dealId);
  if (changed) {
    const type = isActive ? 'DEAL_RESTORED' : 'DEAL_DELETED';
    const description = `Deal ${deal.name} ${isActive ? 'restored' : 'deleted'}`;
    await tellOfDeal(tx, principal, deal, [{ type, description }]);
  }
  return deal;
}

function creation(deal: Deal, standing: Standing) {
  const { stage, status } = standing;
  const metadata = { stage, status };
  const created = { type: 'DEAL_CREATED' as const, description: `Deal ${deal.name} created`, metadata };
  if (status === 'OPEN') return [created];
  const type = status === 'WON' ? ('DEAL_WON' as const) : ('DEAL_LOST' as const);
  const description = `Deal ${deal.name} ${status.toLowerCase()}`;
  return [created, { type, description, metadata: { from: null, to: stage, reason: deal.closeReason } }];
}

async function requireReferences(
  tx: TenantTx,
  input: { companyId?: string | null | undefined; contactId?: string | null | undefined },
): Promise<void> {
  await Promise.all([
    input.companyId ? requireCompany(tx, input.companyId) : undefined,
    input.contactId ? requireContact(tx, input.contactId) : undefined,
  ]);
}

/** The day and the reason of closing belong to a closed deal. Errors: `invalid` naming the field. */
function requireNoClosing(input: { closedOn?: string | undefined; closeReason?: string | null | undefined }) {
  if (input.closedOn) throw invalidField('closedOn', 'Only a closed deal has a day of closing.');
  if (input.closeReason) throw invalidField('closeReason', 'Only a closed deal has a reason of closing.');
}

/** What a bare amount means: the deal's own currency, else the agency's. */
async function currencyOf(tx: TenantTx, dealId: string): Promise<string> {
  const [deal, agency] = await Promise.all([
    tx.selectFrom('deals').select('currency').where('id', '=', dealId).executeTakeFirst(),
    getOrganization(tx),
  ]);
  return deal?.currency ?? agency.reportingCurrency;
}

function toColumns(input: CreateDealInput | UpdateDealInput) {
  return {
    name: input.name,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    company_id: input.companyId,
    contact_id: input.contactId,
    description: input.description,
    probability: input.probability,
    recurring_type: input.recurringType,
    opened_on: input.openedOn,
    expected_close_on: input.expectedCloseOn,
    closed_on: input.closedOn,
    close_reason: input.closeReason,
  };
}
