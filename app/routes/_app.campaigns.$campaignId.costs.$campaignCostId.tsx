import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { type Api, api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { CostForm } from '../features/costs/other-costs.tsx';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.cost.description ?? 'Cost'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '', campaignCostId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'costs.write');
  const [campaign, cost] = await load(context, () =>
    Promise.all([caller.campaigns.byId({ campaignId }), caller.costs.byId({ campaignCostId })]),
  );
  // A cost of another campaign has no place under this one.
  if (cost.campaignId !== campaignId) throw redirect(paths.campaignCost(cost.campaignId, campaignCostId));
  return { campaign, cost };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '', campaignCostId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, campaignCostId, form));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.campaignCosts(campaignId));
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, campaignCostId: string, form: FormData): Promise<unknown> {
  const { intent, date, description, amount, currency, expectedVersion } = readForm(form);
  const sent = { campaignCostId, expectedVersion };
  if (intent === 'archive') return caller.costs.archive(sent);
  if (intent === 'restore') return caller.costs.restore(sent);
  return caller.costs.update({
    ...sent,
    date,
    // Emptied is not left out: the procedure says what is missing.
    description: description ?? '',
    amount: amount?.replaceAll(',', '') ?? '',
    currency: currency?.toUpperCase(),
  });
}

export default function ChangeCost() {
  const { campaign, cost } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const home = paths.campaignCosts(campaign.id);
  return (
    <>
      <PageHeader
        title={cost.description}
        crumbs={[
          { label: 'Campaigns', href: paths.campaigns() },
          { label: campaign.name, href: paths.campaign(campaign.id) },
          { label: 'Costs', href: home },
        ]}
        actions={
          <>
            {cost.isActive && (
              <Form method="post">
                <input type="hidden" name="expectedVersion" value={cost.version} />
                <Button type="submit" name="intent" value="archive">
                  Delete
                </Button>
              </Form>
            )}
            <LinkButton href={home}>Back</LinkButton>
          </>
        }
      />
      <PageBody>
        {!cost.isActive && <ArchivedCallout noun="cost" canRestore={campaign.isActive} />}
        {cost.isActive && campaign.isActive && (
          <Panel className="max-w-200">
            <CostForm cost={cost} currency={cost.amount.currency} today={cost.date} failure={failure} />
          </Panel>
        )}
      </PageBody>
    </>
  );
}
