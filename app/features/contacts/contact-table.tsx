import { useMemo } from 'react';
import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import type { Selection } from '../../table/selection-cells.tsx';
import { type Sort, sortHref } from '../../table/sort.ts';
import { contactStatusLabels, contactStatusTones, contactTypeLabels } from './labels.ts';

export const contactSortKeys = ['name', 'createdAt', 'updatedAt'] as const;

/** What the table shows of a contact: a page carries its data twice, so it carries no more. */
export type ContactLine = Pick<
  Contact,
  'id' | 'name' | 'companyName' | 'title' | 'emails' | 'phones' | 'mobile' | 'type' | 'status' | 'updatedAt'
>;

export function toContactLine(contact: Contact): ContactLine {
  const { id, name, companyName, title, emails, phones, mobile, type, status, updatedAt } = contact;
  return { id, name, companyName, title, emails, phones, mobile, type, status, updatedAt };
}

export interface ContactTableProps {
  contacts: readonly ContactLine[];
  url: URL;
  sort: Sort | null;
  now: string;
  selection?: Selection | undefined;
}

export function ContactTable({ contacts, url, sort, now, selection }: ContactTableProps) {
  const columns = useMemo(() => columnsOf(now), [now]);
  return (
    <DataTable
      label="Contacts"
      columns={columns}
      rows={contacts}
      rowId={(contact) => contact.id}
      rowName={(contact) => contact.name}
      rowHref={(contact) => paths.contact(contact.id)}
      sort={sort}
      hrefForSort={(next) => sortHref(url, next)}
      {...(selection && { selection })}
    />
  );
}

function columnsOf(now: string): DataColumn<ContactLine>[] {
  return [
    { id: 'name', header: 'Name', cell: (contact) => contact.name, sortKey: 'name' },
    { id: 'company', header: 'Company', cell: (contact) => contact.companyName ?? '—', className: 'clip' },
    { id: 'title', header: 'Title', cell: (contact) => contact.title ?? '—', className: 'clip' },
    { id: 'email', header: 'Email', cell: (contact) => contact.emails[0] ?? '—', className: 'clip' },
    { id: 'phone', header: 'Phone', cell: (contact) => contact.phones[0] ?? contact.mobile ?? '—' },
    { id: 'type', header: 'Type', cell: (contact) => contactTypeLabels[contact.type] },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => (
        <span className="status-dot" data-tone={contactStatusTones[status]}>
          {contactStatusLabels[status]}
        </span>
      ),
    },
    {
      id: 'updated',
      header: 'Changed',
      className: 'end quiet',
      cell: (contact) => formatRelative(contact.updatedAt, now),
      sortKey: 'updatedAt',
      firstDirection: 'desc',
    },
  ];
}
