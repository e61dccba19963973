import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { decideBudget } from '../features/budgets/budget-actions.server.ts';
import { budgetStatusLabels, budgetStatusTones, versionName } from '../features/budgets/labels.ts';
import { VersionDecisions } from '../features/budgets/open-version.tsx';
import { PlanChanges, PlanLines, PlanWarnings, ReturnForm } from '../features/budgets/version-parts.tsx';
import { useTimeZone } from '../features/shell/use-account.ts';
import { formatDateIn, formatMoney } from '../lib/format.ts';
import { paths } from '../lib/paths.ts';
import { Badge } from '../ui/badge.tsx';
import { LinkButton } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { DetailList, Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Budget of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '', budgetVersionId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'budgets.read');
  const [campaign, version, budgets] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.budgets.byId({ budgetVersionId }),
      caller.budgets.list({ campaignId }),
    ]),
  );
  // A version of another campaign has no place under this one.
  if (version.campaignId !== campaignId)
    throw redirect(paths.campaignBudgetVersion(version.campaignId, budgetVersionId));
  return { campaign, version, standing: budgets.standing };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => decideBudget(caller, campaignId, form));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(result.value);
}

/** A plan of the campaign's money: what it says, what it changes of the one that stands, and what is to be decided. */
export default function BudgetVersionPage() {
  const { campaign, version, standing } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const { status, may, note, reason, total } = version;
  const day = (name: string | null, at: string | null) =>
    at && [name, formatDateIn(at, timeZone)].filter(Boolean).join(', ');
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: paths.campaign(campaign.id) },
    { label: 'Budget', href: paths.campaignBudget(campaign.id) },
  ];
  return (
    <>
      <PageHeader
        title={versionName(version)}
        crumbs={crumbs}
        meta={<Badge tone={budgetStatusTones[status]}>{budgetStatusLabels[status]}</Badge>}
        actions={
          <>
            {campaign.isActive && <VersionDecisions version={version} />}
            {may.update && campaign.isActive && (
              <LinkButton variant="primary" href={paths.editCampaignBudget(campaign.id)}>
                Edit
              </LinkButton>
            )}
          </>
        }
      />
      <PageBody>
        {failure && (
          <Callout tone="danger" title="Nothing was changed" isAnswer>
            {failure.message}
          </Callout>
        )}
        {reason && (
          <Callout tone="warning" title="Returned">
            {reason}
          </Callout>
        )}
        <PlanWarnings version={version} />
        <Panel title="About">
          <DetailList
            details={[
              { term: 'Total', value: formatMoney(total) },
              { term: 'Allocated', value: formatMoney({ ...total, amount: version.allocated }) },
              { term: 'Not allocated', value: formatMoney({ ...total, amount: version.unallocated }) },
              { term: 'Planned by', value: day(version.createdByName, version.createdAt) },
              { term: 'Submitted', value: day(null, version.submittedAt) },
              { term: 'Approved by', value: day(version.approvedByName, version.approvedAt) },
              { term: 'Note', value: note },
            ]}
          />
        </Panel>
        {standing && standing.number !== version.number && (
          <PlanChanges before={standing} after={version} isStanding={status === 'SUPERSEDED'} />
        )}
        <PlanLines version={version} />
        {may.return && campaign.isActive && <ReturnForm version={version} failure={failure} />}
      </PageBody>
    </>
  );
}
