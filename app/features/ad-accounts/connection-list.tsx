import { Form } from '@remix-run/react';
import type { Connection } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SandboxBadge } from './ad-account-table.tsx';
import { connectionLabels, connectionTones, platformLabels } from './labels.ts';

export interface ConnectionListProps {
  connections: readonly Connection[];
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  timeZone: string;
  /** The connection that the address asks to end: it is shown with the question. */
  endingId: string | null;
  /** Whether the reader may pick from them and end them. */
  canConnect: boolean;
}

/** What was allowed, by whom, until when, and the way to end it. */
export function ConnectionList({ connections, ...props }: ConnectionListProps) {
  if (connections.length === 0) return null;
  return (
    <Panel title="Connections" description="Each is one person’s permission at one platform.">
      <ul className="grid gap-4">
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

function ConnectionLine({ connection, people, timeZone, endingId, canConnect }: LineProps) {
  const { id, state, adAccountCount } = connection;
  const canUse = canConnect && state === 'CONNECTED';
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {platformLabels[connection.platform]} · {connection.nativeUserName ?? 'unnamed person'}
            <Badge tone={connectionTones[state]}>{connectionLabels[state]}</Badge>
            {connection.isSandbox && <SandboxBadge />}
          </p>
          <p className="text-muted">
            <Facts connection={connection} people={people} timeZone={timeZone} /> ·{' '}
            <a className="text-link" href={withQuery(paths.adAccounts(), { connectionId: id })}>
              {adAccountCount === 1 ? '1 ad account' : `${adAccountCount} ad accounts`}
            </a>
          </p>
          {connection.error && <p className="text-muted">{connection.error}</p>}
        </div>
        {canUse && (
          <div className="flex gap-2">
            <LinkButton href={paths.pickAdAccounts(id)}>Pick accounts</LinkButton>
            {endingId !== id && (
              <LinkButton href={withQuery(paths.connectAdAccounts(), { end: id })}>Disconnect</LinkButton>
            )}
          </div>
        )}
      </div>
      {canUse && endingId === id && <EndQuestion connection={connection} />}
    </>
  );
}

function Facts({ connection, people, timeZone }: Pick<LineProps, 'connection' | 'people' | 'timeZone'>) {
  const { grantedById, grantedAt, expiresAt } = connection;
  const by = (grantedById && people[grantedById]) ?? 'somebody who left';
  const until = expiresAt ? `valid until ${formatDateTime(expiresAt, timeZone)}` : 'without an end date';
  return (
    <>
      Connected by {by} on {formatDateTime(grantedAt, timeZone)}, {until}
    </>
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
