import {
  createResult,
  pasteResults,
  setResultActive,
  updateResult,
} from '../../domain/campaign-results/commands.ts';
import { getResult, listResults, totalResults } from '../../domain/campaign-results/queries.ts';
import {
  campaignResult,
  campaignResultPage,
  createResultInput,
  listResultsInput,
  pastedResults,
  pasteResultsInput,
  resultChange,
  resultRef,
  resultTotals,
  resultTotalsInput,
  updateResultInput,
} from '../../domain/campaign-results/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const campaignResultsRouter = router({
  list: tenantProcedure('campaign-results.read')
    .input(listResultsInput)
    .output(campaignResultPage)
    .query(({ ctx, input }) => listResults(ctx.tx, input)),
  byId: tenantProcedure('campaign-results.read')
    .input(resultRef)
    .output(campaignResult)
    .query(({ ctx, input }) => getResult(ctx.tx, input.campaignResultId)),
  totals: tenantProcedure('campaign-results.read')
    .input(resultTotalsInput)
    .output(resultTotals)
    .query(({ ctx, input }) => totalResults(ctx.tx, input.campaignId)),
  create: tenantProcedure('campaign-results.write')
    .input(createResultInput)
    .output(campaignResult)
    .mutation(({ ctx, input }) => createResult(ctx.tx, ctx.principal, input)),
  paste: tenantProcedure('campaign-results.write')
    .input(pasteResultsInput)
    .output(pastedResults)
    .mutation(({ ctx, input }) => pasteResults(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('campaign-results.write')
    .input(updateResultInput)
    .output(campaignResult)
    .mutation(({ ctx, input }) => updateResult(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('campaign-results.write')
    .input(resultChange)
    .output(campaignResult)
    .mutation(({ ctx, input }) => setResultActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('campaign-results.write')
    .input(resultChange)
    .output(campaignResult)
    .mutation(({ ctx, input }) => setResultActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
