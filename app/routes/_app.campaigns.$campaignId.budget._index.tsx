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
import { OpenVersion, PlanButton } from '../features/budgets/open-version.tsx';
import { PacingChart } from '../features/budgets/pacing-chart.tsx';
import { PacingPanel } from '../features/budgets/pacing-panel.tsx';
import { PerformanceTables } from '../features/budgets/performance-tables.tsx';
import { VersionList } from '../features/budgets/version-list.tsx';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useMay, useTimeZone } from '../features/shell/use-account.ts';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Budget of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'budgets.read');
  const [campaign, budgets, performance, pacing] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.budgets.list({ campaignId }),
      caller.budgets.performance({ campaignId }),
      caller.pacing.campaign({ campaignId }),
    ]),
  );
  return { campaign, budgets, performance, pacing };
}

/** Begins a version, or decides on one. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => decideBudget(caller, campaignId, form));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(result.value);
}

export default function CampaignBudget() {
  const { campaign, budgets, performance, pacing } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const canRestore = useMay('campaigns.write');
  const timeZone = useTimeZone();
  const isPlanned = budgets.standing !== null;
  const mayDraft = budgets.mayDraft && campaign.isActive;
  return (
    <CampaignPart
      campaign={campaign}
      current="budget"
      isSandbox={pacing.isSandbox}
      actions={mayDraft && isPlanned && <PlanButton campaignId={campaign.id} label="Plan a new version" />}
    >
      <PageBody>
        {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canRestore} />}
        {failure && (
          <Callout tone="danger" title="Nothing was changed" isAnswer>
            {failure.message}
          </Callout>
        )}
        <OpenVersion budgets={budgets} timeZone={timeZone} />
        {isPlanned ? (
          <>
            <PacingPanel pacing={pacing} />
            <PacingChart pacing={pacing} />
            <PerformanceTables performance={performance} />
          </>
        ) : (
          !budgets.open && (
            <EmptyState
              kind="unused"
              title="No budget yet"
              description="A budget says what the campaign may spend in all, and on what. With it its pace and its end are told."
            >
              {mayDraft && <PlanButton campaignId={campaign.id} label="Plan the budget" />}
            </EmptyState>
          )
        )}
        {budgets.items.length > 0 && <VersionList versions={budgets.items} timeZone={timeZone} />}
      </PageBody>
    </CampaignPart>
  );
}
