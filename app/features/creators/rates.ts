/** "3.4" or "3.4 %" as the ratio that the procedures take, exactly: "0.034". Null where it is no percentage. */
export function toRatio(percent: string): string | null {
  const match = /^(\d{1,4})(?:[.,](\d{1,6}))?\s*%?$/.exec(percent.trim());
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const digits = whole.padStart(3, '0');
  const rest = `${digits.slice(-2)}${fraction}`.replace(/0+$/, '');
  const units = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  return rest === '' ? units : `${units}.${rest}`;
}

/** The other way: "0.034" as "3.4". What is no ratio stays as it is. */
export function toPercentText(ratio: string): string {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(ratio);
  if (!match) return ratio;
  const [, whole = '', fraction = ''] = match;
  const shifted = fraction.padEnd(2, '0');
  const units = `${whole}${shifted.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = shifted.slice(2).replace(/0+$/, '');
  return rest === '' ? units : `${units}.${rest}`;
}
