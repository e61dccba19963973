import {
  countedPeriods,
  type FilterCondition,
  type FilterGroup,
  type FilterNode,
  type FilterOperator,
  type FilterValue,
  isCondition,
  partsOf,
  type Period,
  valueShape,
} from '../../../server/domain/records/fields.ts';
import { DRAFT } from '../../lib/list-url.ts';

/** What a filter's form holds, as it was typed. */
export interface FilterDraft {
  field: string;
  /** Empty while a field is chosen and nothing is asked of it yet. */
  op: FilterOperator | '';
  /** See FilterPlace. */
  at: string;
  text: string;
  to: string;
  values: readonly string[];
  period: string;
  days: string;
}

export const draftNames = {
  field: `${DRAFT}field`,
  op: `${DRAFT}op`,
  at: `${DRAFT}at`,
  text: `${DRAFT}text`,
  to: `${DRAFT}to`,
  /** One a choice. */
  value: `${DRAFT}value`,
  /** Several in one text, between commas. */
  values: `${DRAFT}values`,
  period: `${DRAFT}period`,
  days: `${DRAFT}days`,
} as const;

export function emptyDraft(field: string, at: string): FilterDraft {
  return { field, op: '', at, text: '', to: '', values: [], period: 'thisMonth', days: '30' };
}

/** The draft of an address, or null where no form was sent. */
export function readDraft(search: URLSearchParams): FilterDraft | null {
  const one = (name: keyof typeof draftNames) => search.get(draftNames[name]) ?? '';
  if (one('field') === '' && one('at') === '') return null;
  const listed = one('values')
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
  return {
    field: one('field'),
    op: one('op') as FilterOperator | '',
    at: one('at'),
    text: one('text').trim(),
    to: one('to').trim(),
    values: [...search.getAll(draftNames.value).filter(Boolean), ...listed],
    period: one('period'),
    days: one('days'),
  };
}

/** The condition that a draft asks for; whether it holds is judged by the procedure. */
export function toCondition(draft: FilterDraft & { op: FilterOperator }): FilterCondition {
  const value = draftValue(draft);
  return { field: draft.field, op: draft.op, ...(value === undefined ? {} : { value }) };
}

function draftValue(draft: FilterDraft & { op: FilterOperator }): FilterValue | undefined {
  switch (valueShape(draft.op)) {
    case 'none':
      return undefined;
    case 'list':
      return draft.values.length > 0 ? draft.values : undefined;
    case 'pair':
      return [draft.text, draft.to];
    case 'period': {
      const period = draft.period as Period;
      return countedPeriods.includes(period) ? { period, days: Number(draft.days) } : { period };
    }
    default:
      return draft.text === '' ? draft.values[0] : draft.text;
  }
}

/** A condition as its form begins with it. */
export function toDraft(condition: FilterCondition, at: string): FilterDraft {
  const { field, op, value } = condition;
  const draft = { ...emptyDraft(field, at), op };
  if (value === undefined) return draft;
  if (typeof value === 'string' || typeof value === 'number') return { ...draft, text: String(value) };
  if (Array.isArray(value)) {
    const values = (value as readonly (string | number)[]).map(String);
    return op === 'between' ? { ...draft, text: values[0] ?? '', to: values[1] ?? '' } : { ...draft, values };
  }
  const { period, days = 30 } = value as { period: Period; days?: number };
  return { ...draft, period, days: String(days) };
}

/**
 * Where a condition goes: '' to the end, `new` into a group of its own, `in:1` into the group at that place, `at:1.0` in
 * place of what stands there.
 */
export function placeCondition(
  filter: FilterNode | null,
  at: string,
  condition: FilterCondition,
): FilterGroup {
  const root = asGroup(filter);
  const [kind = '', path = ''] = at.split(':');
  if (kind === 'new') return withParts(root, [...partsOf(root), { any: [condition] }]);
  if (kind === 'in') return asGroup(mapAt(root, readPath(path), (node) => append(node, condition)) ?? root);
  if (kind === 'at') return asGroup(mapAt(root, readPath(path), () => condition) ?? root);
  return append(root, condition);
}

/** The filter without what stands at a path, or null where nothing is left. */
export function removeAt(filter: FilterNode, path: string): FilterGroup | null {
  const rest = mapAt(filter, readPath(path), () => null);
  return rest && !isCondition(rest) ? rest : null;
}

/** The filter with the group at a path joined the other way: all as any. */
export function turnAt(filter: FilterNode, path: string): FilterNode {
  return mapAt(filter, readPath(path), turned) ?? filter;
}

/** What stands at a path, or undefined. */
export function findAt(filter: FilterNode | null, path: string): FilterNode | undefined {
  return readPath(path).reduce<FilterNode | undefined>(
    (node, index) => (node && !isCondition(node) ? partsOf(node)[index] : undefined),
    filter ?? undefined,
  );
}

function readPath(path: string): number[] {
  return path === '' ? [] : path.split('.').map(Number);
}

function mapAt(
  node: FilterNode,
  path: readonly number[],
  change: (node: FilterNode) => FilterNode | null,
): FilterNode | null {
  const [index, ...rest] = path;
  if (index === undefined) return change(node);
  if (isCondition(node)) return node;
  const parts = partsOf(node).flatMap((part, place) =>
    place === index ? (mapAt(part, rest, change) ?? []) : part,
  );
  return parts.length === 0 ? null : withParts(node, parts);
}

function asGroup(node: FilterNode | null): FilterGroup {
  if (node === null) return { all: [] };
  return isCondition(node) ? { all: [node] } : node;
}

function append(node: FilterNode, condition: FilterCondition): FilterGroup {
  const group = asGroup(node);
  return withParts(group, [...partsOf(group), condition]);
}

function withParts(group: FilterGroup, parts: readonly FilterNode[]): FilterGroup {
  return 'all' in group ? { all: parts } : { any: parts };
}

function turned(node: FilterNode): FilterNode {
  if (isCondition(node)) return node;
  return 'all' in node ? { any: node.all } : { all: node.any };
}
