import { divide, extremes, plain, product, round, subtract, sum } from '../records/decimals.ts';
import type { Formula } from './schema.ts';

/** What a formula's leaves come to; the values of its nodes are not looked at. Null is unknown. */
export function evaluate(formula: Formula): string | null {
  const { operation, parts, decimals } = formula;
  if (operation === null) return formula.value;
  const values = parts.map(evaluate);
  if (operation === 'DIVIDE') {
    const [dividend = null, divisor = null] = values;
    if (decimals === null) throw new Error(`${formula.label}: a division says how it is rounded.`);
    return divide(dividend, divisor, decimals);
  }
  const exact = combine(operation, values);
  return exact === null || decimals === null ? exact : round(exact, decimals);
}

function combine(
  operation: Exclude<Formula['operation'], 'DIVIDE' | null>,
  values: readonly (string | null)[],
): string | null {
  if (operation === 'SUM') return sum(values);
  const known = values.filter((value) => value !== null);
  if (known.length < values.length || known.length === 0) return null;
  const [first = '0', second = '0'] = known;
  switch (operation) {
    case 'WHOLE_SUM':
      return sum(known);
    case 'SUBTRACT':
      return subtract(first, second);
    case 'PRODUCT':
      return product(known);
    case 'MIN':
      return extremes(known)?.lowest ?? null;
    case 'MAX':
      return extremes(known)?.highest ?? null;
  }
}

type Described = Pick<Formula, 'label' | 'unit'> & Partial<Pick<Formula, 'currency' | 'note'>>;

/** A value that is read and not computed, without trailing zeros. */
export function leaf(of: Described, value: string | null, sources: number[] = []): Formula {
  const { currency = null, note = null, label, unit } = of;
  const given = value === null ? null : plain(value);
  return {
    ...{ label, unit, currency, note, sources },
    value: given,
    operation: null,
    decimals: null,
    parts: [],
  };
}

/** An operation over parts, with what it comes to. */
export function node(
  of: Described,
  operation: NonNullable<Formula['operation']>,
  { parts, decimals = null }: { parts: Formula[]; decimals?: number | null },
): Formula {
  const { currency = null, note = null, label, unit } = of;
  const made: Formula = {
    ...{ label, unit, currency, note, operation, decimals, parts },
    value: null,
    sources: [],
  };
  return { ...made, value: evaluate(made) };
}
