import { Form, useNavigation } from '@remix-run/react';
import type { WebhookEventDetail } from '../../../server/domain/webhooks/schema.ts';
import { formatCount, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { useMay } from '../shell/use-account.ts';
import { sourceLabels, stateLabels, stateTones } from './labels.ts';

export interface EventDetailProps {
  event: WebhookEventDetail;
  timeZone: string;
}

/** One event: what became of it, whom it concerns, and what was sent. */
export function EventDetail({ event, timeZone }: EventDetailProps) {
  const payload = readable(event.payload);
  return (
    <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
      <Trouble event={event} timeZone={timeZone} />
      <Panel
        title="What became of it"
        actions={<Badge tone={stateTones[event.state]}>{stateLabels[event.state]}</Badge>}
      >
        <DetailList
          details={[
            { term: 'What happened', value: event.summary },
            { term: 'About', value: <About event={event} /> },
            { term: 'Sender', value: sourceLabels[event.source] },
            { term: 'Event', value: event.name },
            { term: 'Sender’s id', value: event.nativeId === '-' ? null : event.nativeId },
            { term: 'Received', value: formatDateTime(event.receivedAt, timeZone) },
            {
              term: 'Settled',
              value: event.settledAt ? formatDateTime(event.settledAt, timeZone) : 'Not yet',
            },
            { term: 'Tries', value: formatCount(event.attempts) },
          ]}
        />
      </Panel>
      <Panel
        title="What was sent"
        description="It may hold what a person answered: admins alone read it, and it is removed after 30 days."
        actions={<CopyButton value={payload} label="Copy" />}
      >
        <pre className="text-sm break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
          <code>{payload}</code>
        </pre>
      </Panel>
    </div>
  );
}

function Trouble({ event, timeZone }: EventDetailProps) {
  const canWrite = useMay('webhooks.write');
  const isPending = useNavigation().state !== 'idle';
  if (event.state !== 'DEAD' && event.state !== 'FAILED') return null;
  const isDead = event.state === 'DEAD';
  return (
    <Callout
      tone={isDead ? 'danger' : 'warning'}
      title={isDead ? 'This failed and waits for somebody' : 'This failed and is tried again by itself'}
      actions={
        canWrite && (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="expectedVersion" value={event.version} />
            <Button type="submit" name="intent" value="redrive" isPending={isPending}>
              Try again
            </Button>
          </Form>
        )
      }
    >
      <p>{event.summary}</p>
      {event.nextAttemptAt && <p>The next try: {formatDateTime(event.nextAttemptAt, timeZone)}.</p>}
    </Callout>
  );
}

function About({ event }: { event: WebhookEventDetail }) {
  const { contact, creator, leadForm } = event;
  const links = [
    contact && { href: paths.contact(contact.id), name: contact.name },
    creator && { href: paths.creator(creator.id), name: creator.name },
    leadForm && { href: paths.settingsLeadForms(), name: leadForm.name },
  ].filter((link) => link !== null);
  if (links.length === 0) return '—';
  return (
    <span className="flex flex-wrap gap-x-3">
      {links.map(({ href, name }) => (
        <a key={href} href={href} className="link">
          {name}
        </a>
      ))}
    </span>
  );
}

/** With line breaks where that changes nothing: numbers beyond 2^53 would lose digits, so such text stays as it is. */
function readable(payload: string): string {
  if (/[^"\d]\d{16,}/.test(payload)) return payload;
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
