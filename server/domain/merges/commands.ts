import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import type { DuplicateNoun } from '../duplicates/schema.ts';
import { type Changes, changesBetween } from '../records/rules.ts';
import { changeRecord, requireVersion } from '../records/store.ts';
import {
  countMoves,
  type MergeRequest,
  nounOf,
  planOf,
  readPair,
  type RecordRow,
  tableOf,
} from './queries.ts';
import { valuesOf } from './rules.ts';
import type { MergeField, MergeMoves, UndoneMerge } from './schema.ts';

interface MergeCommand extends MergeRequest {
  expectedVersion?: number | undefined;
  expectedMergedVersion?: number | undefined;
  dryRun?: boolean | undefined;
}

/** What a merge changed in the kept record, as its row keeps it for the way back. */
interface Written {
  fields: Changes;
  /** The companies that became others of a contact. */
  companies: string[];
}

/**
 * Makes one record a part of another, in this transaction: the fields as planned, every reference by the database's
 * own function, and the merged record inactive with where it went.
 * Errors: `not_found`, `invalid`, `conflict` (recycled, merged already, or both have what only one can have),
 * `precondition` where either moved on since its expected version.
 */
export async function mergeRecords(
  tx: TenantTx,
  principal: Principal,
  command: MergeCommand,
): Promise<{ mergeId: string | null; fields: MergeField[]; moves: MergeMoves }> {
  const { noun, dryRun = false } = command;
  const rows = await readPair(tx, command, !dryRun);
  requireVersion(rows.kept.version, command.expectedVersion);
  requireVersion(rows.merged.version, command.expectedMergedVersion);
  const fields = await planOf(tx, rows, command.choices);
  const moves = await countMoves(tx, noun, rows.merged.id);
  if (dryRun) return { mergeId: null, fields, moves };
  const mergeId = await moveAll(tx, noun, rows);
  const { changes } = await changeRecord(tx, {
    table: tableOf[noun],
    id: rows.kept.id,
    values: writable(fields, rows),
    expectedVersion: undefined,
  });
  const companies = noun === 'CONTACT' ? await uniteCompanies(tx, principal, rows) : [];
  const written: Written = { fields: changes, companies };
  await tx
    .updateTable('merges')
    .set({ changes: written as unknown as Json })
    .where('id', '=', mergeId)
    .execute();
  await tell(tx, principal, { noun, rows, mergeId, changes });
  return { mergeId, fields, moves };
}

interface Pair {
  kept: RecordRow;
  merged: RecordRow;
}

/** What app.move_references raises where both records have their own of what people work with. */
const BOTH_HAVE_ONE = 'SS001';
/** What app.merge_records raises where the merged creator's accounts are read with their consent. */
const MERGED_IS_CONNECTED = 'SS002';

async function moveAll(tx: TenantTx, noun: DuplicateNoun, { kept, merged }: Pair): Promise<string> {
  try {
    const { rows } = await sql<{ merge_id: string | null }>`
      select app.merge_records(${noun}::record_noun, ${kept.id}::uuid, ${merged.id}::uuid) as merge_id`.execute(
      tx,
    );
    const mergeId = rows[0]?.merge_id;
    if (!mergeId) throw notFound(nounOf[noun]);
    return mergeId;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? whyNotMerged(noun, error) : null;
    if (why === null) throw error;
    throw new AppError('conflict', why, { cause: error });
  }
}

/** What stands in the way, with what to do; null where the database meant something else. */
function whyNotMerged(noun: DuplicateNoun, error: Error & { code: unknown }): string | null {
  if (error.code === MERGED_IS_CONNECTED)
    return 'The creator who would be merged is connected through Phyllo. Keep that contact and merge the other one into it, or disconnect their accounts first.';
  if (error.code !== BOTH_HAVE_ONE) return null;
  if (error.message.includes('campaign_creators'))
    return 'Both creators have worked on the same campaign. Take one of the two off it, and keep the contact of the one who stays.';
  return `Both have their own of what a ${nounOf[noun]} can have once. Remove one of the two first.`;
}

/** A parent that is the merged company itself was mended by the move: see app.move_all_references. */
function writable(fields: readonly MergeField[], { kept, merged }: Pair): Record<string, unknown> {
  const parent = kept.parent_id;
  return valuesOf(fields.filter(({ field }) => !(field === 'parentId' && parent === merged.id)));
}

