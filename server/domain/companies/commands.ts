import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { getCompany, parentName, toCompany } from './queries.ts';
import type { Company, CreateCompanyInput, UpdateCompanyInput } from './schema.ts';
import { isUnder, requireOwnDomains, requireParent } from './ties.ts';

/**
 * Errors: `invalid` where the brand, owner or parent is none of the author's, a domain is shared by many, or one of the
 * agency's own fields does not fit; `conflict` on a taken external id.
 */
export async function createCompany(
  tx: TenantTx,
  principal: Principal,
  input: CreateCompanyInput,
): Promise<Company> {
  const [ownership] = await Promise.all([
    ownershipOf(tx, principal, input),
    requireCustomFields(tx, 'COMPANY', input.customFields),
    requireOwnDomains(tx, input.domains ?? []),
    input.parentId ? requireParent(tx, input.parentId, false) : undefined,
  ]);
  const row = await tx
    .insertInto('companies')
    .values({ ...sentOnly(toColumns(input)), ...ownership, name: input.name })
    .returningAll()
    .returning(parentName().as('parent_name'))
    .executeTakeFirstOrThrow();
  await recordActivities(tx, principal, [
    {
      type: 'COMPANY_CREATED',
      description: `Company ${row.name} created`,
      companyId: row.id,
      brandId: row.brand_id,
    },
  ]);
  return toCompany(row);
}

/** Errors: `not_found`, `invalid`, `precondition`, `conflict`. */
export async function updateCompany(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCompanyInput,
): Promise<Company> {
  const { companyId } = input;
  const isRing = input.parentId ? await isUnder(tx, input.parentId, companyId) : false;
  const { changes } = await changeRecord(tx, {
    table: 'companies',
    id: companyId,
    values: sentOnly(toColumns(input)),
    expectedVersion: input.expectedVersion,
    base: input.base && toColumns(input.base as UpdateCompanyInput),
    check: async (before, { parent_id, domains }) => {
      const parentId = newId(parent_id);
      if (parentId) await requireParent(tx, parentId, isRing);
      if (domains) {
        await requireOwnDomains(
          tx,
          (input.domains ?? []).filter((name) => !before.domains.includes(name)),
        );
      }
    },
  });
  const company = await getCompany(tx, companyId);
  if (Object.keys(changes).length > 0) {
    await recordActivities(tx, principal, [
      {
        type: 'COMPANY_UPDATED',
        description: `Company ${company.name} changed`,
        metadata: { changes },
        companyId,
        brandId: company.brandId,
      },
    ]);
  }
  return company;
}

/** Moves a company to the recycle bin (`isActive` false) or back. Errors: `not_found`, `precondition`. */
export async function setCompanyActive(
  tx: TenantTx,
  principal: Principal,
  input: { companyId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Company> {
  const { companyId, isActive, expectedVersion } = input;
  const changed = await setActive(tx, { table: 'companies', id: companyId, isActive, expectedVersion });
  const company = await getCompany(tx, companyId);
  if (changed) {
    await recordActivities(tx, principal, [
      {
        type: isActive ? 'COMPANY_RESTORED' : 'COMPANY_DELETED',
        description: `Company ${company.name} ${isActive ? 'restored' : 'deleted'}`,
        companyId,
        brandId: company.brandId,
      },
    ]);
  }
  return company;
}

function toColumns(input: CreateCompanyInput | UpdateCompanyInput) {
  return {
    name: input.name,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    legal_name: input.legalName,
    industry: input.industry,
    website: input.website,
    domains: input.domains,
    parent_id: input.parentId,
    logo_url: input.logoUrl,
    size: input.size,
    type: input.type,
    email: input.email,
    phone: input.phone,
    street: input.street,
    city: input.city,
    state: input.state,
    country: input.country,
    postal_code: input.postalCode,
    linkedin_url: input.linkedinUrl,
    x_handle: input.xHandle,
  };
}
