import { useNavigate } from '@remix-run/react';
import { Maximize2, X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { Neighbours } from '../../../server/domain/records/schema.ts';
import { listOf, panelHref } from '../../lib/list-address.ts';
import { buttonClass } from '../../ui/button.tsx';
import { RecordWalk } from './record-walk.tsx';
import { useOpenRecord, usePanelLinks } from './use-record-panel.ts';

export interface PanelData {
  id: string;
  place: Neighbours | null;
}

export interface RecordPanelProps<T extends PanelData> {
  /** Where the list stands: "/companies". */
  listPath: string;
  /** This page's own address. */
  url: URL;
  /** What the page's loader brought for `open`. */
  initial: T | null;
  /** Where a record's panel is fetched from; see paths. */
  panelHrefOf: (recordId: string, list: string) => string;
  pageHrefOf: (recordId: string, list: string) => string;
  titleOf: (data: T) => string;
  /** The panel's content. */
  render: (data: T) => ReactNode;
  /** The list. */
  children: ReactNode;
}

/**
 * A list with the record of its address (`open`) beside it: no modal, and the list stays as it is. A press on a row opens
 * its record here where there is room; a middle press, ⌘ or Ctrl opens its page. Escape closes, and the row has the focus.
 */
export function RecordPanel<T extends PanelData>(props: RecordPanelProps<T>) {
  const { listPath, url, initial, panelHrefOf, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const target = useOpenRecord(initial, panelHrefOf);
  const recordId = useCallback(
    (path: string) => (path.startsWith(`${listPath}/`) ? idIn(path.slice(listPath.length + 1)) : null),
    [listPath],
  );
  usePanelLinks(list, recordId);
  useOpenMark(target.recordId);
  const query = listOf(url);
  return (
    <>
      <div ref={list} className="contents">
        {children}
      </div>
      {target.recordId !== null && (
        <Panel {...props} recordId={target.recordId} data={target.data} error={target.error} list={query} />
      )}
    </>
  );
}

type PanelProps<T extends PanelData> = RecordPanelProps<T> & {
  recordId: string;
  data: T | null;
  error: string | null;
  list: string;
};

function Panel<T extends PanelData>(props: PanelProps<T>) {
  const { recordId, data, error, list, listPath, pageHrefOf, titleOf, render } = props;
  const panel = useRef<HTMLElement>(null);
  const closeHref = panelHref(listPath, list, null);
  usePanelFocus(panel, recordId);
  useEscape(panel, closeHref);
  const icon = buttonClass({ variant: 'quiet', size: 'small', iconOnly: true });
  const title = data ? titleOf(data) : error ? 'Nothing to show' : 'Loading…';
  return (
    <aside ref={panel} tabIndex={-1} aria-label={title} className="record-panel">
      <header className="record-panel-head">
        <h2 className="min-w-0 flex-1 truncate text-md">{title}</h2>
        <RecordWalk place={data?.place ?? null} hrefOf={(id) => panelHref(listPath, list, id)} />
        <a
          href={pageHrefOf(recordId, list)}
          className={icon}
          aria-label="Open full page"
          title="Open full page"
        >
          <Maximize2 aria-hidden="true" />
        </a>
        <a
          href={closeHref}
          className={icon}
          aria-label="Close"
          title="Close (Esc)"
          aria-keyshortcuts="Escape"
        >
          <X aria-hidden="true" />
        </a>
      </header>
      <div className="record-panel-body" aria-busy={!data && !error}>
        {data ? render(data) : <p className="text-muted">{error ?? 'Loading…'}</p>}
      </div>
    </aside>
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idIn(segment: string): string | null {
  return UUID.test(segment) ? segment : null;
}

/** The panel takes the focus when a record opens in it, and gives it to that record's row when it closes. */
function usePanelFocus(panel: React.RefObject<HTMLElement>, recordId: string) {
  const last = useRef(recordId);
  useEffect(() => {
    last.current = recordId;
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
  }, [panel, recordId]);
  useEffect(
    () => () => {
      const row = document.getElementById(`row-${last.current}`);
      const link = row?.querySelector<HTMLElement>('a[data-row-link]') ?? linkTo(last.current);
      link?.focus();
    },
    [],
  );
}

/** A board's card has no row. */
function linkTo(recordId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main a[href*="${CSS.escape(recordId)}"]`);
}

/** Escape closes, unless something above (a dialog, an editor, an open list) took it. */
function useEscape(panel: React.RefObject<HTMLElement>, closeHref: string) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !panel.current) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      const isElsewhere = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (isElsewhere && !panel.current.contains(event.target)) return;
      event.preventDefault();
      void navigate(closeHref, { preventScrollReset: true });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [panel, navigate, closeHref]);
}

/** Marks the row whose record stands open. */
function useOpenMark(recordId: string | null) {
  useEffect(() => {
    if (recordId === null) return;
    const row = document.getElementById(`row-${recordId}`);
    row?.setAttribute('data-open', '');
    row?.scrollIntoView({ block: 'nearest' });
    return () => row?.removeAttribute('data-open');
  }, [recordId]);
}
