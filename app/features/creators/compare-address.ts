import { paths } from '../../lib/paths.ts';

/** The fewest and the most that stand beside each other. */
export const FEWEST_COMPARED = 2;
export const MOST_COMPARED = 5;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface CompareAddress {
  /** Each once, in the address's order. */
  creatorIds: string[];
  /** How many more were asked for than fit. */
  leftOut: number;
  /** Where the address came from a form: the same as a link. */
  folded: string | null;
}

/** Whom an address compares: `ids=a,b`, what a roster's checkboxes send (`recordId`), and one that is added (`add`). */
export function readCompareAddress(url: URL): CompareAddress {
  const { searchParams } = url;
  const listed = (searchParams.get('ids') ?? '').split(',');
  const sent = [...searchParams.getAll('recordId'), ...searchParams.getAll('add')];
  const asked = [...new Set([...listed, ...sent].filter((id) => UUID.test(id)))];
  const creatorIds = asked.slice(0, MOST_COMPARED);
  return {
    creatorIds,
    leftOut: asked.length - creatorIds.length,
    folded: sent.length > 0 ? compareHref(asked) : null,
  };
}

export function compareHref(creatorIds: readonly string[]): string {
  return paths.compareCreators(creatorIds.join(','));
}
