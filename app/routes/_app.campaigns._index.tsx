import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listCampaignsInput } from '../../server/domain/campaigns/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { type CampaignPace, CampaignTable, campaignSortKeys } from '../features/campaigns/campaign-table.tsx';
import { campaignStatusLabels, objectiveLabels } from '../features/campaigns/labels.ts';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { formatCapped } from '../lib/format.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { readSort } from '../table/sort.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Campaigns · SpokeStack' }];

const filters = ['status', 'objective', 'brandId', 'dealId', 'ownerId', 'deleted'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input = readQuery(listCampaignsInput, listQuery(url, filters));
  return load(context, async () => {
    const [page, total] = await Promise.all([caller.campaigns.list(input), caller.campaigns.count(input)]);
    const campaignIds = page.items.map(({ id }) => id);
    const [{ items: summaries }, paces] = await Promise.all([
      caller.metrics.summary({ campaignIds }),
      readPaces(caller, campaignIds),
    ]);
    const links = pageLinks(url, page.nextCursor);
    return { campaigns: page.items, total, summaries, paces, links, address: url.href };
  });
}

/** How each keeps its pace; null for who reads no budgets. */
async function readPaces(caller: Api, campaignIds: string[]): Promise<CampaignPace[] | null> {
  const { current } = await caller.account.me();
  if (!current?.permissions.includes('budgets.read')) return null;
  if (campaignIds.length === 0) return [];
  const { items } = await caller.portfolio.list({ campaignIds });
  return items.map(({ campaignId, band, bandReason, ratio }) => ({ campaignId, band, bandReason, ratio }));
}

export default function Campaigns() {
  const { campaigns, total, summaries, paces, links, address } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const canCreate = useMay('campaigns.write');
  const readsTemplates = useMay('campaign-templates.read');
  const url = new URL(address);
  const isFiltered = ['q', ...filters].some((name) => url.searchParams.has(name));
  return (
    <>
      <PageHeader
        title="Campaigns"
        actions={
          <>
            {readsTemplates && <LinkButton href={paths.campaignTemplates()}>Templates</LinkButton>}
            {canCreate && (
              <LinkButton href={paths.newCampaign()} variant="primary" data-shortcut="create">
                New campaign
              </LinkButton>
            )}
          </>
        }
      />
      <ListToolbar
        url={url}
        searchLabel="Search campaigns"
        keep={['sort', 'dealId', 'ownerId']}
        selects={[
          { name: 'status', emptyLabel: 'Any status', options: Object.entries(campaignStatusLabels) },
          { name: 'objective', emptyLabel: 'Any objective', options: Object.entries(objectiveLabels) },
          { name: 'brandId', emptyLabel: 'Any brand', options: brands.map(({ id, name }) => [id, name]) },
        ]}
      />
      {campaigns.length === 0 ? (
        <NoCampaigns isFiltered={isFiltered} canCreate={canCreate} />
      ) : (
        <>
          <CampaignTable
            campaigns={campaigns}
            summaries={summaries}
            paces={paces}
            brands={Object.fromEntries(brands.map(({ id, name }) => [id, name]))}
            url={url}
            sort={readSort(url.searchParams.get('sort') ?? '-updatedAt', campaignSortKeys)}
          />
          <Pagination label="Campaigns" {...links} summary={formatCapped(total, 'campaign', 'campaigns')} />
        </>
      )}
    </>
  );
}

function NoCampaigns({ isFiltered, canCreate }: { isFiltered: boolean; canCreate: boolean }) {
  if (isFiltered) {
    const action = { label: 'Clear filters', href: paths.campaigns() };
    const description = 'No campaign fits this search and these filters.';
    return <EmptyState kind="no-result" title="Nothing found" description={description} action={action} />;
  }
  const description =
    'A campaign gathers what the platforms call campaigns, over all ad accounts, and shows their figures as one.';
  const action = canCreate ? { action: { label: 'New campaign', href: paths.newCampaign() } } : {};
  return <EmptyState kind="unused" title="No campaigns yet" description={description} {...action} />;
}
