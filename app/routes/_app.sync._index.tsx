import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { listSyncRunsInput } from '../../server/domain/sync/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, readQuery, submit } from '../bridge/forms.server.ts';
import { useTimeZone } from '../features/shell/use-account.ts';
import { LiveLine } from '../features/sync/live-line.tsx';
import { SyncActions } from '../features/sync/sync-header.tsx';
import { SyncParts } from '../features/sync/sync-parts.tsx';
import { SyncStats } from '../features/sync/sync-stats.tsx';
import { useOverview } from '../features/sync/use-overview.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Sync · SpokeStack' }];

const filters = ['status', 'adAccountId', 'platform', 'work'] as const;
const PAGE = 25;
const NEXT = { few: 8, all: 200 };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const { q: _q, ...query } = listQuery(url, filters);
  const input = readQuery(listSyncRunsInput, query);
  const showsAll = url.searchParams.get('next') === 'all';
  const [overview, next, page, choices] = await load(context, () =>
    Promise.all([
      caller.syncRuns.overview(),
      // One more than is shown tells whether there are more.
      caller.syncRuns.next({ limit: showsAll ? NEXT.all : NEXT.few + 1 }),
      caller.syncRuns.list({ ...input, phase: 'ended', sort: '-finishedAt', limit: PAGE }),
      caller.syncRuns.choices(),
    ]),
  );
  const { platform, adAccountId, status, work } = input;
  const isRunning = new Set(overview.running.map(({ id }) => id));
  const ahead = next.items.filter(({ syncRunId }) => syncRunId === null || !isRunning.has(syncRunId));
  return {
    overview,
    next: showsAll ? ahead : ahead.slice(0, NEXT.few),
    hasMoreNext: !showsAll && next.items.length > NEXT.few,
    input: { platform, adAccountId, status, work },
    history: page.items,
    links: pageLinks(url, page.nextCursor),
    choices: choices.items,
    now: new Date().toISOString(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  const { pathname, search } = pageUrl(request);
  return redirect(result.value ?? `${pathname}${search}`);
}

/** Answers where to go afterwards; null stays. */
async function act(caller: Api, form: FormData): Promise<string | null> {
  const { intent, adAccountId = '', syncRunId = '' } = readForm(form);
  switch (intent) {
    case 'sync':
      return paths.syncRun((await caller.adAccounts.sync({ adAccountId })).syncRunId);
    case 'late':
      await caller.syncRuns.requestLate();
      return null;
    case 'stop':
      await caller.syncRuns.stop({ syncRunId });
      return null;
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function Sync() {
  const data = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const { value: overview, at, ...live } = useOverview(data.overview);
  const now = at ?? data.now;
  return (
    <>
      <PageHeader
        title="Sync"
        meta={<LiveLine {...live} />}
        actions={<SyncActions choices={data.choices} lateCount={overview.lateCount} />}
      />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        <SyncStats overview={overview} now={now} />
        <SyncParts {...data} overview={overview} timeZone={timeZone} now={now} />
      </PageBody>
    </>
  );
}
