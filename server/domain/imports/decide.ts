import { v7 as uuidV7 } from 'uuid';
import type { DealStage } from '../../../db/types.ts';
import { type Changes, changesBetween } from '../records/rules.ts';
import { completeDealChange, completeNewDeal, type Completed } from './deal-rows.ts';
import { fieldLabel, type RecordKind } from './fields.ts';
import { type Plan, recordKindOf } from './plan.ts';
import type { Row } from './rows.ts';
import type { Existing, NewRow } from './store.ts';

/** A row that becomes a new record. */
export interface Creation {
  row: Row;
  values: NewRow;
  /** The column of the board that it enters. */
  column: DealStage | null;
}

/** A row that changes a record. */
export interface Change {
  row: Row;
  before: Existing;
  values: Record<string, unknown>;
  changes: Changes;
  column: DealStage | null;
}

export interface Decisions {
  creations: Creation[];
  changes: Change[];
  unchanged: Row[];
}

export interface Circumstances {
  plan: Plan;
  /** The author, owner and brand of what is created. */
  ownership: Record<string, unknown>;
  now: Date;
}

/** The columns that are never null and that a row may leave out. */
const empty: Record<RecordKind, Record<string, unknown>> = {
  companies: { type: 'PROSPECT', domains: [] },
  contacts: { type: 'LEAD', status: 'ACTIVE', emails: [], phones: [] },
  deals: { recurring_type: 'ONE_TIME' },
};

/** Decides what each row does to the records behind its key. A row that can do nothing gets a reason. */
export function decide(
  circumstances: Circumstances,
  rows: readonly Row[],
  existing: ReadonlyMap<string, readonly Existing[]>,
): Decisions {
  const decisions: Decisions = { creations: [], changes: [], unchanged: [] };
  for (const row of rows) {
    const [before, ...others] = existing.get(row.key ?? '') ?? [];
    if (others.length > 0) row.reasons.push(severalProblem(circumstances.plan, row, others.length + 1));
    else if (!before) decideCreation(circumstances, row, decisions);
    else if (!before.is_active) row.reasons.push(binProblem(circumstances.plan, row));
    else decideChange(circumstances, { row, before }, decisions);
  }
  return decisions;
}

function severalProblem(plan: Plan, row: Row, count: number): string {
  return `${count} ${plan.spec.nouns} are "${row.key}" here already; match by external id to say which.`;
}

function binProblem(plan: Plan, row: Row): string {
  return `The ${plan.spec.noun} "${row.key}" is in the recycle bin; restore it first.`;
}

function decideCreation(circumstances: Circumstances, row: Row, into: Decisions): void {
  const { plan, ownership } = circumstances;
  const kind = recordKindOf(plan);
  const missing = plan.spec.required.filter((field) => row.fields[field] === undefined);
  if (missing.length > 0) {
    const names = missing.map((field) => fieldLabel(kind, field)).join(' and ');
    row.reasons.push(`A new ${plan.spec.noun} needs ${names}.`);
    return;
  }
  const given = toColumns(row.fields);
  const completed: Completed = kind === 'deals' ? completeNewDeal(given) : { values: given, moved: null };
  if ('problem' in completed) {
    row.reasons.push(completed.problem);
    return;
  }
  const always = { tags: [], custom_fields: {}, ...empty[kind] };
  const values = { ...always, ...ownership, ...completed.values, id: uuidV7() };
  into.creations.push({ row, values, column: completed.moved?.stage ?? null });
}

function decideChange(
  circumstances: Circumstances,
  { row, before }: { row: Row; before: Existing },
  into: Decisions,
): void {
  const given = mergeWith(before, toColumns(row.fields));
  const completed: Completed =
    circumstances.plan.mapping.kind === 'deals'
      ? completeDealChange(before, given, circumstances.now)
      : { values: given, moved: null };
  if ('problem' in completed) {
    row.reasons.push(completed.problem);
    return;
  }
  const changes = changesBetween(before, completed.values);
  if (Object.keys(changes).length === 0) into.unchanged.push(row);
  else
    into.changes.push({
      row,
      before,
      values: completed.values,
      changes,
      column: completed.moved?.stage ?? null,
    });
}

/** An import adds to lists and custom fields; it removes nothing from them. */
function mergeWith(before: Existing, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([column, value]) => {
      const held = before[column];
      if (Array.isArray(value) && Array.isArray(held))
        return [column, [...new Set([...(held as string[]), ...(value as string[])])]];
      if (column === 'custom_fields') return [column, { ...(held as object), ...(value as object) }];
      return [column, value];
    }),
  );
}

/** Our columns are named as our fields, in SQL's way of writing. */
function toColumns(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}
