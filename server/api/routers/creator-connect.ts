import { z } from 'zod';
import { adoptAccount } from '../../domain/creator-platforms/account.ts';
import {
  createConnectLink,
  listConnectLinks,
  withdrawConnectLink,
} from '../../domain/creator-platforms/connect-links.ts';
import {
  confirmInput,
  connectAnswer,
  connectInput,
  connectLink,
  connectLinkRef,
  connectLinksInput,
  connectOptions,
  connectSession,
  sessionInput,
} from '../../domain/creator-platforms/connect-schema.ts';
import {
  connectOptionsOf,
  type ConnectServices,
  disconnectAccount,
  fetchConfirmed,
  openSession,
  requireOffered,
} from '../../domain/creator-platforms/connect.ts';
import { adoptOrEnd } from '../../domain/creator-platforms/end-refused.ts';
import { getCreatorPlatform } from '../../domain/creator-platforms/queries.ts';
import { creatorPlatform, creatorPlatformRef } from '../../domain/creator-platforms/schema.ts';
import { requireOwnCreator } from '../../domain/creators/queries.ts';
import { requestCreatorSync } from '../../domain/creator-sync/commands.ts';
import type { RequestContext } from '../context.ts';
import { rest } from '../rest-meta.ts';
import { externalProcedure, router, tenantProcedure } from '../trpc.ts';

interface External extends RequestContext {
  inTenant: ConnectServices['inTenant'];
}

function connecting({ services, inTenant }: External): ConnectServices {
  return { network: services.creatorNetwork, now: services.now, inTenant };
}

/** How a creator's accounts are connected by the agency's people. What a link opens stands in `creatorInvitations`. */
export const creatorConnectRouter = router({
  options: tenantProcedure('creator-platforms.read')
    .input(z.strictObject({}))
    .output(connectOptions)
    .query(({ ctx }) => connectOptionsOf(ctx.services.creatorNetwork)),
  connect: externalProcedure('creator-platforms.write')
    .meta(
      rest('POST', '/creators/{creatorId}/connect', 'Make a link by which a creator connects accounts', 201),
    )
    .input(connectInput)
    .output(connectAnswer)
    .mutation(async ({ ctx, input }) => {
      const { creatorId, platform } = input;
      const { appUrl } = ctx.services.config.web;
      await ctx.inTenant('read', (tx) => requireOwnCreator(tx, creatorId));
      requireOffered(ctx.services.creatorNetwork, platform);
      const wanted = { creatorId, platform: platform ?? null };
      const session = input.withSession ? await openSession(connecting(ctx), wanted) : null;
      const link = await ctx.inTenant('write', (tx) =>
        createConnectLink(tx, ctx.principal, { ...wanted, appUrl }),
      );
      return { ...link, session };
    }),
  session: externalProcedure('creator-platforms.write')
    .input(sessionInput)
    .output(connectSession)
    .mutation(({ ctx, input }) =>
      openSession(connecting(ctx), { creatorId: input.creatorId, platform: input.platform ?? null }),
    ),
  confirm: externalProcedure('creator-platforms.write')
    .input(confirmInput)
    .output(creatorPlatform)
    .mutation(async ({ ctx, input }) => {
      const { creatorId } = input;
      const { db, creatorNetwork: network, now } = ctx.services;
      const { organizationId } = ctx.principal;
      const account = await fetchConfirmed(connecting(ctx), input);
      return adoptOrEnd({ db, network, log: ctx.log }, { organizationId, account }, () =>
        ctx.inTenant('write', async (tx) => {
          await requireOwnCreator(tx, creatorId);
          const adopted = await adoptAccount(tx, ctx.principal, { creatorId, account, connectedAt: now() });
          const { creatorPlatformId } = adopted;
          const run = { creatorId, creatorPlatformId, kind: 'EVERYTHING', trigger: 'CONNECT' } as const;
          await requestCreatorSync(tx, ctx.principal, run);
          return getCreatorPlatform(tx, creatorPlatformId);
        }),
      );
    }),
  disconnect: externalProcedure('creator-platforms.write')
    .input(creatorPlatformRef)
    .output(creatorPlatform)
    .mutation(async ({ ctx, input }) => {
      await disconnectAccount(connecting(ctx), ctx.principal, input.creatorPlatformId);
      return ctx.inTenant('read', (tx) => getCreatorPlatform(tx, input.creatorPlatformId));
    }),
  links: tenantProcedure('creator-platforms.write')
    .input(connectLinksInput)
    .output(z.array(connectLink))
    .query(({ ctx, input }) => listConnectLinks(ctx.tx, input.creatorId)),
  withdrawLink: tenantProcedure('creator-platforms.write')
    .input(connectLinkRef)
    .output(connectLink)
    .mutation(({ ctx, input }) => withdrawConnectLink(ctx.tx, ctx.principal, input.creatorConnectLinkId)),
});
