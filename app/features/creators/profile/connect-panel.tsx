import { Form } from '@remix-run/react';
import type {
  ConnectAnswer,
  ConnectLink,
  ConnectOptions,
} from '../../../../server/domain/creator-platforms/connect-schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input, Select } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ConnectForm } from '../../creator-connect/connect-form.tsx';

/** The link that was just made: its secret is shown this once. */
export type MadeLink = Pick<ConnectAnswer, 'creatorConnectLinkId' | 'connectUrl' | 'expiresAt'>;

export interface ConnectPanelProps {
  creator: { id: string; name: string };
  options: ConnectOptions;
  links: readonly ConnectLink[];
  made: MadeLink | null;
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  timeZone: string;
}

/** The two ways to connect: here, with the creator at hand, or by a link that they open without an account. */
export function ConnectPanel(props: ConnectPanelProps) {
  const { creator, options } = props;
  if (!options.isOn)
    return (
      <Callout tone="info" title="Connecting is off here">
        The service that reads creators’ accounts (Phyllo) is not set up: an administrator sets
        PHYLLO_CLIENT_ID and PHYLLO_CLIENT_SECRET. Accounts and figures can be written by hand.
      </Callout>
    );
  return (
    <Panel
      title="Connect"
      description="Once connected, an account’s figures, audience and posts come by themselves."
      actions={options.isStandIn && <Badge tone="warning">Sandbox: invented people</Badge>}
    >
      <div className="grid gap-6 md:grid-cols-2">
        <section aria-labelledby="connect-here" className="grid content-start gap-3">
          <h3 id="connect-here" className="font-medium">
            Here, with the creator at hand
          </h3>
          <p className="text-pretty text-muted">
            {creator.name} signs in at the network in a window. Nothing is posted, and their password stays
            with the network.
          </p>
          <ConnectForm
            action={paths.creatorPlatforms(creator.id)}
            platforms={options.platforms}
            platform={null}
          />
        </section>
        <section aria-labelledby="connect-by-link" className="grid content-start gap-3">
          <h3 id="connect-by-link" className="font-medium">
            By a link for the creator
          </h3>
          <p className="text-pretty text-muted">
            They open it on their own device, without an account here, and connect as many accounts as they
            like.
          </p>
          <LinkPart {...props} />
        </section>
      </div>
    </Panel>
  );
}

function LinkPart({ options, links, made, people, timeZone }: ConnectPanelProps) {
  const open = links.filter(({ state, id }) => state === 'OPEN' && id !== made?.creatorConnectLinkId);
  return (
    <>
      {made ? (
        <MadeLinkCallout link={made} timeZone={timeZone} />
      ) : (
        <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
          <Field name="platform" id="link-platform" label="Network" hidesOptional>
            {(control) => (
              <Select
                {...control}
                options={options.platforms.map((value) => ({ value, label: platformLabels[value] }))}
                emptyLabel="The creator chooses"
              />
            )}
          </Field>
          <Button type="submit" name="intent" value="make-link">
            Make a link
          </Button>
        </Form>
      )}
      {open.length > 0 && (
        <ul className="grid gap-2">
          {open.map((link) => (
            <OpenLink key={link.id} link={link} people={people} timeZone={timeZone} />
          ))}
        </ul>
      )}
    </>
  );
}

function MadeLinkCallout({ link, timeZone }: { link: MadeLink; timeZone: string }) {
  return (
    <Callout tone="success" title="The link is made" isAnswer>
      <p>
        Copy it now: it is not shown again. It works until {formatDateTime(link.expiresAt, timeZone)}, or
        until you take it back.
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Input
          className="min-w-0 flex-1 basis-56 font-mono text-sm"
          aria-label="Link for the creator"
          readOnly
          value={link.connectUrl}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link.connectUrl} label="Copy the link" />
      </div>
    </Callout>
  );
}

type OpenLinkProps = Pick<ConnectPanelProps, 'people' | 'timeZone'> & { link: ConnectLink };

function OpenLink({ link, people, timeZone }: OpenLinkProps) {
  const { id, platform, createdById, createdAt, expiresAt, openedAt, usedAt } = link;
  const maker = (createdById && people[createdById]) ?? 'somebody who left';
  const use = usedAt ? 'used' : openedAt ? 'opened, nothing connected yet' : 'not opened yet';
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1 basis-56 text-sm text-pretty text-muted">
        {platform ? `A link for ${platformLabels[platform]}` : 'A link'} by {maker},{' '}
        {formatDateTime(createdAt, timeZone)}: {use}; good until {formatDateTime(expiresAt, timeZone)}
      </span>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="creatorConnectLinkId" value={id} />
        <Button type="submit" name="intent" value="withdraw-link" size="small">
          Take back
        </Button>
      </Form>
    </li>
  );
}
