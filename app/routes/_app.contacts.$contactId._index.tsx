import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { Timeline } from '../features/activities/timeline.tsx';
import { ContactSummary } from '../features/contacts/contact-summary.tsx';
import { RelatedDeals } from '../features/deals/related-deals.tsx';
import { ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { RecordLayout } from '../features/records/record-layout.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.contact.name ?? 'Contact'} · SpokeStack` },
];

const RELATED = 8;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { contactId = '' } = params;
  const url = pageUrl(request);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const caller = await api(request, context);
  const [contact, activities, deals, members] = await load(context, () =>
    Promise.all([
      caller.contacts.byId({ contactId }),
      caller.activities.list({ contactId, cursor, limit: 30 }),
      caller.deals.list({ contactId, limit: RELATED }),
      caller.members.list(),
    ]),
  );
  return {
    contact,
    owner: members.find(({ id }) => id === contact.ownerId)?.name ?? null,
    activities: activities.items,
    olderHref: pageLinks(url, activities.nextCursor).nextHref,
    deals,
    now: new Date().toISOString(),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { contactId = '' } = params;
  const caller = await api(request, context);
  return answerArchive(
    { request, context },
    {
      archive: (expectedVersion) => caller.contacts.archive({ contactId, expectedVersion }),
      restore: () => caller.contacts.restore({ contactId }),
    },
  );
}

export default function ContactPage() {
  const { contact, owner, activities, olderHref, deals, now } = useLoaderData<typeof loader>();
  const { organization, brands } = useAccount().current;
  const canWrite = useMay('contacts.write');
  const brand = brands.find(({ id }) => id === contact.brandId)?.name ?? null;
  const { timeZone } = organization;
  return (
    <>
      <PageHeader
        title={contact.name}
        crumbs={[{ label: 'Contacts', href: paths.contacts() }]}
        actions={
          <RecordActions record={contact} editHref={paths.editContact(contact.id)} canWrite={canWrite} />
        }
      />
      <PageBody>
        {!contact.isActive && <ArchivedCallout noun="contact" canRestore={canWrite} />}
        <RecordLayout
          summary={<ContactSummary contact={contact} owner={owner} brand={brand} timeZone={timeZone} />}
          timeline={
            <Panel title="Timeline">
              <Timeline activities={activities} timeZone={timeZone} now={now} olderHref={olderHref} />
            </Panel>
          }
          related={
            <RelatedDeals
              deals={deals.items}
              hasMore={deals.nextCursor !== null}
              of={{ contactId: contact.id, companyId: contact.companyId }}
            />
          }
        />
      </PageBody>
    </>
  );
}
