import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCreatorsInput } from '../../server/domain/creators/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { openCreatorPanel } from '../bridge/record-panel.server.ts';
import { isRecycleBin } from '../features/bulk-changes/recycle-bin-link.ts';
import { creatorList } from '../features/creators/creator-list.tsx';
import { CreatorPanel } from '../features/creators/creator-panel.tsx';
import { RosterActions } from '../features/creators/roster-actions.tsx';
import { RosterFilter } from '../features/creators/roster-filter.tsx';
import { foldRosterForm } from '../features/creators/roster-query.ts';
import { RosterView } from '../features/creators/roster-view.tsx';
import { StatusTabs } from '../features/creators/status-tabs.tsx';
import { toListRow } from '../features/records/chosen-columns.ts';
import { idsToName, noRows, openList } from '../features/records/open-list.server.ts';
import { RecordToolbar } from '../features/records/record-toolbar.tsx';
import { useListFrame } from '../features/records/use-list-frame.ts';
import { revalidatesList } from '../features/records/use-record-panel.ts';
import { ViewTabs } from '../features/saved-views/view-tabs.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Creators · SpokeStack' }];

export const shouldRevalidate = revalidatesList;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const folded = foldRosterForm(pageUrl(request));
  if (folded) throw redirect(folded);
  const caller = await api(request, context);
  return load(context, async () => {
    const { current } = await caller.account.me();
    const look = creatorList(current?.brandId != null);
    const [data, members, categories] = await Promise.all([
      openList(request, caller, look),
      caller.members.list(),
      caller.creators.categories({ limit: MOST_CATEGORIES }),
    ]);
    const url = new URL(data.address);
    const input = readQuery(listCreatorsInput, listQuery(url, ['filter', ...look.filters]));
    const [panel, page, total, counts] = await Promise.all([
      openCreatorPanel({ request, context, caller, url }),
      data.wrongFilter ? noRows : caller.creators.list(input),
      data.wrongFilter ? 0 : caller.creators.count(input),
      data.wrongFilter ? null : caller.creators.statusCounts(input),
    ]);
    const rows = page.items.map((creator) => toListRow(creator, data.columns, look));
    const ids = idsToName(data.filter, rows, look);
    for (const name of ['contactId', 'managerContactId']) ids.push(...url.searchParams.getAll(name));
    const names = ids.length > 0 ? await caller.records.names({ ids }) : {};
    const words = categories.map(({ category }) => category);
    const shown = { panel, rows, total, counts, links: pageLinks(url, page.nextCursor) };
    return { data, members, names, categories: words, now: new Date().toISOString(), ...shown };
  });
}

const MOST_CATEGORIES = 100;

export default function Creators() {
  const { data, members, names, categories, now, panel, counts, ...shown } = useLoaderData<typeof loader>();
  const { brandId, brands } = useAccount().current;
  const isClient = brandId !== null;
  const look = creatorList(isClient);
  const frame = useListFrame({ look, data, members, names, now });
  const { url } = frame;
  return (
    <>
      <PageHeader title="Creators" actions={<RosterActions url={url} />} />
      <ViewTabs look={look} frame={frame} />
      <RecordToolbar
        look={look}
        frame={frame}
        filters={
          <RosterFilter
            url={url}
            panel={data.panel}
            brands={brands}
            categories={categories}
            isClient={isClient}
          />
        }
      />
      {counts && !isRecycleBin(url) && <StatusTabs url={url} counts={counts} />}
      <CreatorPanel url={url} panel={panel} now={now}>
        <RosterView look={look} frame={frame} {...shown} />
      </CreatorPanel>
    </>
  );
}
