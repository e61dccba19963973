import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type {
  ConnectInput,
  NewReconnectLink,
  PickInput,
  ReconnectLink,
} from '../../server/domain/ad-accounts/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { AccountPicker, brandField } from '../features/ad-accounts/account-picker.tsx';
import { PlatformChoices } from '../features/ad-accounts/connect-platforms.tsx';
import { ConnectionList } from '../features/ad-accounts/connection-list.tsx';
import { platformLabels } from '../features/ad-accounts/labels.ts';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Connect ad accounts · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const connectionId = url.searchParams.get('oauthConnectionId');
  const caller = await api(request, context);
  return load(context, async () =>
    connectionId
      ? { view: 'pick' as const, address: url.href, ...(await caller.adAccounts.found({ connectionId })) }
      : readConnections(caller, url.searchParams),
  );
}

const noLinks: ReconnectLink[] = [];

async function readConnections(caller: Api, search: URLSearchParams) {
  const linkedId = search.get('link');
  const [platforms, connections, members, links] = await Promise.all([
    caller.adAccounts.platforms(),
    caller.adAccounts.connections(),
    caller.members.list(),
    linkedId ? caller.reconnectLinks.list({ connectionId: linkedId }) : noLinks,
  ]);
  const people = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  const asked = { endingId: search.get('end'), listingId: search.get('listing') };
  const linked = linkedId ? { connectionId: linkedId, links } : null;
  return { view: 'connections' as const, platforms, connections, people, linked, ...asked };
}

interface Made {
  ok: true;
  link: NewReconnectLink;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, form));
  if ('failure' in result) return json<FormFailure | Made>(result.failure, { status: result.status });
  // A link is shown in the answer itself: its secret must stand in no address.
  return typeof result.value === 'string'
    ? redirect(result.value)
    : json<FormFailure | Made>({ ok: true, link: result.value });
}

/** Runs one of the page's forms. Answers where the reader goes next, or the link that was made. */
async function act(caller: Api, form: FormData): Promise<string | NewReconnectLink> {
  const { intent, platform, connectionId = '', reconnectLinkId = '' } = readForm(form);
  switch (intent) {
    case 'connect': {
      const { authorizationUrl } = await caller.adAccounts.connect({ platform } as ConnectInput);
      return authorizationUrl;
    }
    case 'pick': {
      const { adAccounts } = await caller.adAccounts.pick({ connectionId, picks: readPicks(form) });
      return withQuery(paths.adAccounts(), { started: adAccounts.length });
    }
    case 'discover':
      await caller.adAccounts.discover({ connectionId });
      return withQuery(paths.connectAdAccounts(), { listing: connectionId });
    case 'make-link':
      return caller.reconnectLinks.create({ connectionId });
    case 'revoke-link':
      await caller.reconnectLinks.revoke({ reconnectLinkId });
      return withQuery(paths.connectAdAccounts(), { link: connectionId });
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

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Picking = Extract<Loaded, { view: 'pick' }>;
type Connecting = Extract<Loaded, { view: 'connections' }>;

const crumbs = [{ label: 'Ad accounts', href: paths.adAccounts() }];

export default function ConnectAdAccounts() {
  const data = useLoaderData<typeof loader>();
  return data.view === 'pick' ? <PickPage {...data} /> : <ConnectionsPage {...data} />;
}

function PickPage({ connection, accounts, address }: Picking) {
  const answer = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const platform = platformLabels[connection.platform];
  const url = new URL(address);
  return (
    <>
      <PageHeader title={`Pick ad accounts of ${platform}`} crumbs={crumbs} />
      {accounts.length > 0 && (
        <ListToolbar url={url} searchLabel="Search ad accounts and managers" keep={['oauthConnectionId']} />
      )}
      <PageBody>
        <p className="max-w-160 text-muted">
          {connection.nativeUserName ?? 'This person'} may see these ad accounts at {platform}. What you pick
          is synced from now on; a brand makes it visible to that brand’s people.
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
            q={url.searchParams.get('q') ?? ''}
            timeZone={organization.timeZone}
            failure={answer?.ok === false ? answer : undefined}
          />
        )}
      </PageBody>
    </>
  );
}

function ConnectionsPage({ platforms, connections, linked, ...asked }: Connecting) {
  const answer = useActionData<typeof action>();
  const { organization } = useAccount().current;
  const canConnect = useMay('ad-accounts.connect');
  const made = answer?.ok === true ? answer.link : null;
  return (
    <>
      <PageHeader title="Connections" crumbs={crumbs} />
      <PageBody>
        <FormErrorSummary formError={answer?.ok === false ? answer.message : undefined} />
        {canConnect && (
          <Panel title="Connect a platform">
            <PlatformChoices platforms={platforms} connections={connections} />
          </Panel>
        )}
        <ConnectionList
          {...asked}
          connections={connections}
          linkQuestion={
            linked && { ...linked, made: made?.connectionId === linked.connectionId ? made : null }
          }
          timeZone={organization.timeZone}
          canConnect={canConnect}
        />
        {!canConnect && connections.length === 0 && (
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
