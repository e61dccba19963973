import type { FigureSet } from '../../../server/domain/metrics/dashboard-schema.ts';
import { shareGrown } from '../../lib/change.ts';
import { type Figure, formatChange } from '../../lib/format.ts';
import type { FigureSpec } from './figure-specs.ts';

export interface Delta {
  /** "+12.4%". */
  text: string;
  direction: 'up' | 'down' | 'same';
  /** What it means for the agency; of spend neither. */
  tone: 'good' | 'bad' | 'neutral';
  /** "up", "down", "as before". */
  word: string;
}

const words = { up: 'up', down: 'down', same: 'as before' } as const;

/** How a figure moved against the range that it is compared with. Null where either is unknown, and where it was 0. */
export function deltaOf(spec: FigureSpec, now: FigureSet, before: FigureSet): Delta | null {
  const share = shareGrown(spec.value(now), spec.value(before));
  if (share === null) return null;
  const direction = Number(share) === 0 ? 'same' : share.startsWith('-') ? 'down' : 'up';
  return { text: formatChange(share), direction, tone: toneOf(spec, direction), word: words[direction] };
}

function toneOf({ rise }: FigureSpec, direction: Delta['direction']): Delta['tone'] {
  if (rise === 'neutral' || direction === 'same') return 'neutral';
  return (rise === 'good') === (direction === 'up') ? 'good' : 'bad';
}

/** Why there is a figure and one of before, and no share of it. */
export function isFromZero(now: Figure, before: Figure): boolean {
  return now !== null && now !== undefined && before !== null && Number(before) === 0;
}
