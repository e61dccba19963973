import { explanation } from '../../domain/explanations/schema.ts';
import { explainFigure } from '../../domain/metrics/explain.ts';
import { explainPacing } from '../../domain/pacing/explain.ts';
import { getPacing } from '../../domain/pacing/queries.ts';
import { explainPacingInput, pacing, pacingInput } from '../../domain/pacing/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const pacingRouter = router({
  campaign: tenantProcedure('budgets.read')
    .meta(rest('GET', '/campaigns/{campaignId}/pacing', 'Read whether a campaign spends as it was planned'))
    .input(pacingInput)
    .output(pacing)
    .query(({ ctx, input }) => getPacing(ctx.tx, input.campaignId, ctx.services.now())),
  explain: tenantProcedure('budgets.read')
    .input(explainPacingInput)
    .output(explanation)
    .query(({ ctx, input }) => {
      const now = ctx.services.now();
      const { platforms } = ctx.services;
      return explainPacing(ctx.tx, input, {
        now,
        explainSpend: (days) =>
          explainFigure(
            ctx.tx,
            { platforms, now },
            { ...days, campaignIds: [input.campaignId], figure: 'spend', isCompared: false },
          ),
      });
    }),
});
