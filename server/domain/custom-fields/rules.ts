import { z } from 'zod';
import { day, id, money } from '../records/schema.ts';
import type { CustomField, CustomFieldKind } from './schema.ts';

/** The part of a definition that a value is judged by. */
export type ValueRule = Pick<CustomField, 'kind' | 'options'>;

/**
 * What is wrong with a field's value, in words; null where it fits. That a USER is a member of the agency is asked of the
 * database: see requireCustomFields.
 */
export function wrongValue({ kind, options }: ValueRule, value: unknown): string | null {
  if (value === null) return null;
  const fits = schemas[kind].safeParse(value).success;
  if (!fits) return needed[kind];
  if (kind === 'CHOICE') return unknownOption(options, [value as string]);
  if (kind === 'SEVERAL') return unknownOption(options, value as string[]);
  return null;
}

const schemas: Readonly<Record<CustomFieldKind, z.ZodType>> = {
  TEXT: z.string(),
  NUMBER: z.number(),
  MONEY: money,
  DATE: day,
  CHOICE: z.string(),
  SEVERAL: z.array(z.string()),
  USER: id,
};

const needed: Readonly<Record<CustomFieldKind, string>> = {
  TEXT: 'Write text here.',
  NUMBER: 'Write a number.',
  MONEY:
    'Write an amount with at most four decimals and its currency, as { amount: "1234.50", currency: "AED" }.',
  DATE: 'Write the day as YYYY-MM-DD.',
  CHOICE: 'Choose one of the options.',
  SEVERAL: 'Choose among the options, as a list.',
  USER: 'Choose a member of the agency.',
};

function unknownOption(options: readonly string[], chosen: readonly string[]): string | null {
  const known = new Set(options);
  const unknown = chosen.filter((option) => !known.has(option));
  if (unknown.length === 0) return null;
  const shown = options.slice(0, 20).join(', ');
  return `“${unknown.join('”, “')}” is no option. The options are: ${shown}${options.length > 20 ? ' …' : ''}.`;
}

const PREFIX = 'customFields.';

/** The values that a record's changes would bring, by key. */
export function customValuesOf(changes: Readonly<Record<string, { to: unknown }>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changes)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, { to }]) => [name.slice(PREFIX.length), to]),
  );
}

const LONGEST_KEY = 100;

/** The key that a label suggests, beside those that are taken: "Renewal date" is renewal_date. */
export function keyOf(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  const base = [...(words || 'field')].slice(0, LONGEST_KEY - 5).join('');
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}
