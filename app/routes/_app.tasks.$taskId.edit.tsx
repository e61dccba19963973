import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateTaskInput } from '../../server/domain/tasks/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { taskChoices } from '../bridge/choices.server.ts';
import { readEdit, submitEdit } from '../bridge/edits.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { readTaskFields, withPickedNames } from '../features/tasks/tasks.server.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { TaskForm } from '../features/tasks/task-form.tsx';
import { pickedOf } from '../features/tasks/task-values.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.task.title ?? 'task'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { taskId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'tasks.write');
  const [task, members, choices] = await load(context, () =>
    Promise.all([caller.tasks.byId({ taskId }), caller.members.list(), taskChoices(caller)]),
  );
  return { task, members, choices };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { taskId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { changes, base } = readEdit(form, readTaskFields);
  const moves = form.get('movesSeries') === 'true' ? { movesSeries: true } : {};
  const input = { ...changes, ...moves, base, taskId } as unknown as UpdateTaskInput;
  const result = await submitEdit({ context, caller, form }, () => caller.tasks.update(input));
  if ('failure' in result) {
    return json(await withPickedNames(caller, result.failure), { status: result.status });
  }
  return redirect(paths.task(taskId));
}

export default function EditTask() {
  const { task, members, choices } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  const crumbs = [
    { label: 'Tasks', href: paths.tasks() },
    { label: task.title, href: paths.task(task.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <TaskForm
          task={task}
          choices={{ members, brands, ...choices }}
          picked={pickedOf(task)}
          failure={failure}
          cancelHref={paths.task(task.id)}
        />
      </PageBody>
    </>
  );
}
