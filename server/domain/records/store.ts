import type { Selectable, Updateable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DB } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { requireCustomFields, tableOfNoun } from '../custom-fields/queries.ts';
import { customValuesOf } from '../custom-fields/rules.ts';
import type { CustomFieldNoun } from '../custom-fields/schema.ts';
import { requireMember } from '../members/queries.ts';
import { requireBrand } from '../organizations/queries.ts';
import { type Changes, changesBetween, columnsOf, conflictsOf, mergeCustomFields } from './rules.ts';

/** The tables whose rows people work with; each has the record's columns and the trigger behind its version. */
export type RecordTable = 'companies' | 'contacts' | 'deals' | 'campaigns' | 'creators' | 'tasks';

export const nouns = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  campaigns: 'campaign',
  creators: 'creator',
  tasks: 'task',
  notes: 'note',
} as const;

/** Notes change by the same rules, though they have neither tags nor fields of the agency's own. */
type ChangedTable = RecordTable | 'notes';

interface OwnershipInput {
  brandId?: string | null | undefined;
  ownerId?: string | null | undefined;
}

/**
 * The ownership of a new record: its author, its owner (the author unless said), its brand (a client's login works in
 * its own). Errors: `invalid` where the brand or the owner is none that the author may see.
 */
export async function ownershipOf(tx: TenantTx, principal: Principal, input: OwnershipInput) {
  await requireOwnership(tx, input);
  const ownByDefault = principal.kind === 'USER' && principal.brandId === null ? principal.userId : null;
  return {
    organization_id: principal.organizationId,
    created_by_id: principal.userId,
    brand_id: input.brandId ?? principal.brandId,
    owner_id: input.ownerId === undefined ? ownByDefault : input.ownerId,
  };
}

/** Checks a brand and an owner that were sent. Errors: `invalid` naming the field. */
export async function requireOwnership(tx: TenantTx, input: OwnershipInput): Promise<void> {
  await Promise.all([
    input.brandId ? requireBrand(tx, input.brandId) : undefined,
    input.ownerId ? requireMember(tx, input.ownerId) : undefined,
  ]);
}

interface ChangeRequest<T extends ChangedTable> {
  table: T;
  id: string;
  values: Updateable<DB[T]>;
  expectedVersion: number | undefined;
  /** The changed columns as the caller saw them; with it only what somebody else changed since is a conflict. */
  base?: Record<string, unknown> | undefined;
  /** The noun's own conditions, before anything is written. `to` of a change is what the column would become. */
  check?: (before: Selectable<DB[T]>, changes: Changes) => Promise<void> | void;
}

/**
 * Changes the columns that differ and says which did. A change of nothing writes nothing. A new brand and a new owner
 * are checked here; one that stays is not, so that a record whose owner left can still be changed. Of the agency's own
 * fields a change says those it names; null takes one away.
 * Errors: `not_found`; `conflict` naming the fields that differ from `base`; without a base `precondition` where the
 * record moved on since `expectedVersion`; `invalid` as requireOwnership.
 */
export async function changeRecord<T extends ChangedTable>(
  tx: TenantTx,
  request: ChangeRequest<T>,
): Promise<{ row: Selectable<DB[T]>; changes: Changes }> {
  // The tables share the columns that are named here; Kysely cannot see that through T.
  const table = request.table as 'companies';
  const before = await tx
    .selectFrom(table)
    .selectAll()
    .where('id', '=', request.id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound(nouns[request.table]);
  const values = { ...request.values } as Record<string, unknown>;
  if (values.custom_fields !== undefined) {
    values.custom_fields = mergeCustomFields(before.custom_fields, values.custom_fields);
  }
  const changes = changesBetween(before, values);
  if (request.base) requireNoConflict(before, changes, request.base);
  else requireVersion(before.version, request.expectedVersion);
  if (Object.keys(changes).length === 0) return { row: before as unknown as Selectable<DB[T]>, changes };
  requireActive(before, 'is_active' in changes);
  await requireOwnership(tx, { brandId: newId(changes.brand_id), ownerId: newId(changes.owner_id) });
  await requireNewCustomFields(tx, request.table, changes);
  await request.check?.(before as unknown as Selectable<DB[T]>, changes);
  const changed = Object.fromEntries(columnsOf(changes).map((column) => [column, values[column]]));
  const row = await tx
    .updateTable(table)
    .set(changed as Updateable<DB['companies']>)
    .where('id', '=', request.id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound(nouns[request.table]);
  return { row: row as unknown as Selectable<DB[T]>, changes };
}

/** What lies in the recycle bin stays as it was put there. Errors: `conflict`, with what to do. */
export function requireActive(before: { is_active: boolean }, isRestore = false): void {
  if (before.is_active || isRestore) return;
  throw new AppError('conflict', 'It is in the recycle bin. Restore it first.');
}

/** A value that stays is not judged again, so that a record that is older than a field's definition can be changed. */
async function requireNewCustomFields(tx: TenantTx, table: string, changes: Changes): Promise<void> {
  const noun = (Object.keys(tableOfNoun) as CustomFieldNoun[]).find((key) => tableOfNoun[key] === table);
  if (noun) await requireCustomFields(tx, noun, customValuesOf(changes));
}

/** The id that a reference would change to, or null where it does not change or is taken away. */
export function newId(change: Changes[string] | undefined): string | null {
  return typeof change?.to === 'string' ? change.to : null;
}

/** Errors: `precondition`, with what to do. */
export function requireVersion(version: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== version) {
    throw new AppError(
      'precondition',
      'Somebody changed this record since you read it. Read it again and repeat your change.',
    );
  }
}

function requireNoConflict(
  before: Record<string, unknown>,
  changes: Changes,
  base: Record<string, unknown>,
): void {
  const conflicts = conflictsOf(before, changes, base);
  if (conflicts.length === 0) return;
  throw new AppError(
    'conflict',
    'Somebody changed the same fields while you worked. Nothing was saved; choose which values stay.',
    { conflicts },
  );
}

/** Moves a record to the recycle bin or back. True where that changed anything. Errors: `not_found`, `precondition`. */
export async function setActive(
  tx: TenantTx,
  request: { table: ChangedTable; id: string; isActive: boolean; expectedVersion: number | undefined },
): Promise<boolean> {
  const { changes } = await changeRecord(tx, {
    ...request,
    values: { is_active: request.isActive },
    check: requireUnmerged,
  });
  return Object.keys(changes).length > 0;
}

/** Errors: `conflict` where the record became a part of another: it does not come back by itself. */
export function requireUnmerged(row: object): void {
  if (!('merged_into_id' in row) || row.merged_into_id === null) return;
  throw new AppError('conflict', 'This record was merged into another. Undo the merge instead.');
}
