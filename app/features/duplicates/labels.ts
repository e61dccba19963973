import type { DuplicateReason } from '../../../server/domain/duplicates/schema.ts';

export const reasonLabels: Readonly<Record<DuplicateReason, string>> = {
  SAME_EMAIL: 'Same email',
  SAME_HANDLE: 'Same handle',
  SAME_DOMAIN: 'Same domain',
  SAME_PHONE: 'Same phone',
  SAME_NAME: 'Same name',
  SIMILAR_NAME: 'Similar name',
  SAME_COMPANY: 'Same company',
  OTHER_NAME: 'Different names',
};

/** "96%": how likely two records are one. */
export function scoreInWords(score: number): string {
  return `${Math.round(score * 100)}%`;
}

export function scoreTone(score: number): 'danger' | 'warning' | 'neutral' {
  return score >= 0.9 ? 'danger' : score >= 0.7 ? 'warning' : 'neutral';
}
