import { z } from 'zod';
import {
  createFacebookPage,
  createGoogleForm,
  rotateKey,
  updateLeadForm,
} from '../../domain/lead-forms/commands.ts';
import { leadAddresses, listLeadForms } from '../../domain/lead-forms/queries.ts';
import {
  createFacebookPageInput,
  createGoogleFormInput,
  keyedLeadForm,
  leadAddresses as addressesSchema,
  leadForm,
  leadForms,
  rotateKeyInput,
  updateLeadFormInput,
} from '../../domain/lead-forms/schema.ts';
import { webhookAddress } from '../../domain/webhooks/queries.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** Where leads come from, and whose they become. */
export const leadFormsRouter = router({
  list: tenantProcedure('lead-forms.read')
    .input(z.strictObject({}).optional())
    .output(leadForms)
    .query(({ ctx }) => listLeadForms(ctx.tx)),
  addresses: tenantProcedure('lead-forms.read')
    .input(z.strictObject({}).optional())
    .output(addressesSchema)
    .query(({ ctx }) => leadAddresses(ctx.tx, ctx.services.config)),
  createGoogleForm: tenantProcedure('lead-forms.write')
    .input(createGoogleFormInput)
    .output(keyedLeadForm)
    .mutation(({ ctx, input }) => {
      const address = webhookAddress(ctx.services.config, 'GOOGLE');
      return createGoogleForm(ctx.tx, ctx.principal, { ...input, address });
    }),
  createFacebookPage: tenantProcedure('lead-forms.write')
    .input(createFacebookPageInput)
    .output(leadForm)
    .mutation(({ ctx, input }) => createFacebookPage(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('lead-forms.write')
    .input(updateLeadFormInput)
    .output(leadForm)
    .mutation(({ ctx, input }) => updateLeadForm(ctx.tx, ctx.principal, input)),
  rotateKey: tenantProcedure('lead-forms.write')
    .input(rotateKeyInput)
    .output(keyedLeadForm)
    .mutation(({ ctx, input }) => {
      const address = webhookAddress(ctx.services.config, 'GOOGLE');
      return rotateKey(ctx.tx, ctx.principal, { ...input, address });
    }),
});
