import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listContactsInput } from '../../server/domain/contacts/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { readContact, readHistoryTab } from '../bridge/record-panel.server.ts';
import { readListInput, readPlace } from '../bridge/record-place.server.ts';
import { readRelatedTasks } from '../features/tasks/tasks.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { contactNoun } from '../features/contacts/contact-fields.ts';
import { ContactSummary } from '../features/contacts/contact-summary.tsx';
import { ContactCreator } from '../features/creators/contact-creator.tsx';
import { RelatedDeals } from '../features/deals/related-deals.tsx';
import { MergeLink } from '../features/merges/merge-link.tsx';
import { FollowButton } from '../features/records/follow-button.tsx';
import { RecordPage } from '../features/records/record-page.tsx';
import { RelatedTasks } from '../features/tasks/related-tasks.tsx';
import { readList } from '../lib/list-address.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.contact.name ?? 'Contact'} · SpokeStack` },
];

const RELATED = 8;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { contactId = '' } = params;
  const url = pageUrl(request);
  const list = readList(url);
  const caller = await api(request, context);
  const [facts, place, timeline, history, tasks, deals, creators, followers] = await load(context, () =>
    Promise.all([
      readContact(caller, contactId),
      readPlace(list, (query) =>
        caller.contacts.neighbours({ contactId, list: readListInput(listContactsInput, query) }),
      ),
      readTimeline({ caller, of: { contactId }, url }),
      readHistoryTab({ caller, url }, (page) => caller.contacts.history({ contactId, ...page })),
      readRelatedTasks(caller, { contactId }),
      caller.deals.list({ contactId, limit: RELATED }),
      caller.creators.list({ contactId, limit: 1 }),
      caller.recordFollowers.list({ contactId }),
    ]),
  );
  // What became a part of another is read there.
  const { mergedIntoId } = facts.contact;
  if (mergedIntoId) throw redirect(paths.contact(mergedIntoId));
  const { now } = timeline;
  const page = { list, place, history, refused: readNotice(request), address: url.href, now };
  const creator = creators.items.map(({ id, name }) => ({ id, name }))[0] ?? null;
  return { ...facts, ...page, timeline, tasks, deals, creator, followers };
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
  const { contact, timeline, tasks, deals, creator, followers, ...data } = useLoaderData<typeof loader>();
  return (
    <RecordPage
      noun={contactNoun}
      record={contact}
      data={data}
      actions={
        <>
          <FollowButton record={{ contactId: contact.id }} followers={followers} />
          <ContactCreator contactId={contact.id} isActive={contact.isActive} creator={creator} />
          <MergeLink href={paths.mergeContact(contact.id)} isActive={contact.isActive} />
        </>
      }
      summary={<ContactSummary contact={contact} />}
      timeline={<RecordTimeline timeline={timeline} isActive={contact.isActive} />}
      related={
        <>
          <RelatedTasks data={tasks} isActive={contact.isActive} />
          <RelatedDeals
            deals={deals.items}
            hasMore={deals.nextCursor !== null}
            of={{ contactId: contact.id, companyId: contact.companyId }}
          />
        </>
      }
    />
  );
}
