import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { OrganizationType } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import type { Brand, Organization } from './schema.ts';

/**
 * For ON CONFLICT's predicate: as a bound value a prepared statement's generic plan cannot match it to the partial
 * index, and the sixth execution on a connection fails.
 */
export const brandType = sql.lit<OrganizationType>('BRAND');

/** The agency of this transaction. */
export async function getOrganization(tx: TenantTx): Promise<Organization> {
  const row = await tx
    .selectFrom('organizations')
    .select(['id', 'name', 'slug', 'reporting_currency', 'time_zone'])
    .where('type', '<>', 'BRAND')
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    reportingCurrency: row.reporting_currency,
    timeZone: row.time_zone,
  };
}

/** The brands that this principal sees, by name. */
export async function listBrands(tx: TenantTx): Promise<Brand[]> {
  const rows = await selectBrands(tx).orderBy('organizations.name').orderBy('organizations.id').execute();
  return rows.map(toBrand);
}

/** One brand. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getBrand(tx: TenantTx, brandId: string): Promise<Brand> {
  const row = await selectBrands(tx).where('organizations.id', '=', brandId).executeTakeFirst();
  if (!row) throw notFound('brand');
  return toBrand(row);
}

function selectBrands(tx: TenantTx) {
  return tx
    .selectFrom('organizations')
    .select(['id', 'name', 'slug', 'is_active', 'version', 'created_at'])
    .select(
      sql<string[]>`array(select a.user_id from brand_assignments a
                           where a.organization_id = organizations.organization_id and a.brand_id = organizations.id
                           order by a.user_id)`.as('assigned_user_ids'),
    )
    .select(
      sql<string[]>`array(select m.user_id from memberships m
                           where m.organization_id = organizations.organization_id and m.brand_id = organizations.id
                             and m.is_active order by m.user_id)`.as('client_user_ids'),
    )
    .where('type', '=', 'BRAND');
}

function toBrand(row: {
  id: string;
  name: string;
  slug: string;
  is_active: boolean;
  version: number;
  created_at: Date;
  assigned_user_ids: string[];
  client_user_ids: string[];
}): Brand {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    assignedUserIds: row.assigned_user_ids,
    clientUserIds: row.client_user_ids,
  };
}

/** Errors: `invalid` on `brandId` where it is no active brand that this principal sees. */
export async function requireBrand(tx: TenantTx, brandId: string): Promise<void> {
  const brand = await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', brandId)
    .where('type', '=', 'BRAND')
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!brand) throw invalidField('brandId', 'There is no such brand, or it is not yours to see.');
}
