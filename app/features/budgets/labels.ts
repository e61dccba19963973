import type { BudgetKind, BudgetStatus } from '../../../server/domain/budgets/schema.ts';
import { formatDate } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';

export const budgetKindLabels = {
  MEDIA: 'Media',
  BOOST: 'Boosts',
  CREATOR: 'Creators',
  OTHER: 'Other costs',
} as const satisfies Record<BudgetKind, string>;

export const budgetStatusLabels = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  APPROVED: 'Standing',
  RETURNED: 'Returned',
  SUPERSEDED: 'Superseded',
} as const satisfies Record<BudgetStatus, string>;

export const budgetStatusTones = {
  DRAFT: 'neutral',
  SUBMITTED: 'warning',
  APPROVED: 'success',
  RETURNED: 'danger',
  SUPERSEDED: 'neutral',
} as const satisfies Record<BudgetStatus, Tone>;

/** "Nov 2026" of 2026-11. */
export function monthName(month: string): string {
  return formatDate(`${month}-01`).replace(/^1 /, '');
}

/** "Version 3"; the one that was entered before there were versions has no number. */
export function versionName({ number }: { number: number }): string {
  return number === 0 ? 'As entered' : `Version ${number}`;
}

/** The ways that a budget may be split. */
export type BudgetPart = 'kinds' | 'platforms' | 'adAccounts' | 'creators' | 'months';

/** A part by the name that readers know it by: the answer has platforms and months as they are stored. */
export function partName(part: BudgetPart, { key, name }: { key: string | null; name: string }): string {
  if (key === null) return name;
  if (part === 'platforms') return platformLabel(key);
  return part === 'months' ? monthName(key) : name;
}
