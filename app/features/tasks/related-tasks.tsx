import { useLocation } from '@remix-run/react';
import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { todayIn } from '../metrics/range.ts';
import { useMay, useTimeZone } from '../shell/use-account.ts';
import type { TaskLine } from './groups.ts';
import { QuickAdd } from './quick-add.tsx';
import { useMayChange } from './task-list.tsx';
import { TaskRow } from './task-row.tsx';
import { useCompletion } from './use-completion.ts';

/** A record's open tasks, the soonest first. */
export interface RelatedTasksData {
  /** The record, as one entry: `{ dealId }`. */
  of: Readonly<Record<string, string>>;
  tasks: readonly TaskLine[];
  hasMore: boolean;
  /** The loader's moment, so that the server's words and the browser's are the same. */
  now: string;
}

export interface RelatedTasksProps {
  data: RelatedTasksData;
  /** False in the recycle bin, where nothing is added. */
  isActive: boolean;
}

/** What is to be done about a record, with a line that adds to it. */
export function RelatedTasks({ data: { of, tasks, hasMore, now }, isActive }: RelatedTasksProps) {
  const timeZone = useTimeZone();
  const canCreate = useMay('tasks.write') && isActive;
  const mayChange = useMayChange();
  const { chosen, change } = useCompletion();
  const { pathname, search } = useLocation();
  const here = { today: todayIn(timeZone, new Date(now)), timeZone };
  const create = canCreate && (
    <LinkButton size="small" href={withQuery(paths.newTask(), of)}>
      New task
    </LinkButton>
  );
  const row = (task: TaskLine) => (
    <TaskRow
      key={task.id}
      task={task}
      isDone={chosen.get(task.id) ?? task.completed}
      here={here}
      canChange={mayChange(task)}
      returnTo={pathname + search}
      showsRecord={false}
      onChange={(completed) => void change(task, completed)}
    />
  );
  return (
    <Panel title="Tasks" actions={create} className="related-tasks">
      {canCreate && <QuickAdd of={of} returnTo={pathname + search} />}
      {tasks.length === 0 ? (
        <p className="text-muted">Nothing to do here.</p>
      ) : (
        <ul className="task-list">{tasks.map(row)}</ul>
      )}
      {hasMore && (
        <p className="pt-3">
          <a className="link" href={withQuery(paths.tasks(), { tab: 'all', ...of })}>
            All tasks
          </a>
        </p>
      )}
    </Panel>
  );
}
