import { contactFields } from '../../../server/domain/contacts/fields.ts';
import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { ListLook } from '../records/list-look.ts';
import { contactSpecs } from './contact-fields.ts';
import { contactStatusLabels, contactStatusTones } from './labels.ts';

export const contactList: ListLook = {
  noun: 'CONTACT',
  label: 'Contacts',
  one: 'contact',
  many: 'contacts',
  path: paths.contacts(),
  fields: contactFields,
  specs: contactSpecs,
  columns: ['name', 'companyId', 'title', 'emails', 'phones', 'type', 'status', 'updatedAt'],
  looks: {
    name: { width: 208 },
    companyId: {
      width: 192,
      cell: ({ companyName }) => (companyName as string | null) ?? missing,
      alsoReads: ['companyName'],
    },
    emails: { width: 208 },
    phones: {
      width: 160,
      alsoReads: ['mobile'],
      cell: ({ phones, mobile }) =>
        (phones as readonly string[]).join(', ') || ((mobile as string | null) ?? missing),
    },
    type: { width: 112 },
    status: { width: 144, cell: (row) => statusCell(row.status as Contact['status']) },
    updatedAt: { width: 128 },
    createdAt: { width: 128 },
    lastContactedAt: { width: 144 },
  },
  filters: ['type', 'status', 'companyId', 'ownerId', 'brandId', 'deleted'],
  sort: 'name',
  exportPath: '/contacts/export.csv',
};

function statusCell(status: Contact['status']) {
  return (
    <span className="status-dot" data-tone={contactStatusTones[status]}>
      {contactStatusLabels[status]}
    </span>
  );
}
