import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type Api, api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { useTimeZone } from '../features/shell/use-account.ts';
import { AttemptList } from '../features/sync/attempt-list.tsx';
import { DifferenceTable } from '../features/sync/difference-table.tsx';
import { isLive, statusWords, syncStatusTones, workLabel } from '../features/sync/labels.ts';
import { LiveLine } from '../features/sync/live-line.tsx';
import { RestatementTable } from '../features/sync/restatement-table.tsx';
import { RunActions } from '../features/sync/run-actions.tsx';
import { RunTrouble } from '../features/sync/run-trouble.tsx';
import { RunProgress } from '../features/sync/running-list.tsx';
import { SliceTable } from '../features/sync/slice-table.tsx';
import { RunCounts, RunFacts } from '../features/sync/sync-run-facts.tsx';
import { useLiveRun } from '../features/sync/use-live-run.ts';
import { paths } from '../lib/paths.ts';
import { Badge } from '../ui/badge.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Sync of ${data?.run.adAccountName ?? 'an ad account'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { syncRunId = '' } = params;
  const caller = await api(request, context);
  return load(context, async () => {
    const [run, restatements, members, choices] = await Promise.all([
      caller.syncRuns.byId({ syncRunId }),
      caller.syncRuns.restatements({ syncRunId }),
      caller.members.list(),
      caller.syncRuns.choices(),
    ]);
    const nameOf = (userId: string | null) => members.find(({ id }) => id === userId)?.name ?? null;
    const { adAccountId } = run;
    const isSyncable = choices.items.some(
      (choice) => choice.adAccountId === adAccountId && choice.isSyncable,
    );
    return {
      run,
      restatements,
      requestedBy: nameOf(run.requestedById),
      stoppedBy: nameOf(run.stoppedById),
      limits: isSyncable ? await caller.syncRuns.rangeLimits({ adAccountId }) : null,
      now: new Date().toISOString(),
    };
  });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { syncRunId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, syncRunId, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.syncRun(result.value));
}

/** Answers the run to show afterwards. */
async function act(caller: Api, syncRunId: string, form: FormData): Promise<string> {
  switch (readForm(form).intent) {
    case 'stop':
      return (await caller.syncRuns.stop({ syncRunId })).id;
    case 'resume':
      return (await caller.syncRuns.resume({ syncRunId })).id;
    case 'again':
      return runAgain(caller, syncRunId);
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

/** The same work once more: chosen days stay chosen, and what follows the calendar follows it from today. */
async function runAgain(caller: Api, syncRunId: string): Promise<string> {
  const { work, adAccountId, windowStart, windowEnd } = await caller.syncRuns.byId({ syncRunId });
  const asked =
    work === 'RANGE' && windowStart && windowEnd
      ? await caller.syncRuns.requestRange({ adAccountId, from: windowStart, to: windowEnd })
      : work === 'BACKFILL'
        ? await caller.syncRuns.requestBackfill({ adAccountId })
        : await caller.adAccounts.sync({ adAccountId });
  return asked.syncRunId;
}

export default function SyncRunPage() {
  const data = useLoaderData<typeof loader>();
  const { requestedBy, stoppedBy } = data;
  const failure = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const { value: run, at, ...live } = useLiveRun(data.run);
  const now = at ?? data.now;
  return (
    <>
      <PageHeader
        title={run.adAccountName}
        crumbs={[{ label: 'Sync', href: paths.syncRuns() }]}
        meta={
          <>
            <Badge tone={syncStatusTones[run.status]}>{statusWords(run)}</Badge>
            <span className="text-muted">{workLabel(run)}</span>
            <LiveLine {...live} />
          </>
        }
        actions={<RunActions key={run.id} run={run} limits={data.limits} />}
      />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        <RunTrouble run={run} stoppedBy={stoppedBy} timeZone={timeZone} now={now} />
        {isLive(run) && <RunProgress run={run} />}
        <RunCounts run={run} now={now} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <SliceTable run={run} timeZone={timeZone} />
            <DifferenceTable run={run} />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <RunFacts run={run} requestedBy={requestedBy} timeZone={timeZone} />
            <AttemptList run={run} timeZone={timeZone} />
          </div>
        </div>
        <RestatementTable {...data.restatements} />
      </PageBody>
    </>
  );
}
