import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { type Api, api, load, requireRight } from '../bridge/api.server.ts';
import { readChanges, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { PlanPanel } from '../features/campaign-templates/plan-panel.tsx';
import { TemplateForm } from '../features/campaign-templates/template-form.tsx';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.template.name ?? 'Template'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignTemplateId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'campaign-templates.read');
  return { template: await load(context, () => caller.campaignTemplates.byId({ campaignTemplateId })) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignTemplateId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, campaignTemplateId, form));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.campaignTemplate(campaignTemplateId));
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, campaignTemplateId: string, form: FormData): Promise<unknown> {
  const { intent, expectedVersion } = readForm(form);
  const sent = { campaignTemplateId, expectedVersion: Number(expectedVersion ?? 0) || undefined };
  if (intent === 'archive') return caller.campaignTemplates.archive(sent);
  if (intent === 'restore') return caller.campaignTemplates.restore(sent);
  const changes = readChanges(form, ['name', 'description', 'brandId']);
  return caller.campaignTemplates.update({ ...sent, ...changes });
}

export default function CampaignTemplatePage() {
  const { template } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  const canKeep = useMay('campaign-templates.write');
  const canCreate = useMay('campaigns.write');
  const { id, name, description, plan, isActive, version } = template;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[
          { label: 'Campaigns', href: paths.campaigns() },
          { label: 'Templates', href: paths.campaignTemplates() },
        ]}
        actions={
          isActive && (
            <>
              {canKeep && (
                <Form method="post">
                  <input type="hidden" name="expectedVersion" value={version} />
                  <Button type="submit" name="intent" value="archive">
                    Delete
                  </Button>
                </Form>
              )}
              {canCreate && (
                <LinkButton variant="primary" href={paths.newCampaign({ templateId: id })}>
                  Begin a campaign
                </LinkButton>
              )}
            </>
          )
        }
      />
      <PageBody>
        {!isActive && <ArchivedCallout noun="template" canRestore={canKeep} />}
        {description && !canKeep && (
          <p className="max-w-160 break-words whitespace-pre-line">{description}</p>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2 lg:items-start">
          <div className="grid gap-4">
            <PlanPanel plan={plan} />
          </div>
          {canKeep && isActive && (
            <TemplateForm
              template={template}
              brands={brands}
              failure={failure}
              cancelHref={paths.campaignTemplates()}
            />
          )}
        </div>
      </PageBody>
    </>
  );
}
