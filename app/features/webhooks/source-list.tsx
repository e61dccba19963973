import { Form, useNavigation } from '@remix-run/react';
import type { WebhookState } from '../../../server/domain/creator-sync/schema.ts';
import type { WebhookOverview, WebhookSourceStatus } from '../../../server/domain/webhooks/schema.ts';
import { formatCapped, formatCount, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PhylloWebhook, PhylloWebhookBadge } from './phyllo-webhook.tsx';
import { sourceLabels } from './labels.ts';

export interface SourceListProps {
  overview: WebhookOverview;
  /** How Phyllo says that its webhook stands. */
  phyllo: WebhookState;
  canMend: boolean;
  now: string;
}

/** Each sender: whether it is on, where it sends to, when it was last heard of, and what of it failed. */
export function SourceList({ overview, phyllo, canMend, now }: SourceListProps) {
  return (
    <ul className="grid gap-3">
      {overview.sources.map((status) => (
        <SourceItem
          key={status.source}
          status={status}
          now={now}
          phyllo={status.source === 'PHYLLO' ? phyllo : null}
          canMend={canMend}
        />
      ))}
    </ul>
  );
}

interface SourceItemProps {
  status: WebhookSourceStatus;
  phyllo: WebhookState | null;
  canMend: boolean;
  now: string;
}

function SourceItem({ status, phyllo, canMend, now }: SourceItemProps) {
  const { source, isOn, address, lastReceivedAt, waitingCount, deadCount } = status;
  const name = sourceLabels[source];
  return (
    <li className="grid gap-1.5 rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{name}</h3>
        {phyllo ? (
          <PhylloWebhookBadge state={phyllo.state} />
        ) : (
          <Badge tone={isOn ? 'success' : 'neutral'}>{isOn ? 'On' : 'Off'}</Badge>
        )}
        <span className="text-muted">
          {lastReceivedAt ? `last heard of ${formatRelative(lastReceivedAt, now)}` : 'nothing came so far'}
          {waitingCount > 0 && ` · ${formatCount(waitingCount)} waiting`}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 text-sm break-all text-muted">{address}</code>
        <CopyButton value={address} label={`Copy ${name}’s address`} />
      </div>
      {phyllo && <PhylloWebhook webhook={phyllo} now={now} canMend={canMend} />}
      {deadCount > 0 && <Dead status={status} now={now} />}
    </li>
  );
}

function Dead({ status, now }: { status: WebhookSourceStatus; now: string }) {
  const { source, deadCount, eldestDeadAt } = status;
  const isPending = useNavigation().formData?.get('source') === source;
  return (
    <Callout
      tone="danger"
      title={`${formatCapped(deadCount, 'event', 'events')} of ${sourceLabels[source]} failed`}
      actions={
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="redrive-all" />
          <input type="hidden" name="source" value={source} />
          <Button type="submit" size="small" isPending={isPending}>
            Try all again
          </Button>
        </Form>
      }
    >
      The eldest came {formatRelative(eldestDeadAt, now)}. They wait for somebody:{' '}
      <a href={paths.settingsWebhooks(source, 'DEAD')} className="link">
        see what stands in the way
      </a>
      , then try them again. None is lost.
    </Callout>
  );
}
