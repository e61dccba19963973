import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { portfolioInput } from '../../server/domain/portfolio/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { PortfolioFilters } from '../features/portfolio/portfolio-filters.tsx';
import { portfolioFilters, readGroup, readPicked } from '../features/portfolio/portfolio-query.ts';
import { PortfolioTable } from '../features/portfolio/portfolio-table.tsx';
import { RollupBar } from '../features/portfolio/rollup-bar.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { formatCount } from '../lib/format.ts';
import { listParams } from '../lib/list-url.ts';
import { listQuery, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Portfolio · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input = readQuery(portfolioInput, listQuery(url, portfolioFilters));
  const picked = readPicked(url.searchParams);
  const [portfolio, members, rollup] = await load(context, () =>
    Promise.all([
      caller.portfolio.list(input),
      caller.members.list(),
      picked.length > 0 ? caller.portfolio.rollup({ campaignIds: picked }) : null,
    ]),
  );
  const { brandId, ownerId, platform, objective, status, band, isOpen, q, sort } = input;
  return {
    portfolio,
    members: members.map(({ id, name }) => ({ id, name })),
    rollup,
    view: { brandId, ownerId, platform, objective, status, band, isOpen, q, sort },
    picked,
    address: url.href,
  };
}

export default function PortfolioPage() {
  const { portfolio, members, rollup, view, picked, address } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const showsPlan = useMay('budgets.read');
  const canCreate = useMay('campaigns.write');
  const url = new URL(address);
  const isFiltered = ['q', ...portfolioFilters].some((name) => url.searchParams.has(name));
  const isEmpty = portfolio.items.length === 0;
  return (
    <>
      <PageHeader
        title="Portfolio"
        description="Every campaign with its money and its pace."
        actions={canCreate && <LinkButton href={paths.newCampaign()}>New campaign</LinkButton>}
      />
      <PortfolioFilters url={url} view={view} brands={brands} members={members} portfolio={portfolio} />
      {isEmpty ? (
        <NoCampaigns isFiltered={isFiltered} />
      ) : (
        <PageBody>
          {rollup && (
            <RollupBar rollup={rollup} title={pickedTitle(rollup.campaigns)} showsPlan={showsPlan} />
          )}
          <RollupBar
            rollup={portfolio.totals}
            title={allTitle(portfolio.totals.campaigns)}
            showsPlan={showsPlan}
          />
          <form method="get" action={paths.portfolio()} aria-label="Add up campaigns" className="grid gap-2">
            {listParams(url)
              .filter(([name]) => name !== 'pick')
              .map(([name, value]) => (
                <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
              ))}
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit">Add up what is ticked</Button>
              {picked.length > 0 && (
                <a className="link" href={withoutPicked(url)}>
                  Tick none
                </a>
              )}
              {portfolio.more > 0 && (
                <p className="text-muted">
                  {formatCount(portfolio.more)} more are in the sums and not in the list; narrow it to see
                  them.
                </p>
              )}
            </div>
            <PortfolioTable
              portfolio={portfolio}
              group={readGroup(url.searchParams)}
              url={url}
              picked={picked}
              showsPlan={showsPlan}
            />
          </form>
        </PageBody>
      )}
    </>
  );
}

function NoCampaigns({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState
      kind="no-result"
      title="Nothing found"
      description="No campaign fits this search and these filters."
      action={{ label: 'Clear filters', href: paths.portfolio() }}
    />
  ) : (
    <EmptyState
      kind="unused"
      title="No campaigns yet"
      description="Campaigns stand here side by side, with what they may spend, what they spent and what is expected of them."
      action={{ label: 'Go to campaigns', href: paths.campaigns() }}
    />
  );
}

function withoutPicked(url: URL): string {
  const search = new URLSearchParams(listParams(url).filter(([name]) => name !== 'pick'));
  const query = search.toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}

const pickedTitle = (count: number) =>
  count === 1 ? '1 campaign that is ticked' : `${formatCount(count)} campaigns that are ticked`;
const allTitle = (count: number) => (count === 1 ? '1 campaign' : `All ${formatCount(count)} campaigns`);
