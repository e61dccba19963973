import {
  type FieldDefinition,
  type FilterCondition,
  type FilterNode,
  type FilterOperator,
  isCondition,
  operatorsOf,
  partsOf,
  type Period,
  type PeriodValue,
} from '../../../server/domain/records/fields.ts';
import { formatDay } from '../../lib/format.ts';
import type { FieldSpecs } from './field-specs.ts';

/** What conditions are told with. */
export interface FilterWords {
  fields: readonly FieldDefinition[];
  specs: FieldSpecs;
  /** What ids are called. */
  names: Readonly<Record<string, string>>;
}

const common: Readonly<Record<FilterOperator, string>> = {
  contains: 'contains',
  notContains: 'does not contain',
  is: 'is',
  isNot: 'is not',
  startsWith: 'begins with',
  empty: 'is empty',
  notEmpty: 'is not empty',
  eq: 'is',
  ne: 'is not',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
  between: 'is between',
  relative: 'falls in a period',
  on: 'is on',
  before: 'is before',
  after: 'is after',
  anyOf: 'is any of',
  noneOf: 'is none of',
  hasAny: 'has any of',
  hasAll: 'has all of',
  hasNone: 'has none of',
  isMe: 'is me',
  isNotMe: 'is not me',
  nameContains: 'is called',
};

export function operatorWords(op: FilterOperator): string {
  return common[op];
}

export const periodWords: Readonly<Record<Period, string>> = {
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  thisWeek: 'this week',
  lastWeek: 'last week',
  nextWeek: 'next week',
  thisMonth: 'this month',
  lastMonth: 'last month',
  nextMonth: 'next month',
  thisQuarter: 'this quarter',
  lastQuarter: 'last quarter',
  thisYear: 'this year',
  lastDays: 'the last days',
  nextDays: 'the next days',
  olderThanDays: 'more than days ago',
};

/** The operators that a form offers: what asks for one value of a list is the same as asking for any of one. */
export function offeredOperators(field: FieldDefinition): readonly FilterOperator[] {
  const isListed = field.type === 'choice' || field.type === 'user' || field.type === 'reference';
  return operatorsOf(field).filter((op) => !isListed || (op !== 'is' && op !== 'isNot'));
}

/** A condition as a form edits it: `is` of a choice as any of one. */
export function toOffered(condition: FilterCondition, field: FieldDefinition): FilterCondition {
  const { op, value } = condition;
  if (offeredOperators(field).includes(op) || (op !== 'is' && op !== 'isNot')) return condition;
  const values = typeof value === 'string' || typeof value === 'number' ? [value] : [];
  return { field: condition.field, op: op === 'is' ? 'anyOf' : 'noneOf', value: values };
}

/** A choice's value or an id as people call it. */
export function valueWords(value: string | number, field: FieldDefinition, words: FilterWords): string {
  const text = String(value);
  if (field.type === 'date' || field.type === 'instant') return formatDay(text);
  if (field.type === 'user' || field.type === 'reference') return words.names[text] ?? 'somebody unknown';
  return words.specs[field.name]?.options?.[text] ?? text;
}

/** "Type is any of Client, Partner"; a group in brackets. */
export function conditionWords(node: FilterNode, words: FilterWords): string {
  if (!isCondition(node)) {
    const join = 'all' in node ? ' and ' : ' or ';
    return `(${partsOf(node)
      .map((part) => conditionWords(part, words))
      .join(join)})`;
  }
  const field = words.fields.find(({ name }) => name === node.field);
  if (!field) return node.field;
  const value = valuesInWords(node, field, words);
  if (isPeriod(node.value)) return `${field.label} ${inPeriod(node.value)}`;
  const op = Array.isArray(node.value) && node.value.length === 1 ? singular(node.op) : common[node.op];
  return [field.label, op, value].filter(Boolean).join(' ');
}

function singular(op: FilterOperator): string {
  if (op === 'anyOf') return 'is';
  if (op === 'noneOf') return 'is not';
  return op === 'hasAny' || op === 'hasAll' ? 'has' : op === 'hasNone' ? 'has not' : common[op];
}

function isPeriod(value: FilterCondition['value']): value is PeriodValue {
  return typeof value === 'object' && !Array.isArray(value);
}

function valuesInWords({ op, value }: FilterCondition, field: FieldDefinition, words: FilterWords): string {
  if (value === undefined || isPeriod(value)) return '';
  const values = (Array.isArray(value) ? value : [value]) as readonly (string | number)[];
  const told = values.map((one) =>
    op === 'nameContains' || op === 'contains' ? String(one) : valueWords(one, field, words),
  );
  if (op === 'between') return told.join(' and ');
  return told.length > 3 ? `${told.slice(0, 3).join(', ')} and ${told.length - 3} more` : told.join(', ');
}

function inPeriod({ period, days = 1 }: PeriodValue): string {
  const counted = days === 1 ? 'day' : `${days} days`;
  if (period === 'lastDays') return `in the last ${counted}`;
  if (period === 'nextDays') return `in the next ${counted}`;
  if (period === 'olderThanDays') return `more than ${days === 1 ? '1 day' : counted} ago`;
  return periodWords[period];
}
