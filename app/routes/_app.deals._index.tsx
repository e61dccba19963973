import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { boardInput, listDealsInput } from '../../server/domain/deals/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { BulkList } from '../features/bulk-changes/bulk-list.tsx';
import { RecycleBinLink } from '../features/bulk-changes/recycle-bin-link.tsx';
import { readCardLook } from '../features/deals/card-fields.ts';
import { CardOptions } from '../features/deals/card-options.tsx';
import { DealBoard } from '../features/deals/deal-board.tsx';
import { DealTable, dealSortKeys, toDealLine } from '../features/deals/deal-table.tsx';
import { dealStatusLabels, stageLabels } from '../features/deals/labels.ts';
import { NoDeals } from '../features/deals/no-deals.tsx';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { formatCapped } from '../lib/format.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { readSort } from '../table/sort.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { ViewSwitch } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Deals · SpokeStack' }];

const shared = ['ownerId', 'brandId', 'companyId', 'contactId'] as const;
const boardFilters = [...shared, 'filter'] as const;
const listOnly = ['stage', 'status', 'deleted'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const isList = url.searchParams.get('view') === 'list';
  const now = new Date().toISOString();
  const [view, members] = await load(context, () =>
    Promise.all([isList ? readList(caller, url) : readBoard(caller, url), caller.members.list()]),
  );
  return { view, members, address: url.href, now };
}

type Caller = Awaited<ReturnType<typeof api>>;

async function readBoard(caller: Caller, url: URL) {
  const { sort: _sort, cursor: _cursor, ...query } = listQuery(url, boardFilters);
  const { limit, ...filters } = readQuery(boardInput, query);
  const [board, reasons] = await Promise.all([
    caller.deals.board({ ...filters, limit }),
    caller.dealStages.closeReasons(),
  ]);
  return { kind: 'board' as const, count: board.count, board, filters, reasons };
}

async function readList(caller: Caller, url: URL) {
  const input = readQuery(listDealsInput, listQuery(url, [...shared, ...listOnly]));
  const [page, count] = await Promise.all([caller.deals.list(input), caller.deals.count(input)]);
  const items = page.items.map(toDealLine);
  return { kind: 'list' as const, items, count, links: pageLinks(url, page.nextCursor) };
}

export default function Deals() {
  const { view, members, address, now } = useLoaderData<typeof loader>();
  const url = new URL(address);
  const canCreate = useMay('deals.write');
  const isFiltered = ['q', ...shared, ...listOnly].some((name) => url.searchParams.has(name));
  const keep = Object.fromEntries(['q', ...shared].map((name) => [name, url.searchParams.get(name)]));
  const views = [
    { id: 'board', label: 'Board', href: withQuery(paths.deals(), { ...keep, view: 'board' }) },
    { id: 'list', label: 'List', href: withQuery(paths.deals(), { ...keep, view: 'list' }) },
    {
      id: 'forecast',
      label: 'Forecast',
      href: withQuery(paths.dealForecast(), { ownerId: url.searchParams.get('ownerId') }),
    },
  ];
  const owners = {
    name: 'ownerId',
    emptyLabel: 'Any owner',
    options: members.map(({ id, name }) => [id, name] as const),
  };
  const selects = view.kind === 'list' ? [...listSelects, owners] : [owners];
  return (
    <>
      <PageHeader
        title="Deals"
        meta={<ViewSwitch label="Deal views" tabs={views} currentId={view.kind} />}
        actions={
          <>
            {view.kind === 'board' && view.count > 0 && <CardOptions url={url} look={readCardLook(url)} />}
            {canCreate && (
              <>
                {view.kind === 'list' && <RecycleBinLink url={url} />}
                <LinkButton href={withQuery(paths.newImport(), { kind: 'deals' })}>Import</LinkButton>
                <LinkButton href={paths.newDeal()} variant="primary">
                  New deal
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <ListToolbar
        url={url}
        searchLabel="Search deals"
        selects={selects}
        keep={['view', 'sort', 'companyId', 'contactId', 'brandId', 'card', 'compact']}
      />
      {view.count === 0 ? (
        <NoDeals isFiltered={isFiltered} canCreate={canCreate} view={view.kind} />
      ) : view.kind === 'board' ? (
        <DealBoard
          key={address}
          board={view.board}
          filters={view.filters}
          owners={Object.fromEntries(members.map(({ id, name }) => [id, name]))}
          reasons={view.reasons}
          look={readCardLook(url)}
          now={now}
          listHref={withQuery(paths.deals(), { ...keep, view: 'list' })}
        />
      ) : (
        <>
          <BulkList noun="DEAL" rowIds={view.items.map(({ id }) => id)} total={view.count} url={url}>
            {(selection) => (
              <DealTable
                deals={view.items}
                url={url}
                sort={readSort(url.searchParams.get('sort') ?? '-updatedAt', dealSortKeys)}
                now={now}
                selection={selection}
              />
            )}
          </BulkList>
          <Pagination label="Deals" {...view.links} summary={formatCapped(view.count, 'deal', 'deals')} />
        </>
      )}
    </>
  );
}

const listSelects = [
  { name: 'stage', emptyLabel: 'Any stage', options: Object.entries(stageLabels) },
  { name: 'status', emptyLabel: 'Any status', options: Object.entries(dealStatusLabels) },
];
