import { type Location, useFetcher, useLocation, useNavigate } from '@remix-run/react';
import { useCallback, useEffect, useState } from 'react';
import type { ExplainedData } from '../../bridge/explain.server.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { explainedBy, explainHash } from './explain-address.ts';

/** The router types what a link carries as anything at all. */
type Place = Pick<Location, 'pathname' | 'search' | 'hash'> & { state: unknown };

/** The query of the explanation that stands open beside the page, or null. No server sees it: it is the address's hash. */
export function useExplainedQuery(): string | null {
  const hasScript = useHasScript();
  const { hash } = useLocation();
  return hasScript ? explainedBy(hash) : null;
}

/**
 * Lets a press on a figure open its panel: the address changes by its hash alone, so that no loader runs, and the way
 * back closes it. With ⌘, Ctrl or the middle button the figure's page opens as any link's.
 */
export function useFigureLinks() {
  const navigate = useNavigate();
  const { hash, state } = useLocation() as Place;
  // Opened by its own address, the panel has no page of ours behind it.
  const depth = explainedBy(hash) !== null && depthOf(state) === 0 ? 0 : depthOf(state) + 1;
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const query = queryOfClick(event);
      if (query === null) return;
      event.preventDefault();
      const { pathname, search } = location;
      const to = { pathname, search, hash: explainHash(query) };
      void navigate(to, { preventScrollReset: true, state: { explainDepth: depth } });
    };
    document.addEventListener('click', onClick);
    // From here on a press opens the panel.
    document.documentElement.setAttribute('data-explains', '');
    return () => {
      document.removeEventListener('click', onClick);
      document.documentElement.removeAttribute('data-explains');
    };
  }, [navigate, depth]);
}

/** How many explanations were opened one from another since the page. */
function depthOf(state: unknown): number {
  const isOurs = typeof state === 'object' && state !== null && 'explainDepth' in state;
  return isOurs && typeof state.explainDepth === 'number' ? state.explainDepth : 0;
}

function queryOfClick(event: MouseEvent): string | null {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || hasModifier || !(event.target instanceof Element))
    return null;
  const link = event.target.closest<HTMLAnchorElement>('a[data-figure]');
  if (!link || location.pathname === paths.explain()) return null;
  const to = new URL(link.href);
  return to.pathname === paths.explain() ? to.search.slice(1) : null;
}

/** What the panel shows of a query; both null while it is fetched. */
export function useExplanation(query: string): { data: ExplainedData | null; error: string | null } {
  const { data, load } = useFetcher<ExplainedData | { error: string }>();
  useEffect(() => {
    load(paths.explainPanel(query));
  }, [query, load]);
  if (!data) return { data: null, error: null };
  if ('error' in data) return { data: null, error: data.error };
  return data.query === query ? { data, error: null } : { data: null, error: null };
}

export interface OpenPanel {
  query: string | null;
  isOpen: boolean;
  close: () => void;
}

/**
 * Whether the panel stands open, and how it closes: back to the page before it, or where it was opened by its own address,
 * to the page without it. It closes at once; the router's location follows when the page's loaders have answered.
 */
export function useOpenPanel(): OpenPanel {
  const navigate = useNavigate();
  const query = useExplainedQuery();
  const { key, pathname, search, state } = useLocation() as Place & Pick<Location, 'key'>;
  const [closedKey, setClosedKey] = useState<string | null>(null);
  useEffect(() => {
    // The way back closes, and the way forward opens once more.
    const onWay = () => setClosedKey(explainedBy(location.hash) === null ? key : null);
    window.addEventListener('popstate', onWay);
    return () => window.removeEventListener('popstate', onWay);
  }, [key]);
  const isOpen = query !== null && closedKey !== key;
  const depth = depthOf(state);
  const close = useCallback(() => {
    // A dialog tells of its closing also where the way back closed it.
    if (!isOpen) return;
    setClosedKey(key);
    if (depth > 0) navigate(-depth);
    else void navigate({ pathname, search }, { preventScrollReset: true, replace: true });
  }, [navigate, isOpen, key, depth, pathname, search]);
  return { query, isOpen, close };
}
