import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { requireCompany } from '../companies/queries.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { contactCompanyName, getContact, toContact } from './queries.ts';
import type { Contact, CreateContactInput, UpdateContactInput } from './schema.ts';

/** Errors: `invalid` where the brand, owner or company is none of the author's; `conflict` on a taken external id. */
export async function createContact(
  tx: TenantTx,
  principal: Principal,
  input: CreateContactInput,
): Promise<Contact> {
  const [ownership] = await Promise.all([
    ownershipOf(tx, principal, input),
    input.companyId ? requireCompany(tx, input.companyId) : undefined,
  ]);
  const row = await tx
    .insertInto('contacts')
    .values({
      ...sentOnly(toColumns(input)),
      ...ownership,
      first_name: input.firstName,
      last_name: input.lastName,
    })
    .returningAll()
    .returning(contactCompanyName().as('company_name'))
    .executeTakeFirstOrThrow();
  const contact = toContact(row);
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
  const { changes } = await changeRecord(tx, {
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
  const contact = await getContact(tx, contactId);
  if (Object.keys(changes).length > 0) {
    await tell(tx, principal, { contact, type: 'CONTACT_UPDATED', verb: 'changed', metadata: { changes } });
  }
  return contact;
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
