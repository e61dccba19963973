import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listContactsInput } from '../../server/domain/contacts/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { openContactPanel } from '../bridge/record-panel.server.ts';
import { BulkList } from '../features/bulk-changes/bulk-list.tsx';
import { isRecycleBin, recycleBinAction } from '../features/bulk-changes/recycle-bin-link.ts';
import { contactList } from '../features/contacts/contact-list.tsx';
import { ContactPanel } from '../features/contacts/contact-panel.tsx';
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

export const meta: MetaFunction = () => [{ title: 'Contacts · SpokeStack' }];

export const shouldRevalidate = revalidatesList;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    const [data, members] = await Promise.all([
      openList(request, caller, contactList),
      caller.members.list(),
    ]);
    const url = new URL(data.address);
    const input = readQuery(listContactsInput, listQuery(url, ['filter', ...contactList.filters]));
    const [panel, page, total] = await Promise.all([
      openContactPanel({ request, context, caller, url }),
      data.wrongFilter ? noRows : caller.contacts.list(input),
      data.wrongFilter ? 0 : caller.contacts.count(input),
    ]);
    const rows = page.items.map((contact) => toListRow(contact, data.columns, contactList));
    const ids = idsToName(data.filter, rows, contactList);
    const names = ids.length > 0 ? await caller.records.names({ ids }) : {};
    const links = pageLinks(url, page.nextCursor);
    return { data, members, names, panel, rows, total, links, now: new Date().toISOString() };
  });
}

export default function Contacts() {
  const { data, members, names, panel, rows, total, links, now } = useLoaderData<typeof loader>();
  const frame = useListFrame({ look: contactList, data, members, names, now });
  const { url } = frame;
  const canCreate = useMay('contacts.write');
  const canImport = useMay('imports.write');
  const list = listOf(url);
  return (
    <>
      <PageHeader
        title="Contacts"
        actions={
          canCreate && (
            <>
              <ListActions
                actions={[
                  recycleBinAction(url),
                  { label: 'Duplicates', href: paths.duplicates() },
                  ...(canImport
                    ? [{ label: 'Import', href: withQuery(paths.newImport(), { kind: 'contacts' }) }]
                    : []),
                ]}
              />
              {!isRecycleBin(url) && (
                <LinkButton
                  href={paths.newContact()}
                  variant="primary"
                  data-shortcut="create"
                  aria-keyshortcuts="c"
                >
                  New contact
                </LinkButton>
              )}
            </>
          )
        }
      />
      <ViewTabs look={contactList} frame={frame} />
      <RecordToolbar look={contactList} frame={frame} />
      <ContactPanel url={url} panel={panel}>
        <ListBody
          look={contactList}
          frame={frame}
          total={total}
          links={links}
          description="The people at clients, prospects and partners stand here, with what was said and done."
          create={canCreate ? { label: 'New contact', href: paths.newContact() } : null}
          allHref={withQuery(paths.contacts(), { view: 'all' })}
        >
          <BulkList
            noun="CONTACT"
            rowIds={rows.map(({ id }) => id)}
            total={total}
            url={url}
            query={viewQueryOf(url, contactList.sort)}
          >
            {(selection) => (
              <RecordList
                look={contactList}
                rows={rows}
                columns={data.columns}
                fields={frame.fields}
                specs={frame.specs}
                url={url}
                words={frame.cellWords}
                density={data.density}
                rowHref={({ id }) => paths.contact(id, list)}
                fieldHrefOf={canCreate ? paths.contactField : undefined}
                {...(selection && { selection })}
              />
            )}
          </BulkList>
        </ListBody>
      </ContactPanel>
    </>
  );
}
