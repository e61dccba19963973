import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';

/** Says that two records are two. Saying it again changes nothing. Errors: `not_found`. */
export async function dismissDuplicate(
  tx: TenantTx,
  principal: Principal,
  duplicatePairId: string,
): Promise<void> {
  const pair = await getPair(tx, duplicatePairId);
  await tx
    .insertInto('duplicate_dismissals')
    .values({ ...pair, organization_id: principal.organizationId, created_by_id: principal.userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes that back. Errors: `not_found`. */
export async function restoreDuplicate(tx: TenantTx, duplicatePairId: string): Promise<void> {
  const { company_id, other_company_id, contact_id, other_contact_id } = await getPair(tx, duplicatePairId);
  const pair = [company_id ?? contact_id, other_company_id ?? other_contact_id];
  await tx
    .deleteFrom('duplicate_dismissals')
    .where(company_id ? 'company_id' : 'contact_id', 'in', pair)
    .where(company_id ? 'other_company_id' : 'other_contact_id', 'in', pair)
    .execute();
}

async function getPair(tx: TenantTx, duplicatePairId: string) {
  const pair = await tx
    .selectFrom('duplicate_pairs')
    .select(['company_id', 'other_company_id', 'contact_id', 'other_contact_id'])
    .where('id', '=', duplicatePairId)
    .executeTakeFirst();
  if (!pair) throw notFound('pair of duplicates');
  return pair;
}
