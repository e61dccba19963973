import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { type ListContactsInput, listContactsInput } from '../../server/domain/contacts/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { ContactTable, contactSortKeys, toContactLine } from '../features/contacts/contact-table.tsx';
import { BulkList } from '../features/bulk-changes/bulk-list.tsx';
import { RecycleBinLink } from '../features/bulk-changes/recycle-bin-link.tsx';
import { contactStatusLabels, contactTypeLabels } from '../features/contacts/labels.ts';
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

export const meta: MetaFunction = () => [{ title: 'Contacts · SpokeStack' }];

const filters = ['type', 'status', 'companyId', 'ownerId', 'brandId', 'deleted'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input: ListContactsInput = readQuery(listContactsInput, listQuery(url, filters));
  const [page, total, members] = await load(context, () =>
    Promise.all([caller.contacts.list(input), caller.contacts.count(input), caller.members.list()]),
  );
  return {
    items: page.items.map(toContactLine),
    total,
    members,
    links: pageLinks(url, page.nextCursor),
    address: url.href,
    now: new Date().toISOString(),
  };
}

export default function Contacts() {
  const { items, total, members, links, address, now } = useLoaderData<typeof loader>();
  const url = new URL(address);
  const isFiltered = ['q', ...filters].some((name) => url.searchParams.has(name));
  const canCreate = useMay('contacts.write');
  return (
    <>
      <PageHeader
        title="Contacts"
        actions={
          canCreate && (
            <>
              <RecycleBinLink url={url} />
              <LinkButton href={withQuery(paths.newImport(), { kind: 'contacts' })}>Import</LinkButton>
              <LinkButton href={paths.newContact()} variant="primary">
                New contact
              </LinkButton>
            </>
          )
        }
      />
      <ListToolbar
        url={url}
        searchLabel="Search contacts"
        selects={[
          { name: 'type', emptyLabel: 'Any type', options: Object.entries(contactTypeLabels) },
          { name: 'status', emptyLabel: 'Any status', options: Object.entries(contactStatusLabels) },
          { name: 'ownerId', emptyLabel: 'Any owner', options: members.map(({ id, name }) => [id, name]) },
        ]}
        keep={['sort', 'companyId', 'brandId', 'deleted']}
      />
      {items.length === 0 ? (
        <NoRecords
          nouns="contacts"
          isFiltered={isFiltered}
          listHref={paths.contacts()}
          description="The people at clients, prospects and partners stand here, with what was said and done."
          create={canCreate ? { label: 'New contact', href: paths.newContact() } : null}
        />
      ) : (
        <>
          <BulkList noun="CONTACT" rowIds={items.map(({ id }) => id)} total={total} url={url}>
            {(selection) => (
              <ContactTable
                contacts={items}
                url={url}
                sort={readSort(url.searchParams.get('sort') ?? 'name', contactSortKeys)}
                now={now}
                selection={selection}
              />
            )}
          </BulkList>
          <Pagination label="Contacts" {...links} summary={formatCapped(total, 'contact', 'contacts')} />
        </>
      )}
    </>
  );
}
