import { z } from 'zod';
import { createContact, setContactActive, updateContact } from '../../domain/contacts/commands.ts';
import { contactNeighbours, countContacts, getContact, listContacts } from '../../domain/contacts/queries.ts';
import { listHistory } from '../../domain/records/history.ts';
import { fieldChangePage, neighbours } from '../../domain/records/schema.ts';
import {
  contactHistoryInput,
  contactNeighboursInput,
  contact,
  contactChange,
  contactPage,
  contactRef,
  createContactInput,
  listContactsInput,
  updateContactInput,
} from '../../domain/contacts/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const contactsRouter = router({
  list: tenantProcedure('contacts.read')
    .meta(rest('GET', '/contacts', 'List contacts'))
    .input(listContactsInput)
    .output(contactPage)
    .query(({ ctx, input }) => listContacts(ctx.tx, input)),
  count: tenantProcedure('contacts.read')
    .input(listContactsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countContacts(ctx.tx, input)),
  byId: tenantProcedure('contacts.read')
    .meta(rest('GET', '/contacts/{contactId}', 'Read a contact'))
    .input(contactRef)
    .output(contact)
    .query(({ ctx, input }) => getContact(ctx.tx, input.contactId)),
  neighbours: tenantProcedure('contacts.read')
    .input(contactNeighboursInput)
    .output(neighbours)
    .query(({ ctx, input }) => contactNeighbours(ctx.tx, input.contactId, input.list)),
  history: tenantProcedure('contacts.read')
    .input(contactHistoryInput)
    .output(fieldChangePage)
    .query(({ ctx, input }) => listHistory(ctx.tx, { table: 'contacts', id: input.contactId }, input)),
  create: tenantProcedure('contacts.write')
    .meta(rest('POST', '/contacts', 'Create a contact', 201))
    .input(createContactInput)
    .output(contact)
    .mutation(({ ctx, input }) => createContact(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('contacts.write')
    .meta(rest('PATCH', '/contacts/{contactId}', 'Change a contact'))
    .input(updateContactInput)
    .output(contact)
    .mutation(({ ctx, input }) => updateContact(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('contacts.write')
    .meta(rest('DELETE', '/contacts/{contactId}', 'Move a contact to the recycle bin'))
    .input(contactChange)
    .output(contact)
    .mutation(({ ctx, input }) => setContactActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('contacts.write')
    .meta(rest('POST', '/contacts/{contactId}/restore', 'Bring a contact back from the recycle bin'))
    .input(contactChange)
    .output(contact)
    .mutation(({ ctx, input }) => setContactActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
