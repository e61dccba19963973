import { createMargin, setMarginActive, updateMargin } from '../../domain/costs/margin-commands.ts';
import { previewMargin } from '../../domain/costs/preview.ts';
import { getMargin, listMargins } from '../../domain/costs/margins.ts';
import {
  createMarginInput,
  listMarginsInput,
  marginChange,
  marginList,
  marginPreview,
  marginRef,
  marginRule,
  previewMarginInput,
  updateMarginInput,
} from '../../domain/costs/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** What the agency earns on what a campaign costs. */
export const marginsRouter = router({
  list: tenantProcedure('costs.read')
    .input(listMarginsInput)
    .output(marginList)
    .query(({ ctx, input }) => listMargins(ctx.tx, input)),
  byId: tenantProcedure('costs.read')
    .input(marginRef)
    .output(marginRule)
    .query(({ ctx, input }) => getMargin(ctx.tx, input.marginRuleId)),
  preview: tenantProcedure('costs.read')
    .input(previewMarginInput)
    .output(marginPreview)
    .query(({ input }) => previewMargin(input)),
  create: tenantProcedure('margins.write')
    .input(createMarginInput)
    .output(marginRule)
    .mutation(({ ctx, input }) => createMargin(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('margins.write')
    .input(updateMarginInput)
    .output(marginRule)
    .mutation(({ ctx, input }) => updateMargin(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('margins.write')
    .input(marginChange)
    .output(marginRule)
    .mutation(({ ctx, input }) => setMarginActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('margins.write')
    .input(marginChange)
    .output(marginRule)
    .mutation(({ ctx, input }) => setMarginActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
