import { follow, unfollow } from '../../domain/record-followers/commands.ts';
import { getFollowers } from '../../domain/record-followers/queries.ts';
import { followedRef, followers } from '../../domain/record-followers/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const recordFollowersRouter = router({
  list: tenantProcedure('record-followers.read')
    .input(followedRef)
    .output(followers)
    .query(({ ctx, input }) => getFollowers(ctx.tx, input, ctx.principal.userId)),
  follow: tenantProcedure('record-followers.write')
    .input(followedRef)
    .output(followers)
    .mutation(({ ctx, input }) => follow(ctx.tx, ctx.principal, input)),
  unfollow: tenantProcedure('record-followers.write')
    .input(followedRef)
    .output(followers)
    .mutation(({ ctx, input }) => unfollow(ctx.tx, ctx.principal, input)),
});
