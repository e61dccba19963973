import type { z } from 'zod';
import { invalidField } from '../../kernel/errors.ts';
import { minorDigits } from './currencies.ts';
import { plain, round } from './decimals.ts';
import type { amountInput } from './schema.ts';

/** An exact amount in major units of its currency: { amount: "1234.50", currency: "AED" }. */
export interface Money {
  amount: string;
  currency: string;
}

/** An amount as the database keeps it, as money is answered; null where either half is unknown. */
export function toMoney(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount: toAmount(amount, currency), currency };
}

/** At least the currency's minor digits and no trailing zeros beyond them; no digit is lost: "1.5000" KWD is "1.500". */
export function toAmount(amount: string, currency: string): string {
  const exact = plain(amount);
  const point = exact.indexOf('.');
  const decimals = point < 0 ? 0 : exact.length - point - 1;
  const wanted = minorDigits(currency);
  if (decimals >= wanted) return exact;
  return `${exact}${point < 0 ? '.' : ''}${'0'.repeat(wanted - decimals)}`;
}

/** An amount in a sentence, rounded as the currency is written: "12,000.50 AED". */
export function amountWords(amount: string, currency: string): string {
  const [whole = '0', fraction] = toAmount(round(amount, minorDigits(currency)), currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

export interface SentAmount {
  /** The field's name in the input, for errors. */
  field: string;
  value: z.infer<typeof amountInput> | null | undefined;
  /** The currency that was sent beside it. */
  currency: string | null | undefined;
  /** Asked only where an amount came without a currency. */
  fallbackCurrency: () => Promise<string>;
}

/**
 * The columns of an amount that was sent: nothing where nothing was, so that a PATCH leaves it alone.
 * Errors: `invalid` where two currencies contradict each other.
 */
export async function readAmount(
  sent: SentAmount,
): Promise<{ amount?: string | null; currency?: string | null }> {
  const beside = sent.currency === undefined ? {} : { currency: sent.currency };
  if (sent.value === undefined) return beside;
  if (sent.value === null) return { ...beside, amount: null };
  if (typeof sent.value === 'string') {
    return { amount: sent.value, currency: sent.currency ?? (await sent.fallbackCurrency()) };
  }
  if (sent.currency && sent.currency !== sent.value.currency) {
    throw invalidField('currency', `${sent.field} says ${sent.value.currency}; send one currency.`);
  }
  return { amount: sent.value.amount, currency: sent.value.currency };
}

/** The columns of an amount as its reader saw it: money as it is answered, or a bare amount beside its currency. */
export function amountBase(base: Readonly<Record<string, unknown>>, field: string): Record<string, unknown> {
  const value = base[field];
  const beside = base.currency === undefined ? {} : { currency: base.currency };
  if (value === undefined) return beside;
  // No amount was seen: what its currency was does not matter then.
  if (typeof value !== 'object' || value === null) return { ...beside, [field]: value };
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  return { [field]: amount, currency };
}