/** Who worked at two companies works at both: the one that is not the contact's own becomes another of theirs. */
async function uniteCompanies(tx: TenantTx, principal: Principal, { kept, merged }: Pair): Promise<string[]> {
  const { company_id: own } = await tx
    .selectFrom('contacts')
    .select('company_id')
    .where('id', '=', kept.id)
    .executeTakeFirstOrThrow();
  const others = [kept, merged].flatMap(({ company_id, title }) =>
    company_id && company_id !== own ? [{ company_id, title: title ?? null }] : [],
  );
  if (others.length === 0) return [];
  const added = await tx
    .insertInto('contact_companies')
    .values(others.map((tie) => ({ ...tie, organization_id: principal.organizationId, contact_id: kept.id })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('company_id')
    .execute();
  return added.map(({ company_id }) => company_id);
}

interface Told {
  noun: DuplicateNoun;
  rows: Pair;
  mergeId: string;
  changes: Changes;
}

async function tell(tx: TenantTx, principal: Principal, told: Told): Promise<void> {
  const { noun, rows, mergeId, changes } = told;
  const word = noun === 'CONTACT' ? 'Contact' : 'Company';
  await recordActivities(tx, principal, [
    {
      type: noun === 'CONTACT' ? 'CONTACT_MERGED' : 'COMPANY_MERGED',
      description: `${word} ${rows.merged.name} merged into ${rows.kept.name}`,
      metadata: { mergeId, mergedId: rows.merged.id, changes },
      brandId: rows.kept.brand_id,
      ...(noun === 'CONTACT' ? { contactId: rows.kept.id } : { companyId: rows.kept.id }),
    },
  ]);
}

/**
 * Takes two records apart again: the merged one is back with what moved and is still where the merge put it, and the
 * kept one's fields are as before where nobody changed them since.
 * Errors: `not_found`; `conflict` where it was undone, or the kept record was deleted or merged since.
 */
export async function undoMerge(tx: TenantTx, principal: Principal, mergeId: string): Promise<UndoneMerge> {
  const row = await tx
    .selectFrom('merges')
    .select(['company_id', 'contact_id', 'merged_company_id', 'merged_contact_id', 'changes', 'undone_at'])
    .where('id', '=', mergeId)
    .executeTakeFirst();
  const keptId = row?.contact_id ?? row?.company_id;
  const mergedId = row?.merged_contact_id ?? row?.merged_company_id;
  if (!row || !keptId || !mergedId) throw notFound('merge');
  if (row.undone_at) throw new AppError('conflict', 'This merge was undone already.');
  const noun = row.contact_id ? 'CONTACT' : 'COMPANY';
  const { fields, companies } = row.changes as unknown as Written;
  const changes = await takeBack(tx, { noun, keptId }, fields);
  if (companies.length > 0) {
    await tx
      .deleteFrom('contact_companies')
      .where('contact_id', '=', keptId)
      .where('company_id', 'in', companies)
      .execute();
  }
  const { rows } = await sql<{ is_undone: boolean }>`
    select app.undo_merge(${mergeId}::uuid) as is_undone`.execute(tx);
  if (!rows[0]?.is_undone) {
    throw new AppError('conflict', 'The kept record was deleted or merged since. Undo that first.');
  }
  await tellUndone(tx, principal, { noun, keptId, mergedId, changes });
  return { noun, keptId, mergedId };
}

/** The kept record's fields as they were, those that somebody changed since left alone. */
async function takeBack(
  tx: TenantTx,
  { noun, keptId }: { noun: DuplicateNoun; keptId: string },
  fields: Changes,
): Promise<Changes> {
  const table = tableOf[noun];
  const row = await tx
    .selectFrom(table as 'contacts')
    .selectAll()
    .where('id', '=', keptId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('merge');
  const wrote = Object.fromEntries(Object.entries(fields).map(([column, { to }]) => [column, to]));
  const since = changesBetween(row, columnsOf(row, wrote));
  const before = Object.entries(fields).filter(([column]) => !(column in since));
  if (before.length === 0) return {};
  const values = columnsOf(row, Object.fromEntries(before.map(([column, { from }]) => [column, from])));
  const { changes } = await changeRecord(tx, { table, id: keptId, values, expectedVersion: undefined });
  return changes;
}

const CUSTOM = 'customFields.';

/** Kept changes as columns: of the agency's own fields each is kept by its own name. Times come back as such. */
function columnsOf(row: object, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(values)) {
    if (column.startsWith(CUSTOM)) custom[column.slice(CUSTOM.length)] = value;
    else columns[column] = isTime(row, column) && typeof value === 'string' ? new Date(value) : value;
  }
  return Object.keys(custom).length > 0 ? { ...columns, custom_fields: custom } : columns;
}

function isTime(row: object, column: string): boolean {
  return column.endsWith('_at') || (row as Record<string, unknown>)[column] instanceof Date;
}

async function tellUndone(
  tx: TenantTx,
  principal: Principal,
  {
    noun,
    keptId,
    mergedId,
    changes,
  }: { noun: DuplicateNoun; keptId: string; mergedId: string; changes: Changes },
): Promise<void> {
  const isContact = noun === 'CONTACT';
  const names = await tx
    .selectFrom(tableOf[noun] as 'contacts')
    .select(['id', 'name', 'brand_id'])
    .where('id', 'in', [keptId, mergedId])
    .execute();
  const [kept, merged] = [keptId, mergedId].map((one) => names.find(({ id }) => id === one));
  const of = (id: string) => (isContact ? { contactId: id } : { companyId: id });
  await recordActivities(tx, principal, [
    {
      type: isContact ? 'CONTACT_UPDATED' : 'COMPANY_UPDATED',
      description: `Merge of ${merged?.name} undone`,
      metadata: { changes },
      brandId: kept?.brand_id ?? null,
      ...of(keptId),
    },
    {
      type: isContact ? 'CONTACT_RESTORED' : 'COMPANY_RESTORED',
      description: `${isContact ? 'Contact' : 'Company'} ${merged?.name} taken out of ${kept?.name} again`,
      brandId: merged?.brand_id ?? null,
      ...of(mergedId),
    },
  ]);
}
