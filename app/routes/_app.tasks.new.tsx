import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateTaskInput } from '../../server/domain/tasks/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { taskChoices } from '../bridge/choices.server.ts';
import { namesIn } from '../bridge/edits.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { readTaskFields, withPickedNames } from '../features/tasks/tasks.server.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { TaskForm } from '../features/tasks/task-form.tsx';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New task · SpokeStack' }];

const related = ['companyId', 'contactId', 'dealId', 'campaignId'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const caller = await api(request, context);
  await requireRight(caller, 'tasks.write');
  const ids = related.map((name) => searchParams.get(name));
  const [members, choices, names] = await load(context, () =>
    Promise.all([caller.members.list(), taskChoices(caller), namesIn(caller, ids)]),
  );
  // What the reader does not see is not begun with.
  const picked = Object.fromEntries(
    related.map((name, index) => {
      const id = ids[index] ?? '';
      return [name, names[id] ? { id, name: names[id] } : null];
    }),
  );
  return { members, choices, picked };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { brandId, companyId, contactId, ...fields } = readTaskFields(form) as Record<string, unknown>;
  // Left empty, these are the record's own; the procedure's own schema judges what the form sent.
  const given = Object.fromEntries(
    Object.entries({ brandId, companyId, contactId }).filter(([, id]) => id !== null),
  );
  const input = { ...fields, ...given } as unknown as CreateTaskInput;
  const result = await submit(context, form, () => caller.tasks.create(input));
  if ('failure' in result) {
    return json(await withPickedNames(caller, result.failure), { status: result.status });
  }
  return redirect(paths.task(result.value.id));
}

export default function NewTask() {
  const { members, choices, picked } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { account, current } = useAccount();
  return (
    <>
      <PageHeader title="New task" crumbs={[{ label: 'Tasks', href: paths.tasks() }]} />
      <PageBody>
        <TaskForm
          task={null}
          initial={{
            assigneeId: current.brandId === null ? account.userId : '',
            isShared: current.brandId === null ? 'false' : 'true',
          }}
          choices={{ members, brands: current.brands, ...choices }}
          picked={picked}
          failure={failure}
          cancelHref={paths.tasks()}
        />
      </PageBody>
    </>
  );
}
