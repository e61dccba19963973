import { useMemo } from 'react';
import type { WebhookEvent } from '../../../server/domain/webhooks/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { StatusDot } from '../../ui/badge.tsx';
import { eventName, sourceLabels, stateLabels, stateTones } from './labels.ts';

export interface WebhookTableProps {
  events: readonly WebhookEvent[];
  timeZone: string;
}

/** What came, what was done about it, and whom it concerns. */
export function WebhookTable({ events, timeZone }: WebhookTableProps) {
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  return (
    <DataTable
      label="Webhook events"
      columns={columns}
      rows={events}
      rowId={({ id }) => id}
      rowHref={({ id }) => paths.webhookEvent(id)}
      height="content"
    />
  );
}

function columnsOf(timeZone: string): DataColumn<WebhookEvent>[] {
  return [
    {
      id: 'event',
      header: 'Event',
      cell: (event) => (
        <span className="run-cell">
          {eventName(event)}
          <small>{sourceLabels[event.source]}</small>
        </span>
      ),
    },
    { id: 'received', header: 'Received', cell: ({ receivedAt }) => formatDateTime(receivedAt, timeZone) },
    {
      id: 'state',
      header: 'State',
      cell: ({ state }) => <StatusDot tone={stateTones[state]}>{stateLabels[state]}</StatusDot>,
    },
    { id: 'about', header: 'About', cell: (event) => aboutOf(event) ?? '—' },
    {
      id: 'summary',
      header: 'What happened',
      className: 'clip wide quiet',
      cell: ({ summary }) => summary && <span title={summary}>{summary}</span>,
    },
  ];
}

/** Whom an event concerns, by name. */
function aboutOf({ contact, creator, leadForm }: WebhookEvent): string | null {
  return contact?.name ?? creator?.name ?? leadForm?.name ?? null;
}
