import { Form } from '@remix-run/react';
import type {
  Connection,
  NewReconnectLink,
  ReconnectLink,
} from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Input } from '../../ui/input.tsx';
import { platformLabels } from './labels.ts';

/** The links of the connection that the address names. */
export interface LinkQuestion {
  connectionId: string;
  links: readonly ReconnectLink[];
  /** The one that was just made: its secret is shown this once. */
  made: NewReconnectLink | null;
}

export interface ReconnectLinkPanelProps {
  connection: Pick<Connection, 'id' | 'platform' | 'nativeUserName'>;
  question: LinkQuestion;
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  timeZone: string;
}

/** Where a link is made, copied and taken back; on a page of its own address, so that it works without a script too. */
export function ReconnectLinkPanel({ connection, question, people, timeZone }: ReconnectLinkPanelProps) {
  const { id, platform, nativeUserName } = connection;
  const { made } = question;
  const open = question.links.filter(({ state, id: linkId }) => state === 'OPEN' && linkId !== made?.id);
  const address = withQuery(paths.connectAdAccounts(), { link: id });
  return (
    <section
      aria-label={`Reconnect link for ${platformLabels[platform]}`}
      className="grid gap-3 rounded-lg bg-sunken px-3 py-3"
    >
      {made ? (
        <MadeLink link={made} timeZone={timeZone} />
      ) : (
        <>
          <p className="max-w-160 text-pretty">
            Send a link to {nativeUserName ?? 'whoever allowed access'}, or to somebody else who sees these ad
            accounts at {platformLabels[platform]}. They allow access again without a login here, and see
            nothing of the agency but its name and the names of these accounts.
          </p>
          <div className="flex flex-wrap gap-2">
            <Form method="post" action={address}>
              <input type="hidden" name="connectionId" value={id} />
              <Button type="submit" name="intent" value="make-link" variant="primary">
                Make a link
              </Button>
            </Form>
            <LinkButton href={paths.connectAdAccounts()}>Not now</LinkButton>
          </div>
        </>
      )}
      {open.length > 0 && (
        <ul className="grid gap-2">
          {open.map((link) => (
            <li key={link.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="min-w-0 flex-1 text-muted">
                {made ? 'Another open link' : 'An open link'}, made by{' '}
                {(link.createdById && people[link.createdById]) ?? 'somebody who left'} on{' '}
                {formatDateTime(link.createdAt, timeZone)}, good until{' '}
                {formatDateTime(link.expiresAt, timeZone)}
              </span>
              <Form method="post" action={address}>
                <input type="hidden" name="connectionId" value={id} />
                <input type="hidden" name="reconnectLinkId" value={link.id} />
                <Button type="submit" name="intent" value="revoke-link" size="small">
                  Take back
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function MadeLink({ link, timeZone }: { link: NewReconnectLink; timeZone: string }) {
  return (
    <Callout tone="success" title="The link is made" isAnswer>
      <p>
        Copy it now: it is not shown again. It works once, until {formatDateTime(link.expiresAt, timeZone)}.
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Input
          className="min-w-0 flex-1 basis-72 font-mono text-sm"
          aria-label="Reconnect link"
          readOnly
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link.url} label="Copy the link" />
      </div>
    </Callout>
  );
}
