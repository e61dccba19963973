import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { changesBetween } from '../records/rules.ts';
import { mayChange } from '../tasks/rules.ts';
import type { Actor } from './commands.ts';
import { type BulkTable, nouns } from './nouns.ts';
import { groupRefusals, isInReach, type Refusal, refusals, type Row } from './rules.ts';
import type { BulkNoun, UndoneBulkChange } from './schema.ts';
import { changeRows, findKeptRows, holdRows, type KeptRow } from './store.ts';
import { tellOfRows } from './tell.ts';

/**
 * Gives records back what they said before a bulk change, each that nobody changed since, and tells of it. For a minute,
 * and for its author alone. Errors: `not_found`; `conflict` where it was undone already or is too long ago.
 */
export async function undoBulkChange(
  tx: TenantTx,
  { principal }: Pick<Actor, 'principal'>,
  bulkChangeId: string,
): Promise<UndoneBulkChange> {
  const noun = await claim(tx, bulkChangeId);
  const { table } = nouns[noun];
  const kept = await findKeptRows(tx, bulkChangeId);
  const rows = await holdRows(
    tx,
    table,
    kept.map(({ recordId }) => recordId),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const judged = kept.map((one) => ({ one, ...judge(byId.get(one.recordId), one, { table, principal }) }));
  const fit = judged.flatMap(({ one, row }) => (row ? [{ row, before: one.before }] : []));
  await changeRows(
    tx,
    table,
    fit.map(({ row, before }) => ({ id: row.id, values: before })),
  );
  await tellOfRows(tx, principal, {
    told: { noun, bulkChangeId, isUndo: true },
    changed: fit.map(({ row, before }) => ({ row, changes: changesBetween(row, before) })),
  });
  const refused = judged.flatMap(({ one, refusal }) =>
    refusal ? [{ recordId: one.recordId, refusal }] : [],
  );
  return { restored: fit.length, refused: groupRefusals(refused) };
}

/** Marks it as undone. The policy shows a bulk change to its author alone. */
async function claim(tx: TenantTx, bulkChangeId: string): Promise<BulkNoun> {
  const { rows } = await sql<{ noun: BulkNoun; isUndone: boolean; isFresh: boolean }>`
    select noun, undone_at is not null as "isUndone", created_at > now() - interval '1 minute' as "isFresh"
      from bulk_changes where id = ${bulkChangeId}::uuid for update`.execute(tx);
  const [found] = rows;
  if (!found) throw notFound('bulk change');
  if (found.isUndone) throw new AppError('conflict', 'This change was undone already.');
  if (!found.isFresh) {
    throw new AppError('conflict', 'A change can be undone for a minute. Change the records again instead.');
  }
  await sql`update bulk_changes set undone_at = now() where id = ${bulkChangeId}::uuid`.execute(tx);
  return found.noun;
}

function judge(
  row: Row | undefined,
  { before, version }: KeptRow,
  { table, principal }: { table: BulkTable; principal: Actor['principal'] },
): { row?: Row; refusal?: Refusal } {
  if (!row) return { refusal: refusals.notFound };
  if (row.version !== version) return { refusal: refusals.changedSince };
  const after = { ...row, ...before } as Row & { assignee_id: string | null };
  const fits = table === 'tasks' ? mayChange(principal, after) : isInReach(principal, after);
  return fits ? { row } : { refusal: refusals.outOfReach };
}
