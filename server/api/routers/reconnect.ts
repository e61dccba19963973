import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import {
  beginReconnection,
  completeReconnection,
  getInvitation,
  type ReconnectServices,
} from '../../domain/ad-accounts/reconnect.ts';
import {
  reconnectBegun,
  reconnectCallbackInput,
  reconnectDone,
  reconnectInvitation,
  reconnectToken,
} from '../../domain/ad-accounts/schema.ts';
import { requestSync } from '../../domain/sync/commands.ts';
import type { RequestContext } from '../context.ts';
import { linkProcedure, router } from '../trpc.ts';

function linkServices({ services }: RequestContext): ReconnectServices {
  const { db, vault, platforms, config } = services;
  return { db, vault, platforms, appUrl: config.web.appUrl };
}

/** Secrets are guessed at from somewhere: tries in vain count by address. */
function throttled<T>({ services, address }: RequestContext, work: () => Promise<T>): Promise<T> {
  return services.throttle.takeLink(address ?? 'unknown', work);
}

/** The three steps of somebody who was sent a reconnect link and has no login here. */
export const reconnectRouter = router({
  invitation: linkProcedure
    .input(reconnectToken)
    .output(reconnectInvitation)
    .query(({ ctx, input }) => throttled(ctx, () => getInvitation(linkServices(ctx), input.token))),
  begin: linkProcedure
    .input(reconnectToken)
    .output(reconnectBegun)
    .mutation(({ ctx, input }) => throttled(ctx, () => beginReconnection(linkServices(ctx), input.token))),
  callback: linkProcedure
    .input(reconnectCallbackInput)
    .output(reconnectDone)
    .mutation(async ({ ctx, input }) => {
      const done = await throttled(ctx, () => completeReconnection(linkServices(ctx), input));
      const principal = jobPrincipal(done.organizationId);
      await withTenant(ctx.services.db, principal, 'write', async (tx) => {
        for (const adAccountId of done.adAccountIds)
          await requestSync(tx, principal, { adAccountId, trigger: 'CONNECT' });
      });
      return { platformName: done.platformName, adAccountCount: done.adAccountIds.length };
    }),
});
