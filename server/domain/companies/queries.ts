import type { Selectable } from 'kysely';
import { cappedCount, keysetNeighbours, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Companies } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { filterRecords, recordKeyset, toRecord } from '../records/queries.ts';
import type { Neighbours } from '../records/schema.ts';
import type { Company, ListCompaniesInput } from './schema.ts';

/** One company. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getCompany(tx: TenantTx, companyId: string): Promise<Company> {
  const row = await tx.selectFrom('companies').selectAll().where('id', '=', companyId).executeTakeFirst();
  if (!row) throw notFound('company');
  return toCompany(row);
}

export async function listCompanies(tx: TenantTx, input: ListCompaniesInput): Promise<Page<Company>> {
  const page = await keysetPage(matchingCompanies(tx, input), recordKeyset('companies', input));
  return { items: page.items.map(toCompany), nextCursor: page.nextCursor };
}

/** Who stands before and after a company in a list. Errors: `not_found`. */
export async function companyNeighbours(
  tx: TenantTx,
  companyId: string,
  input: ListCompaniesInput,
): Promise<Neighbours> {
  const lists = { all: tx.selectFrom('companies'), matching: matchingCompanies(tx, input) };
  const place = await keysetNeighbours(tx, lists, {
    ...recordKeyset('companies', input),
    recordId: companyId,
  });
  if (!place) throw notFound('company');
  return place;
}

/** How many companies match, counted to 10,001. */
export async function countCompanies(tx: TenantTx, input: ListCompaniesInput): Promise<number> {
  return cappedCount(tx, matchingCompanies(tx, input));
}

function matchingCompanies(tx: TenantTx, input: ListCompaniesInput) {
  const query = filterRecords(tx.selectFrom('companies').selectAll('companies'), 'companies', input);
  return input.type ? query.where('companies.type', '=', input.type) : query;
}

/** Errors: `invalid` on `companyId` where it is no company that this principal sees. */
export async function requireCompany(tx: TenantTx, companyId: string): Promise<void> {
  const row = await tx
    .selectFrom('companies')
    .select('id')
    .where('id', '=', companyId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('companyId', 'There is no such company, or it is not yours to see.');
}

export function toCompany(row: Selectable<Companies>): Company {
  return {
    name: row.name,
    legalName: row.legal_name,
    industry: row.industry,
    website: row.website,
    domains: row.domains,
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
    ...toRecord(row),
  };
}
