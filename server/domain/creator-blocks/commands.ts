import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { getCreator, requireCreator } from '../creators/queries.ts';
import { requireBrand } from '../organizations/queries.ts';
import { getBlock } from './queries.ts';
import type { BlockCreatorInput, CreatorBlock } from './schema.ts';

/**
 * Keeps a creator from one of the asker's brands, or (`brandId` null, by those who see all) from every one.
 * Errors: `invalid` where the creator or the brand is none of the asker's; `forbidden`; `conflict` where it stands already.
 */
export async function blockCreator(
  tx: TenantTx,
  principal: Principal,
  { creatorId, brandId, reason }: BlockCreatorInput,
): Promise<CreatorBlock> {
  requireReach(principal, brandId);
  await Promise.all([requireCreator(tx, creatorId), brandId ? requireBrand(tx, brandId) : undefined]);
  const row = await tx
    .insertInto('creator_blocks')
    .values({
      organization_id: principal.organizationId,
      creator_id: creatorId,
      brand_id: brandId,
      reason,
      created_by_id: principal.userId,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'brand_id', 'creator_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new AppError('conflict', 'This creator is blocked there already.');
  const block = await getBlock(tx, row.id);
  await tell(tx, principal, block, 'CREATOR_BLOCKED');
  return block;
}

/** Takes a block away, and answers what it said. Errors: `not_found`, `forbidden`. */
export async function unblockCreator(
  tx: TenantTx,
  principal: Principal,
  creatorBlockId: string,
): Promise<CreatorBlock> {
  const block = await getBlock(tx, creatorBlockId);
  requireReach(principal, block.brandId);
  const gone = await tx
    .deleteFrom('creator_blocks')
    .where('id', '=', creatorBlockId)
    .returning('id')
    .executeTakeFirst();
  if (gone) await tell(tx, principal, block, 'CREATOR_UNBLOCKED');
  return block;
}

function requireReach(principal: Principal, brandId: string | null): void {
  if (brandId !== null || principal.reach === 'all') return;
  throw new AppError(
    'forbidden',
    'Only owners and admins block a creator for all brands. Choose a brand of yours.',
  );
}

/** Why a creator does not work for a client is not that client's to read, nor another's. */
async function tell(
  tx: TenantTx,
  principal: Principal,
  block: CreatorBlock,
  type: ActivityType & ('CREATOR_BLOCKED' | 'CREATOR_UNBLOCKED'),
): Promise<void> {
  const { contactId } = await getCreator(tx, block.creatorId);
  const verb = type === 'CREATOR_BLOCKED' ? 'blocked' : 'no longer blocked';
  await recordActivities(tx, principal, [
    {
      type,
      description: `${block.creatorName} ${verb} for ${block.brandName ?? 'all brands'}`,
      metadata: { reason: block.reason },
      creatorId: block.creatorId,
      contactId,
      brandId: block.brandId,
      isBrandOnly: block.brandId !== null,
      audience: 'AGENCY',
    },
  ]);
}
