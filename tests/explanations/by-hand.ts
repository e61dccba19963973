import { Big } from 'big.js';
import type { Formula } from '../../server/domain/explanations/schema.ts';

/** What a tree's leaves come to, reckoned apart from the product: the values of its nodes are not looked at. */
export function byHand({ operation, parts, value, decimals }: Formula): Big | null {
  if (operation === null) return value === null ? null : new Big(value);
  const values = parts.map(byHand);
  const known = values.filter((part) => part !== null);
  if (operation === 'DIVIDE') return quotient(values, decimals ?? 0);
  if (known.length === 0 || (operation !== 'SUM' && known.length < values.length)) return null;
  const exact = known.reduce((a, b) => combined(operation, a, b));
  return decimals === null ? exact : exact.round(decimals, Big.roundHalfUp);
}

function combined(operation: NonNullable<Formula['operation']>, a: Big, b: Big): Big {
  switch (operation) {
    case 'SUM':
    case 'WHOLE_SUM':
      return a.plus(b);
    case 'PRODUCT':
      return a.times(b);
    case 'SUBTRACT':
      return a.minus(b);
    case 'MIN':
      return a.lt(b) ? a : b;
    case 'MAX':
      return a.gt(b) ? a : b;
    case 'DIVIDE':
      throw new Error('A quotient has two parts and its decimals.');
  }
}

function quotient([dividend = null, divisor = null]: (Big | null)[], decimals: number): Big | null {
  if (dividend === null || divisor === null || divisor.eq(0)) return null;
  const Rounding = Big();
  Rounding.DP = decimals;
  Rounding.RM = Big.roundHalfUp;
  return new Rounding(dividend.toFixed()).div(divisor.toFixed());
}

/** Every node of a tree, itself first. */
export function nodesOf(formula: Formula): Formula[] {
  return [formula, ...formula.parts.flatMap(nodesOf)];
}
