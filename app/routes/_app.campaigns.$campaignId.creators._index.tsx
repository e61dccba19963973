import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import {
  listCampaignCreatorsInput,
  type UpdateCampaignCreatorInput,
} from '../../server/domain/campaign-creators/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, readQuery, submit } from '../bridge/forms.server.ts';
import { AssignmentList } from '../features/campaign-creators/assignment-list.tsx';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { Conflicts } from '../features/creators/profile/contract-list.tsx';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useAccount, useMay, useTimeZone } from '../features/shell/use-account.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Creators of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

const PAGE = 25;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const url = pageUrl(request);
  const caller = await api(request, context);
  const { q: _q, sort: _sort, ...query } = listQuery(url, ['status']);
  const { status, cursor } = readQuery(listCampaignCreatorsInput.pick({ status: true, cursor: true }), query);
  const [campaign, page, conflicts] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.campaignCreators.list({ campaignId, status, cursor, limit: PAGE }),
      readConflicts(caller, campaignId),
    ]),
  );
  return { campaign, conflicts, assignments: page.items, links: pageLinks(url, page.nextCursor) };
}

/** What of this campaign's work stands against a contract; null for who reads none. */
async function readConflicts(caller: Api, campaignId: string) {
  const { current } = await caller.account.me();
  if (!current?.permissions.includes('creator-contracts.read')) return null;
  return caller.creatorContracts.conflicts({ campaignId });
}

/** Moves somebody's work a step. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const { creatorId = '', status, expectedVersion } = readForm(form);
  const caller = await api(request, context);
  // The procedure's own schema judges what the form sent.
  const input = { campaignId, creatorId, status, expectedVersion } as unknown as UpdateCampaignCreatorInput;
  const result = await submit(context, form, () => caller.campaignCreators.update(input));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.campaignCreators(campaignId));
}

export default function CampaignCreatorsPage() {
  const { campaign, conflicts, assignments, links } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const canWrite = useMay('campaign-creators.write') && campaign.isActive;
  const canRestore = useMay('campaigns.write');
  const isClient = useAccount().current.brandId !== null;
  const timeZone = useTimeZone();
  return (
    <CampaignPart
      campaign={campaign}
      current="creators"
      actions={
        canWrite && (
          <LinkButton href={paths.assignCreator(campaign.id)} variant="primary" data-shortcut="create">
            Assign a creator
          </LinkButton>
        )
      }
    >
      <PageBody>
        {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canRestore} />}
        <FormErrorSummary formError={failure?.message} />
        {conflicts && <Conflicts conflicts={conflicts} showsCreator />}
        {assignments.length === 0 ? (
          <EmptyState
            kind="unused"
            title="Nobody works on this campaign yet"
            description="Assign a creator with their fee, days and deliverables. Blocks and exclusivity of all contracts are checked before."
            {...(canWrite && {
              action: { label: 'Assign a creator', href: paths.assignCreator(campaign.id) },
            })}
          />
        ) : (
          <AssignmentList
            assignments={assignments}
            canWrite={canWrite}
            isClient={isClient}
            timeZone={timeZone}
          />
        )}
      </PageBody>
      {(links.nextHref ?? links.previousHref) && <Pagination label="Creators" {...links} />}
    </CampaignPart>
  );
}
