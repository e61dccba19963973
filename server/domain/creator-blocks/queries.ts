import { sql, type SqlBool } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { CreatorBlock, ListCreatorBlocksInput } from './schema.ts';

/**
 * What keeps a creator from a brand: the agency's own block before the brand's. Null where nothing does, as far as the
 * asker sees: their own brands' blocks and those for all.
 */
export async function findBlock(
  tx: TenantTx,
  creatorId: string,
  brandId: string | null,
): Promise<CreatorBlock | null> {
  const row = await selectBlocks(tx)
    .where('creator_blocks.creator_id', '=', creatorId)
    .where(binds(brandId))
    .orderBy(sql`creator_blocks.brand_id is not null`)
    .limit(1)
    .executeTakeFirst();
  return row ? toBlock(row) : null;
}

/** One block. Errors: `not_found`. */
export async function getBlock(tx: TenantTx, creatorBlockId: string): Promise<CreatorBlock> {
  const row = await selectBlocks(tx).where('creator_blocks.id', '=', creatorBlockId).executeTakeFirst();
  if (!row) throw notFound('block');
  return toBlock(row);
}

/** The newest first. */
export async function listBlocks(tx: TenantTx, input: ListCreatorBlocksInput): Promise<Page<CreatorBlock>> {
  let query = selectBlocks(tx);
  if (input.creatorId) query = query.where('creator_blocks.creator_id', '=', input.creatorId);
  if (input.brandId) query = query.where(binds(input.brandId));
  const page = await keysetPage(query, {
    sortName: '-createdAt',
    key: { expression: sql`creator_blocks.created_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`creator_blocks.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toBlock), nextCursor: page.nextCursor };
}

function binds(brandId: string | null) {
  return sql<SqlBool>`(creator_blocks.brand_id is null or creator_blocks.brand_id = ${brandId}::uuid)`;
}

function selectBlocks(tx: TenantTx) {
  return tx
    .selectFrom('creator_blocks')
    .innerJoin('creators', (join) =>
      join
        .onRef('creators.organization_id', '=', 'creator_blocks.organization_id')
        .onRef('creators.id', '=', 'creator_blocks.creator_id'),
    )
    .leftJoin('users', 'users.id', 'creator_blocks.created_by_id')
    .selectAll('creator_blocks')
    .select(['creators.name as creator_name', 'users.name as author_name'])
    .select([
      sql<string | null>`(select b.name from organizations b where b.id = creator_blocks.brand_id)`.as(
        'brand_name',
      ),
      sql<boolean>`(select app.sees_all())`.as('sees_all'),
    ]);
}

type BlockRow = Awaited<ReturnType<ReturnType<typeof selectBlocks>['executeTakeFirstOrThrow']>>;

function toBlock(row: BlockRow): CreatorBlock {
  return {
    id: row.id,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    brandId: row.brand_id,
    brandName: row.brand_name,
    reason: row.reason,
    createdById: row.created_by_id,
    createdByName: row.author_name,
    createdAt: row.created_at.toISOString(),
    // What binds every brand is for those who see them all.
    isChangeable: row.sees_all || row.brand_id !== null,
  };
}
