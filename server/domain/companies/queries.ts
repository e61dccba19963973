import { type RawBuilder, type Selectable, sql } from 'kysely';
import { cappedCount, keysetNeighbours, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Companies } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { filterRecords, type RecordFilters, toRecord } from '../records/queries.ts';
import type { Neighbours } from '../records/schema.ts';
import { planList } from '../records/sort.ts';
import type { Company, CompanyOfDomain, ListCompaniesInput } from './schema.ts';

/** One company. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getCompany(tx: TenantTx, companyId: string): Promise<Company> {
  const row = await tx
    .selectFrom('companies')
    .selectAll()
    .select(parentName().as('parent_name'))
    .where('id', '=', companyId)
    .executeTakeFirst();
  if (!row) throw notFound('company');
  return toCompany(row);
}

export async function listCompanies(tx: TenantTx, input: ListCompaniesInput): Promise<Page<Company>> {
  const { filters, keyset } = await planList(tx, 'companies', input);
  const page = await keysetPage(
    matchingCompanies(tx, filters).select(parentName().as('parent_name')),
    keyset,
  );
  return { items: page.items.map(toCompany), nextCursor: page.nextCursor };
}

/** Who stands before and after a company in a list. Errors: `not_found`. */
export async function companyNeighbours(
  tx: TenantTx,
  companyId: string,
  input: ListCompaniesInput,
): Promise<Neighbours> {
  const { filters, keyset } = await planList(tx, 'companies', input);
  const lists = { all: tx.selectFrom('companies'), matching: matchingCompanies(tx, filters) };
  const place = await keysetNeighbours(tx, lists, { ...keyset, recordId: companyId });
  if (!place) throw notFound('company');
  return place;
}

/** How many companies match, counted to 10,001. */
export async function countCompanies(tx: TenantTx, input: ListCompaniesInput): Promise<number> {
  return cappedCount(tx, matchingCompanies(tx, await resolveFilter(tx, 'companies', input)));
}

export interface CompanyFilters extends RecordFilters {
  type?: Company['type'] | undefined;
  parentId?: string | undefined;
}

/** The companies that a list shows, whole. Hand a list's input through resolveFilter first. */
export function matchingCompanies(tx: TenantTx, filters: CompanyFilters) {
  let query = filterRecords(tx.selectFrom('companies').selectAll('companies'), 'companies', filters);
  if (filters.parentId) query = query.where('companies.parent_id', '=', filters.parentId);
  return filters.type ? query.where('companies.type', '=', filters.type) : query;
}

/** Errors: `invalid` on the field where it is no company that this principal sees. */
export async function requireCompany(tx: TenantTx, companyId: string, field = 'companyId'): Promise<void> {
  const row = await tx
    .selectFrom('companies')
    .select('id')
    .where('id', '=', companyId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField(field, 'There is no such company, or it is not yours to see.');
}

/** The active companies whose own domain a mail address or a domain is of; one that many share is nobody's. */
export async function findCompaniesByDomain(tx: TenantTx, address: string): Promise<CompanyOfDomain[]> {
  const labels = (address.split('@').at(-1) ?? '').trim().toLowerCase().split('.');
  // mail.example.com is of example.com too; .com alone is of nobody.
  const hosts = labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'));
  if (hosts.length === 0) return [];
  const { rows } = await sql<CompanyOfDomain>`
    select c.id, c.name, max(k.value) as domain
      from record_keys k join companies c on c.organization_id = k.organization_id and c.id = k.company_id
     where k.kind = 'DOMAIN' and k.value = any (${hosts}::text[]) and c.is_active
     group by c.id, c.name, c.name_key order by max(length(k.value)) desc, c.name_key, c.id limit 5`.execute(
    tx,
  );
  return rows;
}

/** The name of a company's parent, where the reader sees it. */
export function parentName(): RawBuilder<string | null> {
  return sql<string | null>`(select p.name from companies p
    where p.organization_id = companies.organization_id and p.id = companies.parent_id)`;
}

export function toCompany(row: Selectable<Companies> & { parent_name: string | null }): Company {
  return {
    name: row.name,
    legalName: row.legal_name,
    industry: row.industry,
    website: row.website,
    domains: row.domains,
    parentId: row.parent_id,
    parentName: row.parent_name,
    logoUrl: row.logo_url,
    size: row.size,
    type: row.type,
    email: row.email,
    phone: row.phone,
    street: row.street,
    city: row.city,
    state: row.state,
    country: row.country,
    postalCode: row.postal_code,
    linkedinUrl: row.linkedin_url,
    xHandle: row.x_handle,
    mergedIntoId: row.merged_into_id,
    ...toRecord(row),
  };
}
