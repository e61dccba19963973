import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData, submit, typedValues } from '../bridge/forms.server.ts';
import { decideSaved, saveBudget } from '../features/budgets/budget-actions.server.ts';
import { BudgetEditor, type EditorAnswer } from '../features/budgets/budget-editor.tsx';
import { readLines } from '../features/budgets/line-values.ts';
import { versionName } from '../features/budgets/labels.ts';
import { flightMonths, splitLines } from '../features/budgets/split-lines.ts';
import { useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Plan the budget of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

/** The draft that is worked on; where there is none, or it waits for its approval, the budget's page says so. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'budgets.write');
  const [campaign, budgets] = await load(context, () =>
    Promise.all([caller.campaigns.byId({ campaignId }), caller.budgets.list({ campaignId })]),
  );
  const { open, adAccounts, creators, months } = budgets;
  if (!open?.may.update) throw redirect(paths.campaignBudget(campaignId));
  return { campaign, open, choices: { adAccounts, creators, months } };
}

/** Saves, with the approval asked or given; or splits what stands in the form, which saves nothing. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const lines = readLines(form);
  const values = typedValues(form);
  if (form.get('intent') === 'split') {
    const { startsOn, endsOn } = await load(context, () => caller.campaigns.byId({ campaignId }));
    const months = startsOn && endsOn ? flightMonths(startsOn, endsOn) : [];
    return json<EditorAnswer>({ failure: null, lines: splitLines(lines, months), values });
  }
  const saved = await submit(context, form, () => saveBudget(caller, form));
  if ('failure' in saved)
    return json<EditorAnswer>({ failure: saved.failure, lines, values }, { status: saved.status });
  const decided = await submit(context, form, () => decideSaved(caller, form, saved.value));
  if ('failure' in decided) {
    // The draft is saved, whatever became of its approval: the form goes on from there.
    const now = { ...values, expectedVersion: String(saved.value) };
    return json<EditorAnswer>({ failure: decided.failure, lines, values: now }, { status: decided.status });
  }
  return redirect(paths.campaignBudget(campaignId));
}

export default function PlanBudget() {
  const { campaign, open, choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const canApprove = useMay('budgets.approve');
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: paths.campaign(campaign.id) },
    { label: 'Budget', href: paths.campaignBudget(campaign.id) },
  ];
  return (
    <>
      <PageHeader title={versionName(open)} crumbs={crumbs} />
      <PageBody>
        <BudgetEditor
          // Lines that the server split take the place of what was typed.
          key={answer ? JSON.stringify(answer.lines) : open.version}
          version={open}
          choices={choices}
          answer={answer}
          canApprove={canApprove}
        />
      </PageBody>
    </>
  );
}
