import { z } from 'zod';
import { requestRange, requestSync } from '../../domain/sync/commands.ts';
import { listDayStates } from '../../domain/sync/days.ts';
import { listSyncRuns } from '../../domain/sync/queries.ts';
import { listRestatements } from '../../domain/sync/restatements.ts';
import { getSyncRunDetail } from '../../domain/sync/run-detail.ts';
import {
  accountDayStates,
  listDaysInput,
  listSyncRunsInput,
  requestBackfillInput,
  requestRangeInput,
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
