/**
 * The fields that a list filters and sorts by, and what may be asked of each type. The pages build their filters from
 * the same tables that the server checks them by, so this file imports nothing that a browser lacks.
 */

export type FieldType =
  'text' | 'number' | 'money' | 'date' | 'instant' | 'choice' | 'several' | 'user' | 'reference';

export type ReferenceNoun = 'company' | 'contact' | 'brand';

export interface FieldDefinition {
  /** As records answer it; the agency's own fields are `customFields.<key>`. */
  name: string;
  label: string;
  type: FieldType;
  /** The values of a choice, in their order; of `several` those that are offered. */
  choices?: readonly string[];
  /** What a reference leads to. */
  reference?: ReferenceNoun;
  /** It always has a value, so that nobody asks whether it is empty. */
  isRequired?: boolean;
  isSortable?: boolean;
  /** Whom the value is for where not everybody who reads the row may know it; to others it is empty. */
  guard?: 'agency' | 'own';
}

export const operators = {
  text: ['contains', 'notContains', 'is', 'isNot', 'startsWith', 'empty', 'notEmpty'],
  number: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'notEmpty'],
  money: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'notEmpty'],
  date: ['relative', 'on', 'before', 'after', 'between', 'empty', 'notEmpty'],
  instant: ['relative', 'on', 'before', 'after', 'between', 'empty', 'notEmpty'],
  choice: ['anyOf', 'noneOf', 'is', 'isNot', 'empty', 'notEmpty'],
  several: ['hasAny', 'hasAll', 'hasNone', 'contains', 'empty', 'notEmpty'],
  user: ['isMe', 'isNotMe', 'anyOf', 'noneOf', 'is', 'isNot', 'empty', 'notEmpty'],
  reference: ['nameContains', 'anyOf', 'noneOf', 'is', 'isNot', 'empty', 'notEmpty'],
} as const satisfies Record<FieldType, readonly string[]>;

export type FilterOperator = (typeof operators)[FieldType][number];

/** Spans of days as the agency's own calendar has them; a week begins on Monday. */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastDays',
  'nextDays',
  'olderThanDays',
] as const;
export type Period = (typeof periods)[number];

/** The periods that take a number of days; today counts as one of them. */
export const countedPeriods: readonly Period[] = ['lastDays', 'nextDays', 'olderThanDays'];

/** What a condition compares with: nothing, one value, several, two bounds, or a span of days. */
export type ValueShape = 'none' | 'one' | 'list' | 'pair' | 'period';

const shapes: Partial<Record<FilterOperator, ValueShape>> = {
  empty: 'none',
  notEmpty: 'none',
  isMe: 'none',
  isNotMe: 'none',
  anyOf: 'list',
  noneOf: 'list',
  hasAny: 'list',
  hasAll: 'list',
  hasNone: 'list',
  between: 'pair',
  relative: 'period',
};

export function valueShape(op: FilterOperator): ValueShape {
  return shapes[op] ?? 'one';
}

/** The operators of a field; one that is always there has no emptiness to ask for. */
export function operatorsOf(field: FieldDefinition): readonly FilterOperator[] {
  const all: readonly FilterOperator[] = operators[field.type];
  return field.isRequired ? all.filter((op) => op !== 'empty' && op !== 'notEmpty') : all;
}

export type PeriodValue = { period: Period; days?: number | undefined };
export type FilterValue = string | number | readonly (string | number)[] | PeriodValue;

export interface FilterCondition {
  field: string;
  op: FilterOperator;
  value?: FilterValue | undefined;
}

export type FilterNode = FilterCondition | { all: readonly FilterNode[] } | { any: readonly FilterNode[] };
export type FilterGroup = Exclude<FilterNode, FilterCondition>;

export function isCondition(node: FilterNode): node is FilterCondition {
  return 'field' in node;
}

/** What a group holds, whichever way it joins them. */
export function partsOf(group: FilterGroup): readonly FilterNode[] {
  return 'all' in group ? group.all : group.any;
}

const customPrefix = 'customFields.';

export function customFieldName(key: string): string {
  return customPrefix + key;
}

/** The key of one of the agency's own fields, or null where the name is a field that everybody has. */
export function customFieldKey(name: string): string | null {
  return name.startsWith(customPrefix) ? name.slice(customPrefix.length) : null;
}

/** The fields that every record has, after the noun's own. */
export const recordFields = [
  { name: 'tags', label: 'Tags', type: 'several' },
  { name: 'ownerId', label: 'Owner', type: 'user', isSortable: true },
  { name: 'brandId', label: 'Brand', type: 'reference', reference: 'brand', isSortable: true },
  { name: 'createdById', label: 'Created by', type: 'user' },
  { name: 'externalId', label: 'External id', type: 'text' },
  { name: 'createdAt', label: 'Created', type: 'instant', isRequired: true, isSortable: true },
  { name: 'updatedAt', label: 'Changed', type: 'instant', isRequired: true, isSortable: true },
] as const satisfies readonly FieldDefinition[];
