import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, submit } from '../bridge/forms.server.ts';
import { redirectDone, redirectWithNotice } from '../bridge/notice.server.ts';
import { pickedIds, readPicker } from '../bridge/platform-campaigns.server.ts';
import type { AttachAnswer } from '../features/campaigns/attached-campaigns.tsx';
import { PlatformCampaignPicker } from '../features/campaigns/platform-campaign-picker.tsx';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Attach to ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  const [campaign, picker] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      readPicker(caller, new URL(request.url).searchParams),
    ]),
  );
  return { campaign, picker };
}

/** Attaches or detaches. A script gets the words to say; a plain form comes back to the campaign. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const intent = form.get('intent') === 'detach' ? 'detach' : 'attach';
  const result = await submit(context, form, () => act(caller, campaignId, { intent, ids: pickedIds(form) }));
  const answer: AttachAnswer =
    'failure' in result
      ? { ok: false, intent, message: reasonOf(result.failure), ids: [] }
      : { ok: true, intent, message: result.value, ids: pickedIds(form) };
  const status = 'failure' in result ? result.status : 200;
  if (form.get('answer') === 'json') return json(answer, { status });
  if (!answer.ok && intent === 'attach') return json(answer, { status });
  const page = paths.campaign(campaignId);
  return answer.ok ? redirectDone(page) : redirectWithNotice(page, answer.message);
}

/** The reason of the one field that there is, else of the whole. */
function reasonOf({ fields, message }: FormFailure): string {
  return fields.platformCampaignIds ?? message;
}

/** Answers what was done, in words. */
async function act(
  caller: Api,
  campaignId: string,
  { intent, ids }: { intent: AttachAnswer['intent']; ids: string[] },
): Promise<string> {
  const { items } = await caller.platformCampaigns[intent]({ campaignId, platformCampaignIds: ids });
  const [only] = items;
  const what = only && items.length === 1 ? only.name : `${items.length} platform campaigns`;
  return `${what} ${intent === 'attach' ? 'attached' : 'detached'}`;
}

export default function AttachPlatformCampaigns() {
  const { campaign, picker } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isPending = useNavigation().state !== 'idle';
  const home = paths.campaign(campaign.id);
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: home },
  ];
  return (
    <>
      <PageHeader title="Attach" crumbs={crumbs} />
      <PageBody>
        <Form method="post" className="grid max-w-200 gap-4">
          <FormErrorSummary formError={answer && !answer.ok ? answer.message : undefined} />
          <PlatformCampaignPicker {...picker} action={paths.attachToCampaign(campaign.id)} />
          <div className="flex gap-2">
            <Button type="submit" name="intent" value="attach" variant="primary" isPending={isPending}>
              Attach
            </Button>
            <LinkButton href={home}>Cancel</LinkButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
