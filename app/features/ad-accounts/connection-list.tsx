import { Form } from '@remix-run/react';
import type { Connection } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { connectionLabels, connectionTones, platformLabels } from './labels.ts';
import { type LinkQuestion, ReconnectLinkPanel } from './reconnect-link.tsx';
import { SandboxBadge } from './sandbox-badge.tsx';
import { withoutScope } from './scope-words.ts';

export interface ConnectionListProps {
  connections: readonly Connection[];
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  timeZone: string;
  /** The connection that the address asks to end: it is shown with the question. */
  endingId: string | null;
  /** The connection that the address asks a reconnect link for, with its links. */
  linkQuestion: LinkQuestion | null;
  /** The connection whose ad accounts are being listed again, as the address says. */
  listingId: string | null;
  /** Whether the reader may pick from them and end them. */
  canConnect: boolean;
}

/** What was allowed, by whom, until when, and the ways to renew and to end it. */
export function ConnectionList({ connections, ...props }: ConnectionListProps) {
  if (connections.length === 0) return null;
  return (
    <Panel title="Connections" description="Each is one person’s permission at one platform.">
      <ul className="grid gap-5">
        {connections.map((connection) => (
          <li key={connection.id} className="grid gap-2">
            <ConnectionLine connection={connection} {...props} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type LineProps = Omit<ConnectionListProps, 'connections'> & { connection: Connection };

function ConnectionLine(props: LineProps) {
  const { connection, people, timeZone, endingId, linkQuestion, canConnect } = props;
  const { id, state } = connection;
  const isEnding = canConnect && state === 'CONNECTED' && endingId === id;
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-80 gap-0.5">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {platformLabels[connection.platform]} · {connection.nativeUserName ?? 'unnamed person'}
            <Badge tone={connectionTones[state]}>{connectionLabels[state]}</Badge>
            {connection.isSandbox && <SandboxBadge />}
          </p>
          <Facts connection={connection} people={people} timeZone={timeZone} />
          <Listed {...props} />
          {connection.missingScopes.length > 0 && (
            <div className="text-warning-ink">
              <p>Not allowed when access was given:</p>
              <ul className="list-disc pl-5 break-words">
                {connection.missingScopes.map((scope) => (
                  <li key={scope}>{withoutScope(scope)}</li>
                ))}
              </ul>
            </div>
          )}
          {connection.error && <p className="text-muted">{connection.error}</p>}
        </div>
        {canConnect && <Actions connection={connection} />}
      </div>
      {isEnding && <EndQuestion connection={connection} />}
      {canConnect && linkQuestion?.connectionId === id && (
        <ReconnectLinkPanel
          connection={connection}
          question={linkQuestion}
          people={people}
          timeZone={timeZone}
        />
      )}
    </>
  );
}

function Actions({ connection }: { connection: Connection }) {
  const { id, state, unassignedCount } = connection;
  const at = (query: Record<string, string>) => withQuery(paths.connectAdAccounts(), query);
  return (
    <div className="flex flex-wrap gap-2">
      {state === 'CONNECTED' && (
        <>
          <LinkButton href={paths.pickAdAccounts(id)}>
            Pick accounts{unassignedCount > 0 && ` (${unassignedCount})`}
          </LinkButton>
          <Form method="post" action={paths.connectAdAccounts()}>
            <input type="hidden" name="connectionId" value={id} />
            <Button type="submit" name="intent" value="discover">
              List again
            </Button>
          </Form>
        </>
      )}
      {state !== 'CONNECTED' && (
        <Form method="post" action={paths.connectAdAccounts()} reloadDocument>
          <input type="hidden" name="platform" value={connection.platform} />
          <Button type="submit" name="intent" value="connect" variant="primary">
            Connect again
          </Button>
        </Form>
      )}
      <LinkButton href={at({ link: id })}>Reconnect link</LinkButton>
      {state === 'CONNECTED' && <LinkButton href={at({ end: id })}>Disconnect</LinkButton>}
    </div>
  );
}

function Facts({ connection, people, timeZone }: Pick<LineProps, 'connection' | 'people' | 'timeZone'>) {
  const { id, grantedById, grantedAt, isByLink, adAccountCount, lastSyncedAt } = connection;
  const by = (grantedById && people[grantedById]) ?? 'somebody who left';
  return (
    <>
      <p className="text-muted">
        {isByLink ? `Connected through a link of ${by}` : `Connected by ${by}`} on{' '}
        {formatDateTime(grantedAt, timeZone)}, {validity(connection, timeZone)}
      </p>
      <p className="text-muted">
        <a className="text-link" href={withQuery(paths.adAccounts(), { connectionId: id })}>
          {adAccountCount === 1 ? '1 ad account' : `${adAccountCount} ad accounts`}
        </a>{' '}
        in use{lastSyncedAt && `, last synced ${formatDateTime(lastSyncedAt, timeZone)}`}
      </p>
    </>
  );
}

function validity({ state, expiresAt, isRenewed }: Connection, timeZone: string): string {
  if (state !== 'CONNECTED') return 'ended since';
  if (isRenewed) return 'renewed by itself';
  return expiresAt ? `valid until ${formatDateTime(expiresAt, timeZone)}` : 'without an end date';
}

/** What the connection shows, and since when that is known. */
function Listed({ connection, timeZone, listingId }: LineProps) {
  const { id, accountsListedAt, unassignedCount } = connection;
  const more = unassignedCount === 1 ? '1 more ad account' : `${unassignedCount} more ad accounts`;
  return (
    <p className="text-muted">
      {unassignedCount > 0 && `${more} not in use · `}
      {listingId === id
        ? 'The list is being read again; load this page in a moment.'
        : `Listed ${accountsListedAt ? formatDateTime(accountsListedAt, timeZone) : 'not yet'}, once a day by itself`}
    </p>
  );
}

/** The question before a connection ends, on a page of its own address, so that it is asked without a script too. */
export function EndQuestion({
  connection,
}: {
  connection: Pick<Connection, 'id' | 'adAccountCount' | 'platform'>;
}) {
  const { id, adAccountCount, platform } = connection;
  const accounts = adAccountCount === 1 ? '1 ad account stops' : `${adAccountCount} ad accounts stop`;
  return (
    <Form
      method="post"
      action={paths.connectAdAccounts()}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-danger-soft px-3 py-2.5"
    >
      <input type="hidden" name="connectionId" value={id} />
      <p className="min-w-0 flex-1" role="alert">
        {accounts} syncing. Their figures stay. {platformLabels[platform]} is told that the permission ends.
      </p>
      <div className="flex gap-2">
        <LinkButton href={paths.connectAdAccounts()}>Keep it</LinkButton>
        <Button type="submit" name="intent" value="disconnect" variant="danger">
          Disconnect
        </Button>
      </div>
    </Form>
  );
}
