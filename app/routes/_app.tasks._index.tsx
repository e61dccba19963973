import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type ListTasksInput, listTasksInput } from '../../server/domain/tasks/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { readFormData, readQuery } from '../bridge/forms.server.ts';
import { answerTaskList } from '../features/tasks/tasks.server.ts';
import { todayIn } from '../features/metrics/range.ts';
import { useMay } from '../features/shell/use-account.ts';
import { groupTasks, readTab, toTaskLine } from '../features/tasks/groups.ts';
import { NoTasks } from '../features/tasks/no-tasks.tsx';
import { QuickAdd } from '../features/tasks/quick-add.tsx';
import { TaskList } from '../features/tasks/task-list.tsx';
import { questionOf, TaskTabs, TaskToolbar } from '../features/tasks/task-tabs.tsx';
import { formatCapped } from '../lib/format.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Tasks · SpokeStack' }];

const filters = [
  'assigneeId',
  'priority',
  'companyId',
  'contactId',
  'dealId',
  'campaignId',
  'deleted',
] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const tab = readTab(url.searchParams.get('tab'));
  const caller = await api(request, context);
  const query = { ...listQuery(url, filters), ...questionOf(tab) };
  const input: ListTasksInput = { ...readQuery(listTasksInput, query), limit: 100 };
  const { userId, here } = await load(context, () => readHere(caller));
  const [page, total, overdue, members] = await load(context, () =>
    Promise.all([
      caller.tasks.list(input),
      caller.tasks.count(input),
      caller.tasks.count({ view: 'overdue', assigneeId: userId }),
      caller.members.list(),
    ]),
  );
  return {
    tab,
    groups: groupTasks(tab, page.items.map(toTaskLine), here.today),
    total,
    overdue,
    here,
    userId,
    members: members.map(({ id, name }) => ({ id, name })),
    links: pageLinks(url, page.nextCursor),
    address: url.href,
  };
}

/** Whose day it is, and which. */
async function readHere(caller: Api) {
  const { userId, timeZone: own, current } = await caller.account.me();
  const timeZone = own ?? current?.organization.timeZone ?? 'UTC';
  return { userId, here: { today: todayIn(timeZone, new Date()), timeZone } };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  return answerTaskList({ context, caller: await api(request, context), form });
}

export default function Tasks() {
  const { tab, groups, total, overdue, here, userId, members, links, address } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const url = new URL(address);
  const canCreate = useMay('tasks.write');
  const returnTo = url.pathname + url.search;
  return (
    <>
      <PageHeader
        title="Tasks"
        actions={
          canCreate && (
            <LinkButton href={paths.newTask()} variant="primary">
              New task
            </LinkButton>
          )
        }
      />
      <TaskTabs tab={tab} userId={userId} overdue={overdue} />
      {tab !== 'myDay' && <TaskToolbar url={url} userId={userId} members={members} />}
      {canCreate && tab !== 'completed' && (
        <QuickAdd
          members={members}
          assigneeId={userId}
          returnTo={returnTo}
          failure={answer && !answer.ok ? answer : undefined}
        />
      )}
      {groups.length === 0 ? (
        <NoTasks tab={tab} url={url} canCreate={canCreate} />
      ) : (
        <>
          <TaskList groups={groups} here={here} returnTo={returnTo} />
          <Pagination label="Tasks" {...links} summary={formatCapped(total, 'task', 'tasks')} />
        </>
      )}
    </>
  );
}
