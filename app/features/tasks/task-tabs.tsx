import { paths, withQuery } from '../../lib/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { ListToolbar } from '../records/list-toolbar.tsx';
import { tabLabels, type TaskTab, taskTabs } from './groups.ts';
import { priorityLabels } from './labels.ts';

/** What a tab asks the list for. */
export function questionOf(tab: TaskTab): Record<string, string> {
  if (tab === 'all') return { completed: 'false' };
  return tab === 'completed' ? { completed: 'true', sort: '-completedAt' } : { view: tab };
}

export interface TaskTabsProps {
  tab: TaskTab;
  userId: string;
  /** How many of the reader's own are overdue. */
  overdue: number;
}

/** The tabs; those of a person's own days begin with their own tasks, and say so in the address. */
export function TaskTabs({ tab, userId, overdue }: TaskTabsProps) {
  const hrefOf = (id: TaskTab) => {
    if (id === 'myDay') return paths.tasks();
    const assigneeId = id === 'upcoming' || id === 'overdue' ? userId : undefined;
    return withQuery(paths.tasks(), { tab: id, assigneeId });
  };
  return (
    <Tabs
      label="Tasks"
      currentId={tab}
      tabs={taskTabs.map((id) => ({
        id,
        label: tabLabels[id],
        href: hrefOf(id),
        ...(id === 'overdue' && overdue > 0 && { count: overdue }),
      }))}
    />
  );
}

export interface TaskToolbarProps {
  url: URL;
  userId: string;
  members: readonly { id: string; name: string }[];
}

const kept = ['tab', 'sort', 'companyId', 'contactId', 'dealId', 'campaignId', 'deleted'] as const;

export function TaskToolbar({ url, userId, members }: TaskToolbarProps) {
  const others = members.filter(({ id }) => id !== userId);
  const people: (readonly [string, string])[] = [
    [userId, 'Me'],
    ...others.map(({ id, name }) => [id, name] as const),
  ];
  return (
    <ListToolbar
      url={url}
      searchLabel="Search tasks"
      keep={kept}
      selects={[
        { name: 'assigneeId', emptyLabel: 'Anyone', options: people },
        { name: 'priority', emptyLabel: 'Any priority', options: Object.entries(priorityLabels) },
      ]}
    />
  );
}
