/** How far back the links remember; beyond it "Previous" leads to the first page. */
const MAX_TRAIL = 20;

export interface PageLinks {
  previousHref: string | null;
  nextHref: string | null;
}

/**
 * The neighbours of a keyset page. A cursor knows only what follows it, so the address carries the cursors of the pages
 * before this one, and going back shows the very page that one came from.
 */
export function pageLinks(url: URL, nextCursor: string | null): PageLinks {
  const cursor = url.searchParams.get('cursor');
  const trail = (url.searchParams.get('trail') ?? '').split(',').filter(Boolean);
  return {
    previousHref: cursor === null ? null : hrefOf(url, trail.at(-1) ?? null, trail.slice(0, -1)),
    nextHref:
      nextCursor === null
        ? null
        : hrefOf(url, nextCursor, cursor === null ? [] : [...trail, cursor].slice(-MAX_TRAIL)),
  };
}

function hrefOf(url: URL, cursor: string | null, trail: readonly string[]): string {
  const search = new URLSearchParams(url.search);
  for (const [name, value] of [
    ['cursor', cursor ?? ''],
    ['trail', trail.join(',')],
  ] as const) {
    if (value === '') search.delete(name);
    else search.set(name, value);
  }
  const query = search.toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}

/** The page's own address in a loader; a client navigation asks for the same path with `.data` behind it. */
export function pageUrl(request: Request): URL {
  const url = new URL(request.url);
  url.searchParams.delete('_routes');
  return url;
}

/** A list's query as its procedure takes it: what is empty or of the page alone is left out. */
export function listQuery(url: URL, names: readonly string[]): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of ['q', 'sort', 'cursor', ...names]) {
    const value = url.searchParams.get(name);
    if (value) query[name] = value;
  }
  return query;
}
