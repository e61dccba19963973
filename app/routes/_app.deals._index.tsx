import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { boardInput, listDealsInput } from '../../server/domain/deals/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { openDealPanel } from '../bridge/record-panel.server.ts';
import { isRecycleBin, recycleBinAction } from '../features/bulk-changes/recycle-bin-link.ts';
import { readCardLook } from '../features/deals/card-fields.ts';
import { CardOptions } from '../features/deals/card-options.tsx';
import { DealBoard } from '../features/deals/deal-board.tsx';
import { DealListView } from '../features/deals/deal-list-view.tsx';
import { dealList } from '../features/deals/deal-list.tsx';
import { DealPanel } from '../features/deals/deal-panel.tsx';
import { NoDeals } from '../features/deals/no-deals.tsx';
import { toListRow } from '../features/records/chosen-columns.ts';
import { ListActions } from '../features/records/list-actions.tsx';
import { idsToName, type ListFrameData, noRows, openList } from '../features/records/open-list.server.ts';
import { RecordToolbar } from '../features/records/record-toolbar.tsx';
import { useListFrame } from '../features/records/use-list-frame.ts';
import { revalidatesList } from '../features/records/use-record-panel.ts';
import { ViewTabs } from '../features/saved-views/view-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { listOf } from '../lib/list-address.ts';
import { listHref, savedViewOf, VIEW } from '../lib/list-url.ts';
import { listQuery, pageLinks } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ViewSwitch } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Deals · SpokeStack' }];

/** What the board filters by; its columns are the stages, and a deleted deal stands in none. */
const boardFilters = ['ownerId', 'brandId', 'companyId', 'contactId', 'filter'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    const [data, members] = await Promise.all([openList(request, caller, dealList), caller.members.list()]);
    const url = new URL(data.address);
    const isList = url.searchParams.get(VIEW) === 'list' || savedViewOf(url) !== null;
    const [view, panel] = await Promise.all([
      isList ? readList(caller, url, data) : readBoard(caller, url, data),
      openDealPanel({ request, context, caller, url }),
    ]);
    const ids = idsToName(data.filter, [], dealList);
    for (const name of ['companyId', 'contactId']) ids.push(...url.searchParams.getAll(name));
    const names = ids.length > 0 ? await caller.records.names({ ids }) : {};
    return { data, members, names, view, panel, now: new Date().toISOString() };
  });
}

/** What opens beside the list leaves it as it is. */
export const shouldRevalidate = revalidatesList;

type Caller = Awaited<ReturnType<typeof api>>;

async function readBoard(caller: Caller, url: URL, { wrongFilter }: ListFrameData) {
  const { sort: _sort, cursor: _cursor, ...query } = listQuery(url, boardFilters);
  if (wrongFilter) delete query.filter;
  const { limit, ...filters } = readQuery(boardInput, query);
  const [board, reasons] = await Promise.all([
    caller.deals.board({ ...filters, limit }),
    caller.dealStages.closeReasons(),
  ]);
  return { kind: 'board' as const, count: board.count, board, filters, reasons };
}

async function readList(caller: Caller, url: URL, { wrongFilter, columns }: ListFrameData) {
  const query = listQuery(url, ['filter', ...dealList.filters]);
  if (wrongFilter) delete query.filter;
  const input = readQuery(listDealsInput, query);
  const [page, totals] = await Promise.all([
    wrongFilter ? noRows : caller.deals.list(input),
    caller.deals.totals(input),
  ]);
  const rows = page.items.map((deal) => toListRow(deal, columns, dealList));
  return { kind: 'list' as const, rows, totals, links: pageLinks(url, page.nextCursor) };
}

export default function Deals() {
  const { data, members, names, view, panel, now } = useLoaderData<typeof loader>();
  const frame = useListFrame({ look: dealList, data, members, names, now });
  const { url } = frame;
  const canWrite = useMay('deals.write');
  const canImport = useMay('imports.write');
  const isList = view.kind === 'list';
  const asList = listHref(url, { view: 'list' });
  const isFiltered = ['q', ...boardFilters].some((name) => url.searchParams.has(name));
  const views = [
    { id: 'board', label: 'Board', href: listHref(url, { view: 'board', sort: null, columns: null }) },
    { id: 'list', label: 'List', href: asList },
    {
      id: 'forecast',
      label: 'Forecast',
      href: withQuery(paths.dealForecast(), { ownerId: url.searchParams.get('ownerId') }),
    },
  ];
  return (
    <>
      <PageHeader
        title="Deals"
        meta={<ViewSwitch label="Deal views" tabs={views} currentId={view.kind} />}
        actions={
          <>
            {!isList && view.count > 0 && <CardOptions url={url} look={readCardLook(url)} />}
            {canWrite && (
              <>
                <ListActions
                  actions={[
                    ...(isList ? [recycleBinAction(url)] : []),
                    ...(canImport
                      ? [{ label: 'Import', href: withQuery(paths.newImport(), { kind: 'deals' }) }]
                      : []),
                  ]}
                />
                {!isRecycleBin(url) && (
                  <LinkButton
                    href={paths.newDeal()}
                    variant="primary"
                    data-shortcut="create"
                    aria-keyshortcuts="c"
                  >
                    New deal
                  </LinkButton>
                )}
              </>
            )}
          </>
        }
      />
      {isList && <ViewTabs look={dealList} frame={frame} allView="list" />}
      <RecordToolbar look={dealList} frame={frame} isTable={isList} />
      {isList ? (
        <DealPanel url={url} panel={panel}>
          <DealListView frame={frame} canWrite={canWrite} {...view} />
        </DealPanel>
      ) : view.count === 0 ? (
        <NoDeals isFiltered={isFiltered} canCreate={canWrite} view="board" />
      ) : (
        <DealPanel url={url} panel={panel}>
          <DealBoard
            key={listOf(url)}
            board={view.board}
            filters={view.filters}
            owners={Object.fromEntries(members.map(({ id, name }) => [id, name]))}
            reasons={view.reasons}
            look={readCardLook(url)}
            now={now}
            listHref={asList}
          />
        </DealPanel>
      )}
    </>
  );
}
