import { z } from 'zod';
import { listSyncChoices } from '../../domain/sync/choices.ts';
import { requestRange, requestSync } from '../../domain/sync/commands.ts';
import { listDayStates } from '../../domain/sync/days.ts';
import { requestLate } from '../../domain/sync/late.ts';
import { getSyncOverview } from '../../domain/sync/overview.ts';
import { listSyncRuns } from '../../domain/sync/queries.ts';
import { getRangeLimits } from '../../domain/sync/range-limits.ts';
import { listRestatements } from '../../domain/sync/restatements.ts';
import { getSyncRunDetail } from '../../domain/sync/run-detail.ts';
import {
  accountDayStates,
  listDaysInput,
  listSyncRunsInput,
  rangeLimits,
  requestBackfillInput,
  requestRangeInput,
  syncAccountRef,
  syncChoices,
  syncOverview,
  syncRestatements,
  syncRun,
  syncRunDetail,
  syncRunPage,
  syncRunRef,
  upcomingInput,
  upcomingSyncs,
} from '../../domain/sync/schema.ts';
import { resumeSync, stopSync } from '../../domain/sync/stopping.ts';
import { listUpcoming } from '../../domain/sync/upcoming.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const requested = z.object({ syncRunId: z.string() });

export const syncRunsRouter = router({
  list: tenantProcedure('sync-runs.read')
    .meta(rest('GET', '/sync-runs', 'List sync runs'))
    .input(listSyncRunsInput)
    .output(syncRunPage)
    .query(({ ctx, input }) => listSyncRuns(ctx.tx, input)),
  byId: tenantProcedure('sync-runs.read')
    .meta(rest('GET', '/sync-runs/{syncRunId}', 'Read a sync run'))
    .input(syncRunRef)
    .output(syncRunDetail)
    .query(({ ctx, input }) => getSyncRunDetail(ctx.tx, input.syncRunId)),
  restatements: tenantProcedure('sync-runs.read')
    .input(syncRunRef)
    .output(syncRestatements)
    .query(({ ctx, input }) => listRestatements(ctx.tx, input.syncRunId)),
  next: tenantProcedure('sync-runs.read')
    .input(upcomingInput)
    .output(upcomingSyncs)
    .query(async ({ ctx, input }) => ({
      items: await listUpcoming(ctx.tx, input, ctx.services.now()),
    })),
  days: tenantProcedure('sync-runs.read')
    .input(listDaysInput)
    .output(accountDayStates)
    .query(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return listDayStates(ctx.tx, { platforms, now: now() }, input);
    }),
  overview: tenantProcedure('sync-runs.read')
    .input(z.strictObject({}).optional())
    .output(syncOverview)
    .query(({ ctx }) => {
      const { platforms, now } = ctx.services;
      return getSyncOverview(ctx.tx, { platforms, now: now() });
    }),
  choices: tenantProcedure('sync-runs.read')
    .input(z.strictObject({}).optional())
    .output(syncChoices)
    .query(async ({ ctx }) => ({ items: await listSyncChoices(ctx.tx) })),
  rangeLimits: tenantProcedure('sync-runs.read')
    .input(syncAccountRef)
    .output(rangeLimits)
    .query(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return getRangeLimits(ctx.tx, { platforms, now: now() }, input.adAccountId);
    }),
  requestLate: tenantProcedure('sync-runs.start')
    .input(z.strictObject({}).optional())
    .output(z.object({ accountCount: z.number().int() }))
    .mutation(({ ctx }) => requestLate(ctx.tx, ctx.principal, ctx.services.now())),
  requestRange: tenantProcedure('sync-runs.start')
    .input(requestRangeInput)
    .output(requested)
    .mutation(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return requestRange(ctx.tx, { principal: ctx.principal, platforms, now: now() }, input);
    }),
  requestBackfill: tenantProcedure('sync-runs.start')
    .input(requestBackfillInput)
    .output(requested)
    .mutation(async ({ ctx, input }) => {
      const request = { ...input, trigger: 'MANUAL', work: 'BACKFILL' } as const;
      const { syncRunId } = await requestSync(ctx.tx, ctx.principal, request);
      return { syncRunId };
    }),
  stop: tenantProcedure('sync-runs.start')
    .input(syncRunRef)
    .output(syncRun)
    .mutation(({ ctx, input }) => stopSync(ctx.tx, ctx.principal, input.syncRunId)),
  resume: tenantProcedure('sync-runs.start')
    .input(syncRunRef)
    .output(syncRun)
    .mutation(({ ctx, input }) => resumeSync(ctx.tx, input.syncRunId)),
});
