import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateCampaignTemplateInput } from '../../server/domain/campaign-templates/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { namesIn } from '../bridge/edits.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { TemplateForm } from '../features/campaign-templates/template-form.tsx';
import { RecordPicker } from '../features/records/record-picker.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Field } from '../ui/field.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New template · SpokeStack' }];

const CHOICES = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const campaignId = pageUrl(request).searchParams.get('campaignId');
  const caller = await api(request, context);
  await requireRight(caller, 'campaign-templates.write');
  const [campaigns, campaign] = await load(context, () =>
    Promise.all([
      caller.campaigns.list({ limit: CHOICES, sort: '-updatedAt' }),
      campaignId ? caller.campaigns.byId({ campaignId }) : null,
    ]),
  );
  const picked = campaign && { id: campaign.id, name: campaign.name, brandId: campaign.brandId };
  return { choices: campaigns.items.map(({ id, name }) => ({ id, name })), picked };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { fromCampaignId, name, description, brandId } = readForm(form);
  // The procedure's own schema judges what the form sent.
  const input = { fromCampaignId, name, description, brandId } as unknown as CreateCampaignTemplateInput;
  const result = await submit(context, form, () => caller.campaignTemplates.create(input));
  if (!('failure' in result)) return redirect(paths.campaignTemplate(result.value.id));
  const names = await load(context, () => namesIn(caller, [fromCampaignId]));
  return json({ ...result.failure, names }, { status: result.status });
}

export default function NewCampaignTemplate() {
  const { choices, picked } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  const typed = failure?.values.fromCampaignId;
  const chosen = typed ? { id: typed, name: failure.names[typed] ?? 'Not yours to see' } : picked;
  return (
    <>
      <PageHeader
        title="New template"
        crumbs={[
          { label: 'Campaigns', href: paths.campaigns() },
          { label: 'Templates', href: paths.campaignTemplates() },
        ]}
      />
      <PageBody>
        <TemplateForm
          template={null}
          initial={{ name: picked?.name ?? '', brandId: picked?.brandId ?? '' }}
          brands={brands}
          failure={failure}
          cancelHref={picked ? paths.campaign(picked.id) : paths.campaignTemplates()}
        >
          <Field
            name="fromCampaignId"
            label="Campaign"
            hint="Its plan is kept as it stands now: no days, accounts or people."
            required
            error={failure?.fields.fromCampaignId}
          >
            {(control) => (
              <RecordPicker
                control={control}
                noun="campaign"
                picked={chosen}
                choices={choices}
                emptyLabel="Choose a campaign"
              />
            )}
          </Field>
        </TemplateForm>
      </PageBody>
    </>
  );
}
