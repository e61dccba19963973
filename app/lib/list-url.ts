import { OPEN } from './list-address.ts';

/** The part of a list's address that opens a panel of the toolbar before the script arrives. */
export const PANEL = 'panel';
/** The view that a list stands under: a saved one's id, or `all`. */
export const VIEW = 'view';
export const ALL = 'all';
/** What a filter's form sends; a loader folds it into `filter`. */
export const DRAFT = 'f-';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The saved view of a list's address, or null where it stands under none. */
export function savedViewOf(url: URL): string | null {
  const view = url.searchParams.get(VIEW);
  return view !== null && UUID.test(view) ? view : null;
}

/** What belongs to one look at a list: its place in the pages and what stands open. */
function isPassing(name: string): boolean {
  return ['cursor', 'trail', 'show', 'move', PANEL, OPEN].includes(name) || name.startsWith(DRAFT);
}

/** A list's address without what is passing: what its links and forms carry on. */
export function listParams(url: URL): [string, string][] {
  return [...url.searchParams].filter(([name, value]) => value !== '' && !isPassing(name));
}

/** The same list with other parameters, from its first page; null takes one away. */
export function listHref(url: URL, changes: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams(listParams(url));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') search.delete(name);
    else search.set(name, value);
  }
  const query = search.toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}

/** Whether a list's address says anything of the list itself, or leaves it to a view. */
export function saysNothing(url: URL): boolean {
  return listParams(url).every(([name]) => name === VIEW);
}
