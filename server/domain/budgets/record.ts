import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';
import { plain, subtract, sum } from '../records/decimals.ts';

/** A campaign's budget as its columns hold it; both null where it has none. */
export interface BudgetTotal {
  campaignId: string;
  /** A decimal string; null takes the budget away. */
  total: string | null;
  currency: string | null;
}

/**
 * Makes a total that was entered on the campaign itself the plan that stands, with the lines of the plan before where
 * the currency is the same and they fit into it. The caller holds the campaign's row, writes its columns, and has decided
 * that the author may. Answers the new version's id; null where the plan says that already, or nothing stands now.
 * Errors: `forbidden` for a client's own login, which sees no plan.
 */
export async function recordBudgetTotal(
  tx: TenantTx,
  principal: Principal,
  { campaignId, total, currency }: BudgetTotal,
): Promise<string | null> {
  if (principal.brandId !== null)
    throw new AppError('forbidden', 'A campaign’s budget is changed by the agency.');
  const before = await tx
    .selectFrom('budget_versions')
    .select(['id', 'total', 'currency'])
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'APPROVED')
    .forUpdate()
    .executeTakeFirst();
  const isSame =
    before && total !== null && before.currency === currency && plain(before.total) === plain(total);
  if (isSame || (!before && total === null)) return null;
  if (before)
    await tx
      .updateTable('budget_versions')
      .set({ status: 'SUPERSEDED' })
      .where('id', '=', before.id)
      .execute();
  if (total === null || currency === null) return null;
  const isApprover = may(principal, 'budgets.approve');
  const { id } = await tx
    .insertInto('budget_versions')
    .values({
      organization_id: principal.organizationId,
      campaign_id: campaignId,
      number: await nextNumber(tx, campaignId),
      status: 'APPROVED',
      total,
      currency,
      created_by_id: principal.userId,
      approved_by_id: isApprover ? principal.userId : null,
      approved_at: isApprover ? new Date() : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (before?.currency === currency) await copyFittingLines(tx, before.id, { budgetVersionId: id, total });
  return id;
}

/** The number of a campaign's next version. The caller holds the campaign's row. */
export async function nextNumber(tx: TenantTx, campaignId: string): Promise<number> {
  const row = await tx
    .selectFrom('budget_versions')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  return (row?.number ?? 0) + 1;
}

/** Writes the total of the plan that stands where lists, forms and the door read it. The caller holds the campaign's row. */
export async function writeCampaignBudget(
  tx: TenantTx,
  { campaignId, total, currency }: BudgetTotal,
): Promise<void> {
  await tx.updateTable('campaigns').set({ budget: total, currency }).where('id', '=', campaignId).execute();
}

/** Copies the lines of one version into another. */
export async function copyLines(tx: TenantTx, from: string, to: string): Promise<void> {
  await tx
    .insertInto('budget_lines')
    .columns([...LINE_COLUMNS, 'budget_version_id'])
    .expression((eb) =>
      eb
        .selectFrom('budget_lines')
        .select(LINE_COLUMNS)
        .select((inner) => inner.cast<string>(inner.val(to), 'uuid').as('budget_version_id'))
        .where('budget_version_id', '=', from),
    )
    .execute();
}

const LINE_COLUMNS = [
  'organization_id',
  'position',
  'kind',
  'platform',
  'ad_account_id',
  'campaign_creator_id',
  'month',
  'amount',
  'note',
] as const;

async function copyFittingLines(
  tx: TenantTx,
  from: string,
  { budgetVersionId, total }: { budgetVersionId: string; total: string },
): Promise<void> {
  const lines = await tx
    .selectFrom('budget_lines')
    .select('amount')
    .where('budget_version_id', '=', from)
    .execute();
  const allocated = sum(lines.map(({ amount }) => amount)) ?? '0';
  if (!subtract(total, allocated).startsWith('-')) await copyLines(tx, from, budgetVersionId);
}
