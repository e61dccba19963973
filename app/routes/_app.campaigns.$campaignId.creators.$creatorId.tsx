import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { BriefPanel } from '../features/campaign-briefs/brief-panel.tsx';
import { explainRefusal, sendTerms } from '../features/campaign-creators/assignments.server.ts';
import { DraftsPanel } from '../features/campaign-creators/drafts-panel.tsx';
import { briefDetails, feeDetails } from '../features/campaign-creators/fee-details.tsx';
import { PiecesPanel } from '../features/campaign-creators/pieces-panel.tsx';
import { TermsPart } from '../features/campaign-creators/terms-part.tsx';
import { WorkSteps } from '../features/campaign-creators/work-steps.tsx';
import { WorkResults } from '../features/campaign-creators/work-results.tsx';
import { doStep, readWork } from '../features/campaign-creators/work.server.ts';
import { useTimeZone } from '../features/shell/use-account.ts';
import { assignmentLabels, assignmentTones } from '../features/creators/profile/campaign-words.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { StatusDot } from '../ui/badge.tsx';
import { LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { DetailList, Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: `${data?.assignment.creatorName ?? 'Creator'} on ${data?.assignment.campaignName ?? 'campaign'} · SpokeStack`,
  },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '', creatorId = '' } = params;
  const caller = await api(request, context);
  return load(context, async () => {
    // A client's login reads no fees, briefs and drafts.
    await requireRight(caller, 'costs.read');
    return readWork(caller, { campaignId, creatorId });
  });
}

/** Saves the terms, takes the creator off the campaign, or does a step of the work. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '', creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const work = { campaignId, creatorId };
  const sent = { ...work, form };
  const step = await doStep({ caller, context }, work, form);
  if (step) {
    const isDone = step.answer.failure === null && step.answer.sent === null;
    // A link's secret stands in this one answer: it is shown, and nothing leads away from it.
    if (isDone) return redirect(paths.campaignCreator(campaignId, creatorId));
    return json({ terms: null, step: step.answer, isOfRemoval: false }, { status: step.status });
  }
  const isOfRemoval = form.get('intent') === 'remove';
  const expectedVersion = Number(readForm(form).expectedVersion ?? 0) || undefined;
  const result = await submit(context, form, () =>
    isOfRemoval
      ? caller.campaignCreators.remove({ campaignId, creatorId, expectedVersion })
      : sendTerms(caller, sent),
  );
  if (!('failure' in result)) return redirect(paths.campaignCreators(campaignId));
  const { failure, status } = result;
  const terms = await explainRefusal(caller, context, { ...sent, failure, status });
  return json({ terms, step: null, isOfRemoval }, { status });
}

export default function WorkPage() {
  const { assignment, canWrite, draft, ...parts } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const { campaignId, campaignName, creatorId, creatorName, status } = assignment;
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaignName, href: paths.campaignCreators(campaignId) },
  ];
  const step = answer?.step ?? null;
  const failureOf = (intent: string, id = '') => (step?.of === `${intent} ${id}` ? step.failure : null);
  return (
    <>
      <PageHeader
        title={`Work of ${creatorName ?? 'a creator'}`}
        crumbs={crumbs}
        meta={<StatusDot tone={assignmentTones[status]}>{assignmentLabels[status]}</StatusDot>}
        actions={creatorName !== null && <LinkButton href={paths.creator(creatorId)}>Profile</LinkButton>}
      />
      <PageBody>
        <div className="grid max-w-200 gap-4">
          <Panel
            title="What it comes to"
            actions={
              canWrite && (
                <LinkButton size="small" href="#terms">
                  Change the terms
                </LinkButton>
              )
            }
          >
            <div className="grid gap-4">
              <DetailList details={[...feeDetails(assignment), ...briefDetails(assignment, timeZone)]} />
              {failureOf('move') && (
                <p role="alert" className="text-danger-ink">
                  {failureOf('move')?.message}
                </p>
              )}
              {canWrite && <WorkSteps assignment={assignment} />}
            </div>
          </Panel>
          <BriefPanel {...{ briefs: parts.briefs, draft, failureOf, timeZone }} sent={step?.sent ?? null} />
          <DraftsPanel
            {...{
              deliverables: assignment.deliverables,
              reviews: parts.reviews,
              canWrite,
              failureOf,
              timeZone,
            }}
          />
          <PiecesPanel
            {...{ pieces: parts.pieces, deliverables: assignment.deliverables, canWrite }}
            decideHref={withQuery(paths.campaignContent(campaignId), { creatorId })}
            problem={step?.of.startsWith('place ') ? (step.failure?.message ?? null) : null}
          />
          <WorkResults campaignId={campaignId} results={parts.results} />
        </div>
        {canWrite && (
          <TermsPart
            assignment={assignment}
            failure={answer?.terms ?? undefined}
            isOfRemoval={answer?.isOfRemoval ?? false}
          />
        )}
      </PageBody>
    </>
  );
}
