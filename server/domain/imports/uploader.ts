import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal, toPrincipal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';

/**
 * The person who uploaded a file, as they stand today, so that a job changes nothing that they could not. Called under
 * the job's own principal, who sees every membership.
 * Errors: `forbidden` where they left the agency or lost the right.
 */
export async function uploaderOf(
  tx: TenantTx,
  organizationId: string,
  userId: string | null,
): Promise<Principal> {
  const membership =
    userId === null
      ? undefined
      : await tx
          .selectFrom('memberships')
          .select(['role', 'brand_id'])
          .where('user_id', '=', userId)
          .where('is_active', '=', true)
          .executeTakeFirst();
  if (!membership || userId === null) throw refused();
  const assigned = await tx
    .selectFrom('brand_assignments')
    .select('brand_id')
    .where('user_id', '=', userId)
    .execute();
  const { role, brand_id: brandId } = membership;
  const brandIds = brandId === null ? assigned.map((row) => row.brand_id) : [brandId];
  const principal = toPrincipal({ kind: 'USER', organizationId, userId, role, brandId, brandIds });
  if (!may(principal, 'imports.write')) throw refused();
  return principal;
}

/**
 * The agency's longest-standing owner, for whom the command line imports. Called under the job's own principal.
 * Errors: `not_found` where it has none.
 */
export async function firstOwnerOf(tx: TenantTx, organizationId: string): Promise<Principal> {
  const owner = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('role', '=', 'OWNER')
    .where('brand_id', 'is', null)
    .where('is_active', '=', true)
    .orderBy('joined_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!owner) throw new AppError('not_found', 'This agency has no owner to import for.');
  return uploaderOf(tx, organizationId, owner.user_id);
}

function refused(): AppError {
  return new AppError(
    'forbidden',
    'The person who uploaded this file may no longer import into this agency. Upload it as somebody who may.',
  );
}
