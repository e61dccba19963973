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
import { redirectWithNotice } from '../bridge/notice.server.ts';
import { BeginChoice } from '../features/campaigns/begin-choice.tsx';
import { CampaignForm } from '../features/campaigns/campaign-form.tsx';
import { startOfDraft } from '../features/campaigns/campaign-form-values.ts';
import { readNewCampaign, withTypedNames } from '../features/campaigns/campaign-forms.server.ts';
import { CarryFields } from '../features/campaigns/carry-fields.tsx';
import {
  readBeginnings,
  readNewCampaignForm,
  saysHowToBegin,
} from '../features/campaigns/new-campaign.server.ts';
import { useOwnerByDefault } from '../features/records/ownership-fields.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New campaign · SpokeStack' }];

/** How to begin, then the form that begins so. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = pageUrl(request).searchParams;
  const caller = await api(request, context);
  await requireRight(caller, 'campaigns.write');
  return load(context, async () =>
    saysHowToBegin(search)
      ? { form: await readNewCampaignForm(caller, search), beginnings: null }
      : { form: null, beginnings: await readBeginnings(caller) },
  );
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CAMPAIGN' }));
  const created = await submit(context, form, () => caller.campaigns.create(readNewCampaign(form, items)));
  if ('failure' in created) {
    const failure = await load(context, () => withTypedNames(caller, created.failure));
    return json({ ...failure, include: form.getAll('include').map(String) }, { status: created.status });
  }
  const { id, leftOut } = created.value;
  const page = paths.campaign(id);
  if (leftOut.length === 0) return redirect(page);
  // The campaign stands; what could not be carried over is said on its page.
  return redirectWithNotice(page, leftOut.map(({ name, reason }) => `${name}: ${reason}`).join(' '));
}

export default function NewCampaign() {
  const { form, beginnings } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="New campaign" crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]} />
      <PageBody>
        {beginnings && <BeginChoice {...beginnings} />}
        {form && <NewCampaignForm form={form} />}
      </PageBody>
    </>
  );
}

type NewForm = Awaited<ReturnType<typeof readNewCampaignForm>>;

function NewCampaignForm({ form: { draft, deal, choices, customFields } }: { form: NewForm }) {
  const failure = useActionData<typeof action>();
  const author = useOwnerByDefault();
  const { brands, organization } = useAccount().current;
  return (
    <CampaignForm
      // Another beginning is another form.
      key={`${draft.origin?.kind ?? ''} ${draft.origin?.id ?? ''}`}
      campaign={null}
      start={startOfDraft(draft, { deal, author })}
      choices={{ ...choices, brands }}
      customFields={customFields}
      reportingCurrency={organization.reportingCurrency}
      failure={failure}
      cancelHref={paths.campaigns()}
    >
      <CarryFields draft={draft} chosen={failure?.include ?? null} />
    </CampaignForm>
  );
}
