import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { Timeline } from '../features/activities/timeline.tsx';
import { CompanySummary } from '../features/companies/company-summary.tsx';
import { RelatedContacts } from '../features/contacts/related-contacts.tsx';
import { RelatedDeals } from '../features/deals/related-deals.tsx';
import { ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { RecordLayout } from '../features/records/record-layout.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.company.name ?? 'Company'} · SpokeStack` },
];

const RELATED = 8;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { companyId = '' } = params;
  const url = pageUrl(request);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const caller = await api(request, context);
  const [company, activities, deals, contacts, members] = await load(context, () =>
    Promise.all([
      caller.companies.byId({ companyId }),
      caller.activities.list({ companyId, cursor, limit: 30 }),
      caller.deals.list({ companyId, limit: RELATED }),
      caller.contacts.list({ companyId, limit: RELATED }),
      caller.members.list(),
    ]),
  );
  const owner = members.find(({ id }) => id === company.ownerId)?.name ?? null;
  const olderHref = pageLinks(url, activities.nextCursor).nextHref;
  return {
    company,
    owner,
    activities: activities.items,
    olderHref,
    deals,
    contacts,
    now: new Date().toISOString(),
  };
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
  const { company, owner, activities, olderHref, deals, contacts, now } = useLoaderData<typeof loader>();
  const { organization, brands } = useAccount().current;
  const canWrite = useMay('companies.write');
  const brand = brands.find(({ id }) => id === company.brandId)?.name ?? null;
  return (
    <>
      <PageHeader
        title={company.name}
        crumbs={[{ label: 'Companies', href: paths.companies() }]}
        actions={
          <RecordActions record={company} editHref={paths.editCompany(company.id)} canWrite={canWrite} />
        }
      />
      <PageBody>
        {!company.isActive && <ArchivedCallout noun="company" canRestore={canWrite} />}
        <RecordLayout
          summary={<CompanySummary company={company} owner={owner} brand={brand} />}
          timeline={
            <Panel title="Timeline">
              <Timeline
                activities={activities}
                timeZone={organization.timeZone}
                now={now}
                olderHref={olderHref}
              />
            </Panel>
          }
          related={
            <>
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
      </PageBody>
    </>
  );
}
