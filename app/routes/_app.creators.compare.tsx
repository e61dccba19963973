import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, type Api, load } from '../bridge/api.server.ts';
import { AddCompared } from '../features/creators/add-compared.tsx';
import { FEWEST_COMPARED, MOST_COMPARED, readCompareAddress } from '../features/creators/compare-address.ts';
import { CompareTable } from '../features/creators/compare-table.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader, Toolbar } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Compare creators · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { creatorIds, leftOut, folded } = readCompareAddress(pageUrl(request));
  if (folded) throw redirect(folded);
  const caller = await api(request, context);
  return load(context, async () => {
    const [creators, choices] = await Promise.all([readCompared(caller, creatorIds), readChoices(caller)]);
    return { creatorIds, creators, choices, leftOut, now: new Date().toISOString() };
  });
}

/** One alone stands beside nobody: its name is enough. */
async function readCompared(caller: Api, creatorIds: readonly string[]) {
  if (creatorIds.length >= FEWEST_COMPARED)
    return (await caller.creators.compare({ creatorIds: [...creatorIds] })).creators;
  return [];
}

async function readChoices(caller: Api) {
  const { items } = await caller.creators.list({ limit: 200, sort: 'name' });
  return items.map(({ id, name }) => ({ id, name }));
}

export default function CompareCreators() {
  const { creatorIds, creators, choices, leftOut, now } = useLoaderData<typeof loader>();
  const canAdd = creatorIds.length < MOST_COMPARED;
  const [only] = creatorIds;
  const name = choices.find(({ id }) => id === only)?.name;
  return (
    <>
      <PageHeader title="Compare" crumbs={[{ label: 'Creators', href: paths.creators() }]} />
      {leftOut > 0 && (
        <PageBody>
          <Callout tone="warning" title={`Up to ${MOST_COMPARED} creators fit beside each other`}>
            {leftOut === 1 ? 'One was left out.' : `${leftOut} were left out.`}
          </Callout>
        </PageBody>
      )}
      {creators.length > 0 ? (
        <>
          <Toolbar>
            {canAdd ? (
              <AddCompared creatorIds={creatorIds} choices={choices} />
            ) : (
              <p className="text-muted">Take one out to put another in its place.</p>
            )}
          </Toolbar>
          <CompareTable creators={creators} now={now} />
        </>
      ) : (
        <EmptyState
          kind="no-result"
          title={only ? `Who stands beside ${name ?? 'the one you chose'}?` : 'Choose who is compared'}
          description="Two to five creators stand beside each other: figures by network with their source and age, audiences, contracts and fees."
        >
          <AddCompared creatorIds={creatorIds} choices={choices} />
        </EmptyState>
      )}
    </>
  );
}
