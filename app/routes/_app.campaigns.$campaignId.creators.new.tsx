import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type Api, api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { AssignmentForm } from '../features/campaign-creators/assignment-form.tsx';
import { explainRefusal, sendAssignment } from '../features/campaign-creators/assignments.server.ts';
import { RecordPicker } from '../features/records/record-picker.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Field } from '../ui/field.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Assign to ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

const CHOICES = 200;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const asked = pageUrl(request).searchParams.get('creatorId');
  const caller = await api(request, context);
  return load(context, async () => {
    await requireRight(caller, 'campaign-creators.write');
    const [campaign, creators, picked] = await Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.creators.list({ limit: CHOICES, sort: 'name' }),
      asked ? readCreator(caller, asked) : null,
    ]);
    const choices = creators.items.map(({ id, name }) => ({ id, name }));
    return { campaign, choices, picked };
  });
}

async function readCreator(caller: Api, creatorId: string) {
  const { id, name } = await caller.creators.byId({ creatorId });
  return { id, name };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const { creatorId = '' } = readForm(form);
  const caller = await api(request, context);
  const sent = { campaignId, creatorId, form };
  const result = await submit(context, form, () => sendAssignment(caller, sent));
  if (!('failure' in result)) return redirect(paths.campaignCreators(campaignId));
  const { failure, status } = result;
  return json(await explainRefusal(caller, context, { ...sent, failure, status }), { status });
}

export default function AssignCreator() {
  const { campaign, choices, picked } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { organization } = useAccount().current;
  const canOverride = useMay('campaign-creators.override');
  const typed = failure?.values.creatorId;
  const chosen = typed ? { id: typed, name: failure.creatorName ?? 'Not yours to see' } : picked;
  const home = paths.campaignCreators(campaign.id);
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: home },
  ];
  return (
    <>
      <PageHeader title="Assign a creator" crumbs={crumbs} />
      <PageBody>
        <AssignmentForm
          assignment={null}
          failure={failure}
          currency={campaign.budget?.currency ?? organization.reportingCurrency}
          canOverride={canOverride}
          cancelHref={home}
        >
          <Field
            name="creatorId"
            label="Creator"
            required
            error={failure?.obstacles ? undefined : failure?.fields.creatorId}
          >
            {(control) => (
              <RecordPicker
                control={control}
                noun="creator"
                picked={chosen}
                choices={choices}
                emptyLabel="Choose a creator"
              />
            )}
          </Field>
        </AssignmentForm>
      </PageBody>
    </>
  );
}
