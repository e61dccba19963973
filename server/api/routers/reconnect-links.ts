import { z } from 'zod';
import {
  createReconnectLink,
  listReconnectLinks,
  revokeReconnectLink,
} from '../../domain/ad-accounts/reconnect-links.ts';
import {
  connectionRef,
  newReconnectLink,
  reconnectLink,
  reconnectLinkRef,
  reconnectLinksInput,
} from '../../domain/ad-accounts/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** Of those who connect platforms. What a link opens stands in the router `reconnect`. */
export const reconnectLinksRouter = router({
  list: tenantProcedure('ad-accounts.connect')
    .input(reconnectLinksInput)
    .output(z.array(reconnectLink))
    .query(({ ctx, input }) => listReconnectLinks(ctx.tx, input.connectionId)),
  create: tenantProcedure('ad-accounts.connect')
    .input(connectionRef)
    .output(newReconnectLink)
    .mutation(({ ctx, input }) => {
      const { appUrl } = ctx.services.config.web;
      return createReconnectLink(ctx.tx, ctx.principal, { ...input, appUrl });
    }),
  revoke: tenantProcedure('ad-accounts.connect')
    .input(reconnectLinkRef)
    .output(reconnectLink)
    .mutation(({ ctx, input }) => revokeReconnectLink(ctx.tx, ctx.principal, input.reconnectLinkId)),
});
