import { blockCreator, unblockCreator } from '../../domain/creator-blocks/commands.ts';
import { listBlocks } from '../../domain/creator-blocks/queries.ts';
import {
  blockCreatorInput,
  creatorBlock,
  creatorBlockPage,
  creatorBlockRef,
  listCreatorBlocksInput,
} from '../../domain/creator-blocks/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const creatorBlocksRouter = router({
  list: tenantProcedure('creators.read')
    .meta(rest('GET', '/creator-blocks', 'List who must not work for which brand'))
    .input(listCreatorBlocksInput)
    .output(creatorBlockPage)
    .query(({ ctx, input }) => listBlocks(ctx.tx, input)),
  create: tenantProcedure('creators.write')
    .meta(rest('POST', '/creator-blocks', 'Block a creator for a brand, or for all', 201))
    .input(blockCreatorInput)
    .output(creatorBlock)
    .mutation(({ ctx, input }) => blockCreator(ctx.tx, ctx.principal, input)),
  delete: tenantProcedure('creators.write')
    .meta(rest('DELETE', '/creator-blocks/{creatorBlockId}', 'Take a block away'))
    .input(creatorBlockRef)
    .output(creatorBlock)
    .mutation(({ ctx, input }) => unblockCreator(ctx.tx, ctx.principal, input.creatorBlockId)),
});
