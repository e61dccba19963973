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
import { isViewNoun, listOfNoun, viewHref } from '../features/saved-views/view-lists.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Save a view · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const { searchParams } = new URL(request.url);
  const noun = searchParams.get('noun');
  if (!isViewNoun(noun)) throw new Response('There is no such list.', { status: 404 });
  const facts = await load(context, () => viewFacts(caller));
  return { ...facts, noun, query: searchParams.get('query') ?? '' };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const noun = form.get('noun');
  if (!isViewNoun(noun)) throw new Response('There is no such list.', { status: 404 });
  const query = form.get('query');
  const result = await submit(context, form, () =>
    caller.savedViews.create({
      ...readViewForm(form),
      noun,
      query: typeof query === 'string' ? query : '',
    }),
  );
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(viewHref(noun, result.value.id));
}

export default function NewSavedView() {
  const { noun, query, ...facts } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const list = listOfNoun(noun);
  const back = query ? `${list.path}?${query}` : list.path;
  return (
    <>
      <PageHeader title="Save a view" crumbs={[{ label: list.label, href: list.path }]} />
      <PageBody>
        <ViewForm view={null} noun={noun} query={query} failure={failure} cancelHref={back} {...facts} />
      </PageBody>
    </>
  );
}
