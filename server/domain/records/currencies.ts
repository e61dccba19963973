const known = new Set(Intl.supportedValuesOf('currency'));
const digits = new Map<string, number>();

/** Whether this is an ISO 4217 code that the runtime knows. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** Decimals of the currency's minor unit by ISO 4217: 2 for AED, 0 for JPY, 3 for KWD; 2 for a code nobody knows. */
export function minorDigits(currency: string): number {
  let count = digits.get(currency);
  if (count === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    count = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, count);
  }
  return count;
}
