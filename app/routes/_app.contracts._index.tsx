import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listContractsInput } from '../../server/domain/creator-contracts/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import {
  contractFilters,
  ContractFilters,
  ContractStates,
} from '../features/creator-contracts/contract-filters.tsx';
import { Conflicts, ContractTable } from '../features/creators/profile/contract-list.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Contracts · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  await requireRight(caller, 'creator-contracts.read');
  const input = readQuery(listContractsInput, listQuery(url, contractFilters));
  const [page, counts, conflicts] = await load(context, () =>
    Promise.all([
      caller.creatorContracts.list(input),
      caller.creatorContracts.countStates(input),
      caller.creatorContracts.conflicts({}),
    ]),
  );
  const { q, state, exclusivity, brandId, endingWithinDays } = input;
  return {
    contracts: page.items,
    links: pageLinks(url, page.nextCursor),
    counts,
    conflicts,
    input: { q, state, exclusivity, brandId, endingWithinDays },
    address: url.href,
  };
}

export default function Contracts() {
  const { contracts, links, counts, conflicts, input, address } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const isFiltered = Object.values(input).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title="Contracts" crumbs={[{ label: 'Creators', href: paths.creators() }]} />
      <ContractFilters input={input} brands={brands} />
      <ContractStates url={new URL(address)} counts={counts} />
      <PageBody>
        <Conflicts conflicts={conflicts} showsCreator />
        <Panel padded={false}>
          {contracts.length === 0 ? (
            <EmptyState
              kind={isFiltered ? 'no-result' : 'unused'}
              title={isFiltered ? 'No contract fits' : 'No contracts yet'}
              description={
                isFiltered
                  ? 'Take a filter away, or look at all of them.'
                  : 'A contract begins on its creator’s page, under Contracts.'
              }
              action={
                isFiltered
                  ? { label: 'All contracts', href: paths.creatorContracts() }
                  : { label: 'Creators', href: paths.creators() }
              }
            />
          ) : (
            <ContractTable contracts={contracts} showsCreator />
          )}
          <Pagination label="Contracts" {...links} />
        </Panel>
      </PageBody>
    </>
  );
}
