import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { requireCompany } from '../companies/queries.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { type Changes, sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { setAssociatedCompanies } from './associated-companies.ts';
import { getContact } from './queries.ts';
import type { Contact, CreateContactInput, UpdateContactInput } from './schema.ts';

/**
 * Errors: `invalid` where the brand, the owner or a company is none of the author's, or one of the agency's own fields
 * does not fit; `conflict` on a taken external id.
 */
export async function createContact(
  tx: TenantTx,
  principal: Principal,
  input: CreateContactInput,
): Promise<Contact> {
  const [ownership] = await Promise.all([
    ownershipOf(tx, principal, input),
    input.companyId ? requireCompany(tx, input.companyId) : undefined,
    requireCustomFields(tx, 'CONTACT', input.customFields),
  ]);
  const { id: contactId } = await tx
    .insertInto('contacts')
    .values({
      ...sentOnly(toColumns(input)),
      ...ownership,
      first_name: input.firstName,
      last_name: input.lastName,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await setAssociatedCompanies(tx, principal, { contactId, wanted: input.associatedCompanies });
  const contact = await getContact(tx, contactId);
  await tell(tx, principal, { contact, type: 'CONTACT_CREATED', verb: 'created' });
  return contact;
}

/** Errors: `not_found`, `invalid`, `precondition`, `conflict`. */
export async function updateContact(
  tx: TenantTx,
  principal: Principal,
  input: UpdateContactInput,
): Promise<Contact> {
  const { contactId, expectedVersion } = input;
  const { changes: columns } = await changeRecord(tx, {
    table: 'contacts',
    id: contactId,
    values: sentOnly(toColumns(input)),
    expectedVersion,
    base: input.base && toColumns(input.base as UpdateContactInput),
    check: async (_before, { company_id }) => {
      const companyId = newId(company_id);
      if (companyId) await requireCompany(tx, companyId);
    },
  });
  const ties = await setAssociatedCompanies(tx, principal, {
    contactId,
    wanted: input.associatedCompanies,
    base: input.base?.associatedCompanies,
  });
  if (isEmpty(columns) && !isEmpty(ties)) await touch(tx, contactId);
  const changes = { ...columns, ...ties };
  const contact = await getContact(tx, contactId);
  if (!isEmpty(changes)) {
    await tell(tx, principal, { contact, type: 'CONTACT_UPDATED', verb: 'changed', metadata: { changes } });
  }
  return contact;
}

const isEmpty = (changes: Changes) => Object.keys(changes).length === 0;

/** A contact's other companies are part of it: who changes them moves its version on. */
async function touch(tx: TenantTx, contactId: string): Promise<void> {
  await tx.updateTable('contacts').set({ updated_at: new Date() }).where('id', '=', contactId).execute();
}

/** Moves a contact to the recycle bin (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setContactActive(
  tx: TenantTx,
  principal: Principal,
  input: { contactId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Contact> {
  const { contactId, isActive, expectedVersion } = input;
  const changed = await setActive(tx, { table: 'contacts', id: contactId, isActive, expectedVersion });
  const contact = await getContact(tx, contactId);
  if (changed) {
    const [type, verb] = isActive
      ? (['CONTACT_RESTORED', 'restored'] as const)
      : (['CONTACT_DELETED', 'deleted'] as const);
    await tell(tx, principal, { contact, type, verb });
  }
  return contact;
}

interface Told {
  contact: Contact;
  type: ActivityType;
  verb: string;
  metadata?: Record<string, unknown>;
}

async function tell(tx: TenantTx, principal: Principal, told: Told): Promise<void> {
  const { contact, type, verb, metadata = {} } = told;
  const { id: contactId, companyId, brandId } = contact;
  const description = `Contact ${contact.name} ${verb}`;
  await recordActivities(tx, principal, [{ type, description, metadata, contactId, companyId, brandId }]);
}

function toColumns(input: CreateContactInput | UpdateContactInput) {
  return {
    first_name: input.firstName,
    last_name: input.lastName,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    company_id: input.companyId,
    emails: input.emails,
    phones: input.phones,
    mobile: input.mobile,
    avatar_url: input.avatarUrl,
    title: input.title,
    department: input.department,
    type: input.type,
    status: input.status,
    source: input.source,
    linkedin_url: input.linkedinUrl,
    x_handle: input.xHandle,
    last_contacted_at:
      input.lastContactedAt == null ? input.lastContactedAt : new Date(input.lastContactedAt),
  };
}
