import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listImportsInput } from '../../server/domain/imports/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { ImportTable } from '../features/imports/import-table.tsx';
import { useRefresh } from '../features/imports/use-refresh.ts';
import { NoRecords } from '../features/records/no-records.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Imports · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const cursor = url.searchParams.get('cursor');
  const input = readQuery(listImportsInput, cursor ? { cursor } : {});
  const [page, members] = await load(context, () =>
    Promise.all([caller.imports.list(input), caller.members.list()]),
  );
  return {
    items: page.items,
    people: Object.fromEntries(members.map(({ id, name }) => [id, name])),
    links: pageLinks(url, page.nextCursor),
    now: new Date().toISOString(),
  };
}

export default function Imports() {
  const { items, people, links, now } = useLoaderData<typeof loader>();
  const canCreate = useMay('imports.write');
  useRefresh(items.some(({ status }) => status === 'RUNNING' || status === 'CHECKING'));
  const create = { label: 'Import a file', href: paths.newImport() };
  return (
    <>
      <PageHeader
        title="Imports"
        actions={
          canCreate && (
            <LinkButton href={create.href} variant="primary">
              {create.label}
            </LinkButton>
          )
        }
      />
      {items.length === 0 ? (
        <NoRecords
          nouns="imports"
          isFiltered={false}
          listHref={paths.imports()}
          description="Bring companies, contacts, deals and ad figures in from a file. It is checked first, and nothing is written before you say so."
          create={canCreate ? create : null}
        />
      ) : (
        <>
          <ImportTable imports={items} people={people} now={now} />
          <Pagination label="Imports" {...links} />
        </>
      )}
    </>
  );
}
