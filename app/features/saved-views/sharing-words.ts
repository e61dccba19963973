import type { SavedView } from '../../../server/domain/saved-views/schema.ts';

export type SavedViewWords = Pick<SavedView, 'id' | 'name' | 'visibility' | 'teamName' | 'isStarred'>;

/** Who sees a view, in words. */
export function sharingWords({ visibility, teamName }: Pick<SavedView, 'visibility' | 'teamName'>): string {
  if (visibility === 'AGENCY') return 'Whole agency';
  return visibility === 'TEAM' ? `Team ${teamName ?? ''}`.trim() : 'Only me';
}
