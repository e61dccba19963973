import type { Principal } from '../../auth/principal.ts';
import { type Changes, changesBetween, columnsOf, mergeCustomFields } from '../records/rules.ts';
import type { BulkChange, RefusedRecords } from './schema.ts';

/** A record as it stands, by the names of its columns. */
export interface Row extends Record<string, unknown> {
  id: string;
  version: number;
  is_active: boolean;
  name: string;
  brand_id: string | null;
  owner_id: string | null;
  created_by_id: string | null;
  tags: string[];
}

/** Columns by their names; the record's id stands beside them. */
export type Values = Record<string, unknown>;

export type Refusal = Pick<RefusedRecords, 'code' | 'reason'>;

/** What a change comes to for one record. */
export type Outcome = { row: Row; values: Values; changes: Changes } | { row: Row; refusal: Refusal };

/** What a noun adds: further columns that follow from a change, or why it is refused. */
export type NounRule = (row: Row, values: Values) => { values: Values } | { refusal: Refusal };

export const refusals = {
  notFound: { code: 'NOT_FOUND', reason: 'Not there any more, or not yours to see.' },
  inRecycleBin: { code: 'IN_RECYCLE_BIN', reason: 'In the recycle bin: restore it first.' },
  notYours: { code: 'NOT_YOURS', reason: 'Yours to read, but not to change.' },
  outOfReach: { code: 'OUT_OF_REACH', reason: 'After this it would no longer be yours to see.' },
  tooManyTags: { code: 'TOO_MANY_TAGS', reason: 'It would have more than 100 tags.' },
  changedSince: { code: 'CHANGED_SINCE', reason: 'Somebody changed it since.' },
} as const satisfies Record<string, Refusal>;

const MOST_TAGS = 100;

export interface Wanted {
  change: BulkChange;
  /** The columns that the change's fields are written to. */
  columns: Values;
  principal: Principal;
  rule: NounRule;
}

/** Decides for one record by the rules of a single change. A record that is so already has no changes. */
export function decide(row: Row, wanted: Wanted): Outcome {
  const { change, principal, rule } = wanted;
  if (!row.is_active && !change.archive && !change.restore) return { row, refusal: refusals.inRecycleBin };
  const asked = valuesFor(row, wanted);
  if (Array.isArray(asked.tags) && asked.tags.length > Math.max(MOST_TAGS, row.tags.length)) {
    return { row, refusal: refusals.tooManyTags };
  }
  const ruled = rule(row, asked);
  if ('refusal' in ruled) return { row, refusal: ruled.refusal };
  const changes = changesBetween(row, ruled.values);
  if (Object.keys(changes).length > 0 && !isInReach(principal, { ...row, ...ruled.values })) {
    return { row, refusal: refusals.outOfReach };
  }
  const values = Object.fromEntries(columnsOf(changes).map((column) => [column, ruled.values[column]]));
  return { row, values, changes };
}

function valuesFor(row: Row, { change, columns }: Wanted): Values {
  if (change.archive || change.restore) return { is_active: change.restore === true };
  const values = { ...columns };
  if (values.custom_fields !== undefined) {
    values.custom_fields = mergeCustomFields(row.custom_fields, values.custom_fields);
  }
  if (change.addTags || change.removeTags) values.tags = tagsAfter(row.tags, change);
  return values;
}

/** Tags keep their order; one that is added twice stands once, and one that is added and removed is removed. */
function tagsAfter(tags: readonly string[], { addTags = [], removeTags = [] }: BulkChange): string[] {
  const removed = new Set(removeTags);
  return [...new Set([...tags, ...addTags])].filter((tag) => !removed.has(tag));
}

/** What the policies ask of a record, so that one that would leave the principal's sight is refused by itself. */
export function isInReach(
  { reach, brandIds, userId }: Principal,
  { brand_id, owner_id, created_by_id }: Pick<Row, 'brand_id' | 'owner_id' | 'created_by_id'>,
): boolean {
  if (reach === 'all') return true;
  if (brand_id !== null && brandIds.includes(brand_id)) return true;
  return reach === 'assigned' && userId !== null && (owner_id === userId || created_by_id === userId);
}

const SHOWN = 20;

/** Refusals by their reasons, the most frequent first. */
export function groupRefusals(refused: readonly { recordId: string; refusal: Refusal }[]): RefusedRecords[] {
  const groups = new Map<string, RefusedRecords>();
  for (const { recordId, refusal } of refused) {
    const group = groups.get(refusal.reason) ?? { ...refusal, count: 0, recordIds: [] };
    group.count += 1;
    if (group.recordIds.length < SHOWN) group.recordIds.push(recordId);
    groups.set(refusal.reason, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
