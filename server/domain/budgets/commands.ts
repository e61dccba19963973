import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { BudgetVersions } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { type LockedCampaign, lockCampaign } from '../campaigns/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readAmount } from '../records/money.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { replaceLines } from './lines.ts';
import { findStandingBudget, getBudget } from './queries.ts';
import { copyLines, nextNumber, recordBudgetTotal, writeCampaignBudget } from './record.ts';
import { type BudgetMove, excessOf, moneyWords, moveRefusal, movesOf } from './rules.ts';
import type {
  BudgetChange,
  BudgetVersion,
  DraftBudgetInput,
  ReturnBudgetInput,
  UpdateBudgetInput,
} from './schema.ts';
import { tellOfBudget } from './tell.ts';

/**
 * Begins a version: a copy of the plan that stands, of another version, or the total alone. A budget that was entered on
 * the campaign becomes the version before it, so that no plan is lost.
 * Errors: `not_found`; `conflict` where one is open already or the campaign lies in the recycle bin.
 */
export async function draftBudget(
  tx: TenantTx,
  principal: Principal,
  input: DraftBudgetInput,
): Promise<BudgetVersion> {
  const { campaignId } = input;
  await lockCampaign(tx, campaignId);
  await requireNoneOpen(tx, campaignId);
  const standing = await findStandingBudget(tx, principal, campaignId);
  if (standing?.id === null)
    await recordBudgetTotal(tx, principal, {
      campaignId,
      total: standing.total.amount,
      currency: standing.total.currency,
    });
  const source = await sourceOf(tx, input);
  const { organizationId, userId } = principal;
  const { id } = await tx
    .insertInto('budget_versions')
    .values({
      organization_id: organizationId,
      campaign_id: campaignId,
      number: await nextNumber(tx, campaignId),
      total: source?.total ?? standing?.total.amount ?? '0',
      currency: source?.currency ?? standing?.total.currency ?? (await getOrganization(tx)).reportingCurrency,
      created_by_id: userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (source) await copyLines(tx, source.id, id);
  return getBudget(tx, principal, id);
}

/** Changes a draft. Errors: `not_found`, `precondition`; `conflict` of what is no draft; `invalid` as replaceLines, and
 * on `lines` where they come to more than the total. */
export async function updateBudget(
  tx: TenantTx,
  principal: Principal,
  input: UpdateBudgetInput,
): Promise<BudgetVersion> {
  const { budgetVersionId } = input;
  const { before } = await hold(tx, input, 'update');
  const { amount, currency } = await readAmount({
    field: 'total',
    value: input.total,
    currency: input.currency,
    fallbackCurrency: () => Promise.resolve(before.currency),
  });
  const values = sentOnly({
    total: amount ?? undefined,
    currency: currency ?? undefined,
    note: input.note,
  });
  if (input.lines)
    await replaceLines(tx, {
      organizationId: principal.organizationId,
      campaignId: before.campaign_id,
      budgetVersionId,
      lines: input.lines,
    });
  const isChanged = Object.keys(changesBetween(before, values)).length > 0;
  // The trigger counts the version up also where the lines alone changed.
  if (isChanged || input.lines)
    await tx
      .updateTable('budget_versions')
      .set(isChanged ? values : { status: before.status })
      .where('id', '=', budgetVersionId)
      .execute();
  const after = await getBudget(tx, principal, budgetVersionId);
  requireFits(after);
  return after;
}

/** Asks for its approval. Errors: `not_found`, `precondition`, `conflict`. */
export async function submitBudget(
  tx: TenantTx,
  principal: Principal,
  input: BudgetChange,
): Promise<BudgetVersion> {
  const { campaign, before } = await hold(tx, input, 'submit');
  await setStatus(tx, before.id, { status: 'SUBMITTED', submitted_at: new Date(), reason: null });
  await tellOfBudget(tx, principal, campaign, {
    description: `Budget ${before.number} of ${campaign.name} submitted: ${moneyWords(before.total, before.currency)}`,
    metadata: { budgetVersionId: before.id, number: before.number },
  });
  return getBudget(tx, principal, before.id);
}

/** Takes a submission back, to work on it. Errors: `not_found`, `precondition`, `conflict`. */
export async function withdrawBudget(
  tx: TenantTx,
  principal: Principal,
  input: BudgetChange,
): Promise<BudgetVersion> {
  const { before } = await hold(tx, input, 'withdraw');
  await setStatus(tx, before.id, { status: 'DRAFT', submitted_at: null });
  return getBudget(tx, principal, before.id);
}

/** Ends a draft that nobody will submit; it is kept and can be begun from. Errors as withdrawBudget. */
export async function setBudgetAside(
  tx: TenantTx,
  principal: Principal,
  input: BudgetChange,
): Promise<BudgetVersion> {
  const { before } = await hold(tx, input, 'setAside');
  await setStatus(tx, before.id, { status: 'RETURNED', reason: 'Set aside before it was submitted.' });
  return getBudget(tx, principal, before.id);
}

/** Gives it back with what has to change. Errors as withdrawBudget. */
export async function returnBudget(
  tx: TenantTx,
  principal: Principal,
  input: ReturnBudgetInput,
): Promise<BudgetVersion> {
  const { campaign, before } = await hold(tx, input, 'return');
  await setStatus(tx, before.id, { status: 'RETURNED', reason: input.reason });
  await tellOfBudget(tx, principal, campaign, {
    description: `Budget ${before.number} of ${campaign.name} returned`,
    metadata: { budgetVersionId: before.id, number: before.number, reason: input.reason },
  });
  return getBudget(tx, principal, before.id);
}

/**
 * Makes it the plan that stands: the one before is superseded, and the campaign says the new total. An approver may
 * approve their own. Errors: `not_found`, `precondition`, `conflict`; `invalid` on `lines` as updateBudget.
 */
export async function approveBudget(
  tx: TenantTx,
  principal: Principal,
  input: BudgetChange,
): Promise<BudgetVersion> {
  const { campaign, before } = await hold(tx, input, 'approve');
  requireFits(await getBudget(tx, principal, before.id));
  const standing = await findStandingBudget(tx, principal, before.campaign_id);
  await tx
    .updateTable('budget_versions')
    .set({ status: 'SUPERSEDED' })
    .where('campaign_id', '=', before.campaign_id)
    .where('status', '=', 'APPROVED')
    .execute();
  const now = new Date();
  await setStatus(tx, before.id, {
    status: 'APPROVED',
    reason: null,
    submitted_at: before.submitted_at ?? now,
    approved_by_id: principal.userId,
    approved_at: now,
  });
  const { total, currency } = before;
  await writeCampaignBudget(tx, { campaignId: before.campaign_id, total, currency });
  await tellOfBudget(tx, principal, campaign, {
    description: `Budget ${before.number} of ${campaign.name} approved: ${totalWords(standing?.total ?? null, { amount: total, currency })}`,
    metadata: {
      budgetVersionId: before.id,
      number: before.number,
      changes: changesBetween(
        { budget: standing?.total.amount ?? null, currency: standing?.total.currency ?? null },
        { budget: total, currency },
      ),
    },
  });
  return getBudget(tx, principal, before.id);
}

/** "260,000.00 AED, split anew", "from 240,000.00 AED to 260,000.00 AED". */
function totalWords(
  before: { amount: string; currency: string } | null,
  now: { amount: string; currency: string },
): string {
  const words = moneyWords(now.amount, now.currency);
  if (before === null) return words;
  const old = moneyWords(before.amount, before.currency);
  return old === words ? `${words}, split anew` : `from ${old} to ${words}`;
}

/** The campaign first and its version second, as everything that changes a campaign's budget does. */
async function hold(
  tx: TenantTx,
  { budgetVersionId, expectedVersion }: BudgetChange,
  move: BudgetMove,
): Promise<{ campaign: LockedCampaign; before: Selectable<BudgetVersions> }> {
  const found = await tx
    .selectFrom('budget_versions')
    .select('campaign_id')
    .where('id', '=', budgetVersionId)
    .executeTakeFirst();
  if (!found) throw notFound('budget');
  const campaign = await lockCampaign(tx, found.campaign_id);
  const before = await tx
    .selectFrom('budget_versions')
    .selectAll()
    .where('id', '=', budgetVersionId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  requireVersion(before.version, expectedVersion);
  if (!movesOf(before.status, { mayWrite: true, mayApprove: true })[move])
    throw new AppError('conflict', moveRefusal(before.status, move));
  return { campaign, before };
}

async function setStatus(
  tx: TenantTx,
  budgetVersionId: string,
  values: Partial<
    Pick<Selectable<BudgetVersions>, 'status' | 'reason' | 'submitted_at' | 'approved_by_id' | 'approved_at'>
  >,
): Promise<void> {
  await tx.updateTable('budget_versions').set(values).where('id', '=', budgetVersionId).execute();
}

async function requireNoneOpen(tx: TenantTx, campaignId: string): Promise<void> {
  const open = await tx
    .selectFrom('budget_versions')
    .select(['number', 'status'])
    .where('campaign_id', '=', campaignId)
    .where('status', 'in', ['DRAFT', 'SUBMITTED'])
    .executeTakeFirst();
  if (!open) return;
  const state = open.status === 'DRAFT' ? 'is a draft' : 'waits for its approval';
  throw new AppError('conflict', `Budget ${open.number} ${state}; there is one at a time.`);
}

/** Errors: `not_found` of a version that is not this campaign's. */
async function sourceOf(
  tx: TenantTx,
  { campaignId, from, budgetVersionId }: DraftBudgetInput,
): Promise<{ id: string; total: string; currency: string } | undefined> {
  if (from === 'EMPTY' && budgetVersionId === undefined) return undefined;
  const query = tx
    .selectFrom('budget_versions')
    .select(['id', 'total', 'currency'])
    .where('campaign_id', '=', campaignId);
  if (budgetVersionId === undefined) return query.where('status', '=', 'APPROVED').executeTakeFirst();
  const row = await query.where('id', '=', budgetVersionId).executeTakeFirst();
  if (!row) throw notFound('budget');
  return row;
}

/** Errors: `invalid` on `lines`, naming by how much. */
function requireFits({ total, lines }: BudgetVersion): void {
  const excess = excessOf(
    total.amount,
    lines.map(({ amount }) => amount),
  );
  if (excess === null) return;
  throw invalidField(
    'lines',
    `The lines come to ${moneyWords(excess, total.currency)} more than the total of ${moneyWords(total.amount, total.currency)}.`,
  );
}
