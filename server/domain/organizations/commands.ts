import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { brandType, getBrand } from './queries.ts';
import { freeSlug, slugOf } from './rules.ts';
import type { AssignBrandInput, Brand, CreateBrandInput, UpdateBrandInput } from './schema.ts';

/** Makes a brand of the agency. Without a slug the name suggests one. Errors: `conflict` where a sent slug is taken. */
export async function createBrand(
  tx: TenantTx,
  principal: Principal,
  input: CreateBrandInput,
): Promise<Brand> {
  const slug = input.slug ?? (await suggestSlug(tx, input.name));
  const made = await tx
    .insertInto('organizations')
    .values({
      organization_id: principal.organizationId,
      parent_id: principal.organizationId,
      type: 'BRAND',
      name: input.name,
      slug,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'slug']).where('type', '=', brandType).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (!made) throw slugTaken(slug);
  await recordActivities(tx, principal, [
    { type: 'BRAND_CREATED', description: `Brand ${input.name} created`, brandId: made.id },
  ]);
  return getBrand(tx, made.id);
}

/** Renames, deactivates or reactivates a brand. Errors: `not_found`, `precondition`. */
export async function updateBrand(
  tx: TenantTx,
  principal: Principal,
  input: UpdateBrandInput,
): Promise<Brand> {
  const before = await lockBrand(tx, input.brandId);
  requireVersion(before.version, input.expectedVersion);
  const values = sentOnly({ name: input.name, is_active: input.isActive });
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length > 0) {
    await tx.updateTable('organizations').set(values).where('id', '=', before.id).execute();
    await recordActivities(tx, principal, [
      {
        type: 'BRAND_UPDATED',
        description: `Brand ${input.name ?? before.name} changed`,
        metadata: { changes },
        brandId: before.id,
      },
    ]);
  }
  return getBrand(tx, before.id);
}

/**
 * Makes these members, and no others, the ones who are assigned to a brand; it holds from their next request.
 * Errors: `not_found`; `invalid` on `userIds` where one is no MEMBER of the agency: the other roles see every brand.
 */
export async function assignBrand(
  tx: TenantTx,
  principal: Principal,
  input: AssignBrandInput,
): Promise<Brand> {
  const { id: brandId, name } = await lockBrand(tx, input.brandId);
  const wanted = new Set(input.userIds);
  await requireAssignable(tx, [...wanted]);
  const rows = await tx
    .selectFrom('brand_assignments')
    .select('user_id')
    .where('brand_id', '=', brandId)
    .execute();
  const assigned = new Set(rows.map((row) => row.user_id));
  const added = [...wanted].filter((userId) => !assigned.has(userId));
  const removed = [...assigned].filter((userId) => !wanted.has(userId));
  if (removed.length > 0) {
    await tx
      .deleteFrom('brand_assignments')
      .where('brand_id', '=', brandId)
      .where('user_id', 'in', removed)
      .execute();
  }
  if (added.length > 0) {
    const { organizationId } = principal;
    const values = added.map((userId) => ({
      organization_id: organizationId,
      brand_id: brandId,
      user_id: userId,
    }));
    await tx.insertInto('brand_assignments').values(values).execute();
  }
  if (added.length > 0 || removed.length > 0) {
    await recordActivities(tx, principal, [
      {
        type: 'BRAND_ASSIGNED',
        description: `Members assigned to brand ${name} changed`,
        metadata: { added, removed },
        brandId,
      },
    ]);
  }
  return getBrand(tx, brandId);
}

async function suggestSlug(tx: TenantTx, name: string): Promise<string> {
  const suggestion = slugOf(name);
  const rows = await tx
    .selectFrom('organizations')
    .select('slug')
    .where('type', '=', 'BRAND')
    .where('slug', 'like', `${suggestion}%`)
    .execute();
  return freeSlug(suggestion, new Set(rows.map((row) => row.slug)));
}

function slugTaken(slug: string): AppError {
  const message = `The agency has a brand with the slug ${slug} already.`;
  return new AppError('conflict', message, { issues: [{ path: 'slug', message }] });
}

async function lockBrand(tx: TenantTx, brandId: string) {
  const row = await tx
    .selectFrom('organizations')
    .select(['id', 'name', 'is_active', 'version'])
    .where('id', '=', brandId)
    .where('type', '=', 'BRAND')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('brand');
  return row;
}

async function requireAssignable(tx: TenantTx, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  const rows = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('user_id', 'in', userIds)
    .where('is_active', '=', true)
    .where('role', '=', 'MEMBER')
    .where('brand_id', 'is', null)
    .execute();
  if (rows.length < userIds.length) {
    throw invalidField('userIds', 'Only members of the agency with the role MEMBER are assigned to brands.');
  }
}
