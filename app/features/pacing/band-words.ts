import type { PacingBand } from '../../../server/domain/pacing/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

/** How a campaign keeps its pace, in a word. The colour only repeats it. */
export const bandWords = {
  OVER: { label: 'Over', tone: 'danger' },
  UNDER: { label: 'Under', tone: 'warning' },
  ON_PACE: { label: 'On pace', tone: 'success' },
  SILENT: { label: 'Not judged', tone: 'neutral' },
  NOT_STARTED: { label: 'Not started', tone: 'neutral' },
  ENDED: { label: 'Ended', tone: 'neutral' },
  NOTHING_ATTACHED: { label: 'Nothing attached', tone: 'neutral' },
  NO_BUDGET: { label: 'No budget', tone: 'neutral' },
  NO_DATES: { label: 'No dates', tone: 'neutral' },
} as const satisfies Record<PacingBand, { label: string; tone: Tone }>;
