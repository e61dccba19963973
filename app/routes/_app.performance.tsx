import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useMemo } from 'react';
import { breakdowns } from '../../server/domain/metrics/dashboard-schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { SandboxBadge } from '../features/ad-accounts/sandbox-badge.tsx';
import { FigureBoard } from '../features/metrics/figure-board.tsx';
import { filterNames, toQuery } from '../features/metrics/figure-address.ts';
import { FigureChips, FigureFilters } from '../features/metrics/figure-filters.tsx';
import { readFigures } from '../features/metrics/figures.server.ts';
import { FigureToolbar } from '../features/metrics/figure-toolbar.tsx';
import { LiveFigures } from '../features/metrics/live-figures.tsx';
import { NoFigures } from '../features/metrics/no-figures.tsx';
import { revalidatesFigures } from '../features/metrics/revalidates.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Performance · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  return load(context, async () => {
    const [figures, members, accounts] = await Promise.all([
      readFigures(caller, { url, now: new Date(), by: 'PLATFORM' }),
      caller.members.list(),
      caller.syncRuns.choices(),
    ]);
    const people = members.map(({ id, name }) => ({ id, name }));
    return { ...figures, choices: { members: people, accounts: accounts.items } };
  });
}

export const shouldRevalidate = revalidatesFigures;

export default function Performance() {
  const data = useLoaderData<typeof loader>();
  const { dashboard, input, range, names, choices, today, address } = data;
  const { organization, brands } = useAccount().current;
  const canConnect = useMay('ad-accounts.connect');
  const url = useMemo(() => new URL(address), [address]);
  const { from, to } = dashboard.range;
  return (
    <>
      <PageHeader
        title="Performance"
        meta={
          <>
            {dashboard.isSandbox && <SandboxBadge />}
            <LiveFigures accounts={dashboard.asOf === null ? dashboard.freshness : []} />
          </>
        }
        actions={
          <LinkButton
            href={paths.performanceExport(toQuery({ ...input, from, to, currency: dashboard.currency }))}
          >
            Export CSV
          </LinkButton>
        }
      />
      <FigureFilters url={url} input={input} names={names} choices={{ brands, ...choices }} />
      <FigureToolbar
        url={url}
        dashboard={dashboard}
        input={input}
        range={range}
        today={today}
        currencies={[{ code: organization.reportingCurrency, whose: 'agency' }]}
      />
      <FigureChips url={url} input={input} names={names} />
      <PageBody>
        <FigureBoard
          url={url}
          data={data}
          cuts={breakdowns}
          empty={
            <NoFigures
              url={url}
              asOf={dashboard.asOf}
              hasSource={choices.accounts.length > 0}
              isNarrowed={filterNames.some((name) => input[name] !== undefined)}
              begin={{
                description:
                  'Connect an ad account, and what it spends and earns shows here by itself, day by day.',
                ...(canConnect && {
                  action: { label: 'Connect ad accounts', href: paths.connectAdAccounts() },
                }),
              }}
            />
          }
        />
      </PageBody>
    </>
  );
}
