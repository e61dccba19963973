import type { FigureUnit, Formula } from '../../../server/domain/explanations/schema.ts';
import {
  formatCount,
  formatDate,
  formatDateRange,
  formatMoney,
  formatPercent,
  formatRatio,
  missing,
} from '../../lib/format.ts';

export interface Measured {
  value: string | null;
  unit: FigureUnit;
  currency: string | null;
}

/** A value as a page shows it; amounts with their currency's code, since several stand side by side. */
export function figureText({ value, unit, currency }: Measured): string {
  if (value === null) return missing;
  switch (unit) {
    case 'MONEY':
      return currency === null ? grouped(value) : formatMoney({ amount: value, currency }, 'code');
    case 'COUNT':
      return formatCount(value);
    case 'PERCENT':
      return formatPercent(value);
    case 'RATIO':
      return formatRatio(value, ratioDigits(value));
    case 'DAYS':
      return `${formatCount(value)} ${value === '1' ? 'day' : 'days'}`;
  }
}

/** Every digit, for what is rounded in the line above it: Intl stops at some twenty decimals, and products have more. */
export function exactText({ value, unit, currency }: Measured): string {
  if (value === null) return missing;
  return unit === 'MONEY' && currency !== null ? `${currency} ${grouped(value)}` : grouped(value);
}

function grouped(value: string): string {
  const [whole = '', decimals] = value.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? groups : `${groups}.${decimals}`;
}

/** Whether the short form leaves digits out. */
export function isShortened(measured: Measured): boolean {
  const { value, unit } = measured;
  if (value === null) return false;
  return unit === 'PERCENT' || digitsOf(figureText(measured)) !== digitsOf(exactText(measured));
}

function digitsOf(text: string): string {
  const digits = text.replace(/[^\d.]/g, '');
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** A rate of exchange says more than two decimals: as many as show four digits of a small one, at most six. */
function ratioDigits(value: string): number {
  const isWhole = !value.includes('.');
  if (isWhole) return 0;
  const [, leading = ''] = /^-?0\.(0*)/.exec(value) ?? [];
  const decimals = value.length - value.indexOf('.') - 1;
  return Math.max(2, Math.min(decimals, 4 + leading.length, 6));
}

/** Days and months that the server wrote (2026-11-22, 2026-11), as people read them. */
export function inWords(text: string): string {
  return text
    .replace(RANGES, (_, from: string, to: string) => formatDateRange(from, to))
    .replace(DAYS, (day) => formatDate(day))
    .replace(MONTHS, (month) => formatDate(`${month}-01`).replace(/^1 /, ''));
}

const RANGES = /\b(\d{4}-\d{2}-\d{2}) – (\d{4}-\d{2}-\d{2})\b/g;
const DAYS = /\b\d{4}-\d{2}-\d{2}\b/g;
const MONTHS = /^\d{4}-\d{2}$/;

const signs = {
  SUM: '+',
  WHOLE_SUM: '+',
  PRODUCT: '×',
  DIVIDE: '÷',
  SUBTRACT: '−',
  MIN: 'or',
  MAX: 'or',
} as const satisfies Record<NonNullable<Formula['operation']>, string>;

const names = {
  SUM: 'the sum of',
  WHOLE_SUM: 'the sum of',
  PRODUCT: 'the product of',
  DIVIDE: 'the quotient of',
  SUBTRACT: 'the difference of',
  MIN: 'the least of',
  MAX: 'the most of',
} as const satisfies Record<NonNullable<Formula['operation']>, string>;

export function signOf(operation: NonNullable<Formula['operation']>): string {
  return signs[operation];
}

/** "the sum of 28 parts, rounded to 6 decimals". */
export function operationWords({
  operation,
  parts,
  decimals,
}: Pick<Formula, 'operation' | 'parts' | 'decimals'>): string {
  if (operation === null) return '';
  const rounded = decimals === null ? '' : `, rounded to ${decimals} decimals`;
  const count = parts.length === 1 ? 'one part' : `${formatCount(parts.length)} parts`;
  return `${names[operation]} ${count}${rounded}`;
}

/** Places in a list of sources as the numbers that stand before them: "1–3, 7". They come in their order. */
export function sourceNumbers(places: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run?.last === place - 1) run.last = place;
    else runs.push({ first: place, last: place });
  }
  return runs
    .map(({ first, last }) => (first === last ? `${first + 1}` : `${first + 1}–${last + 1}`))
    .join(', ');
}
