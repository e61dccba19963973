import { Form } from '@remix-run/react';
import type { z } from 'zod';
import type { Connection, platformStatus } from '../../../server/domain/ad-accounts/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, type ButtonVariant } from '../../ui/button.tsx';

export type PlatformStatus = z.infer<typeof platformStatus>;

export interface ConnectButtonProps {
  platform: PlatformStatus;
  label?: string;
  variant?: ButtonVariant;
}

/**
 * Sends the person to the platform to allow access. A document form, so that it works before the script; the answer is
 * a redirect to the platform, which the policy's form-action names.
 */
export function ConnectButton({ platform, label, variant = 'primary' }: ConnectButtonProps) {
  return (
    <Form method="post" action={paths.connectAdAccounts()} reloadDocument>
      <input type="hidden" name="platform" value={platform.id} />
      <Button type="submit" name="intent" value="connect" variant={variant}>
        {label ?? `Connect ${platform.name}`}
      </Button>
    </Form>
  );
}

export interface PlatformChoicesProps {
  platforms: readonly PlatformStatus[];
  connections: readonly Pick<Connection, 'platform' | 'state'>[];
}

/** Each platform that can be connected here with how it stands, and for the others what turns them on. */
export function PlatformChoices({ platforms, connections }: PlatformChoicesProps) {
  return (
    <ul className="grid gap-3">
      {platforms.map((platform) => {
        const own = connections.filter((connection) => connection.platform === platform.id);
        return (
          <li key={platform.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {platform.name}
                <PlatformState connections={own} />
              </p>
              <p className="text-muted">
                <PlatformNote platform={platform} />
              </p>
            </div>
            {platform.isOn && (
              <ConnectButton
                platform={platform}
                {...(own.length > 0 && { label: 'Connect another person', variant: 'secondary' as const })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** How many people's access there is, and whether some of it has ended. */
function PlatformState({ connections }: Pick<PlatformChoicesProps, 'connections'>) {
  if (connections.length === 0) return null;
  const ended = connections.filter(({ state }) => state !== 'CONNECTED').length;
  if (ended === connections.length) return <Badge tone="danger">Access ended</Badge>;
  const count = connections.length - ended;
  return (
    <>
      <Badge tone="success">{count === 1 ? 'Connected' : `${count} connected`}</Badge>
      {ended > 0 && <Badge tone="warning">{ended} ended</Badge>}
    </>
  );
}

function PlatformNote({ platform }: { platform: PlatformStatus }) {
  if (!platform.isOn) return <PlatformOff platform={platform} />;
  if (platform.isStandIn)
    return `The sandbox stands in for ${platform.name}: its figures are invented, and marked as such.`;
  return `You allow access at ${platform.name}, then pick the ad accounts.`;
}

/** Why a platform can't be connected, with the names of the settings that turn it on. */
export function PlatformOff({ platform }: { platform: PlatformStatus }) {
  return (
    <>
      {platform.name} is off here. Whoever runs SpokeStack turns it on by setting{' '}
      {platform.settings.map((name, index) => (
        <span key={name}>
          {index > 0 && ' and '}
          <code className="font-mono text-sm">{name}</code>
        </span>
      ))}
      .
    </>
  );
}
