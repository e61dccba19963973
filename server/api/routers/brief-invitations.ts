import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { findBrief, markOpened, readInvitation } from '../../domain/campaign-briefs/door.ts';
import { answerBriefInput, briefInvitation, briefToken } from '../../domain/campaign-briefs/schema.ts';
import type { RequestContext } from '../context.ts';
import { linkProcedure, router } from '../trpc.ts';
import { answerAndMove } from './campaign-briefs.ts';

/** Secrets are guessed at from somewhere: tries in vain count by address. */
function throttled<T>({ services, address }: RequestContext, work: () => Promise<T>): Promise<T> {
  return services.throttle.takeLink(address ?? 'unknown', work);
}

/** What a creator does who was sent a brief and has no login here. Reached by its page alone. */
export const briefInvitationsRouter = router({
  byToken: linkProcedure
    .input(briefToken)
    .output(briefInvitation)
    .query(({ ctx, input }) =>
      throttled(ctx, async () => {
        const { db } = ctx.services;
        const { organizationId, campaignBriefId } = await findBrief(db, input.token);
        return withTenant(db, jobPrincipal(organizationId), 'write', async (tx) => {
          await markOpened(tx, campaignBriefId);
          return readInvitation(tx, campaignBriefId);
        });
      }),
    ),
  answer: linkProcedure
    .input(answerBriefInput)
    .output(briefInvitation)
    .mutation(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const { token, ...answer } = input;
      const { organizationId, campaignBriefId } = await throttled(ctx, () => findBrief(db, token));
      const principal = jobPrincipal(organizationId);
      return withTenant(db, principal, 'write', async (tx) => {
        await answerAndMove(tx, principal, { campaignBriefId, ...answer });
        return readInvitation(tx, campaignBriefId);
      });
    }),
});
