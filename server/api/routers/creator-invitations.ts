import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { adoptAccount } from '../../domain/creator-platforms/account.ts';
import {
  type DoorServices,
  fetchConfirmedByLink,
  getInvitation,
  markLinkUsed,
  openSessionByLink,
} from '../../domain/creator-platforms/connect-door.ts';
import {
  connectSession,
  connectToken,
  connectTokenConfirm,
  connectTokenSession,
  creatorInvitation,
  invitationConfirmed,
} from '../../domain/creator-platforms/connect-schema.ts';
import { adoptOrEnd } from '../../domain/creator-platforms/end-refused.ts';
import { getCreatorPlatform } from '../../domain/creator-platforms/queries.ts';
import { requestCreatorSync } from '../../domain/creator-sync/commands.ts';
import type { RequestContext } from '../context.ts';
import { linkProcedure, router } from '../trpc.ts';

function door({ services }: RequestContext): DoorServices {
  return { db: services.db, network: services.creatorNetwork, now: services.now };
}

/** Secrets are guessed at from somewhere: tries in vain count by address. */
function throttled<T>({ services, address }: RequestContext, work: () => Promise<T>): Promise<T> {
  return services.throttle.takeLink(address ?? 'unknown', work);
}

/** What a creator does who was sent a connect link and has no login here. Reached by its page alone. */
export const creatorInvitationsRouter = router({
  byToken: linkProcedure
    .input(connectToken)
    .output(creatorInvitation)
    .query(({ ctx, input }) => throttled(ctx, () => getInvitation(door(ctx), input.token))),
  session: linkProcedure
    .input(connectTokenSession)
    .output(connectSession)
    .mutation(({ ctx, input }) => throttled(ctx, () => openSessionByLink(door(ctx), input))),
  confirm: linkProcedure
    .input(connectTokenConfirm)
    .output(invitationConfirmed)
    .mutation(async ({ ctx, input }) => {
      const { link, account } = await throttled(ctx, () => fetchConfirmedByLink(door(ctx), input));
      const { organizationId, creatorId } = link;
      const principal = jobPrincipal(organizationId);
      const { db, creatorNetwork: network, now } = ctx.services;
      return adoptOrEnd({ db, network, log: ctx.log }, { organizationId, account }, () =>
        withTenant(db, principal, 'write', async (tx) => {
          await markLinkUsed(tx, link);
          const adopted = await adoptAccount(tx, principal, { creatorId, account, connectedAt: now() });
          const { creatorPlatformId } = adopted;
          const run = { creatorId, creatorPlatformId, kind: 'EVERYTHING', trigger: 'CONNECT' } as const;
          await requestCreatorSync(tx, principal, run);
          const { platform, handle } = await getCreatorPlatform(tx, creatorPlatformId);
          return { platform, handle };
        }),
      );
    }),
});
