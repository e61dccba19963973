import { z } from 'zod';
import { createContent, setContentActive, updateContent } from '../../domain/creator-contents/commands.ts';
import {
  attachContent,
  confirmMany,
  confirmMatch,
  moveToDeliverable,
  rejectMatch,
} from '../../domain/creator-contents/decide.ts';
import { figuresOfCampaign, figuresOfCreator } from '../../domain/creator-contents/figures.ts';
import {
  countContents,
  getContent,
  listContents,
  listContentsOfCreator,
} from '../../domain/creator-contents/queries.ts';
import { recognisePost } from '../../domain/creator-contents/recognise.ts';
import {
  attachInput,
  campaignFigures,
  campaignFiguresInput,
  confirmedMany,
  confirmInput,
  confirmManyInput,
  contentChange,
  contentRef,
  createContentInput,
  creatorContentDetail,
  creatorContentPage,
  creatorFigures,
  creatorFiguresInput,
  listContentsInput,
  listContentsOfCreatorInput,
  moveInput,
  recognisedPost,
  recognisePostInput,
  rejectInput,
  updateContentInput,
} from '../../domain/creator-contents/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const creatorContentsRouter = router({
  list: tenantProcedure('creator-contents.read')
    .input(listContentsInput)
    .output(creatorContentPage)
    .query(({ ctx, input }) => listContents(ctx.tx, input)),
  count: tenantProcedure('creator-contents.read')
    .input(listContentsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countContents(ctx.tx, input)),
  ofCreator: tenantProcedure('creator-contents.read')
    .meta(rest('GET', '/creators/{creatorId}/content', 'List what a creator published'))
    .input(listContentsOfCreatorInput)
    .output(creatorContentPage)
    .query(({ ctx, input }) => listContentsOfCreator(ctx.tx, input)),
  byId: tenantProcedure('creator-contents.read')
    .input(contentRef)
    .output(creatorContentDetail)
    .query(({ ctx, input }) => getContent(ctx.tx, input.creatorContentId, ctx.services.now())),
  figuresOfCampaign: tenantProcedure('creator-contents.read')
    .input(campaignFiguresInput)
    .output(campaignFigures)
    .query(({ ctx, input }) => figuresOfCampaign(ctx.tx, input.campaignId)),
  figuresOfCreator: tenantProcedure('creator-contents.read')
    .input(creatorFiguresInput)
    .output(creatorFigures)
    .query(({ ctx, input }) => figuresOfCreator(ctx.tx, input)),
  recognise: tenantProcedure('creator-contents.write')
    .input(recognisePostInput)
    .output(recognisedPost)
    .query(({ ctx, input }) => recognisePost(ctx.tx, input.url)),
  create: tenantProcedure('creator-contents.write')
    .input(createContentInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => createContent(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('creator-contents.write')
    .input(updateContentInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => updateContent(ctx.tx, input)),
  archive: tenantProcedure('creator-contents.write')
    .input(contentChange)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => setContentActive(ctx.tx, { ...input, isActive: false })),
  restore: tenantProcedure('creator-contents.write')
    .input(contentChange)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => setContentActive(ctx.tx, { ...input, isActive: true })),
  confirm: tenantProcedure('creator-contents.write')
    .input(confirmInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => confirmMatch(ctx.tx, ctx.principal, input)),
  confirmMany: tenantProcedure('creator-contents.write')
    .input(confirmManyInput)
    .output(confirmedMany)
    .mutation(({ ctx, input }) => confirmMany(ctx.tx, ctx.principal, input)),
  reject: tenantProcedure('creator-contents.write')
    .input(rejectInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => rejectMatch(ctx.tx, ctx.principal, input)),
  attach: tenantProcedure('creator-contents.write')
    .input(attachInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => attachContent(ctx.tx, ctx.principal, input)),
  moveToDeliverable: tenantProcedure('creator-contents.write')
    .input(moveInput)
    .output(creatorContentDetail)
    .mutation(({ ctx, input }) => moveToDeliverable(ctx.tx, ctx.principal, input)),
});
