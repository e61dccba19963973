import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { ContentList } from '../features/creator-contents/content-list.tsx';
import { isFiltered } from '../features/creator-contents/content-query.ts';
import { ContentToolbar } from '../features/creator-contents/content-toolbar.tsx';
import { decideMany, readContents } from '../features/creator-contents/contents.server.ts';
import { DecidedCallout } from '../features/creator-contents/decided-callout.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Content · SpokeStack' }];

const CAMPAIGNS = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    const [list, campaigns] = await Promise.all([
      readContents(caller, pageUrl(request)),
      caller.campaigns.list({ limit: CAMPAIGNS, sort: 'name' }),
    ]);
    return { list, campaigns: campaigns.items.map(({ id, name }) => ({ id, name })) };
  });
}

/** Confirms or rejects those that were chosen. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  return json(await load(context, () => decideMany(caller, context, form)));
}

export default function Content() {
  const { list, campaigns } = useLoaderData<typeof loader>();
  const decided = useActionData<typeof action>();
  const canCreate = useMay('creator-contents.write');
  const url = new URL(list.address);
  return (
    <>
      <PageHeader
        title="Content"
        actions={
          canCreate && (
            <LinkButton href={paths.newCreatorContent()} variant="primary" data-shortcut="create">
              Add a post
            </LinkButton>
          )
        }
      />
      <ContentToolbar url={url} campaigns={campaigns} />
      {decided && <DecidedCallout decided={decided} />}
      {list.contents.length === 0 ? (
        <NoContent isNarrowed={isFiltered(url)} />
      ) : (
        <ContentList {...list} campaignId={url.searchParams.get('campaignId') || null} />
      )}
    </>
  );
}

function NoContent({ isNarrowed }: { isNarrowed: boolean }) {
  if (isNarrowed)
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No post fits this search and these filters."
        action={{ label: 'Clear filters', href: paths.creatorContents() }}
      />
    );
  return (
    <EmptyState
      kind="unused"
      title="No content yet"
      description="What creators publish arrives here once their accounts are connected. A single post can also be added by its address."
      action={{ label: 'Creators', href: paths.creators() }}
    />
  );
}
