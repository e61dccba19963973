import { previewBrandRules, replaceBrandRules } from '../../domain/brand-rules/commands.ts';
import { listBrandRules } from '../../domain/brand-rules/queries.ts';
import { requestMatching } from '../../domain/campaign-match-rules/commands.ts';
import {
  brandRuleList,
  brandRulePreview,
  brandRulesOf,
  previewBrandRulesInput,
  replaceBrandRulesInput,
} from '../../domain/brand-rules/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const brandRulesRouter = router({
  list: tenantProcedure('ad-accounts.read')
    .input(brandRulesOf)
    .output(brandRuleList)
    .query(({ ctx, input }) => listBrandRules(ctx.tx, input.adAccountId)),
  preview: tenantProcedure('ad-accounts.write')
    .input(previewBrandRulesInput)
    .output(brandRulePreview)
    .query(({ ctx, input }) => previewBrandRules(ctx.tx, ctx.principal, input)),
  replace: tenantProcedure('ad-accounts.write')
    .input(replaceBrandRulesInput)
    .output(brandRuleList)
    .mutation(async ({ ctx, input }) => {
      const replaced = await replaceBrandRules(ctx.tx, ctx.principal, input);
      // Whose a campaign is decides which rules may attach it.
      await requestMatching(ctx.tx, ctx.principal, input.adAccountId);
      return replaced;
    }),
});
