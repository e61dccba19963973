import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Campaigns, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import { recordBudgetTotal } from '../budgets/record.ts';
import { normalizeRules } from '../creator-contents/rules.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { requireDeal } from '../deals/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { amountBase, readAmount } from '../records/money.ts';
import { type Changes, sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { replaceContacts } from './contacts.ts';
import {
  firstColumns,
  holdCampaign,
  moveColumns,
  moveOf,
  requireMayChange,
  withoutFollowers,
} from './moves.ts';
import { readCampaign } from './queries.ts';
import type { Campaign, MoveCampaignInput, NewCampaignInput, UpdateCampaignInput } from './schema.ts';
import { moveEntries, notifyOfMove, tellOfCampaign } from './tell.ts';

/** What it was made from. */
interface Origin {
  copyOf?: string | undefined;
  campaignTemplateId?: string | undefined;
}

/**
 * Errors: `invalid` where a reference is none of the author's or the dates cross; `forbidden` where it begins at a status
 * that approvers alone give; `conflict` on a taken external id.
 */
export async function createCampaign(
  tx: TenantTx,
  principal: Principal,
  { copyOf, campaignTemplateId, ...input }: NewCampaignInput & Origin,
): Promise<Campaign> {
  requireOrder(input);
  const status = firstColumns(principal, input.status ?? 'DRAFT');
  const [ownership, budget] = await Promise.all([
    ownershipOf(tx, principal, input),
    readBudget(input, () => reportingCurrency(tx)),
    input.dealId ? requireDeal(tx, input.dealId) : undefined,
    requireCustomFields(tx, 'CAMPAIGN', input.customFields),
  ]);
  const origin = { copied_from_id: copyOf, campaign_template_id: campaignTemplateId };
  const { id: campaignId } = await tx
    .insertInto('campaigns')
    .values({
      ...sentOnly({ ...toColumns(input), ...origin }),
      ...ownership,
      ...budget,
      ...status,
      name: input.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { organizationId } = principal;
  if (input.contactIds)
    await replaceContacts(tx, { organizationId, campaignId, contactIds: input.contactIds });
  // A client proposes what it would spend; a plan of it is the agency's own.
  if (budget.budget && principal.brandId === null)
    await recordBudgetTotal(tx, principal, {
      campaignId,
      total: budget.budget,
      currency: budget.currency ?? null,
    });
  const campaign = await readCampaign(tx, principal, campaignId);
  await tellOfStart(tx, principal, campaign);
  return campaign;
}

async function tellOfStart(tx: TenantTx, principal: Principal, campaign: Campaign): Promise<void> {
  const created = { type: 'CAMPAIGN_CREATED', description: `Campaign ${campaign.name} created` } as const;
  const move = {
    from: null,
    to: campaign.status,
    submittedById: null,
    wasApproved: false,
    reason: null,
  };
  const moved = campaign.status === 'DRAFT' ? [] : moveEntries(principal, campaign, move);
  await tellOfCampaign(tx, principal, { campaign, entries: [created, ...moved] });
  await notifyOfMove(tx, campaign, move);
}

/**
 * Changes a campaign, moves it, or both. Errors: `not_found`, `invalid`, `precondition`; `conflict`, also for a move that
 * does not follow; `forbidden` for a move, or a change of the approved plan, that is the approvers'.
 */
export async function updateCampaign(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCampaignInput,
): Promise<Campaign> {
  const { campaignId, expectedVersion, reason } = input;
  const held = await holdCampaign(tx, campaignId);
  const budget = await readBudget(input, () => currencyOf(tx, held));
  const to = input.status;
  const moved = to
    ? moveColumns(principal, { before: held, to, reason: reason ?? null, now: new Date() })
    : {};
  const { row, changes } = await changeRecord(tx, {
    table: 'campaigns',
    id: campaignId,
    values: { ...sentOnly(toColumns(input)), ...budget, ...moved },
    expectedVersion,
    base: input.base && {
      ...toColumns(input.base as UpdateCampaignInput),
      ...amountBase(input.base, 'budget'),
    },
    check: async (before, changed) => {
      requireOrder({
        startsOn: input.startsOn === undefined ? before.starts_on : input.startsOn,
        endsOn: input.endsOn === undefined ? before.ends_on : input.endsOn,
        pausesOn: input.pausesOn === undefined ? before.pauses_on : input.pausesOn,
        resumesOn: input.resumesOn === undefined ? before.resumes_on : input.resumesOn,
      });
      await requireMayChange(tx, principal, { before, changes: changed, reason });
      const dealId = newId(changed.deal_id);
      if (dealId) await requireDeal(tx, dealId);
    },
  });
  const people = await changeContacts(tx, principal, { input, isTouched: Object.keys(changes).length > 0 });
  if ('budget' in changes || 'currency' in changes) await keepBudget(tx, principal, row);
  const campaign = await readCampaign(tx, principal, campaignId);
  await tellOfUpdate(tx, principal, { campaign, held, changes: { ...changes, ...people }, reason });
  return campaign;
}

interface Updated {
  campaign: Campaign;
  held: Selectable<Campaigns>;
  changes: Changes;
  reason: string | null | undefined;
}

async function tellOfUpdate(
  tx: TenantTx,
  principal: Principal,
  { campaign, held, changes, reason }: Updated,
): Promise<void> {
  const told = withoutFollowers(changes);
  if (Object.keys(told).length === 0) return;
  const move = moveOf(held, changes, reason);
  await tellOfCampaign(tx, principal, {
    campaign,
    entries: [
      {
        type: 'CAMPAIGN_UPDATED',
        description: `Campaign ${campaign.name} changed`,
        metadata: { changes: told },
      },
      ...(move ? moveEntries(principal, campaign, move) : []),
    ],
  });
  if (move) await notifyOfMove(tx, campaign, move);
}

/** Moves a campaign and says why. Errors: as updateCampaign. */
export function moveCampaign(
  tx: TenantTx,
  principal: Principal,
  input: MoveCampaignInput,
): Promise<Campaign> {
  return updateCampaign(tx, principal, input);
}

/** Moves a campaign to the recycle bin (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setCampaignActive(
  tx: TenantTx,
  principal: Principal,
  input: { campaignId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Campaign> {
  const { campaignId, isActive, expectedVersion } = input;
  const changed = await setActive(tx, { table: 'campaigns', id: campaignId, isActive, expectedVersion });
  const campaign = await readCampaign(tx, principal, campaignId);
  if (changed) {
    const type = isActive ? 'CAMPAIGN_RESTORED' : 'CAMPAIGN_DELETED';
    const description = `Campaign ${campaign.name} ${isActive ? 'restored' : 'deleted'}`;
    await tellOfCampaign(tx, principal, { campaign, entries: [{ type, description }] });
  }
  return campaign;
}

/** The people who changed, as a change of the record; its version goes up with them. */
async function changeContacts(
  tx: TenantTx,
  principal: Principal,
  { input, isTouched }: { input: UpdateCampaignInput; isTouched: boolean },
): Promise<Changes> {
  const { campaignId, contactIds } = input;
  if (!contactIds) return {};
  const { organizationId } = principal;
  const change = await replaceContacts(tx, { organizationId, campaignId, contactIds });
  if (!change) return {};
  // The trigger counts the version up with any update.
  if (!isTouched)
    await tx
      .updateTable('campaigns')
      .set((eb) => ({ name: eb.ref('name') }))
      .where('id', '=', campaignId)
      .execute();
  return { contact_ids: change };
}

async function keepBudget(tx: TenantTx, principal: Principal, row: Selectable<Campaigns>): Promise<void> {
  const { id: campaignId, budget: total, currency } = row;
  await recordBudgetTotal(tx, principal, { campaignId, total, currency });
}

interface Days {
  startsOn?: string | null | undefined;
  endsOn?: string | null | undefined;
  pausesOn?: string | null | undefined;
  resumesOn?: string | null | undefined;
}

/** Errors: `invalid` on `endsOn` or `resumesOn`. */
function requireOrder({ startsOn, endsOn, pausesOn, resumesOn }: Days): void {
  if (startsOn && endsOn && endsOn < startsOn)
    throw invalidField('endsOn', 'The campaign would end before it starts.');
  if (resumesOn && !pausesOn)
    throw invalidField('resumesOn', 'Say on which day it is paused before it goes on.');
  if (resumesOn && pausesOn && resumesOn <= pausesOn)
    throw invalidField('resumesOn', 'It goes on after the day on which it is paused.');
}

async function readBudget(
  input: NewCampaignInput | UpdateCampaignInput,
  fallbackCurrency: () => Promise<string>,
): Promise<{ budget?: string | null; currency?: string | null }> {
  const { amount, ...rest } = await readAmount({
    field: 'budget',
    value: input.budget,
    currency: input.currency,
    fallbackCurrency,
  });
  return { ...rest, ...(amount === undefined ? {} : { budget: amount }) };
}

/** What a bare budget means: the campaign's own currency, else the agency's. */
async function currencyOf(tx: TenantTx, campaign: Pick<Selectable<Campaigns>, 'currency'>): Promise<string> {
  return campaign.currency ?? reportingCurrency(tx);
}

async function reportingCurrency(tx: TenantTx): Promise<string> {
  return (await getOrganization(tx)).reportingCurrency;
}

function toColumns(input: NewCampaignInput | UpdateCampaignInput) {
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
    starts_on: input.startsOn,
    ends_on: input.endsOn,
    moves_by_date: input.movesByDate,
    pauses_on: input.pausesOn,
    resumes_on: input.resumesOn,
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
