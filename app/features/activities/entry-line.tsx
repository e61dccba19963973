import type { ReactNode } from 'react';
import type { Activity } from '../../../server/domain/activities/schema.ts';
import { formatDate, formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { changeWords } from './change-words.ts';

export interface EntryLineProps {
  activity: Activity;
  timeZone: string;
  now: string;
  /** What happened; the description unless told. */
  children?: ReactNode;
}

/** One thing that happened: what, who, when, and what was there before and after. */
export function EntryLine({ activity, timeZone, now, children }: EntryLineProps) {
  const { createdAt, description, metadata, task, audience } = activity;
  return (
    <>
      <Avatar name={actorOf(activity)} />
      <div className="min-w-0 flex-1">
        <p className="break-words">{children ?? description}</p>
        <p className="text-sm text-muted">
          {actorOf(activity)} ·{' '}
          <time dateTime={createdAt} title={formatDateTime(createdAt, timeZone)}>
            {formatRelative(createdAt, now)}
          </time>
          {audience === 'AUTHOR' && ' · only you see this'}
        </p>
        {task && <TaskState task={task} />}
        <Reason metadata={metadata} />
        <ChangeList activity={activity} />
      </div>
    </>
  );
}

export function actorOf({ actorName, actorKind }: Pick<Activity, 'actorName' | 'actorKind'>): string {
  if (actorName) return actorName;
  return actorKind === 'JOB' ? 'SpokeStack' : 'Somebody who left';
}

const priorityTones: Readonly<Record<string, Tone>> = { HIGH: 'warning', URGENT: 'danger' };

/** The task as it stands now, which may be another than when this happened. */
function TaskState({ task }: { task: NonNullable<Activity['task']> }) {
  const { completedAt, dueOn, dueTime, assigneeName, priority, isActive } = task;
  const state = !isActive ? 'Deleted' : completedAt ? 'Done' : 'Open';
  const due = dueOn ? `due ${formatDate(dueOn)}${dueTime ? `, ${dueTime}` : ''}` : null;
  const facts = [due, assigneeName].filter((fact) => fact !== null);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-1 text-sm">
      <Badge tone={completedAt ? 'success' : 'neutral'}>{state}</Badge>
      {priorityTones[priority] && <Badge tone={priorityTones[priority]}>{priority.toLowerCase()}</Badge>}
      <a className="link min-w-0 break-words" href={paths.task(task.id)}>
        {task.title}
      </a>
      {facts.length > 0 && <span className="text-muted">{facts.join(' · ')}</span>}
    </p>
  );
}

/** Why a deal was closed, where somebody said it. */
function Reason({ metadata: { reason } }: Pick<Activity, 'metadata'>) {
  if (typeof reason !== 'string' || reason === '') return null;
  return <p className="pt-0.5 break-words text-muted">“{reason}”</p>;
}

const MOST_SHOWN = 6;

function ChangeList({ activity }: { activity: Activity }) {
  const changes = changeWords(activity);
  if (changes.length === 0) return null;
  const [first, rest] = [changes.slice(0, MOST_SHOWN), changes.slice(MOST_SHOWN)];
  return (
    <>
      <Changes changes={first} />
      {rest.length > 0 && (
        <details className="text-sm text-muted">
          <summary className="link">
            {rest.length} more {rest.length === 1 ? 'field' : 'fields'}
          </summary>
          <Changes changes={rest} />
        </details>
      )}
    </>
  );
}

function Changes({ changes }: { changes: ReturnType<typeof changeWords> }) {
  return (
    <ul className="pt-0.5 text-sm text-muted">
      {changes.map(({ field, from, to }) => (
        <li key={field} className="break-words">
          {field}: <del>{from}</del> <span aria-hidden="true">→</span>
          <span className="sr-only"> became </span> <ins className="text-ink no-underline">{to}</ins>
        </li>
      ))}
    </ul>
  );
}
