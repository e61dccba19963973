import { Maximize2, X } from 'lucide-react';
import { type ReactNode, useCallback, useRef } from 'react';
import type { Neighbours } from '../../../server/domain/records/schema.ts';
import type { TimelineData } from '../../bridge/timeline.server.ts';
import { listOf, panelHref } from '../../lib/list-address.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Panel as UiPanel } from '../../ui/panel.tsx';
import { RecordTimeline } from '../activities/record-timeline.tsx';
import { useMay } from '../shell/use-account.ts';
import type { CustomFieldWords } from './field-specs.ts';
import { RecordEdits } from './record-edits.tsx';
import type { RecordNounWords } from './record-noun.ts';
import { RecordWalk } from './record-walk.tsx';
import { useEscape, useOpenMark, usePanelFocus, useReturnedRow } from './use-panel-focus.ts';
import { useHere, useOpenRecord, usePanelLinks } from './use-record-panel.ts';

/** What a list's loader, or the panel's own address, brings of a record; see app/bridge/record-panel.server.ts. */
export interface PanelData {
  id: string;
  place: Neighbours | null;
  customFields: readonly CustomFieldWords[];
  names: Readonly<Record<string, string>>;
  timeline: TimelineData;
}

export interface RecordPanelProps<T extends PanelData> {
  noun: RecordNounWords;
  /** This page's own address. */
  url: URL;
  /** What the page's loader brought for `open`. */
  initial: T | null;
  /** Whether this reader may change the record at all, whatever their role may. */
  canChange?: (data: T) => boolean;
  recordOf: (data: T) => { name: string; isActive: boolean };
  summaryOf: (data: T) => ReactNode;
  /** The list. */
  children: ReactNode;
}

/**
 * A list with the record of its address (`open`) beside it: no modal, and the list stays as it is. A press on a row opens
 * its record here where there is room; a middle press, ⌘ or Ctrl opens its page. Escape closes, and the row has the focus.
 */
export function RecordPanel<T extends PanelData>(props: RecordPanelProps<T>) {
  const { noun, url, initial, children } = props;
  const { listHref, panelHrefOf } = noun;
  const list = useRef<HTMLDivElement>(null);
  const target = useOpenRecord(initial, listOf(url), panelHrefOf);
  const recordId = useCallback(
    (path: string) => (path.startsWith(`${listHref}/`) ? idIn(path.slice(listHref.length + 1)) : null),
    [listHref],
  );
  usePanelLinks(list, recordId);
  useOpenMark(target.recordId);
  useReturnedRow();
  return (
    <>
      <div ref={list} className="contents">
        {children}
      </div>
      {target.recordId !== null && (
        <Panel {...props} {...target} recordId={target.recordId} list={listOf(url)} />
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
  const { recordId, data, error, list, noun, recordOf } = props;
  const panel = useRef<HTMLElement>(null);
  const here = useHere();
  const closeHref = panelHref(noun.listHref, here, null);
  usePanelFocus(panel, recordId);
  useEscape(panel, closeHref);
  const icon = buttonClass({ variant: 'quiet', size: 'small', iconOnly: true });
  const title = data ? recordOf(data).name : error ? 'Nothing to show' : 'Loading…';
  return (
    <aside ref={panel} tabIndex={-1} aria-label={title} className="record-panel">
      <header className="record-panel-head">
        <h2 className="min-w-0 flex-1 truncate text-md">{title}</h2>
        <RecordWalk place={data?.place ?? null} hrefOf={(id) => panelHref(noun.listHref, here, id)} />
        <a
          href={noun.hrefOf(recordId, list)}
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
        {data ? <Content {...props} data={data} /> : <p className="text-muted">{error ?? 'Loading…'}</p>}
      </div>
    </aside>
  );
}

function Content<T extends PanelData>(props: PanelProps<T> & { data: T }) {
  const { noun, data, recordOf, summaryOf, canChange } = props;
  const canWrite = useMay(noun.permission) && (canChange?.(data) ?? true);
  const { isActive } = recordOf(data);
  return (
    // Another record's fields begin anew.
    <RecordEdits
      key={data.id}
      specs={noun.specs}
      customFields={data.customFields}
      saveHref={noun.fieldHrefOf(data.id)}
      editHref={noun.editHrefOf(data.id)}
      canEdit={canWrite && isActive}
      names={data.names}
    >
      <div className="grid gap-4">
        {summaryOf(data)}
        <UiPanel title="Timeline">
          <RecordTimeline timeline={data.timeline} isActive={isActive} />
        </UiPanel>
      </div>
    </RecordEdits>
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idIn(segment: string): string | null {
  return UUID.test(segment) ? segment : null;
}
