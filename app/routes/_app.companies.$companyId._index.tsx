import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCompaniesInput } from '../../server/domain/companies/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { readCompany, readHistoryTab } from '../bridge/record-panel.server.ts';
import { readListInput, readPlace } from '../bridge/record-place.server.ts';
import { readRelatedTasks } from '../features/tasks/tasks.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { companyNoun } from '../features/companies/company-fields.ts';
import { CompanySummary } from '../features/companies/company-summary.tsx';
import { RelatedContacts } from '../features/contacts/related-contacts.tsx';
import { RelatedDeals } from '../features/deals/related-deals.tsx';
import { MergeLink } from '../features/merges/merge-link.tsx';
import { FollowButton } from '../features/records/follow-button.tsx';
import { RecordPage } from '../features/records/record-page.tsx';
import { RelatedTasks } from '../features/tasks/related-tasks.tsx';
import { readList } from '../lib/list-address.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.company.name ?? 'Company'} · SpokeStack` },
];

const RELATED = 8;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { companyId = '' } = params;
  const url = pageUrl(request);
  const list = readList(url);
  const caller = await api(request, context);
  const [facts, place, timeline, history, tasks, deals, contacts, followers] = await load(context, () =>
    Promise.all([
      readCompany(caller, companyId),
      readPlace(list, (query) =>
        caller.companies.neighbours({ companyId, list: readListInput(listCompaniesInput, query) }),
      ),
      readTimeline({ caller, of: { companyId }, url }),
      readHistoryTab({ caller, url }, (page) => caller.companies.history({ companyId, ...page })),
      readRelatedTasks(caller, { companyId }),
      caller.deals.list({ companyId, limit: RELATED }),
      caller.contacts.list({ companyId, limit: RELATED }),
      caller.recordFollowers.list({ companyId }),
    ]),
  );
  // What became a part of another is read there.
  const { mergedIntoId } = facts.company;
  if (mergedIntoId) throw redirect(paths.company(mergedIntoId));
  const { now } = timeline;
  const page = { list, place, history, refused: readNotice(request), address: url.href, now };
  return { ...facts, ...page, timeline, tasks, deals, contacts, followers };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { companyId = '' } = params;
  const caller = await api(request, context);
  return answerArchive(
    { request, context },
    {
      archive: (expectedVersion) => caller.companies.archive({ companyId, expectedVersion }),
      restore: () => caller.companies.restore({ companyId }),
    },
  );
}

export default function CompanyPage() {
  const { company, timeline, tasks, deals, contacts, followers, ...data } = useLoaderData<typeof loader>();
  return (
    <RecordPage
      noun={companyNoun}
      record={company}
      data={data}
      actions={
        <>
          <FollowButton record={{ companyId: company.id }} followers={followers} />
          <MergeLink href={paths.mergeCompany(company.id)} isActive={company.isActive} />
        </>
      }
      summary={<CompanySummary company={company} />}
      timeline={<RecordTimeline timeline={timeline} isActive={company.isActive} />}
      related={
        <>
          <RelatedTasks data={tasks} isActive={company.isActive} />
          <RelatedDeals
            deals={deals.items}
            hasMore={deals.nextCursor !== null}
            of={{ companyId: company.id }}
          />
          <RelatedContacts
            contacts={contacts.items}
            hasMore={contacts.nextCursor !== null}
            companyId={company.id}
          />
        </>
      }
    />
  );
}
