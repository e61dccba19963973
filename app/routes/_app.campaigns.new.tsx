import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateCampaignInput } from '../../server/domain/campaigns/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { pickedIds, readPicker } from '../bridge/platform-campaigns.server.ts';
import { CampaignForm, campaignFields } from '../features/campaigns/campaign-form.tsx';
import { readRecognition, recognitionFields } from '../features/campaigns/recognition.ts';
import { PlatformCampaignPicker } from '../features/campaigns/platform-campaign-picker.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New campaign · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const caller = await api(request, context);
  const [members, picker] = await load(context, () =>
    Promise.all([caller.members.list(), readPicker(caller, search)]),
  );
  // A search brings the page again with what was typed.
  const initial = Object.fromEntries(
    [...campaignFields, ...recognitionFields].map((name) => [name, search.get(name) ?? '']),
  );
  return { members, picker, initial };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const typed = readForm(form);
  // The procedure's own schema judges what the form sent.
  const input = {
    ...Object.fromEntries(
      campaignFields.flatMap((name) => (typed[name] === undefined ? [] : [[name, typed[name]]])),
    ),
    ...readRecognition(form),
  } as unknown as CreateCampaignInput;
  const platformCampaignIds = pickedIds(form);
  const created = await submit(context, form, () => caller.campaigns.create(input));
  if ('failure' in created) {
    const failure: FormFailure & { chosenIds: string[] } = {
      ...created.failure,
      chosenIds: platformCampaignIds,
    };
    return json(failure, { status: created.status });
  }
  const campaignId = created.value.id;
  if (platformCampaignIds.length === 0) return redirect(paths.campaign(campaignId));
  const attached = await submit(context, form, () =>
    caller.platformCampaigns.attach({ campaignId, platformCampaignIds }),
  );
  // The campaign stands; what could not be attached is said on its page.
  const refused = 'failure' in attached ? attached.failure.message : null;
  return redirect(withQuery(paths.campaign(campaignId), { refused }));
}

export default function NewCampaign() {
  const { members, picker, initial } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const mayAttach = useMay('platform-campaigns.write');
  const names = new Map(picker.items.map(({ id, name }) => [id, name]));
  const chosen = failure
    ? failure.chosenIds.map((id) => ({ id, name: names.get(id) ?? 'Chosen before this search' }))
    : picker.chosen;
  return (
    <>
      <PageHeader title="New campaign" crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]} />
      <PageBody>
        <CampaignForm
          campaign={null}
          initial={initial}
          choices={{ members, brands }}
          reportingCurrency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.campaigns()}
        >
          {mayAttach && <PlatformCampaignPicker {...picker} chosen={chosen} action={paths.newCampaign()} />}
        </CampaignForm>
      </PageBody>
    </>
  );
}
