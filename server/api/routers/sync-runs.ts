import { getSyncRun, listSyncRuns } from '../../domain/sync/queries.ts';
import { listSyncRunsInput, syncRun, syncRunPage, syncRunRef } from '../../domain/sync/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const syncRunsRouter = router({
  list: tenantProcedure('sync-runs.read')
    .meta(rest('GET', '/sync-runs', 'List sync runs'))
    .input(listSyncRunsInput)
    .output(syncRunPage)
    .query(({ ctx, input }) => listSyncRuns(ctx.tx, input)),
  byId: tenantProcedure('sync-runs.read')
    .meta(rest('GET', '/sync-runs/{syncRunId}', 'Read a sync run'))
    .input(syncRunRef)
    .output(syncRun)
    .query(({ ctx, input }) => getSyncRun(ctx.tx, input.syncRunId)),
});
