import { contractError } from './errors.ts';

export interface CursorPage<T> {
  items: T[];
  /** null at the end. An empty page may well have a next one. */
  next: string | null;
}

const MOST_EMPTY_PAGES = 100;

/**
 * Walks cursor pages to their end. A cursor that comes back, or a hundred empty pages in a row, is a loop and ends in a
 * contract error: a list that never ends must not be taken for a complete one.
 */
export async function* walkPages<T>(
  platformName: string,
  fetchPage: (cursor: string | null) => Promise<CursorPage<T>>,
): AsyncGenerator<T[]> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  let emptyPages = 0;
  do {
    const page: CursorPage<T> = await fetchPage(cursor);
    if (page.items.length > 0) yield page.items;
    emptyPages = page.items.length > 0 ? 0 : emptyPages + 1;
    if (emptyPages >= MOST_EMPTY_PAGES)
      throw contractError(platformName, 'paging.next', `${emptyPages} empty pages in a row`);
    cursor = page.next;
    if (cursor !== null && seen.has(cursor))
      throw contractError(platformName, 'paging.next', 'a cursor came back');
    if (cursor !== null) seen.add(cursor);
  } while (cursor !== null);
}
