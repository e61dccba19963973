import { z } from 'zod';
import { disconnect, requestDiscovery, updateAdAccount } from '../../domain/ad-accounts/commands.ts';
import {
  beginConnection,
  completeConnection,
  type ConnectContext,
} from '../../domain/ad-accounts/connect.ts';
import { changeMany, setInUse } from '../../domain/ad-accounts/in-use.ts';
import { pickAdAccounts } from '../../domain/ad-accounts/pick.ts';
import { getAdAccount, listAdAccounts } from '../../domain/ad-accounts/queries.ts';
import { listConnections } from '../../domain/ad-accounts/queries-connections.ts';
import { getFoundAccounts, listUnassigned, listVanished } from '../../domain/ad-accounts/queries-found.ts';
import {
  accountSpend,
  accountUseInput,
  adAccount,
  adAccountPage,
  adAccountRef,
  adAccountTree,
  callbackInput,
  changedMany,
  connectInput,
  connection,
  connectionRef,
  foundAccounts,
  listAdAccountsInput,
  pauseManyInput,
  pickInput,
  platformStatus,
  spendInput,
  syncManyInput,
  treeInput,
  unassignedAccounts,
  updateAdAccountInput,
  vanishedAccounts,
} from '../../domain/ad-accounts/schema.ts';
import { listSpend } from '../../domain/ad-accounts/spend.ts';
import { getAdAccountTree } from '../../domain/ad-accounts/tree.ts';
import { requestSync } from '../../domain/sync/commands.ts';
import type { Principal } from '../../auth/principal.ts';
import type { RequestContext } from '../context.ts';
import { rest } from '../rest-meta.ts';
import { externalProcedure, router, tenantProcedure } from '../trpc.ts';

type ExternalContext = RequestContext & { principal: Principal } & Pick<ConnectContext, 'inTenant'>;

function connectContext(ctx: ExternalContext): ConnectContext {
  const { services, principal, inTenant } = ctx;
  const { platforms, vault, config } = services;
  const sessionId = ctx.signedIn?.sessionId ?? null;
  return { platforms, vault, appUrl: config.web.appUrl, principal, sessionId, inTenant };
}

