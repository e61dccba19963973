import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { forecastInput, funnelInput } from '../../server/domain/deals/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { ForecastView } from '../features/deals/forecast-view.tsx';
import { FunnelView } from '../features/deals/funnel-view.tsx';
import { InsightBar } from '../features/deals/insight-bar.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Tabs, ViewSwitch } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Forecast · SpokeStack' }];

const names = ['ownerId', 'brandId', 'from', 'to', 'value'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const isFunnel = url.searchParams.get('tab') === 'funnel';
  const [view, members] = await load(context, () =>
    Promise.all([isFunnel ? readFunnel(caller, url) : readForecast(caller, url), caller.members.list()]),
  );
  return { view, members, address: url.href };
}

async function readForecast(caller: Api, url: URL) {
  return {
    tab: 'forecast' as const,
    forecast: await caller.deals.forecast(readQuery(forecastInput, queryOf(url))),
  };
}

async function readFunnel(caller: Api, url: URL) {
  const { value: _value, ...query } = queryOf(url);
  return { tab: 'funnel' as const, funnel: await caller.deals.funnel(readQuery(funnelInput, query)) };
}

function queryOf(url: URL): Record<string, string> {
  const entries = names.map((name) => [name, url.searchParams.get(name) ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

export default function ForecastPage() {
  const { view, members, address } = useLoaderData<typeof loader>();
  const url = new URL(address);
  const { brands } = useAccount().current;
  const [ownerId, brandId] = [url.searchParams.get('ownerId'), url.searchParams.get('brandId')];
  const range = view.tab === 'funnel' ? view.funnel : rangeOf(view.forecast.months);
  const isFiltered = names.some((name) => url.searchParams.has(name));
  const views = [
    { id: 'board', label: 'Board', href: withQuery(paths.dealBoard(), { ownerId }) },
    { id: 'list', label: 'List', href: withQuery(paths.dealList(), { ownerId }) },
    { id: 'forecast', label: 'Forecast', href: withQuery(paths.dealForecast(), { ownerId }) },
  ];
  const tabs = [
    { id: 'forecast', label: 'Forecast', href: withQuery(paths.dealForecast(), { ownerId, brandId }) },
    { id: 'funnel', label: 'Funnel', href: withQuery(paths.dealFunnel(), { ownerId, brandId }) },
  ];
  return (
    <>
      <PageHeader title="Deals" meta={<ViewSwitch label="Deal views" tabs={views} currentId="forecast" />} />
      <Tabs label="Insight" tabs={tabs} currentId={view.tab} />
      <InsightBar
        url={url}
        tab={view.tab}
        from={range.from}
        to={range.to}
        members={members}
        brands={brands}
      />
      <PageBody>
        {view.tab === 'funnel' ? (
          <FunnelView funnel={view.funnel} isFiltered={isFiltered} />
        ) : (
          <ForecastView forecast={view.forecast} isFiltered={isFiltered} />
        )}
      </PageBody>
    </>
  );
}

function rangeOf(months: readonly { month: string }[]) {
  return { from: months[0]?.month ?? '', to: months.at(-1)?.month ?? '' };
}
