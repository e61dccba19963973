import { listActivities } from '../../domain/activities/queries.ts';
import { activityPage, listActivitiesInput } from '../../domain/activities/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const activitiesRouter = router({
  list: tenantProcedure('activities.read')
    .meta(rest('GET', '/activities', 'List what happened, newest first'))
    .input(listActivitiesInput)
    .output(activityPage)
    .query(({ ctx, input }) => listActivities(ctx.tx, ctx.principal, input)),
});