export const adAccountsRouter = router({
  list: tenantProcedure('ad-accounts.read')
    .meta(rest('GET', '/ad-accounts', 'List ad accounts'))
    .input(listAdAccountsInput)
    .output(adAccountPage)
    .query(({ ctx, input }) => listAdAccounts(ctx.tx, input, ctx.services.now())),
  byId: tenantProcedure('ad-accounts.read')
    .meta(rest('GET', '/ad-accounts/{adAccountId}', 'Read an ad account'))
    .input(adAccountRef)
    .output(adAccount)
    .query(({ ctx, input }) => getAdAccount(ctx.tx, input.adAccountId, ctx.services.now())),
  tree: tenantProcedure('ad-accounts.read')
    .input(treeInput)
    .output(adAccountTree)
    .query(({ ctx, input }) => getAdAccountTree(ctx.tx, input, ctx.services.now())),
  unassigned: tenantProcedure('ad-accounts.read')
    .input(z.strictObject({}).optional())
    .output(unassignedAccounts)
    .query(({ ctx }) => listUnassigned(ctx.tx, ctx.services.now())),
  vanished: tenantProcedure('ad-accounts.read')
    .input(z.strictObject({}).optional())
    .output(vanishedAccounts)
    .query(({ ctx }) => listVanished(ctx.tx, ctx.services.now())),
  update: tenantProcedure('ad-accounts.write')
    .meta(rest('PATCH', '/ad-accounts/{adAccountId}', 'Change an ad account'))
    .input(updateAdAccountInput)
    .output(adAccount)
    .mutation(({ ctx, input }) => updateAdAccount(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
  sync: tenantProcedure('sync-runs.start')
    .meta(rest('POST', '/ad-accounts/{adAccountId}/sync', 'Ask for an ad account’s figures now', 202))
    .input(adAccountRef)
    .output(z.object({ syncRunId: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { syncRunId } = await requestSync(ctx.tx, ctx.principal, { ...input, trigger: 'MANUAL' });
      return { syncRunId };
    }),
  spend: tenantProcedure('ad-accounts.read')
    .input(spendInput)
    .output(z.array(accountSpend))
    .query(({ ctx, input }) => listSpend(ctx.tx, ctx.principal, { ...input, now: ctx.services.now() })),
  syncMany: tenantProcedure('sync-runs.start')
    .input(syncManyInput)
    .output(changedMany)
    .mutation(({ ctx, input }) =>
      changeMany(ctx.tx, input.adAccountIds, (adAccountId) =>
        requestSync(ctx.tx, ctx.principal, { adAccountId, trigger: 'MANUAL' }),
      ),
    ),
  pauseMany: tenantProcedure('ad-accounts.write')
    .input(pauseManyInput)
    .output(changedMany)
    .mutation(({ ctx, input: { adAccountIds, isPaused } }) => {
      const now = ctx.services.now();
      return changeMany(ctx.tx, adAccountIds, (adAccountId) =>
        updateAdAccount(ctx.tx, ctx.principal, { input: { adAccountId, isPaused }, now }),
      );
    }),
  archive: tenantProcedure('ad-accounts.connect')
    .input(accountUseInput)
    .output(adAccount)
    .mutation(({ ctx, input }) => {
      return setInUse(ctx.tx, ctx.principal, { ...input, isActive: false, now: ctx.services.now() });
    }),
  restore: tenantProcedure('ad-accounts.connect')
    .input(accountUseInput)
    .output(adAccount)
    .mutation(({ ctx, input }) => {
      return setInUse(ctx.tx, ctx.principal, { ...input, isActive: true, now: ctx.services.now() });
    }),
  connect: externalProcedure('ad-accounts.connect')
    .meta(rest('POST', '/ad-accounts/connect', 'Begin to connect a platform'))
    .input(connectInput)
    .output(z.object({ authorizationUrl: z.string() }))
    .mutation(({ ctx, input }) => beginConnection(connectContext(ctx), input)),
  callback: externalProcedure('ad-accounts.connect')
    .input(callbackInput)
    .output(z.object({ connectionId: z.string(), returnTo: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const completed = await completeConnection(connectContext(ctx), input);
      await ctx.inTenant('write', async (tx) => {
        for (const adAccountId of completed.adAccountIds)
          await requestSync(tx, ctx.principal, { adAccountId, trigger: 'CONNECT' });
      });
      return { connectionId: completed.connectionId, returnTo: completed.returnTo };
    }),
  platforms: tenantProcedure('ad-accounts.read')
    .input(z.strictObject({}).optional())
    .output(z.array(platformStatus))
    .query(({ ctx }) =>
      ctx.services.platforms.list().map(({ id, name, slug, isOn, isStandIn, settings }) => {
        return { id, name, slug, isOn, isStandIn, settings: [...settings] };
      }),
    ),
  connections: tenantProcedure('ad-accounts.read')
    .input(z.strictObject({}).optional())
    .output(z.array(connection))
    .query(({ ctx }) => listConnections(ctx.tx)),
  found: tenantProcedure('ad-accounts.connect')
    .input(connectionRef)
    .output(foundAccounts)
    .query(({ ctx, input }) => getFoundAccounts(ctx.tx, input.connectionId)),
  pick: tenantProcedure('ad-accounts.connect')
    .input(pickInput)
    .output(z.object({ adAccounts: z.array(adAccount), syncRunIds: z.array(z.string()) }))
    .mutation(async ({ ctx, input }) => {
      const syncRunIds: string[] = [];
      const adAccounts = [];
      for (const adAccountId of await pickAdAccounts(ctx.tx, ctx.principal, input)) {
        const run = await requestSync(ctx.tx, ctx.principal, { adAccountId, trigger: 'CONNECT' });
        syncRunIds.push(run.syncRunId);
        adAccounts.push(await getAdAccount(ctx.tx, adAccountId, ctx.services.now()));
      }
      return { adAccounts, syncRunIds };
    }),
  discover: tenantProcedure('ad-accounts.connect')
    .input(connectionRef)
    .output(connection)
    .mutation(({ ctx, input }) => requestDiscovery(ctx.tx, input.connectionId)),
  disconnect: tenantProcedure('ad-accounts.connect')
    .input(connectionRef)
    .output(connection)
    .mutation(({ ctx, input }) => disconnect(ctx.tx, ctx.principal, input.connectionId)),
});
