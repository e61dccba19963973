import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCampaignTemplatesInput } from '../../server/domain/campaign-templates/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { TemplateList } from '../features/campaign-templates/template-list.tsx';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { useAccount, useMay, useTimeZone } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Campaign templates · SpokeStack' }];

const filters = ['q', 'brandId', 'deleted', 'cursor'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  await requireRight(caller, 'campaign-templates.read');
  const asked = filters.map((name): [string, string] => [name, url.searchParams.get(name) ?? '']);
  const query = Object.fromEntries(asked.filter(([, value]) => value !== ''));
  const input = readQuery(listCampaignTemplatesInput, query);
  const { items, nextCursor } = await load(context, () => caller.campaignTemplates.list(input));
  return { templates: items, links: pageLinks(url, nextCursor), address: url.href };
}

export default function CampaignTemplates() {
  const { templates, links, address } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const canKeep = useMay('campaign-templates.write');
  const canCreate = useMay('campaigns.write');
  const timeZone = useTimeZone();
  const url = new URL(address);
  const isFiltered = filters.some((name) => url.searchParams.has(name));
  return (
    <>
      <PageHeader
        title="Templates"
        crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]}
        actions={
          canKeep && (
            <LinkButton href={paths.newCampaignTemplate()} variant="primary" data-shortcut="create">
              New template
            </LinkButton>
          )
        }
      />
      <ListToolbar
        url={url}
        searchLabel="Search templates"
        keep={[]}
        selects={[
          { name: 'brandId', emptyLabel: 'Any brand', options: brands.map(({ id, name }) => [id, name]) },
          { name: 'deleted', emptyLabel: 'In use', options: [['true', 'Deleted']] },
        ]}
      />
      {templates.length > 0 ? (
        <>
          <TemplateList templates={templates} canCreate={canCreate} timeZone={timeZone} />
          {(links.nextHref ?? links.previousHref) && <Pagination label="Templates" {...links} />}
        </>
      ) : (
        <NoTemplates isFiltered={isFiltered} canKeep={canKeep} />
      )}
    </>
  );
}

function NoTemplates({ isFiltered, canKeep }: { isFiltered: boolean; canKeep: boolean }) {
  if (isFiltered)
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No template fits this search and these filters."
        action={{ label: 'Clear filters', href: paths.campaignTemplates() }}
      />
    );
  return (
    <EmptyState
      kind="unused"
      title="No templates yet"
      description="Keep a campaign’s plan as a template: its objective, length, rules, usual deliverables and how the budget is split. New campaigns begin from it."
      {...(canKeep && { action: { label: 'New template', href: paths.newCampaignTemplate() } })}
    />
  );
}
