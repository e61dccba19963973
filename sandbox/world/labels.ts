import { type Role } from './names.ts';
import { mix } from './random.ts';

interface Bearer {
  role: Role | 'season';
  salt: number;
}

/** What media buyers label for, the same words in every account; somebody always forgets some. */
export function labelsOf({ role, salt }: Bearer): string[] {
  if (role === 'draft') return [];
  const labels = [role === 'season' ? 'Seasonal' : 'Always-on'];
  if (role === 'upper' && mix(salt, 0, 31) % 2 === 0) labels.push('Creator boost');
  if (mix(salt, 0, 32) % 3 === 0) labels.push('Test');
  return mix(salt, 0, 33) % 5 === 0 ? [] : labels;
}

/** A label's number within an account, the same wherever it is named. */
export function labelNumber(accountSalt: number, label: string): number {
  return [...label].reduce((salt, sign) => mix(salt, sign.codePointAt(0) ?? 0, 34), accountSalt);
}
