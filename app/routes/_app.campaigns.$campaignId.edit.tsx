import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateCampaignInput } from '../../server/domain/campaigns/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, readChanges, submit } from '../bridge/forms.server.ts';
import { CampaignForm, campaignFields } from '../features/campaigns/campaign-form.tsx';
import { readRecognition } from '../features/campaigns/recognition.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  const [campaign, members] = await load(context, () =>
    Promise.all([caller.campaigns.byId({ campaignId }), caller.members.list()]),
  );
  return { campaign, members };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { currency, ...changes } = readChanges(form, [...campaignFields, 'expectedVersion']);
  // An empty currency is no currency to change to: the budget keeps its own.
  const input = {
    ...changes,
    ...readRecognition(form),
    ...(currency ? { currency } : {}),
    campaignId,
  } as unknown as UpdateCampaignInput;
  const result = await submit(context, form, () => caller.campaigns.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.campaign(campaignId));
}

export default function EditCampaign() {
  const { campaign, members } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: paths.campaign(campaign.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <CampaignForm
          campaign={campaign}
          choices={{ members, brands }}
          reportingCurrency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.campaign(campaign.id)}
        />
      </PageBody>
    </>
  );
}
