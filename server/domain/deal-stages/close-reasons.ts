import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import type { CreateDealCloseReasonInput, DealCloseReason, UpdateDealCloseReasonInput } from './schema.ts';

/** A new reason stands behind the others of its outcome. Errors: `conflict` where the outcome has it already. */
export async function createDealCloseReason(
  tx: TenantTx,
  principal: Principal,
  input: CreateDealCloseReasonInput,
): Promise<DealCloseReason> {
  const made = await tx
    .insertInto('deal_close_reasons')
    .values({
      organization_id: principal.organizationId,
      ...input,
      position: sql<number>`(select coalesce(max(r.position) + 1, 0) from deal_close_reasons r
        where r.status = ${input.status})`,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'status', 'name']).doNothing())
    .returning(['id', 'name', 'position'])
    .executeTakeFirst();
  if (!made) throw taken(input.name);
  await tell(tx, principal, `Close reason ${input.name} added`);
  return { ...made, status: input.status };
}

/**
 * Renames a reason or moves it among those of its outcome. What closed deals say keeps the words it was written with.
 * Errors: `not_found`; `conflict` on a taken name.
 */
export async function updateDealCloseReason(
  tx: TenantTx,
  principal: Principal,
  input: UpdateDealCloseReasonInput,
): Promise<DealCloseReason> {
  const before = await lockReason(tx, input.dealCloseReasonId);
  const name = input.name ?? before.name;
  await requireFreeName(tx, { ...before, name });
  if (name !== before.name) {
    await tx.updateTable('deal_close_reasons').set({ name }).where('id', '=', before.id).execute();
    await tell(tx, principal, `Close reason ${before.name} renamed to ${name}`);
  }
  const position = input.position === undefined ? before.position : await reorder(tx, before, input.position);
  return { ...before, name, position };
}

/** Offers a reason no longer. Errors: `not_found`. */
export async function deleteDealCloseReason(
  tx: TenantTx,
  principal: Principal,
  dealCloseReasonId: string,
): Promise<DealCloseReason> {
  const before = await lockReason(tx, dealCloseReasonId);
  await tx.deleteFrom('deal_close_reasons').where('id', '=', before.id).execute();
  await tell(tx, principal, `Close reason ${before.name} removed`);
  return before;
}

async function lockReason(tx: TenantTx, dealCloseReasonId: string): Promise<DealCloseReason> {
  const row = await tx
    .selectFrom('deal_close_reasons')
    .select(['id', 'status', 'name', 'position'])
    .where('id', '=', dealCloseReasonId)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.status === 'OPEN') throw notFound('close reason');
  return { ...row, status: row.status };
}

async function requireFreeName(tx: TenantTx, { id, status, name }: DealCloseReason): Promise<void> {
  const other = await tx
    .selectFrom('deal_close_reasons')
    .select('id')
    .where('status', '=', status)
    .where('name', '=', name)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other) throw taken(name);
}

/** Numbers the reasons of one outcome anew, this one at its place; answers the place. */
async function reorder(tx: TenantTx, moved: DealCloseReason, position: number): Promise<number> {
  const rows = await tx
    .selectFrom('deal_close_reasons')
    .select('id')
    .where('status', '=', moved.status)
    .where('id', '<>', moved.id)
    .orderBy('position')
    .orderBy('name')
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id).toSpliced(position, 0, moved.id);
  await sql`update deal_close_reasons r set position = p.place - 1
    from unnest(${ids}::uuid[]) with ordinality as p (id, place) where r.id = p.id`.execute(tx);
  return ids.indexOf(moved.id);
}

function taken(name: string): AppError {
  const message = `${name} is among the reasons already.`;
  return new AppError('conflict', message, { issues: [{ path: 'name', message }] });
}

function tell(tx: TenantTx, principal: Principal, description: string): Promise<void> {
  return recordActivities(tx, principal, [{ type: 'PIPELINE_UPDATED', description }]);
}
