import { z } from 'zod';
import type { Issue } from '../../kernel/errors.ts';
import {
  countedPeriods,
  type FieldDefinition,
  type FilterCondition,
  type FilterNode,
  isCondition,
  operatorsOf,
  partsOf,
  type PeriodValue,
  valueShape,
} from './fields.ts';

/** What is wrong with a filter's fields, operators and values, with paths within the filter. */
export function checkFilter(
  node: FilterNode,
  fieldOf: (name: string) => FieldDefinition | undefined,
  path = '',
): Issue[] {
  if (isCondition(node)) return checkCondition(node, fieldOf(node.field), path);
  const join = 'all' in node ? 'all' : 'any';
  const base = path === '' ? join : `${path}.${join}`;
  return partsOf(node).flatMap((part, index) => checkFilter(part, fieldOf, `${base}.${index}`));
}

/** What is wrong with one condition; `path` goes before `field`, `op` and `value`. */
export function checkCondition(
  { field: name, op, value }: FilterCondition,
  field: FieldDefinition | undefined,
  path: string,
): Issue[] {
  const at = (part: string, message: string) => [{ path: path === '' ? part : `${path}.${part}`, message }];
  if (!field) return at('field', `There is no field ${name} here.`);
  const offered = operatorsOf(field);
  if (!offered.includes(op)) return at('op', `${field.label} takes one of ${offered.join(', ')}.`);
  const shape = valueShape(op);
  if (shape === 'none') return value === undefined ? [] : at('value', `${op} takes no value.`);
  if (value === undefined) return at('value', 'Say what to compare with.');
  const isList = Array.isArray(value);
  const isPeriod = typeof value === 'object' && !isList;
  if (isPeriod !== (shape === 'period')) return at('value', shapeWords[shape]);
  if (isPeriod) return checkPeriod(value as PeriodValue, (message) => at('value', message));
  if (isList === (shape === 'one') || (shape === 'pair' && (value as unknown[]).length !== 2))
    return at('value', shapeWords[shape]);
  const values = (isList ? value : [value]) as readonly (string | number)[];
  const wrong = values.map((one) => wrongScalar(field, op, one)).find((message) => message !== null);
  return wrong ? at('value', wrong) : [];
}

const shapeWords = {
  one: 'Write one value.',
  list: 'Write a list of values.',
  pair: 'Write a list of two: the lowest and the highest.',
  period: 'Write { "period": "thisWeek" }, or another period.',
} as const;

function checkPeriod({ period, days }: PeriodValue, refuse: (message: string) => Issue[]): Issue[] {
  const isCounted = countedPeriods.includes(period);
  if (isCounted && days === undefined)
    return refuse(`Say how many days: { "period": "${period}", "days": 7 }.`);
  return !isCounted && days !== undefined ? refuse(`${period} takes no number of days.`) : [];
}

const day = z.iso.date();
const uuid = z.uuid();
const number = /^-?\d{1,20}(\.\d{1,20})?$/;

function wrongScalar(
  field: FieldDefinition,
  op: FilterCondition['op'],
  value: string | number,
): string | null {
  if (op === 'nameContains') return value === '' ? 'Write a part of the name.' : null;
  switch (field.type) {
    case 'number':
    case 'money':
      return number.test(String(value)) ? null : 'Write a number, for example 1234.50.';
    case 'date':
    case 'instant':
      return day.safeParse(value).success ? null : 'Write the day as YYYY-MM-DD.';
    case 'user':
    case 'reference':
      return uuid.safeParse(value).success ? null : 'This is not an id.';
    case 'choice':
      return field.choices?.includes(String(value)) ? null : `Choose among ${field.choices?.join(', ')}.`;
    default:
      return value === '' ? 'Write what to look for.' : null;
  }
}
