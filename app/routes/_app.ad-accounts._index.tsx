import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { listAdAccountsInput } from '../../server/domain/ad-accounts/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { AdAccountTable, adAccountSortKeys } from '../features/ad-accounts/ad-account-table.tsx';
import {
  ConnectButton,
  PlatformOff,
  type PlatformStatus,
} from '../features/ad-accounts/connect-platforms.tsx';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { readSort } from '../table/sort.ts';
import { LinkButton } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Ad accounts · SpokeStack' }];

const filters = ['platform', 'brandId', 'connectionId'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input = readQuery(listAdAccountsInput, listQuery(url, filters));
  const [page, platforms] = await load(context, () =>
    Promise.all([caller.adAccounts.list(input), caller.adAccounts.platforms()]),
  );
  const links = pageLinks(url, page.nextCursor);
  return { adAccounts: page.items, platforms, links, address: url.href, now: new Date().toISOString() };
}

export default function AdAccounts() {
  const { adAccounts, platforms, links, address, now } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const canConnect = useMay('ad-accounts.connect');
  const url = new URL(address);
  const isFiltered = ['q', ...filters].some((name) => url.searchParams.has(name));
  return (
    <>
      <PageHeader
        title="Ad accounts"
        actions={
          canConnect && (
            <>
              <LinkButton href={paths.connectAdAccounts()}>Connections</LinkButton>
              {platforms.map((item) => item.isOn && <ConnectButton key={item.id} platform={item} />)}
            </>
          )
        }
      />
      <Started />
      <ListToolbar
        url={url}
        searchLabel="Search ad accounts"
        keep={['sort', 'connectionId']}
        selects={[
          {
            name: 'platform',
            emptyLabel: 'Any platform',
            options: platforms.map(({ id, name }) => [id, name]),
          },
          { name: 'brandId', emptyLabel: 'Any brand', options: brands.map(({ id, name }) => [id, name]) },
        ]}
      />
      {adAccounts.length === 0 ? (
        <NoAdAccounts isFiltered={isFiltered} canConnect={canConnect} platforms={platforms} />
      ) : (
        <>
          <AdAccountTable
            adAccounts={adAccounts}
            brands={Object.fromEntries(brands.map(({ id, name }) => [id, name]))}
            url={url}
            sort={readSort(url.searchParams.get('sort') ?? 'name', adAccountSortKeys)}
            now={now}
          />
          <Pagination label="Ad accounts" {...links} />
        </>
      )}
    </>
  );
}

/** What the picker leads back with. */
function Started() {
  const [search] = useSearchParams();
  const count = Number(search.get('started'));
  if (!Number.isInteger(count) || count < 1) return null;
  const accounts = count === 1 ? '1 ad account is' : `${count} ad accounts are`;
  return (
    <div className="px-4 pt-4 md:px-5">
      <Callout
        tone="success"
        title={`${accounts} in use`}
        isAnswer
        actions={<LinkButton href={paths.syncRuns()}>Watch the syncs</LinkButton>}
      >
        The figures of the last 28 days are on their way.
      </Callout>
    </div>
  );
}

interface NoAdAccountsProps {
  isFiltered: boolean;
  canConnect: boolean;
  platforms: readonly PlatformStatus[];
}

function NoAdAccounts({ isFiltered, canConnect, platforms }: NoAdAccountsProps) {
  if (isFiltered) {
    const action = { label: 'Clear filters', href: paths.adAccounts() };
    const description = 'No ad account fits this search and these filters.';
    return <EmptyState kind="no-result" title="Nothing found" description={description} action={action} />;
  }
  const title = 'No ad accounts yet';
  if (!canConnect) {
    const description = 'None is yours to see yet. An owner or admin of the agency connects ad accounts.';
    return <EmptyState kind="no-right" title={title} description={description} />;
  }
  const off = platforms.filter(({ isOn }) => !isOn);
  return (
    <EmptyState
      kind="unused"
      title={title}
      description="Connect a platform, pick the ad accounts, and their figures come by themselves from then on."
    >
      {platforms.map((item) => item.isOn && <ConnectButton key={item.id} platform={item} />)}
      {off.map((item) => (
        <p key={item.id} className="max-w-[26rem] text-muted">
          <PlatformOff platform={item} />
        </p>
      ))}
    </EmptyState>
  );
}
