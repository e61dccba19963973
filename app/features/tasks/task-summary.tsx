import type { Task } from '../../../server/domain/tasks/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { CustomFields, Tags } from '../records/record-facts.tsx';
import { dueInWords, foreignZone, type Here } from './due.ts';
import { priorityLabels, priorityTones, recurrenceLabels, sharingLabels } from './labels.ts';

export interface TaskSummaryProps {
  task: Task;
  here: Here;
  brand: string | null;
}

/** A task with everything that it says. */
export function TaskSummary({ task, here, brand }: TaskSummaryProps) {
  return (
    <div className="grid max-w-220 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Panel title="Description">
        {task.description ? (
          <p className="break-words whitespace-pre-wrap">{task.description}</p>
        ) : (
          <p className="text-muted">Nothing more is said.</p>
        )}
        <Tags tags={task.tags} />
      </Panel>
      <div className="grid gap-4">
        <Panel title="About">
          <DetailList details={[...schedule(task, here), ...belonging(task, brand), ...past(task, here)]} />
        </Panel>
        <CustomFields fields={task.customFields} />
      </div>
    </div>
  );
}

function schedule(task: Task, here: Here) {
  const zone = foreignZone(task, here);
  return [
    { term: 'Due', value: dueInWords(task, here) },
    { term: 'Reminder', value: task.remindAt && formatDateTime(task.remindAt, here.timeZone) },
    { term: 'Repeats', value: task.recurrence && recurrenceLabels[task.recurrence] },
    ...(zone && task.dueOn ? [{ term: 'Days are of', value: zone }] : []),
    {
      term: 'Priority',
      value: <Badge tone={priorityTones[task.priority]}>{priorityLabels[task.priority]}</Badge>,
    },
  ];
}

function belonging(task: Task, brand: string | null) {
  const link = (href: string, name: string | null) =>
    name && (
      <a className="link" href={href}>
        {name}
      </a>
    );
  return [
    { term: 'Assignee', value: task.assigneeName ?? 'Nobody' },
    ...(task.dealId ? [{ term: 'Deal', value: link(paths.deal(task.dealId), task.dealName) }] : []),
    ...(task.campaignId
      ? [{ term: 'Campaign', value: link(paths.campaign(task.campaignId), task.campaignName) }]
      : []),
    ...(task.contactId
      ? [{ term: 'Contact', value: link(paths.contact(task.contactId), task.contactName) }]
      : []),
    ...(task.companyId
      ? [{ term: 'Company', value: link(paths.company(task.companyId), task.companyName) }]
      : []),
    { term: 'Brand', value: brand },
    { term: 'Who sees it', value: sharingLabels[`${task.isShared}`] },
  ];
}

function past(task: Task, here: Here) {
  const created = { term: 'Created', value: formatDateTime(task.createdAt, here.timeZone) };
  if (task.completedAt === null) return [created];
  const { nextTaskId } = task;
  return [
    created,
    { term: 'Done', value: formatDateTime(task.completedAt, here.timeZone) },
    { term: 'Done by', value: task.completedByName },
    ...(nextTaskId
      ? [
          {
            term: 'Next one',
            value: (
              <a className="link" href={paths.task(nextTaskId)}>
                Open the next of its series
              </a>
            ),
          },
        ]
      : []),
  ];
}
