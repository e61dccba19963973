/** "0.125" as "12.5": a share of one in percent, exactly. */
export function toPercent(fraction: string): string {
  const [whole = '0', rest = ''] = fraction.split('.');
  const digits = rest.padEnd(2, '0');
  return plain(`${whole}${digits.slice(0, 2)}`, digits.slice(2));
}

/** "12.5" as "0.125": percent as a share of one, exactly. What is no number stays as it is, for the refusal's words. */
export function toFraction(percent: string): string {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(percent.trim().replace(/%$/, '').trim());
  if (!match) return percent;
  const whole = (match[1] ?? '').padStart(3, '0');
  return plain(whole.slice(0, -2), `${whole.slice(-2)}${match[2] ?? ''}`);
}

function plain(whole: string, rest: string): string {
  const [units, decimals] = [whole.replace(/^0+(?=\d)/, ''), rest.replace(/0+$/, '')];
  return decimals === '' ? units : `${units}.${decimals}`;
}
