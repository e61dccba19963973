import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import type { Brand, Organization } from './schema.ts';

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
  const rows = await tx
    .selectFrom('organizations')
    .select(['id', 'name', 'slug', 'is_active', 'created_at'])
    .where('type', '=', 'BRAND')
    .orderBy('name')
    .orderBy('id')
    .execute();
  const assigned = await tx.selectFrom('brand_assignments').select(['brand_id', 'user_id']).execute();
  const clients = await tx
    .selectFrom('memberships')
    .select(['brand_id', 'user_id'])
    .where('brand_id', 'is not', null)
    .where('is_active', '=', true)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    isActive: row.is_active,
    createdAt: row.created_at.toISOString(),
    assignedUserIds: assigned.filter((item) => item.brand_id === row.id).map((item) => item.user_id),
    clientUserIds: clients.filter((item) => item.brand_id === row.id).map((item) => item.user_id),
  }));
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
