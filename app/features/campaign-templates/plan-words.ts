import type { CampaignPlan } from '../../../server/domain/campaign-templates/schema.ts';
import { platformLabels as networkLabels } from '../../../server/domain/creators/fields.ts';
import { formatCount, formatPercentPoints, missing } from '../../lib/format.ts';
import { platformLabel } from '../ad-accounts/labels.ts';
import { budgetKindLabels } from '../budgets/labels.ts';
import { contentTypeLabels } from '../creator-contents/labels.ts';

/** "28 days"; "—" where the plan says none. */
export function lengthWords(days: number | null | undefined): string {
  if (days === null || days === undefined) return missing;
  return `${formatCount(days)} ${days === 1 ? 'day' : 'days'}`;
}

const matches = {
  CONTAINS: 'name contains',
  STARTS_WITH: 'name starts with',
  ENDS_WITH: 'name ends with',
  IS: 'name is',
} as const;

/** "Meta, name contains “glow”, labelled “summer”; boosts": what a rule of a plan attaches. */
export function ruleWords({
  platform,
  nameMatch,
  namePattern,
  label,
  isBoost,
}: CampaignPlan['rules'][number]) {
  const conditions = [
    platform && platformLabel(platform),
    nameMatch && namePattern && `${matches[nameMatch]} “${namePattern}”`,
    label && `labelled “${label}”`,
  ].filter(Boolean);
  return `${conditions.join(', ')}${isBoost ? '; boosts' : ''}`;
}

/** "2 × Reel, Instagram, due 14 days after the start". */
export function deliverableWords(preset: CampaignPlan['deliverables'][number]): string {
  const { count, type, platform, dueAfterDays, revisionRounds, note } = preset;
  const due =
    dueAfterDays === null || dueAfterDays === undefined
      ? null
      : `due ${lengthWords(dueAfterDays)} after the first day`;
  const rounds = revisionRounds ? `${revisionRounds} ${revisionRounds === 1 ? 'round' : 'rounds'}` : null;
  return [`${formatCount(count)} × ${contentTypeLabels[type]}, ${networkLabels[platform]}`, due, rounds, note]
    .filter(Boolean)
    .join(', ');
}

/** "Media, Meta, 1st month": what a part of the split is of. */
export function splitWords({ kind, platform, month }: CampaignPlan['budgetSplit'][number]): string {
  const when = month === null || month === undefined ? null : `month ${month + 1}`;
  return [budgetKindLabels[kind], platform && platformLabel(platform), when].filter(Boolean).join(', ');
}

/** "40%" of a part of the split. */
export function splitShare(percent: string): string {
  return formatPercentPoints(percent, percent.split('.')[1]?.replace(/0+$/, '').length ?? 0);
}
