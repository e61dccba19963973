import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCompaniesInput } from '../../server/domain/companies/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { openCompanyPanel } from '../bridge/record-panel.server.ts';
import { BulkList } from '../features/bulk-changes/bulk-list.tsx';
import { isRecycleBin, recycleBinAction } from '../features/bulk-changes/recycle-bin-link.ts';
import { companyList } from '../features/companies/company-list.ts';
import { CompanyPanel } from '../features/companies/company-panel.tsx';
import { toListRow } from '../features/records/chosen-columns.ts';
import { ListActions } from '../features/records/list-actions.tsx';
import { ListBody } from '../features/records/list-page.tsx';
import { idsToName, noRows, openList } from '../features/records/open-list.server.ts';
import { RecordList } from '../features/records/record-list.tsx';
import { RecordToolbar } from '../features/records/record-toolbar.tsx';
import { revalidatesList } from '../features/records/use-record-panel.ts';
import { useListFrame } from '../features/records/use-list-frame.ts';
import { ViewTabs } from '../features/saved-views/view-tabs.tsx';
import { viewQueryOf } from '../features/saved-views/view-query.ts';
import { useMay } from '../features/shell/use-account.ts';
import { listOf } from '../lib/list-address.ts';
import { listQuery, pageLinks } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Companies · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    const [data, members] = await Promise.all([
      openList(request, caller, companyList),
      caller.members.list(),
    ]);
    const url = new URL(data.address);
    const input = readQuery(listCompaniesInput, listQuery(url, ['filter', ...companyList.filters]));
    const [panel, page, total] = await Promise.all([
      openCompanyPanel({ request, context, caller, url }),
      data.wrongFilter ? noRows : caller.companies.list(input),
      data.wrongFilter ? 0 : caller.companies.count(input),
    ]);
    const rows = page.items.map((company) => toListRow(company, data.columns, companyList));
    const ids = idsToName(data.filter, rows, companyList);
    const names = ids.length > 0 ? await caller.records.names({ ids }) : {};
    const links = pageLinks(url, page.nextCursor);
    return { panel, data, members, names, rows, total, links, now: new Date().toISOString() };
  });
}

/** What opens beside the list leaves it as it is. */
export const shouldRevalidate = revalidatesList;

export default function Companies() {
  const { panel, data, members, names, rows, total, links, now } = useLoaderData<typeof loader>();
  const frame = useListFrame({ look: companyList, data, members, names, now });
  const { url } = frame;
  const canCreate = useMay('companies.write');
  const canImport = useMay('imports.write');
  const list = listOf(url);
  return (
    <>
      <PageHeader
        title="Companies"
        actions={
          canCreate && (
            <>
              <ListActions
                actions={[
                  recycleBinAction(url),
                  { label: 'Duplicates', href: paths.duplicates('COMPANY') },
                  ...(canImport
                    ? [{ label: 'Import', href: withQuery(paths.newImport(), { kind: 'companies' }) }]
                    : []),
                ]}
              />
              {!isRecycleBin(url) && (
                <LinkButton
                  href={paths.newCompany()}
                  variant="primary"
                  data-shortcut="create"
                  aria-keyshortcuts="c"
                >
                  New company
                </LinkButton>
              )}
            </>
          )
        }
      />
      <ViewTabs look={companyList} frame={frame} />
      <RecordToolbar look={companyList} frame={frame} />
      <CompanyPanel url={url} panel={panel}>
        <ListBody
          look={companyList}
          frame={frame}
          total={total}
          links={links}
          description="Clients, prospects and partners stand here with their deals, people and campaigns."
          create={canCreate ? { label: 'New company', href: paths.newCompany() } : null}
          allHref={withQuery(paths.companies(), { view: 'all' })}
        >
          <BulkList
            noun="COMPANY"
            rowIds={rows.map(({ id }) => id)}
            total={total}
            url={url}
            query={viewQueryOf(url, companyList.sort)}
          >
            {(selection) => (
              <RecordList
                look={companyList}
                rows={rows}
                columns={data.columns}
                fields={frame.fields}
                specs={frame.specs}
                url={url}
                words={frame.cellWords}
                density={data.density}
                rowHref={({ id }) => paths.company(id, list)}
                fieldHrefOf={canCreate ? paths.companyField : undefined}
                {...(selection && { selection })}
              />
            )}
          </BulkList>
        </ListBody>
      </CompanyPanel>
    </>
  );
}
