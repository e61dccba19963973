import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readForm, readFormData } from '../bridge/forms.server.ts';
import { isViewNoun, listOfNoun, viewHref } from '../features/saved-views/view-lists.ts';
import { ViewTable } from '../features/saved-views/view-table.tsx';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Views · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const noun = new URL(request.url).searchParams.get('noun') ?? 'COMPANY';
  if (!isViewNoun(noun)) throw new Response('There is no such list.', { status: 404 });
  const { items } = await load(context, () => caller.savedViews.list({ noun, limit: 200 }));
  return { noun, views: items };
}

/** Stars a view and has the list open with it, or takes either back. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { choose = '', savedViewId = '' } = readForm(await readFormData(request));
  const caller = await api(request, context);
  const [choice, isOn] = choose.split(':');
  const change = choice === 'default' ? { isDefault: isOn === 'true' } : { isStarred: isOn === 'true' };
  const { noun } = await load(context, () => caller.savedViews.choose({ savedViewId, ...change }));
  return redirect(paths.savedViews(noun));
}

export default function SavedViews() {
  const { noun, views } = useLoaderData<typeof loader>();
  const list = listOfNoun(noun);
  return (
    <>
      <PageHeader title="Views" crumbs={[{ label: list.label, href: list.path }]} />
      {views.length === 0 ? (
        <EmptyState
          kind="unused"
          title="No views yet"
          description="Filter a list, choose its columns and its order, and save that as a view to come back to."
          action={{ label: `Go to ${list.label.toLowerCase()}`, href: list.path }}
        />
      ) : (
        <ViewTable views={views} hrefOf={(savedViewId) => viewHref(noun, savedViewId)} />
      )}
    </>
  );
}
