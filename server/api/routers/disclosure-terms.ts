import { addDisclosureTerm, removeDisclosureTerm } from '../../domain/disclosure-terms/commands.ts';
import { listDisclosureTerms } from '../../domain/disclosure-terms/queries.ts';
import {
  addDisclosureTermInput,
  disclosureTerm,
  disclosureTermRef,
  disclosureTerms,
  listDisclosureTermsInput,
} from '../../domain/disclosure-terms/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const disclosureTermsRouter = router({
  list: tenantProcedure('disclosure-terms.read')
    .input(listDisclosureTermsInput)
    .output(disclosureTerms)
    .query(async ({ ctx }) => ({ items: await listDisclosureTerms(ctx.tx) })),
  add: tenantProcedure('disclosure-terms.write')
    .input(addDisclosureTermInput)
    .output(disclosureTerm)
    .mutation(({ ctx, input }) => addDisclosureTerm(ctx.tx, ctx.principal, input)),
  remove: tenantProcedure('disclosure-terms.write')
    .input(disclosureTermRef)
    .output(disclosureTerm)
    .mutation(({ ctx, input }) => removeDisclosureTerm(ctx.tx, ctx.principal, input.disclosureTermId)),
});
