import type { Contract } from '../../../../server/domain/creator-contracts/schema.ts';
import type { Tone } from '../../../ui/badge.tsx';

const words = {
  DRAFT: 'Draft',
  SENT: 'Sent, not signed',
  NOT_BEGUN: 'Signed, not yet begun',
  IN_FORCE: 'In force',
  ENDING: 'Ends soon',
  ENDED: 'Ended',
  TERMINATED: 'Terminated',
} as const satisfies Record<Contract['state'], string>;

const tones = {
  DRAFT: 'neutral',
  SENT: 'info',
  NOT_BEGUN: 'info',
  IN_FORCE: 'success',
  ENDING: 'warning',
  ENDED: 'neutral',
  TERMINATED: 'neutral',
} as const satisfies Record<Contract['state'], Tone>;

/** "Ends soon, 7 days left". */
export function contractStateWords({ state, daysLeft }: Pick<Contract, 'state' | 'daysLeft'>): string {
  if (state !== 'ENDING' || daysLeft === null) return words[state];
  return daysLeft === 0
    ? 'Ends today'
    : `${words[state]}, ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
}

export function contractTone({ state }: Pick<Contract, 'state'>): Tone {
  return tones[state];
}
