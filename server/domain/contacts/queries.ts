import { type RawBuilder, type Selectable, sql, type SqlBool } from 'kysely';
import { cappedCount, keysetNeighbours, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Contacts } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { filterRecords, type RecordFilters, toRecord } from '../records/queries.ts';
import type { Neighbours } from '../records/schema.ts';
import { planList } from '../records/sort.ts';
import { associatedCompanies } from './associated-companies.ts';
import type { AssociatedCompany, Contact, ListContactsInput } from './schema.ts';

/** One contact. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getContact(tx: TenantTx, contactId: string): Promise<Contact> {
  const row = await tx
    .selectFrom('contacts')
    .selectAll()
    .select([contactCompanyName().as('company_name'), associatedCompanies().as('associated_companies')])
    .where('id', '=', contactId)
    .executeTakeFirst();
  if (!row) throw notFound('contact');
  return toContact(row);
}

export async function listContacts(tx: TenantTx, input: ListContactsInput): Promise<Page<Contact>> {
  const { filters, keyset } = await planList(tx, 'contacts', input);
  const query = matchingContacts(tx, filters)
    .selectAll('contacts')
    .select([contactCompanyName().as('company_name'), associatedCompanies().as('associated_companies')]);
  const page = await keysetPage(query, keyset);
  return { items: page.items.map(toContact), nextCursor: page.nextCursor };
}

/** Who stands before and after a contact in a list. Errors: `not_found`. */
export async function contactNeighbours(
  tx: TenantTx,
  contactId: string,
  input: ListContactsInput,
): Promise<Neighbours> {
  const { filters, keyset } = await planList(tx, 'contacts', input);
  const lists = { all: tx.selectFrom('contacts'), matching: matchingContacts(tx, filters) };
  const place = await keysetNeighbours(tx, lists, { ...keyset, recordId: contactId });
  if (!place) throw notFound('contact');
  return place;
}

/** How many contacts match, counted to 10,001. */
export async function countContacts(tx: TenantTx, input: ListContactsInput): Promise<number> {
  const filters = await resolveFilter(tx, 'contacts', input);
  return cappedCount(tx, matchingContacts(tx, filters).select('contacts.id'));
}

export interface ContactFilters extends RecordFilters {
  companyId?: string | undefined;
  type?: Contact['type'] | undefined;
  status?: Contact['status'] | undefined;
}

/** The contacts that a list shows, without columns yet. Hand a list's input through resolveFilter first. */
export function matchingContacts(tx: TenantTx, input: ContactFilters) {
  let query = filterRecords(tx.selectFrom('contacts'), 'contacts', input);
  if (input.companyId) query = query.where(worksAt(input.companyId));
  if (input.type) query = query.where('contacts.type', '=', input.type);
  if (input.status) query = query.where('contacts.status', '=', input.status);
  return query;
}

/** Whether a contact works at a company, first of all or beside another; both sides by an index. */
function worksAt(companyId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(contacts.company_id = ${companyId}::uuid or contacts.id = any (array(
    select t.contact_id from contact_companies t where t.company_id = ${companyId}::uuid)))`;
}

/** Errors: `invalid` on `contactId` where it is no contact that this principal sees. */
export async function requireContact(tx: TenantTx, contactId: string): Promise<void> {
  const row = await tx
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', contactId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('contactId', 'There is no such contact, or it is not yours to see.');
}

/** The name of a contact's company, where the reader sees that company. */
export function contactCompanyName(): RawBuilder<string | null> {
  return sql<string | null>`(select c.name from companies c
    where c.organization_id = contacts.organization_id and c.id = contacts.company_id)`;
}

type ContactRow = Selectable<Contacts> & {
  company_name: string | null;
  associated_companies: AssociatedCompany[];
};

export function toContact(row: ContactRow): Contact {
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    name: row.name,
    companyId: row.company_id,
    companyName: row.company_name,
    associatedCompanies: row.associated_companies,
    emails: row.emails,
    phones: row.phones,
    mobile: row.mobile,
    avatarUrl: row.avatar_url,
    title: row.title,
    department: row.department,
    type: row.type,
    status: row.status,
    source: row.source,
    linkedinUrl: row.linkedin_url,
    xHandle: row.x_handle,
    lastContactedAt: row.last_contacted_at?.toISOString() ?? null,
    mergedIntoId: row.merged_into_id,
    ...toRecord(row),
  };
}
