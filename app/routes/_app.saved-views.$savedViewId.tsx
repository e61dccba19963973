import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { viewFacts } from '../features/saved-views/view-facts.server.ts';
import { ViewForm } from '../features/saved-views/view-form.tsx';
import { readViewForm } from '../features/saved-views/view-input.ts';
import { viewHref } from '../features/saved-views/view-lists.ts';
import { paths } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Change a view · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    const [view, facts] = await Promise.all([
      caller.savedViews.byId({ savedViewId: params.savedViewId ?? '' }),
      viewFacts(caller),
    ]);
    if (!view.isChangeable) {
      throw Response.json({ message: 'This view is shared with you; save a copy of it.' }, { status: 403 });
    }
    return { view, facts };
  });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const savedViewId = params.savedViewId ?? '';
  const ref = { savedViewId, expectedVersion: Number(form.get('expectedVersion') ?? 0) || undefined };
  const intent = form.get('intent');
  if (intent === 'delete') {
    const { noun } = await load(context, () => caller.savedViews.byId({ savedViewId }));
    const deleted = await submit(context, form, () => caller.savedViews.delete(ref));
    if ('failure' in deleted) return json(deleted.failure, { status: deleted.status });
    return redirect(paths.savedViews(noun));
  }
  const query = form.get('query');
  const change = intent === 'query' ? { query: typeof query === 'string' ? query : '' } : readViewForm(form);
  const saved = await submit(context, form, () => caller.savedViews.update({ ...ref, ...change }));
  if ('failure' in saved) return json(saved.failure, { status: saved.status });
  return redirect(viewHref(saved.value.noun, savedViewId));
}

export default function EditSavedView() {
  const { view, facts } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={view.name}
        crumbs={[{ label: 'Views', href: paths.savedViews(view.noun) }]}
        actions={
          <form method="post">
            <input type="hidden" name="expectedVersion" value={view.version} />
            <Button type="submit" name="intent" value="delete" variant="danger">
              Delete view
            </Button>
          </form>
        }
      />
      <PageBody>
        <ViewForm
          view={view}
          noun={view.noun}
          query={view.query}
          failure={failure}
          cancelHref={viewHref(view.noun, view.id)}
          {...facts}
        />
      </PageBody>
    </>
  );
}
