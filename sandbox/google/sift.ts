import { queryError } from './failures.ts';
import { type Condition } from './gaql.ts';
import { type NamedField } from './fields.ts';
import { type Row, type Value } from './row.ts';

const isNumeric = ({ kind }: NamedField): boolean =>
  kind === 'int64' || kind === 'int32' || kind === 'double';

/** Numbers by size, all else as text. Not set counts as zero or as nothing. */
function compare(left: Value | undefined, right: string, field: NamedField): number {
  if (isNumeric(field)) {
    // Ids pass what a number holds, so that whole ones are compared exactly.
    const isWhole = /^-?\d+$/.test(String(left ?? 0)) && /^-?\d+$/.test(right);
    if (!isWhole) return Number(left ?? 0) - Number(right);
    const difference = BigInt(String(left ?? 0)) - BigInt(right);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  const text = String(left ?? '');
  return text === right ? 0 : text < right ? -1 : 1;
}

function checkValue(value: string, field: NamedField): string {
  if (isNumeric(field) && !/^-?\d+(\.\d+)?$/.test(value)) {
    throw queryError('BAD_VALUE', `Error in query: '${value}' is no value of ${field.path}.`, value);
  }
  if (field.kind === 'enum' && !/^[A-Z][A-Z0-9_]*$/.test(value)) {
    throw queryError('BAD_ENUM_CONSTANT', `Invalid enum value '${value}' for ${field.path}.`, value);
  }
  // TRUE and true are the same.
  return field.kind === 'boolean' ? value.toLowerCase() : value;
}

function isLike(text: string, pattern: string): boolean {
  const escaped = pattern
    .replace(/[.*+?^${}()|\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${escaped}$`, 'isu').test(text);
}

/** Whether a row is what a condition of WHERE wants. */
export function fits(row: Row, { target, operator, values }: Condition & { target: NamedField }): boolean {
  const value = target.read(row);
  if (operator === 'LIKE') return isLike(String(value ?? ''), values[0] ?? '');
  const compared = values.map((wanted) => compare(value, checkValue(wanted, target), target));
  const [first = 0, second = 0] = compared;
  switch (operator) {
    case '=':
      return first === 0;
    case '!=':
      return first !== 0;
    case '<':
      return first < 0;
    case '<=':
      return first <= 0;
    case '>':
      return first > 0;
    case '>=':
      return first >= 0;
    case 'IN':
      return compared.includes(0);
    case 'NOT IN':
      return !compared.includes(0);
    case 'BETWEEN':
      return first >= 0 && second <= 0;
    case 'DURING':
      throw queryError('OPERATOR_FIELD_MISMATCH', `Operator DURING cannot be used with ${target.path}.`);
  }
}

export function compareRows(
  left: Row,
  right: Row,
  orderBy: readonly { target: NamedField; isDescending: boolean }[],
): number {
  for (const { target, isDescending } of orderBy) {
    const zero = isNumeric(target) ? '0' : '';
    const order = compare(target.read(left), String(target.read(right) ?? zero), target);
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}
