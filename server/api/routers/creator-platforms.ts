import { combineAudiences, getAudience } from '../../domain/creator-platforms/audience-queries.ts';
import {
  audienceHistory,
  combinedAudience,
  combinedAudienceInput,
} from '../../domain/creator-platforms/audience-schema.ts';
import {
  createCreatorPlatform,
  setCreatorPlatformActive,
  updateCreatorPlatform,
} from '../../domain/creator-platforms/commands.ts';
import {
  getCreatorMetrics,
  getCreatorPlatform,
  listCreatorPlatforms,
  listSnapshots,
} from '../../domain/creator-platforms/queries.ts';
import {
  createCreatorPlatformInput,
  creatorMetrics,
  creatorMetricsInput,
  creatorPlatform,
  creatorPlatformChange,
  creatorPlatformList,
  creatorPlatformRef,
  listCreatorPlatformsInput,
  snapshots,
  snapshotsInput,
  updateCreatorPlatformInput,
} from '../../domain/creator-platforms/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** A creator's accounts at the networks and their figures. How they are connected stands in `creatorConnect`. */
export const creatorPlatformsRouter = router({
  list: tenantProcedure('creator-platforms.read')
    .input(listCreatorPlatformsInput)
    .output(creatorPlatformList)
    .query(({ ctx, input }) => listCreatorPlatforms(ctx.tx, input)),
  byId: tenantProcedure('creator-platforms.read')
    .input(creatorPlatformRef)
    .output(creatorPlatform)
    .query(({ ctx, input }) => getCreatorPlatform(ctx.tx, input.creatorPlatformId)),
  metrics: tenantProcedure('creator-platforms.read')
    .meta(
      rest('GET', '/creators/{creatorId}/metrics', 'Read the figures of a creator’s accounts, day by day'),
    )
    .input(creatorMetricsInput)
    .output(creatorMetrics)
    .query(({ ctx, input }) => getCreatorMetrics(ctx.tx, input, ctx.services.now())),
  snapshots: tenantProcedure('creator-platforms.read')
    .input(snapshotsInput)
    .output(snapshots)
    .query(({ ctx, input }) => listSnapshots(ctx.tx, input, ctx.services.now())),
  audience: tenantProcedure('creator-platforms.read')
    .input(creatorPlatformRef)
    .output(audienceHistory)
    .query(({ ctx, input }) => getAudience(ctx.tx, input.creatorPlatformId, ctx.services.now())),
  combinedAudience: tenantProcedure('creator-platforms.read')
    .input(combinedAudienceInput)
    .output(combinedAudience)
    .query(({ ctx, input }) => combineAudiences(ctx.tx, input, ctx.services.now())),
  create: tenantProcedure('creator-platforms.write')
    .input(createCreatorPlatformInput)
    .output(creatorPlatform)
    .mutation(({ ctx, input }) =>
      createCreatorPlatform(ctx.tx, ctx.principal, { input, now: ctx.services.now() }),
    ),
  update: tenantProcedure('creator-platforms.write')
    .input(updateCreatorPlatformInput)
    .output(creatorPlatform)
    .mutation(({ ctx, input }) =>
      updateCreatorPlatform(ctx.tx, ctx.principal, { input, now: ctx.services.now() }),
    ),
  archive: tenantProcedure('creator-platforms.write')
    .input(creatorPlatformChange)
    .output(creatorPlatform)
    .mutation(({ ctx, input }) =>
      setCreatorPlatformActive(ctx.tx, ctx.principal, { ...input, isActive: false }),
    ),
  restore: tenantProcedure('creator-platforms.write')
    .input(creatorPlatformChange)
    .output(creatorPlatform)
    .mutation(({ ctx, input }) =>
      setCreatorPlatformActive(ctx.tx, ctx.principal, { ...input, isActive: true }),
    ),
});
