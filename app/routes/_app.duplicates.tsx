import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listDuplicatesInput } from '../../server/domain/duplicates/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, readQuery } from '../bridge/forms.server.ts';
import { DuplicateGroupCard } from '../features/duplicates/duplicate-group.tsx';
import { DuplicateFilters, NoDuplicates } from '../features/duplicates/duplicate-filters.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { Tabs } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Duplicates · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input = readQuery(listDuplicatesInput, listQuery(url, ['noun', 'minScore', 'dismissed']));
  const page = await load(context, () => caller.duplicates.list(input));
  const { noun, minScore, dismissed = false } = input;
  return { noun, minScore, dismissed, groups: page.items, links: pageLinks(url, page.nextCursor) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const intent = form.get('intent');
  if (intent !== 'dismiss' && intent !== 'restore') throw new Response('Unknown intent', { status: 400 });
  const caller = await api(request, context);
  const pair = form.get('duplicatePairId');
  const duplicatePairId = typeof pair === 'string' ? pair : '';
  await load(context, () => caller.duplicates[intent]({ duplicatePairId }));
  // Without a script the page is shown again.
  return json({ intent });
}

export default function Duplicates() {
  const { noun, minScore, dismissed, groups, links } = useLoaderData<typeof loader>();
  const canMerge = useMay('merges.write');
  const isContacts = noun === 'CONTACT';
  const filters = { minScore: minScore || null, dismissed: dismissed || null };
  return (
    <>
      <PageHeader
        title="Duplicates"
        crumbs={[
          isContacts
            ? { label: 'Contacts', href: paths.contacts() }
            : { label: 'Companies', href: paths.companies() },
        ]}
      />
      <Tabs
        label="Duplicates of"
        currentId={noun}
        tabs={[
          { id: 'CONTACT', label: 'Contacts', href: withQuery(paths.duplicates(), filters) },
          { id: 'COMPANY', label: 'Companies', href: withQuery(paths.duplicates('COMPANY'), filters) },
        ]}
      />
      <DuplicateFilters noun={noun} minScore={minScore} isDismissed={dismissed} />
      <PageBody>
        {groups.length === 0 ? (
          <NoDuplicates noun={noun} isFiltered={minScore > 0} isDismissed={dismissed} />
        ) : (
          groups.map((group) => (
            <DuplicateGroupCard key={group.id} group={group} canMerge={canMerge} isDismissed={dismissed} />
          ))
        )}
      </PageBody>
      {(links.nextHref ?? links.previousHref) && <Pagination label="Duplicates" {...links} />}
    </>
  );
}
