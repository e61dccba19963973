import { Repeat } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { dueInWords, type Here } from './due.ts';
import type { TaskLine } from './groups.ts';
import { priorityLabels, priorityTones, recurrenceLabels } from './labels.ts';
import { TaskCheck, TaskMark } from './task-check.tsx';

export interface TaskRowProps {
  task: TaskLine;
  isDone: boolean;
  here: Here;
  canChange: boolean;
  returnTo: string;
  /** False where the record that it hangs on is the page's own. */
  showsRecord?: boolean;
  onChange: (completed: boolean) => void;
}

/** One task of a list: its box, its title, and in a second line when, how urgent, where and whose. */
export function TaskRow(props: TaskRowProps) {
  const { task, isDone, here, canChange, returnTo, showsRecord = true, onChange } = props;
  const record = showsRecord ? nearestRecord(task) : null;
  return (
    <li className="task-row" data-done={isDone}>
      {canChange ? (
        <TaskCheck task={task} isDone={isDone} returnTo={returnTo} onChange={onChange} />
      ) : (
        <TaskMark isDone={isDone} />
      )}
      <div className="task-words">
        <a className="task-title" href={paths.task(task.id)} data-row-link="">
          {task.title}
        </a>
        <DueWords task={task} isDone={isDone} here={here} />
        {task.priority !== 'MEDIUM' && task.priority !== 'LOW' && (
          <Badge tone={priorityTones[task.priority]}>{priorityLabels[task.priority]}</Badge>
        )}
        {task.recurrence && (
          <span className="text-muted" title={recurrenceLabels[task.recurrence]}>
            <Repeat className="inline size-3.5" aria-hidden="true" />
            <span className="sr-only">{recurrenceLabels[task.recurrence]}</span>
          </span>
        )}
        {task.isShared && <Badge tone="info">Shared</Badge>}
        {record && (
          <a className="task-record link" href={record.href}>
            {record.name}
          </a>
        )}
      </div>
      {task.assigneeName && (
        <span className="flex-none" title={task.assigneeName}>
          <Avatar name={task.assigneeName} />
          <span className="sr-only">Assigned to {task.assigneeName}</span>
        </span>
      )}
    </li>
  );
}

function DueWords({ task, isDone, here }: Pick<TaskRowProps, 'task' | 'isDone' | 'here'>) {
  const words = dueInWords(task, here);
  if (words === null || task.dueAt === null) return null;
  const isLate = task.isOverdue && !isDone;
  return (
    <time
      dateTime={task.dueAt}
      className={classNames('figures text-sm', isLate ? 'text-danger-ink' : 'text-muted')}
    >
      {isLate && <span className="sr-only">Overdue: </span>}
      {words}
    </time>
  );
}

/** The nearest record that a task hangs on and the reader sees. */
export function nearestRecord(task: TaskLine): { href: string; name: string } | null {
  const { dealId, dealName, campaignId, campaignName, contactId, contactName, companyId, companyName } = task;
  if (dealId && dealName) return { href: paths.deal(dealId), name: dealName };
  if (campaignId && campaignName) return { href: paths.campaign(campaignId), name: campaignName };
  if (contactId && contactName) return { href: paths.contact(contactId), name: contactName };
  return companyId && companyName ? { href: paths.company(companyId), name: companyName } : null;
}
