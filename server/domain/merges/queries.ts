import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import type { DuplicateNoun } from '../duplicates/schema.ts';
import { planMerge, type Row, UnknownChoice } from './rules.ts';
import type { MergeChoice, MergeField, MergeMoves, MergePreview } from './schema.ts';

export interface MergeRequest {
  noun: DuplicateNoun;
  keptId: string;
  mergedId: string;
  choices?: Readonly<Record<string, MergeChoice>> | undefined;
}

export const tableOf = { CONTACT: 'contacts', COMPANY: 'companies' } as const;
export const nounOf = { CONTACT: 'contact', COMPANY: 'company' } as const;

/** A row of either table, with what both have. */
export type RecordRow = Row & {
  id: string;
  name: string;
  version: number;
  is_active: boolean;
  merged_into_id: string | null;
  brand_id: string | null;
  company_id?: string | null;
  parent_id?: string | null;
  title?: string | null;
  created_at: Date;
};

/**
 * The two rows of a merge. `isLocked` holds off everybody else until the transaction ends.
 * Errors: `not_found` where either is none that the asker sees; `invalid` where both are one; `conflict` where either
 * is in the recycle bin or was merged already.
 */
export async function readPair(
  tx: TenantTx,
  { noun, keptId, mergedId }: MergeRequest,
  isLocked: boolean,
): Promise<{ kept: RecordRow; merged: RecordRow }> {
  const query = tx
    .selectFrom(tableOf[noun] as 'contacts')
    .selectAll()
    .where('id', 'in', [keptId, mergedId])
    .orderBy('id');
  const rows: readonly RecordRow[] = await (isLocked ? query.forUpdate() : query).execute();
  const kept = rows.find(({ id }) => id === keptId.toLowerCase());
  const merged = rows.find(({ id }) => id === mergedId.toLowerCase());
  if (!kept || !merged) throw notFound(nounOf[noun]);
  if (kept === merged) {
    const field = noun === 'CONTACT' ? 'mergedContactId' : 'mergedCompanyId';
    throw invalidField(field, `Choose another ${nounOf[noun]}: it cannot be merged into itself.`);
  }
  for (const row of [kept, merged]) requireStanding(noun, row);
  return { kept, merged };
}

function requireStanding(noun: DuplicateNoun, row: RecordRow): void {
  if (row.is_active) return;
  const why = row.merged_into_id ? 'was merged into another already' : 'is in the recycle bin';
  throw new AppError('conflict', `The ${nounOf[noun]} ${row.name} ${why}. Nothing was changed.`);
}

/** Every field with what it becomes. Errors: `invalid` naming a choice of no field. */
export async function planOf(
  tx: TenantTx,
  rows: { kept: RecordRow; merged: RecordRow },
  choices: MergeRequest['choices'],
): Promise<MergeField[]> {
  const fields = plan(rows, choices);
  const parent = fields.find(({ field }) => field === 'parentId');
  if (!parent || parent.choice !== 'merge' || typeof parent.result !== 'string') return fields;
  // A company cannot stand under itself: what stood above the merged one may be the kept one, or below it.
  const { rows: found } = await sql<{ is_under: boolean }>`
    select app.company_is_under(${parent.result}::uuid, ${rows.kept.id}::uuid) as is_under`.execute(tx);
  if (!found[0]?.is_under) return fields;
  const stays: MergeField = { ...parent, choice: 'keep', result: parent.kept };
  return fields.map((field) => (field === parent ? stays : field));
}

function plan({ kept, merged }: { kept: RecordRow; merged: RecordRow }, choices: MergeRequest['choices']) {
  try {
    return planMerge(kept, merged, choices);
  } catch (error) {
    if (!(error instanceof UnknownChoice)) throw error;
    throw invalidField(
      `choices.${error.field}`,
      'There is no such field of both records, or it cannot hold both.',
    );
  }
}

/** How many rows of each table would move, as far as the asker sees them; what they do not see moves as well. */
export async function countMoves(tx: TenantTx, noun: DuplicateNoun, recordId: string): Promise<MergeMoves> {
  const { rows } = await sql<MergeMoves[number]>`
    select table_name as "table", count from app.reference_counts(${`public.${tableOf[noun]}`}::regclass, ${recordId}::uuid)
     where count > 0 order by table_name`.execute(tx);
  return rows;
}

/** What a merge would come to; it writes nothing. Errors: as readPair and planOf. */
export async function previewMerge(tx: TenantTx, request: MergeRequest): Promise<MergePreview> {
  const rows = await readPair(tx, request, false);
  const fields = await planOf(tx, rows, request.choices);
  const moves = await countMoves(tx, request.noun, rows.merged.id);
  const stays = await countMoves(tx, request.noun, rows.kept.id);
  const side = ({ id, name, version, created_at }: RecordRow) => ({
    id,
    name,
    version,
    createdAt: created_at.toISOString(),
  });
  return {
    fields,
    moves,
    stays,
    kept: side(rows.kept),
    merged: side(rows.merged),
    names: await namesOf(tx, fields),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The names behind the ids that fields hold, as far as the asker sees them. */
async function namesOf(tx: TenantTx, fields: readonly MergeField[]): Promise<Record<string, string>> {
  const ids = fields
    .flatMap(({ kept, merged }) => [kept, merged])
    .filter((one) => typeof one === 'string' && UUID.test(one));
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from companies where id = any (${ids}::uuid[])
    union all select id, name from organizations where id = any (${ids}::uuid[])
    union all select id, name from users where id = any (${ids}::uuid[])`.execute(tx);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** The last merge into a record that was not undone, by the name of what was merged. */
export async function findLastMerge(tx: TenantTx, noun: DuplicateNoun, recordId: string) {
  const column = noun === 'CONTACT' ? 'contact_id' : 'company_id';
  const row = await tx
    .selectFrom('merges')
    .innerJoin(`${tableOf[noun]} as r` as 'contacts as r', (join) =>
      join.on((eb) => eb('r.id', '=', eb.ref(`merges.merged_${column}`))),
    )
    .select(['merges.id as mergeId', 'r.name as mergedName'])
    .where(`merges.${column}`, '=', recordId)
    .where('merges.undone_at', 'is', null)
    .orderBy('merges.id', 'desc')
    .executeTakeFirst();
  return row ?? null;
}
