import { Form, useNavigation } from '@remix-run/react';
import type { WebhookState } from '../../../server/domain/creator-sync/schema.ts';
import { formatRelative } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

const looks: Readonly<Record<WebhookState['state'], { label: string; tone: Tone }>> = {
  OFF: { label: 'Off', tone: 'neutral' },
  ACTIVE: { label: 'On', tone: 'success' },
  INACTIVE: { label: 'Switched off by Phyllo', tone: 'danger' },
  NONE: { label: 'Not registered', tone: 'warning' },
  UNKNOWN: { label: 'Not known', tone: 'warning' },
};

const titles = {
  INACTIVE: 'Phyllo switched its webhook off after failures',
  NONE: 'Phyllo has no webhook to this address',
  UNKNOWN: 'Phyllo could not be asked about its webhook',
} as const;

/** How the webhook stands at Phyllo, in a word. */
export function PhylloWebhookBadge({ state }: Pick<WebhookState, 'state'>) {
  const { label, tone } = looks[state];
  return <Badge tone={tone}>{label}</Badge>;
}

export interface PhylloWebhookProps {
  webhook: WebhookState;
  now: string;
  canMend: boolean;
}

/** What Phyllo says of its webhook to this installation, and the way to set it right. */
export function PhylloWebhook({ webhook, now, canMend }: PhylloWebhookProps) {
  const { state, error, checkedAt } = webhook;
  const checked = `Last checked ${formatRelative(checkedAt, now)}.`;
  if (state === 'OFF') return null;
  if (state === 'ACTIVE') return <p className="text-muted">Registered at Phyllo. {checked}</p>;
  return (
    <Callout
      tone={state === 'INACTIVE' ? 'danger' : 'warning'}
      title={titles[state]}
      actions={canMend && state !== 'UNKNOWN' && <MendForm state={state} />}
    >
      {error ?? 'Until it is set right, news of creators comes with the daily look alone.'} {checked}
    </Callout>
  );
}

function MendForm({ state }: { state: 'INACTIVE' | 'NONE' }) {
  const isPending = useNavigation().formData?.get('intent') === 'mend-phyllo';
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value="mend-phyllo" />
      <Button type="submit" size="small" isPending={isPending}>
        {state === 'INACTIVE' ? 'Switch it on again' : 'Register it'}
      </Button>
    </Form>
  );
}

/** What became of setting it right. */
export function mendedWords({ state, error }: Pick<WebhookState, 'state' | 'error'>): string {
  if (state === 'ACTIVE')
    return 'Phyllo’s webhook is on. If it was off, what it did not tell meanwhile is being read now.';
  if (state === 'OFF') return 'Phyllo is off here: an administrator sets it up first.';
  return `Phyllo’s webhook could not be set right. ${error ?? 'Phyllo left it switched off. Try again later.'}`;
}
