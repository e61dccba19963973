import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateCampaignInput } from '../../server/domain/campaigns/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { campaignChoices, withChosen } from '../bridge/choices.server.ts';
import { submitEdit } from '../bridge/edits.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { CampaignForm } from '../features/campaigns/campaign-form.tsx';
import { startOfCampaign } from '../features/campaigns/campaign-form-values.ts';
import { readCampaignEdit, withTypedNames } from '../features/campaigns/campaign-forms.server.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'campaigns.write');
  const [campaign, choices, customFields] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      campaignChoices(caller),
      caller.customFields.list({ noun: 'CAMPAIGN' }),
    ]),
  );
  const deals = withChosen(choices.deals, campaign.dealId, campaign.dealName);
  return { campaign, choices: { ...choices, deals }, customFields: customFields.items };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CAMPAIGN' }));
  const { changes, base } = readCampaignEdit(form, items);
  const input = { ...changes, base, campaignId } as unknown as UpdateCampaignInput;
  const result = await submitEdit({ context, caller, form }, () => caller.campaigns.update(input));
  if (!('failure' in result)) return redirect(paths.campaign(campaignId));
  const failure = await load(context, () => withTypedNames(caller, result.failure));
  return json(failure, { status: result.status });
}

export default function EditCampaign() {
  const { campaign, choices, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const canApprove = useMay('campaigns.approve');
  const isApproved = campaign.status !== 'DRAFT' && campaign.status !== 'PENDING_APPROVAL';
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: paths.campaign(campaign.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        {isApproved && !canApprove && (
          <div className="max-w-200">
            <Callout tone="info" title="The plan was approved">
              Its days, objective and budget are changed by an owner or admin of the agency. A new version of
              the budget can be proposed on the{' '}
              <a className="text-link" href={paths.campaignBudget(campaign.id)}>
                budget’s page
              </a>
              .
            </Callout>
          </div>
        )}
        <CampaignForm
          campaign={campaign}
          start={startOfCampaign(campaign)}
          choices={{ ...choices, brands }}
          customFields={customFields}
          reportingCurrency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.campaign(campaign.id)}
        />
      </PageBody>
    </>
  );
}
