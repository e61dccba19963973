import { listContentsInput, type CreatorContent } from '../../../server/domain/creator-contents/schema.ts';

/** What the address of a list of contents filters by. */
export const contentFilters = [
  'campaignId',
  'creatorId',
  'platform',
  'type',
  'hashtag',
  'state',
  'disclosure',
  'publishedFrom',
  'publishedTo',
  'isMissing',
  'deleted',
] as const;

export const contentsInput = listContentsInput;

export type ContentView = 'table' | 'grid';

export function readContentView(url: URL): ContentView {
  return url.searchParams.get('view') === 'grid' ? 'grid' : 'table';
}

/** The match of a piece that a bulk decision is about: its only undecided one, of the list's campaign where it has one. */
export function undecidedMatch({ matches }: Pick<CreatorContent, 'matches'>, campaignId: string | null) {
  const waiting = matches.filter(
    (match) => match.state === 'PENDING' && (campaignId === null || match.campaignId === campaignId),
  );
  return waiting.length === 1 ? (waiting[0] ?? null) : null;
}

export function isFiltered(url: URL): boolean {
  return ['q', ...contentFilters].some((name) => url.searchParams.has(name));
}
