import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { todayIn } from '../features/metrics/range.ts';
import { ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { useAccount, useTimeZone } from '../features/shell/use-account.ts';
import { CompleteButton } from '../features/tasks/task-check.tsx';
import { useMayChange } from '../features/tasks/task-list.tsx';
import { TaskSummary } from '../features/tasks/task-summary.tsx';
import { useCompletion } from '../features/tasks/use-completion.ts';
import { paths } from '../lib/paths.ts';
import { Badge } from '../ui/badge.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.task.title ?? 'Task'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { taskId = '' } = params;
  const caller = await api(request, context);
  const task = await load(context, () => caller.tasks.byId({ taskId }));
  return { task, now: new Date().toISOString() };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { taskId = '' } = params;
  const caller = await api(request, context);
  return answerArchive(
    { request, context },
    {
      archive: (expectedVersion) => caller.tasks.archive({ taskId, expectedVersion }).then(named),
      restore: () => caller.tasks.restore({ taskId }).then(named),
    },
  );
}

function named({ title }: { title: string }) {
  return { name: `“${title}”` };
}

export default function TaskPage() {
  const { task, now } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  const { brands } = useAccount().current;
  const canChange = useMayChange()(task);
  const { chosen, change } = useCompletion();
  const isDone = chosen.get(task.id) ?? task.completed;
  const here = { today: todayIn(timeZone, new Date(now)), timeZone };
  return (
    <>
      <PageHeader
        title={task.title}
        crumbs={[{ label: 'Tasks', href: paths.tasks() }]}
        meta={<TaskState isDone={isDone} isOverdue={task.isOverdue} />}
        actions={
          <>
            {canChange && task.isActive && (
              <CompleteButton
                task={task}
                isDone={isDone}
                returnTo={paths.task(task.id)}
                onChange={(completed) => void change(task, completed)}
              />
            )}
            <RecordActions record={task} editHref={paths.editTask(task.id)} canWrite={canChange} />
          </>
        }
      />
      <PageBody>
        {!task.isActive && <ArchivedCallout noun="task" canRestore={canChange} />}
        <TaskSummary
          task={task}
          here={here}
          brand={brands.find(({ id }) => id === task.brandId)?.name ?? null}
        />
      </PageBody>
    </>
  );
}

function TaskState({ isDone, isOverdue }: { isDone: boolean; isOverdue: boolean }) {
  if (isDone) return <Badge tone="success">Done</Badge>;
  return isOverdue ? <Badge tone="danger">Overdue</Badge> : <Badge>Open</Badge>;
}
