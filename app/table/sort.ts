export type SortDirection = 'asc' | 'desc';

export interface Sort {
  key: string;
  direction: SortDirection;
}

/** `name` is ascending and `-name` descending, as the lists' `sort` parameter says it. Null for an unknown key. */
export function readSort(value: string | null, keys: readonly string[]): Sort | null {
  const direction = value?.startsWith('-') ? 'desc' : 'asc';
  const key = value?.replace(/^-/, '');
  return key !== undefined && keys.includes(key) ? { key, direction } : null;
}

export function writeSort({ key, direction }: Sort): string {
  return direction === 'desc' ? `-${key}` : key;
}

/** What a click on a header asks for: its column's first direction, then the other one. */
export function nextSort(current: Sort | null, key: string, first: SortDirection = 'asc'): Sort {
  if (current?.key !== key) return { key, direction: first };
  return { key, direction: current.direction === 'asc' ? 'desc' : 'asc' };
}

/** The address of the same list under another order: everything stays but the place in the pages. */
export function sortHref(url: URL, sort: Sort, cursorKeys: readonly string[] = ['cursor', 'trail']): string {
  const search = new URLSearchParams(url.search);
  for (const key of cursorKeys) search.delete(key);
  search.set('sort', writeSort(sort));
  return `${url.pathname}?${search.toString()}`;
}
