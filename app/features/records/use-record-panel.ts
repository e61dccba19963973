import { useFetcher, useNavigate, useSearchParams } from '@remix-run/react';
import { type RefObject, useCallback, useEffect } from 'react';
import { isSameList, listOf, OPEN, panelHref } from '../../lib/list-address.ts';

/** From here on a record opens beside its list; on less it opens as its own page. */
const WIDE = '(min-width: 64rem)';

export interface PanelTarget<T> {
  /** The record that stands open, or null. */
  recordId: string | null;
  /** Its data; null while it is fetched. */
  data: T | null;
  /** What went wrong with fetching it. */
  error: string | null;
}

/**
 * What stands open beside a list (`list` is its query): at first what the page's own loader brought, then what its address asks for. The list
 * is not loaded again for it; see revalidatesList.
 */
export function useOpenRecord<T extends { id: string }>(
  initial: T | null,
  list: string,
  hrefOf: (recordId: string, list: string) => string,
): PanelTarget<T> {
  const [search] = useSearchParams();
  const recordId = search.get(OPEN);
  const { data, load } = useFetcher<T | { error: string }>();
  const brought = initial?.id === recordId ? initial : null;
  const fetched = data && 'id' in data && data.id === recordId ? data : null;
  const isMissing = recordId !== null && brought === null;
  const href = isMissing ? hrefOf(recordId, list) : null;
  useEffect(() => {
    if (href !== null) load(href);
  }, [href, load]);
  const error = isMissing && data && 'error' in data ? data.error : null;
  return { recordId, data: brought ?? (fetched as T | null), error };
}

/** The list's part of the address as it stands: what the panel's links begin with. */
export function useHere(): string {
  const [search] = useSearchParams();
  return listOf(new URL(`?${search.toString()}`, 'http://list.invalid'));
}

interface Change {
  currentUrl: URL;
  nextUrl: URL;
  formMethod?: string | undefined;
  defaultShouldRevalidate: boolean;
}

/** For a list route's shouldRevalidate: opening, walking through and closing the panel leaves the list as it is. */
export function revalidatesList({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: Change): boolean {
  const isPanelOnly =
    formMethod === undefined && currentUrl.href !== nextUrl.href && isSameList(currentUrl, nextUrl);
  return isPanelOnly ? false : defaultShouldRevalidate;
}

/** Lets a press on a record's link in the list open the record beside it, where there is room. */
export function usePanelLinks(
  list: RefObject<HTMLElement | null>,
  isRecordPath: (path: string) => string | null,
) {
  const navigate = useNavigate();
  const onClick = useCallback(
    (event: MouseEvent) => {
      const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (event.defaultPrevented || event.button !== 0 || hasModifier) return;
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
      const recordId = link && isRecordPath(new URL(link.href).pathname);
      if (!recordId || !matchMedia(WIDE).matches) return;
      event.preventDefault();
      const here = new URL(location.href);
      void navigate(panelHref(here.pathname, listOf(here), recordId), { preventScrollReset: true });
    },
    [navigate, isRecordPath],
  );
  useEffect(() => {
    const element = list.current;
    element?.addEventListener('click', onClick);
    // From here on a press opens the panel.
    element?.setAttribute('data-ready', '');
    return () => element?.removeEventListener('click', onClick);
  }, [list, onClick]);
}
