import { replaceMatchRules } from '../../domain/campaign-match-rules/commands.ts';
import { previewMatchRules } from '../../domain/campaign-match-rules/preview.ts';
import { listMatchRules } from '../../domain/campaign-match-rules/queries.ts';
import {
  matchPreview,
  matchRuleList,
  matchRulesOf,
  previewMatchRulesInput,
  replacedMatchRules,
  replaceMatchRulesInput,
} from '../../domain/campaign-match-rules/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const campaignMatchRulesRouter = router({
  list: tenantProcedure('campaign-match-rules.read')
    .input(matchRulesOf)
    .output(matchRuleList)
    .query(({ ctx, input }) => listMatchRules(ctx.tx, input.campaignId)),
  preview: tenantProcedure('campaign-match-rules.read')
    .input(previewMatchRulesInput)
    .output(matchPreview)
    .query(({ ctx, input }) => previewMatchRules(ctx.tx, input)),
  replace: tenantProcedure('campaign-match-rules.write')
    .input(replaceMatchRulesInput)
    .output(replacedMatchRules)
    .mutation(({ ctx, input }) => replaceMatchRules(ctx.tx, ctx.principal, input)),
});
