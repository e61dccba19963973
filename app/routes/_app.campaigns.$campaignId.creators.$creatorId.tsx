import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { AssignmentForm } from '../features/campaign-creators/assignment-form.tsx';
import { explainRefusal, sendTerms } from '../features/campaign-creators/assignments.server.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: `${data?.assignment.creatorName ?? 'Creator'} on ${data?.assignment.campaignName ?? 'campaign'} · SpokeStack`,
  },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '', creatorId = '' } = params;
  const caller = await api(request, context);
  return load(context, async () => {
    await requireRight(caller, 'campaign-creators.write');
    return { assignment: await caller.campaignCreators.byId({ campaignId, creatorId }) };
  });
}

/** Saves the terms, or takes the creator off the campaign. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '', creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const sent = { campaignId, creatorId, form };
  const expectedVersion = Number(readForm(form).expectedVersion ?? 0) || undefined;
  const result = await submit(context, form, () =>
    form.get('intent') === 'remove'
      ? caller.campaignCreators.remove({ campaignId, creatorId, expectedVersion })
      : sendTerms(caller, sent),
  );
  if (!('failure' in result)) return redirect(paths.campaignCreators(campaignId));
  const { failure, status } = result;
  const explained = await explainRefusal(caller, context, { ...sent, failure, status });
  return json({ ...explained, isOfRemoval: form.get('intent') === 'remove' }, { status });
}

export default function EditAssignment() {
  const { assignment } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { organization } = useAccount().current;
  const canOverride = useMay('campaign-creators.override');
  const { campaignId, campaignName, creatorName, version } = assignment;
  const home = paths.campaignCreators(campaignId);
  const name = creatorName ?? 'This creator';
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaignName, href: home },
  ];
  return (
    <>
      <PageHeader title={`Terms of ${creatorName ?? 'a creator'}`} crumbs={crumbs} />
      <PageBody>
        <AssignmentForm
          key={version}
          assignment={assignment}
          failure={answer && !answer.isOfRemoval ? answer : undefined}
          currency={assignment.fee?.currency ?? organization.reportingCurrency}
          canOverride={canOverride}
          cancelHref={home}
        />
        <Panel title="Take off the campaign" className="max-w-200">
          <Form method="post" className="grid gap-3">
            <input type="hidden" name="expectedVersion" value={version} />
            {answer?.isOfRemoval && (
              <p role="alert" className="text-danger-ink">
                {answer.message}
              </p>
            )}
            <p className="text-muted">
              {name} works on it no longer. What they published stays; assigned again, they come back with new
              terms.
            </p>
            <div>
              <Button type="submit" name="intent" value="remove" variant="danger">
                Take off the campaign
              </Button>
            </div>
          </Form>
        </Panel>
      </PageBody>
    </>
  );
}
