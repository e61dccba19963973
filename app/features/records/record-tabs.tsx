import type { ReactNode } from 'react';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';

export interface RecordTabsProps {
  /** The page's own address. */
  url: URL;
  /** What happened, newest first; null while the history is shown. */
  timeline: ReactNode;
  /** What each field said before; null while the timeline is shown. */
  history: ReactNode;
}

/** The middle of a record's page: its timeline, and behind a tab with an address the history of its fields. */
export function RecordTabs({ url, timeline, history }: RecordTabsProps) {
  const tabs = [
    { id: 'timeline', label: 'Timeline', href: tabHref(url, null) },
    { id: 'history', label: 'Field history', href: tabHref(url, 'history') },
  ];
  return (
    <Panel padded={false}>
      <Tabs label="What happened" tabs={tabs} currentId={history === null ? 'timeline' : 'history'} />
      <div className="p-4">{history ?? timeline}</div>
    </Panel>
  );
}

function tabHref(url: URL, tab: string | null): string {
  const search = new URLSearchParams();
  const list = url.searchParams.get('in');
  if (list !== null) search.set('in', list);
  if (tab !== null) search.set('tab', tab);
  const query = search.toString();
  return `${url.pathname}${query && `?${query}`}`;
}
