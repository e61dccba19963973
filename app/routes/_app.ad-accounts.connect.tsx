import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ConnectInput, PickInput } from '../../server/domain/ad-accounts/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { AccountPicker, brandField, pickState } from '../features/ad-accounts/account-picker.tsx';
import { PlatformChoices } from '../features/ad-accounts/connect-platforms.tsx';
import { ConnectionList } from '../features/ad-accounts/connection-list.tsx';
import { platformLabels } from '../features/ad-accounts/labels.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Connect ad accounts · SpokeStack' }];

const MOST = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const connectionId = search.get('oauthConnectionId');
  const caller = await api(request, context);
  return load(context, async () =>
    connectionId ? await readFound(caller, connectionId) : await readConnections(caller, search.get('end')),
  );
}

async function readFound(caller: Api, connectionId: string) {
  const { connection, accounts } = await caller.adAccounts.found({ connectionId });
  const { items } = await caller.adAccounts.list({ platform: connection.platform, limit: MOST });
  const known = new Map(items.map((account) => [account.id, account]));
  const pickable = accounts.map((account) => ({ ...account, pick: pickState(account, known, connectionId) }));
  return { view: 'pick' as const, connection, accounts: pickable };
}

async function readConnections(caller: Api, endingId: string | null) {
  const [platforms, connections, members] = await Promise.all([
    caller.adAccounts.platforms(),
    caller.adAccounts.connections(),
    caller.members.list(),
  ]);
  const people = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  return { view: 'connections' as const, platforms, connections, people, endingId };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(result.value);
}

/** Runs one of the page's forms. Answers where the reader goes next. */
async function act(caller: Api, form: FormData): Promise<string> {
  const { intent, platform, connectionId = '' } = readForm(form);
  switch (intent) {
    case 'connect': {
      const { authorizationUrl } = await caller.adAccounts.connect({ platform } as ConnectInput);
      return authorizationUrl;
    }
    case 'pick': {
      const { adAccounts } = await caller.adAccounts.pick({ connectionId, picks: readPicks(form) });
      return withQuery(paths.adAccounts(), { started: adAccounts.length });
    }
    case 'disconnect':
      await caller.adAccounts.disconnect({ connectionId });
      return paths.connectAdAccounts();
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

function readPicks(form: FormData): PickInput['picks'] {
  const nativeIds = form.getAll('nativeId').filter((value) => typeof value === 'string');
  return nativeIds.map((nativeId) => {
    const brandId = form.get(brandField(nativeId));
    return { nativeId, brandId: typeof brandId === 'string' && brandId !== '' ? brandId : null };
  });
}

export default function ConnectAdAccounts() {
  const data = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const canConnect = useMay('ad-accounts.connect');
  const crumbs = [{ label: 'Ad accounts', href: paths.adAccounts() }];
  if (data.view === 'pick') {
    const { connection, accounts } = data;
    const platform = platformLabels[connection.platform];
    return (
      <>
        <PageHeader title={`Pick ad accounts of ${platform}`} crumbs={crumbs} />
        <PageBody>
          <p className="max-w-160 text-muted">
            {connection.nativeUserName ?? 'This person'} may see these ad accounts at {platform}. What you
            pick is synced from now on; a brand makes it visible to that brand’s people.
          </p>
          {accounts.length === 0 ? (
            <EmptyState
              kind="no-result"
              title={`${platform} showed no ad account`}
              description="The person who allowed access has none, or left them out there. Connect again as somebody who has."
              action={{ label: 'Connections', href: paths.connectAdAccounts() }}
            />
          ) : (
            <AccountPicker
              connectionId={connection.id}
              accounts={accounts}
              brands={brands}
              failure={failure}
            />
          )}
        </PageBody>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Connections" crumbs={crumbs} />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        {canConnect && (
          <Panel title="Connect a platform">
            <PlatformChoices platforms={data.platforms} />
          </Panel>
        )}
        <ConnectionList {...data} timeZone={organization.timeZone} canConnect={canConnect} />
        {!canConnect && data.connections.length === 0 && (
          <EmptyState
            kind="no-right"
            title="Connections are not yours to see"
            description="An owner or admin of the agency connects platforms and sees who allowed what."
          />
        )}
      </PageBody>
    </>
  );
}
