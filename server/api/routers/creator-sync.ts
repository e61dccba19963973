import { fetchHistoryInput } from '../../domain/creator-sync/schema.ts';
import { refreshAccount, requestHistory } from '../../domain/creator-sync/commands.ts';
import { getCreatorSyncRun, listCreatorSyncRuns } from '../../domain/creator-sync/queries.ts';
import {
  creatorSyncRun,
  creatorSyncRunPage,
  creatorSyncRunRef,
  listCreatorSyncRunsInput,
  refreshInput,
  requestedRun,
  webhookState,
} from '../../domain/creator-sync/schema.ts';
import { readWebhookState, wakeReconcile, watchWebhook } from '../../domain/creator-sync/watch.ts';
import type { RequestContext } from '../context.ts';
import { externalProcedure, router, tenantProcedure } from '../trpc.ts';
import { z } from 'zod';

/** A page waits for Phyllo so long. */
const PATIENCE_MS = 5_000;

const none = z.strictObject({});

function watched({ services, log }: RequestContext) {
  return {
    creatorNetwork: services.creatorNetwork,
    appUrl: services.config.web.appUrl,
    log,
    now: services.now,
  };
}

export const creatorSyncRouter = router({
  list: tenantProcedure('creator-platforms.read')
    .input(listCreatorSyncRunsInput)
    .output(creatorSyncRunPage)
    .query(({ ctx, input }) => listCreatorSyncRuns(ctx.tx, input)),
  byId: tenantProcedure('creator-platforms.read')
    .input(creatorSyncRunRef)
    .output(creatorSyncRun)
    .query(({ ctx, input }) => getCreatorSyncRun(ctx.tx, input.creatorSyncRunId)),
  refresh: tenantProcedure('creator-platforms.write')
    .input(refreshInput)
    .output(requestedRun)
    .mutation(({ ctx, input }) => refreshAccount(ctx.tx, ctx.principal, input.creatorPlatformId)),
  fetchHistory: tenantProcedure('creator-platforms.write')
    .input(fetchHistoryInput)
    .output(requestedRun)
    .mutation(({ ctx, input }) => requestHistory(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
  webhookState: externalProcedure('webhooks.read')
    .input(none)
    .output(webhookState)
    .query(({ ctx }) => readWebhookState(watched(ctx), AbortSignal.timeout(PATIENCE_MS))),
  mendWebhook: externalProcedure('webhooks.write')
    .input(none)
    .output(webhookState)
    .mutation(({ ctx }) =>
      watchWebhook({ ...watched(ctx), wake: () => ctx.inTenant('write', wakeReconcile) }),
    ),
});
