import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { useCallback } from 'react';
import type { UpdateAdAccountInput } from '../../server/domain/ad-accounts/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { AdAccountFacts } from '../features/ad-accounts/ad-account-facts.tsx';
import { AccountActions, BrandForm } from '../features/ad-accounts/ad-account-forms.tsx';
import { AccountSide } from '../features/ad-accounts/account-side.tsx';
import { AccountTrouble } from '../features/ad-accounts/account-trouble.tsx';
import { SandboxBadge } from '../features/ad-accounts/ad-account-table.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { isLive } from '../features/sync/labels.ts';
import { LiveLine } from '../features/sync/live-line.tsx';
import { type AskForRuns, useLiveRuns } from '../features/sync/use-live-runs.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? 'Ad account'} · SpokeStack` },
];

const RUNS = 8;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { adAccountId = '' } = params;
  const url = pageUrl(request);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const caller = await api(request, context);
  const [account, connections, platforms, runs, platformCampaigns, members] = await load(context, () =>
    Promise.all([
      caller.adAccounts.byId({ adAccountId }),
      caller.adAccounts.connections(),
      caller.adAccounts.platforms(),
      caller.syncRuns.list({ adAccountId, limit: RUNS }),
      caller.platformCampaigns.list({ adAccountId, cursor, limit: 50 }),
      caller.members.list(),
    ]),
  );
  return {
    account,
    connection: connections.find(({ id }) => id === account.connectionId) ?? null,
    platform: platforms.find(({ id }) => id === account.platform) ?? null,
    runs: runs.items,
    platformCampaigns: platformCampaigns.items,
    links: pageLinks(url, platformCampaigns.nextCursor),
    people: Object.fromEntries(members.map(({ id, name }) => [id, name])),
    now: new Date().toISOString(),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { adAccountId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, adAccountId, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.adAccount(adAccountId));
}

async function act(caller: Api, adAccountId: string, form: FormData): Promise<void> {
  const { intent, brandId = null, expectedVersion } = readForm(form);
  const change = (values: Pick<UpdateAdAccountInput, 'brandId' | 'isPaused'>) =>
    caller.adAccounts.update({
      adAccountId,
      ...values,
      expectedVersion: Number(expectedVersion) || undefined,
    });
  switch (intent) {
    case 'sync':
      return void (await caller.adAccounts.sync({ adAccountId }));
    case 'pause':
    case 'resume':
      return void (await change({ isPaused: intent === 'pause' }));
    case 'brand':
      return void (await change({ brandId }));
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function AdAccountPage() {
  const data = useLoaderData<typeof loader>();
  const { account, connection, platform, people, now } = data;
  const failure = useActionData<typeof action>();
  const { organization, brands } = useAccount().current;
  const adAccountId = account.id;
  const ask = useCallback<AskForRuns>(
    async (live, signal) => (await live.syncRuns.list.query({ adAccountId, limit: RUNS }, { signal })).items,
    [adAccountId],
  );
  const { runs, state } = useLiveRuns(data.runs, ask);
  return (
    <>
      <PageHeader
        title={account.name}
        crumbs={[{ label: 'Ad accounts', href: paths.adAccounts() }]}
        meta={account.isSandbox && <SandboxBadge />}
        actions={<AccountActions account={account} isSyncing={runs.some(isLive)} />}
      />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        <AccountTrouble account={account} platform={platform} />
        <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <div className="grid gap-4">
            <AdAccountFacts
              account={account}
              connection={connection}
              people={people}
              timeZone={organization.timeZone}
              now={now}
            />
            <BrandForm account={account} brands={brands} failure={failure} />
          </div>
          <AccountSide
            runs={runs}
            live={<LiveLine state={state} />}
            platformCampaigns={data.platformCampaigns}
            links={data.links}
            adAccountId={adAccountId}
            now={now}
          />
        </div>
      </PageBody>
    </>
  );
}
