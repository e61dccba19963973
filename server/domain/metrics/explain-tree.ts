import { MAX_RATE_AGE_DAYS } from '../fx/rules.ts';
import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { sum } from '../records/decimals.ts';
import type { DayRow } from './conversions.ts';
import { groupBy } from './figures.ts';

/** What one ad account's rows of one day come to, in one currency, with the day's rate into the answer's. */
export interface ExplainRow extends DayRow {
  ad_account_id: string;
  account_name: string;
  /** How the day's rows came and by which settings they count: one text of both for each. */
  origins: string[];
}

/** What trees are made of. */
export interface TreeBasis {
  /** By day, then currency, then account. */
  rows: readonly ExplainRow[];
  /** The answer's. */
  currency: string;
  /** Places in the explanation's sources. */
  sourcesOf: (row: ExplainRow) => number[];
  rateSourcesOf: (row: ExplainRow) => number[];
  /** The day still runs in the account's zone. */
  isPartial: (row: ExplainRow) => boolean;
}

/** A sum of one column: its name, where it stands in a row, and how many of the row's rows do not tell it. */
export interface Column {
  label: string;
  pick: (row: ExplainRow) => string | number | null;
  untold?: (row: ExplainRow) => number;
  /** Null where one row does not tell: see WHOLE_SUM. */
  isWhole?: boolean;
}

/** Beyond this many rows the accounts of a day are taken together. */
export const MOST_ROWS = 1000;

/** Beyond this many parts days are grouped by month. */
export const MOST_PARTS = 400;

/** The exact sum of an amount in the answer's currency: each day's own sum by the day's rate. Rounded only where said. */
export function moneySum(basis: TreeBasis, column: Column, decimals: number | null = null): Formula {
  const described = { label: column.label, unit: 'MONEY', currency: basis.currency } as const;
  return sumOfDays(basis, described, {
    decimals,
    isWhole: false,
    part: (rows) => amountOfDay(basis, column, rows),
  });
}

/** The sum of a count, which needs no rate. */
export function countSum(basis: TreeBasis, column: Column): Formula {
  return sumOfDays(basis, { label: column.label, unit: 'COUNT' } as const, {
    decimals: null,
    isWhole: column.isWhole ?? false,
    part: (rows) => ownSum(basis, column, { rows, label: rows[0]?.date ?? '', unit: 'COUNT' }),
  });
}

/** The same basis with the rows that a rate reaches: what costs and their divisors are made of. */
export function withRate(basis: TreeBasis): TreeBasis {
  return { ...basis, rows: basis.rows.filter(({ rate }) => rate !== null) };
}

interface DaySum {
  decimals: number | null;
  isWhole: boolean;
  part: (rows: ExplainRow[]) => Formula;
}

function sumOfDays(
  { rows }: TreeBasis,
  described: { label: string; unit: 'MONEY' | 'COUNT'; currency?: string },
  { decimals, isWhole, part }: DaySum,
): Formula {
  const keyOf = ({ date, currency }: ExplainRow) =>
    described.unit === 'MONEY' ? `${date} ${currency}` : date;
  const operation = isWhole ? 'WHOLE_SUM' : 'SUM';
  const days = [...groupBy(rows, keyOf).values()];
  if (days.length <= MOST_PARTS) return node(described, operation, { parts: days.map(part), decimals });
  const months = groupBy(days, ([first]) => first?.date.slice(0, 7) ?? '');
  const parts = [...months].map(([month, own]) =>
    node({ ...described, label: month }, operation, { parts: own.map(part) }),
  );
  return node(described, operation, { parts, decimals });
}

function amountOfDay(basis: TreeBasis, column: Column, rows: ExplainRow[]): Formula {
  const [first] = rows;
  if (!first) return leaf({ label: column.label, unit: 'MONEY', currency: basis.currency }, null);
  const { date, currency, rate } = first;
  if (currency === basis.currency) return ownSum(basis, column, { rows, label: date, unit: 'MONEY' });
  const note =
    rate === null
      ? `Left out: no rate from ${currency} to ${basis.currency} was published within ${MAX_RATE_AGE_DAYS} days before.`
      : null;
  return node({ label: date, unit: 'MONEY', currency: basis.currency, note }, 'PRODUCT', {
    parts: [ownSum(basis, column, { rows, label: null, unit: 'MONEY' }), rateLeaf(basis, first)],
  });
}

interface Own {
  rows: ExplainRow[];
  /** Null where what is around it says the day: then the account names it. */
  label: string | null;
  unit: 'MONEY' | 'COUNT';
}

/** A day's sum before any rate: of each account where there are several, unless there are too many to tell. */
function ownSum(basis: TreeBasis, column: Column, { rows, label, unit }: Own): Formula {
  const [first] = rows;
  const currency = unit === 'MONEY' ? (first?.currency ?? null) : null;
  const operation = column.isWhole ? 'WHOLE_SUM' : 'SUM';
  const leafOf = (row: ExplainRow, name: string, beside: string | null) =>
    leaf(
      { label: name, unit, currency, note: joined(beside, leafNote(basis, column, row)) },
      text(column.pick(row)),
      basis.sourcesOf(row),
    );
  if (first && rows.length === 1)
    return leafOf(first, label ?? first.account_name, label === null ? null : first.account_name);
  const count = `${rows.length} accounts`;
  if (basis.rows.length <= MOST_ROWS) {
    const parts = rows.map((row) => leafOf(row, row.account_name, null));
    return node({ label: label ?? count, unit, currency }, operation, { parts });
  }
  const values = rows.map((row) => text(column.pick(row)));
  const value = column.isWhole && values.includes(null) ? null : sum(values);
  const sources = [...new Set(rows.flatMap(basis.sourcesOf))].sort((a, b) => a - b);
  const notes = new Set(rows.map((row) => leafNote(basis, column, row)));
  const note = joined(label === null ? null : count, ...notes);
  return leaf({ label: label ?? count, unit, currency, note }, value, sources);
}

function leafNote(basis: TreeBasis, { untold, pick }: Column, row: ExplainRow): string | null {
  const silent = untold?.(row) ?? (pick(row) === null ? row.rows : 0);
  return joined(
    silent === 0 ? null : silent < row.rows ? `${silent} of ${row.rows} rows do not tell it` : 'Not told',
    basis.isPartial(row) ? 'The day still runs' : null,
  );
}

/** The rate of a day, with the day that it was published on; how its pair comes about stands in the notes, once. */
function rateLeaf(basis: TreeBasis, row: ExplainRow): Formula {
  const pair = { label: `1 ${row.currency} in ${basis.currency}`, unit: 'RATIO' } as const;
  if (row.rate === null) return leaf({ ...pair, note: 'None' }, null);
  const note = row.published_on === null ? 'By parity' : `Published on ${row.published_on}`;
  return leaf({ ...pair, note }, row.rate, basis.rateSourcesOf(row));
}

function joined(...notes: readonly (string | null)[]): string | null {
  return notes.filter(Boolean).join(' · ') || null;
}

function text(value: string | number | null): string | null {
  return value === null ? null : String(value);
}
