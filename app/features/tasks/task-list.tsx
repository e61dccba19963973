import { useId, type ReactNode } from 'react';
import { useAccount, useMay } from '../shell/use-account.ts';
import type { Here } from './due.ts';
import type { TaskGroup, TaskLine } from './groups.ts';
import { TaskRow } from './task-row.tsx';
import { useCompletion } from './use-completion.ts';

export interface TaskListProps {
  groups: readonly TaskGroup[];
  here: Here;
  /** Where a page without a script goes on after a task was completed. */
  returnTo: string;
}

/** Tasks under their headings, each to be completed where it stands. */
export function TaskList({ groups, here, returnTo }: TaskListProps) {
  const { chosen, change } = useCompletion();
  const mayChange = useMayChange();
  const row = (task: TaskLine) => (
    <TaskRow
      key={task.id}
      task={task}
      isDone={chosen.get(task.id) ?? task.completed}
      here={here}
      canChange={mayChange(task)}
      returnTo={returnTo}
      onChange={(completed) => void change(task, completed)}
    />
  );
  return groups.map((group) => <Group key={group.id} group={group} row={row} />);
}

function Group({ group, row }: { group: TaskGroup; row: (task: TaskLine) => ReactNode }) {
  const headingId = useId();
  if (group.heading === null) return <ul className="task-list">{group.tasks.map(row)}</ul>;
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className="task-heading" data-late={group.heading === 'Overdue'}>
        {group.heading} <span className="figures text-subtle">{group.tasks.length}</span>
      </h2>
      <ul className="task-list">{group.tasks.map(row)}</ul>
    </section>
  );
}

/** Whether to offer a change of a task. The procedures decide; this spares a box that would be refused. */
export function useMayChange(): (
  task: Pick<TaskLine, 'brandId' | 'ownerId' | 'createdById' | 'assigneeId'>,
) => boolean {
  const { account, current } = useAccount();
  const canWrite = useMay('tasks.write');
  const brandIds = new Set(current.brands.map(({ id }) => id));
  return ({ brandId, ownerId, createdById, assigneeId }) => {
    if (!canWrite) return false;
    if (current.role !== 'MEMBER' && current.brandId === null) return true;
    if (brandId !== null && brandIds.has(brandId)) return true;
    return current.brandId === null && [ownerId, createdById, assigneeId].includes(account.userId);
  };
}
