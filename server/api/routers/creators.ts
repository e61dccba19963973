import { z } from 'zod';
import { createCreator, setCreatorActive, updateCreator } from '../../domain/creators/commands.ts';
import { compareCreators } from '../../domain/creators/compare.ts';
import {
  compareCreatorsInput,
  creatorComparison,
  creatorFees,
} from '../../domain/creators/compare-schema.ts';
import { listFees } from '../../domain/creators/fees.ts';
import {
  countCreators,
  countCreatorStatuses,
  creatorNeighbours,
  getCreator,
  listCategories,
  listCreators,
} from '../../domain/creators/queries.ts';
import {
  createCreatorInput,
  creator,
  creatorCategories,
  creatorCategoriesInput,
  creatorChange,
  creatorHistoryInput,
  creatorNeighboursInput,
  creatorPage,
  creatorRef,
  creatorStatusCounts,
  listCreatorsInput,
  updateCreatorInput,
} from '../../domain/creators/schema.ts';
import { listHistory } from '../../domain/records/history.ts';
import { fieldChangePage, neighbours } from '../../domain/records/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const creatorsRouter = router({
  list: tenantProcedure('creators.read')
    .meta(rest('GET', '/creators', 'List creators'))
    .input(listCreatorsInput)
    .output(creatorPage)
    .query(({ ctx, input }) => listCreators(ctx.tx, input)),
  count: tenantProcedure('creators.read')
    .input(listCreatorsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countCreators(ctx.tx, input)),
  statusCounts: tenantProcedure('creators.read')
    .input(listCreatorsInput)
    .output(creatorStatusCounts)
    .query(({ ctx, input }) => countCreatorStatuses(ctx.tx, input)),
  categories: tenantProcedure('creators.read')
    .input(creatorCategoriesInput)
    .output(creatorCategories)
    .query(({ ctx, input }) => listCategories(ctx.tx, input)),
  byId: tenantProcedure('creators.read')
    .meta(rest('GET', '/creators/{creatorId}', 'Read a creator'))
    .input(creatorRef)
    .output(creator)
    .query(({ ctx, input }) => getCreator(ctx.tx, input.creatorId)),
  neighbours: tenantProcedure('creators.read')
    .input(creatorNeighboursInput)
    .output(neighbours)
    .query(({ ctx, input }) => creatorNeighbours(ctx.tx, input.creatorId, input.list)),
  history: tenantProcedure('creators.read')
    .input(creatorHistoryInput)
    .output(fieldChangePage)
    .query(({ ctx, input }) => listHistory(ctx.tx, { table: 'creators', id: input.creatorId }, input)),
  compare: tenantProcedure('creators.read')
    .input(compareCreatorsInput)
    .output(creatorComparison)
    .query(({ ctx, input }) => compareCreators(ctx.tx, input)),
  feeHistory: tenantProcedure('creator-contracts.read')
    .input(creatorRef)
    .output(creatorFees)
    .query(({ ctx, input }) => listFees(ctx.tx, input.creatorId)),
  create: tenantProcedure('creators.write')
    .meta(rest('POST', '/creators', 'Make a contact a creator', 201))
    .input(createCreatorInput)
    .output(creator)
    .mutation(({ ctx, input }) => createCreator(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('creators.write')
    .meta(rest('PATCH', '/creators/{creatorId}', 'Change a creator'))
    .input(updateCreatorInput)
    .output(creator)
    .mutation(({ ctx, input }) => updateCreator(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('creators.write')
    .meta(rest('DELETE', '/creators/{creatorId}', 'Move a creator to the recycle bin'))
    .input(creatorChange)
    .output(creator)
    .mutation(({ ctx, input }) => setCreatorActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('creators.write')
    .meta(rest('POST', '/creators/{creatorId}/restore', 'Bring a creator back from the recycle bin'))
    .input(creatorChange)
    .output(creator)
    .mutation(({ ctx, input }) => setCreatorActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
