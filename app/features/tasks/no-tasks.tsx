import { paths, withQuery } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { TaskTab } from './groups.ts';

export interface NoTasksProps {
  tab: TaskTab;
  url: URL;
  canCreate: boolean;
}

const nothing = {
  myDay: [
    'Nothing to do today',
    'What is due, to be remembered or without a day stands here, for you alone.',
  ],
  upcoming: ['Nothing is coming up', 'Tasks with a later due day stand here, day by day.'],
  overdue: ['Nothing is overdue', 'What was not done by its due day stands here until it is.'],
  all: ['No open tasks', 'Write down what is to be done, by whom and by when; a reminder comes by itself.'],
  completed: ['Nothing is done yet', 'Completed tasks stand here, the latest first.'],
} as const satisfies Record<TaskTab, readonly [string, string]>;

const filters = ['q', 'assigneeId', 'priority', 'companyId', 'contactId', 'dealId', 'campaignId'] as const;

/** A tab without a task: its filters hide everything, or there is nothing to do. */
export function NoTasks({ tab, url, canCreate }: NoTasksProps) {
  const isOwnDays = tab === 'upcoming' || tab === 'overdue';
  const isFiltered = filters.some(
    (name) => url.searchParams.has(name) && !(isOwnDays && name === 'assigneeId'),
  );
  if (isFiltered) {
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No tasks fit this search and these filters."
        action={{ label: 'Clear filters', href: withQuery(paths.tasks(), { tab }) }}
      />
    );
  }
  const [title, description] = nothing[tab];
  const action =
    canCreate && tab !== 'completed' ? { action: { label: 'New task', href: paths.newTask() } } : {};
  return <EmptyState kind="unused" title={title} description={description} {...action} />;
}
