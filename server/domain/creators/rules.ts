import type { CreatorStatus } from '../../../db/types.ts';

/** A step of the pipeline as sentences say it. */
const words: Readonly<Record<CreatorStatus, string>> = {
  PROSPECT: 'prospect',
  OUTREACH: 'outreach',
  NEGOTIATION: 'negotiation',
  SIGNED: 'signed',
  INACTIVE: 'inactive',
};

/** "Noor Haddad moved from prospect to signed". */
export function moveWords(name: string, from: CreatorStatus, to: CreatorStatus): string {
  return `${name} moved from ${words[from]} to ${words[to]}`;
}

/** A percentage as its column writes it, so that 12.5 and 12.50 are one value. */
export function toPercent(value: string): string {
  const [whole = '', fraction = ''] = value.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(2, '0')}`;
}
