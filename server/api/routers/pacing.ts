import { getPacing } from '../../domain/pacing/queries.ts';
import { pacing, pacingInput } from '../../domain/pacing/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const pacingRouter = router({
  campaign: tenantProcedure('budgets.read')
    .meta(rest('GET', '/campaigns/{campaignId}/pacing', 'Read whether a campaign spends as it was planned'))
    .input(pacingInput)
    .output(pacing)
    .query(({ ctx, input }) => getPacing(ctx.tx, input.campaignId, ctx.services.now())),
});
