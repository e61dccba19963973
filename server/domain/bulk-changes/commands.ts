import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, type Issue } from '../../kernel/errors.ts';
import { dealRule, placeOnBoard } from './deals.ts';
import { findMatchingIds, nouns, requireReferences, toColumns } from './nouns.ts';
import { decide, groupRefusals, type NounRule, type Outcome, refusals } from './rules.ts';
import {
  type BulkChangeResult,
  type BulkNoun,
  type CreateBulkChangeInput,
  MOST_RECORDS,
  problemsOf,
  settable,
  type SetFields,
} from './schema.ts';
import { changeRows, holdRows, keepRows } from './store.ts';
import { notifyAssignee, taskRule } from './tasks.ts';
import { tellOfRows } from './tell.ts';

/** Who changes, and when that is. */
export interface Actor {
  principal: Principal;
  now: Date;
}

/**
 * Changes many records in one transaction, each by the rules of a single change and with its own activity. A record
 * that may not be changed is refused by itself and named; what all would get is judged once.
 * Errors: `invalid` where what is set is none that the author sees, and above 10,000 records; `conflict` where another
 * number matches than the caller saw.
 */
export async function createBulkChange(
  tx: TenantTx,
  actor: Actor,
  input: CreateBulkChangeInput,
): Promise<BulkChangeResult> {
  const [problem, ...others] = problemsOf(input);
  if (problem) throw new AppError('invalid', problem.message, { issues: [problem, ...others] });
  const { noun, change } = input;
  const { table } = nouns[noun];
  const set = settable[noun].parse(change.set ?? {});
  const rule = await atField(async () => {
    await requireReferences(tx, noun, set);
    return ruleOf(tx, actor.principal, { noun, set });
  });
  const recordIds = await selectedIds(tx, actor, input);
  const rows = await holdRows(tx, table, recordIds);
  const wanted = { change, columns: toColumns(noun, set), principal: actor.principal, rule };
  const outcomes = rows.map((row) => decide(row, wanted));
  const changed = outcomes.flatMap((outcome) =>
    'values' in outcome && Object.keys(outcome.values).length > 0 ? [outcome] : [],
  );
  const bulkChangeId = await write(tx, actor.principal, { input, changed });
  const refused = [...refusedOf(outcomes), ...missingOf(recordIds, new Set(rows.map(({ id }) => id)))];
  return {
    bulkChangeId,
    matched: recordIds.length,
    changed: changed.length,
    unchanged: recordIds.length - changed.length - refused.length,
    refused: groupRefusals(refused),
  };
}

type Changed = Extract<Outcome, { values: unknown }>;

async function write(
  tx: TenantTx,
  principal: Principal,
  { input, changed }: { input: CreateBulkChangeInput; changed: readonly Changed[] },
): Promise<string | null> {
  if (changed.length === 0) return null;
  const { noun, change } = input;
  const { table } = nouns[noun];
  const bulkChangeId = uuidV7();
  if (principal.userId === null) throw new AppError('forbidden', 'Nobody is said to change these records.');
  if (noun === 'DEAL') await placeOnBoard(tx, changed);
  const rows = changed.map(({ row, values }) => ({ id: row.id, values }));
  await tx
    .insertInto('bulk_changes')
    .values({
      organization_id: principal.organizationId,
      id: bulkChangeId,
      noun,
      change: change as Json,
      created_by_id: principal.userId,
    })
    .execute();
  await keepRows(tx, { bulkChangeId, table, rows });
  await changeRows(tx, table, rows);
  await tellOfRows(tx, principal, { told: { noun, bulkChangeId }, changed });
  if (noun === 'TASK') await notifyAssignee(tx, changed);
  return bulkChangeId;
}

function ruleOf(
  tx: TenantTx,
  principal: Principal,
  { noun, set }: { noun: BulkNoun; set: SetFields[BulkNoun] },
): Promise<NounRule> {
  if (noun === 'DEAL') return dealRule(tx, set as SetFields['DEAL']);
  if (noun === 'TASK') return taskRule(tx, principal, set);
  return Promise.resolve((_row, values) => ({ values }));
}

/** What is wrong with a field that all would get stands where it was sent: `change.set.ownerId`. */
async function atField<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    const issues: Issue[] = error.issues.map(({ path, message }) => ({
      path: `change.set.${path}`,
      message,
    }));
    throw new AppError('invalid', error.message, { issues });
  }
}

async function selectedIds(
  tx: TenantTx,
  { principal, now }: Actor,
  { noun, selection }: CreateBulkChangeInput,
): Promise<string[]> {
  if ('recordIds' in selection) return [...new Set(selection.recordIds.map((id) => id.toLowerCase()))];
  const { list, expectedCount } = selection;
  const matching = await findMatchingIds(tx, noun, { list, principal, now, most: MOST_RECORDS + 1 });
  if (matching.length > MOST_RECORDS) {
    const message = 'More than 10,000 match. Narrow the list and change them in parts.';
    throw new AppError('invalid', message, { issues: [{ path: 'selection.list', message }] });
  }
  if (expectedCount !== undefined && expectedCount !== matching.length) {
    const message = `${matching.length} match now, and not ${expectedCount}. Nothing was changed; look again and repeat it.`;
    throw new AppError('conflict', message);
  }
  return matching;
}

function refusedOf(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) =>
    'refusal' in outcome ? [{ recordId: outcome.row.id, refusal: outcome.refusal }] : [],
  );
}

function missingOf(recordIds: readonly string[], found: ReadonlySet<string>) {
  return recordIds
    .filter((recordId) => !found.has(recordId))
    .map((recordId) => ({ recordId, refusal: refusals.notFound }));
}
