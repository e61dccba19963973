import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { formatCount } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';

type Drafted = CampaignCreator['deliverables'][number];

export const reviewLabels = {
  SUBMITTED: 'Draft came',
  CHANGES_REQUESTED: 'Changes asked for',
  APPROVED: 'Draft approved',
} as const satisfies Record<NonNullable<NonNullable<Drafted['drafts']>['last']>, string>;

export const reviewTones = {
  SUBMITTED: 'warning',
  CHANGES_REQUESTED: 'accent',
  APPROVED: 'success',
} as const satisfies Record<keyof typeof reviewLabels, Tone>;

/** "Rounds 2 of 1, over what was agreed". */
export function roundWords({
  drafts,
  revisionRounds,
}: Pick<Drafted, 'drafts' | 'revisionRounds'>): string | null {
  if (!drafts) return null;
  const of = revisionRounds === null ? '' : ` of ${formatCount(revisionRounds)}`;
  if (drafts.roundsUsed === 0 && revisionRounds === null) return null;
  const over = drafts.isOverRounds ? ', over what was agreed' : '';
  return `${formatCount(drafts.roundsUsed)}${of} rounds of changes${over}`;
}
