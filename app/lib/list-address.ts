/** The record that stands open beside a list. */
export const OPEN = 'open';
/** The list that a record was opened from, on the record's own address. */
export const IN_LIST = 'in';

/** A list's query as its records carry it: the filters, the order and the page, without what is open. */
export function listOf(url: URL): string {
  const search = new URLSearchParams(url.search);
  search.delete(OPEN);
  return search.toString();
}

/** The list of a record's address, or null where it was not opened from one. */
export function readList(url: URL): string | null {
  return url.searchParams.get(IN_LIST);
}

/** Back to the list's same page and row. */
export function rowHref(listPath: string, list: string | null, recordId: string): string {
  return list === null ? listPath : `${listPath}${list && `?${list}`}#row-${recordId}`;
}

/** The list's address with a record open beside it, or with null none. */
export function panelHref(listPath: string, list: string, recordId: string | null): string {
  const search = new URLSearchParams(list);
  search.delete(OPEN);
  if (recordId !== null) search.set(OPEN, recordId);
  const query = search.toString();
  return `${listPath}${query && `?${query}`}`;
}

/** Whether two addresses show the same list, whatever stands open beside it. */
export function isSameList(a: URL, b: URL): boolean {
  return a.pathname === b.pathname && listOf(a) === listOf(b);
}
