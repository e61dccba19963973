import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { type ListCompaniesInput, listCompaniesInput } from '../../server/domain/companies/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { BulkList } from '../features/bulk-changes/bulk-list.tsx';
import { RecycleBinLink } from '../features/bulk-changes/recycle-bin-link.tsx';
import { companyTypeLabels } from '../features/companies/labels.ts';
import { CompanyTable, toCompanyLine } from '../features/companies/company-table.tsx';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { NoRecords } from '../features/records/no-records.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { formatCapped } from '../lib/format.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { readSort } from '../table/sort.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Companies · SpokeStack' }];

const filters = ['type', 'brandId', 'ownerId', 'deleted'] as const;
const sortKeys = ['name', 'createdAt', 'updatedAt'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input: ListCompaniesInput = readQuery(listCompaniesInput, listQuery(url, filters));
  const [page, total, members] = await load(context, () =>
    Promise.all([caller.companies.list(input), caller.companies.count(input), caller.members.list()]),
  );
  const owners = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  return {
    items: page.items.map(toCompanyLine),
    total,
    owners,
    links: pageLinks(url, page.nextCursor),
    address: url.href,
    now: new Date().toISOString(),
  };
}

export default function Companies() {
  const { items, total, owners, links, address, now } = useLoaderData<typeof loader>();
  const url = new URL(address);
  const isFiltered = ['q', ...filters].some((name) => url.searchParams.has(name));
  const canCreate = useMay('companies.write');
  return (
    <>
      <PageHeader
        title="Companies"
        actions={
          canCreate && (
            <>
              <RecycleBinLink url={url} />
              <LinkButton href={withQuery(paths.newImport(), { kind: 'companies' })}>Import</LinkButton>
              <LinkButton href={paths.newCompany()} variant="primary">
                New company
              </LinkButton>
            </>
          )
        }
      />
      <ListToolbar
        url={url}
        searchLabel="Search companies"
        selects={[{ name: 'type', emptyLabel: 'Any type', options: Object.entries(companyTypeLabels) }]}
        keep={['sort', 'deleted', 'brandId', 'ownerId']}
      />
      {items.length === 0 ? (
        <NoRecords
          nouns="companies"
          isFiltered={isFiltered}
          listHref={paths.companies()}
          description="Clients, prospects and partners stand here with their deals, people and campaigns."
          create={canCreate ? { label: 'New company', href: paths.newCompany() } : null}
        />
      ) : (
        <>
          <BulkList noun="COMPANY" rowIds={items.map(({ id }) => id)} total={total} url={url}>
            {(selection) => (
              <CompanyTable
                companies={items}
                owners={owners}
                url={url}
                sort={readSort(url.searchParams.get('sort') ?? 'name', sortKeys)}
                now={now}
                selection={selection}
              />
            )}
          </BulkList>
          <Pagination label="Companies" {...links} summary={formatCapped(total, 'company', 'companies')} />
        </>
      )}
    </>
  );
}
