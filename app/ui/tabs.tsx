import { classNames } from './class-names.ts';

export interface Tab {
  id: string;
  label: string;
  href: string;
  /** Shown beside the label. */
  count?: string | number;
  /** A page whose document has a policy of its own: the browser loads it whole. */
  isOwnDocument?: boolean;
}

export interface TabsProps {
  /** What the tabs choose between, for screen readers: "Deal views". */
  label: string;
  tabs: readonly Tab[];
  currentId: string;
}

/** Views of one page as links, so that each has an address and works before the script. */
export function Tabs({ label, tabs, currentId }: TabsProps) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line px-2.5 md:px-3">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <TabLink tab={tab} isCurrent={tab.id === currentId} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabLink({ tab, isCurrent }: { tab: Tab; isCurrent: boolean }) {
  const look = isCurrent ? 'border-accent-ink text-ink' : 'border-transparent text-muted hover:text-ink';
  return (
    <a
      href={tab.href}
      className={classNames(
        'flex h-9 items-center gap-1.5 border-b-2 px-2 font-medium whitespace-nowrap -outline-offset-2',
        look,
      )}
      {...(isCurrent && { 'aria-current': 'page' as const })}
      {...(tab.isOwnDocument && { 'data-reload': '' })}
    >
      {tab.label}
      {tab.count !== undefined && <span className="figures text-sm text-subtle">{tab.count}</span>}
    </a>
  );
}

/** Two or three ways to see the same thing (board, list): a segmented row of links. */
export function ViewSwitch({ label, tabs, currentId }: TabsProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex rounded-md bg-active p-0.5">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <a
              href={tab.href}
              className={classNames(
                'flex h-7 items-center rounded-sm px-2.5 text-sm font-medium whitespace-nowrap',
                tab.id === currentId ? 'bg-raised text-ink shadow-control' : 'text-muted hover:text-ink',
              )}
              {...(tab.id === currentId && { 'aria-current': 'page' as const })}
            >
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
