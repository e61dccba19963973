import { AppError } from '../../kernel/errors.ts';
import { createMargin, setMarginActive, updateMargin } from '../../domain/costs/margin-commands.ts';
import { getMargin, listMargins } from '../../domain/costs/margins.ts';
import { previewMargin } from '../../domain/costs/rules.ts';
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
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const one = '/margin-rules/{marginRuleId}';

/** What the agency earns on what a campaign costs. */
export const marginsRouter = router({
  list: tenantProcedure('costs.read')
    .meta(rest('GET', '/margin-rules', 'List what the agency earns on costs'))
    .input(listMarginsInput)
    .output(marginList)
    .query(({ ctx, input }) => listMargins(ctx.tx, input)),
  byId: tenantProcedure('costs.read')
    .meta(rest('GET', one, 'Read a margin rule'))
    .input(marginRef)
    .output(marginRule)
    .query(({ ctx, input }) => getMargin(ctx.tx, input.marginRuleId)),
  create: tenantProcedure('margins.write')
    .meta(rest('POST', '/margin-rules', 'Make a margin rule', 201))
    .input(createMarginInput)
    .output(marginRule)
    .mutation(({ ctx, input }) => createMargin(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('margins.write')
    .meta(rest('PATCH', one, 'Change a margin rule'))
    .input(updateMarginInput)
    .output(marginRule)
    .mutation(({ ctx, input }) => updateMargin(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('margins.write')
    .meta(rest('DELETE', one, 'Take a margin rule away'))
    .input(marginChange)
    .output(marginRule)
    .mutation(({ ctx, input }) => setMarginActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('margins.write')
    .input(marginChange)
    .output(marginRule)
    .mutation(({ ctx, input }) => setMarginActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
  preview: tenantProcedure('costs.read')
    .input(previewMarginInput)
    .output(marginPreview)
    .query(({ input }) => {
      const preview = previewMargin(input);
      if ('path' in preview) throw new AppError('invalid', preview.message, { issues: [preview] });
      return preview;
    }),
});
