import {
  createCampaignTemplate,
  setCampaignTemplateActive,
  updateCampaignTemplate,
} from '../../domain/campaign-templates/commands.ts';
import { getCampaignTemplate, listCampaignTemplates } from '../../domain/campaign-templates/queries.ts';
import {
  campaignTemplate,
  campaignTemplateChange,
  campaignTemplatePage,
  campaignTemplateRef,
  createCampaignTemplateInput,
  listCampaignTemplatesInput,
  updateCampaignTemplateInput,
} from '../../domain/campaign-templates/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const campaignTemplatesRouter = router({
  list: tenantProcedure('campaign-templates.read')
    .input(listCampaignTemplatesInput)
    .output(campaignTemplatePage)
    .query(({ ctx, input }) => listCampaignTemplates(ctx.tx, input)),
  byId: tenantProcedure('campaign-templates.read')
    .input(campaignTemplateRef)
    .output(campaignTemplate)
    .query(({ ctx, input }) => getCampaignTemplate(ctx.tx, input.campaignTemplateId)),
  create: tenantProcedure('campaign-templates.write')
    .input(createCampaignTemplateInput)
    .output(campaignTemplate)
    .mutation(({ ctx, input }) => createCampaignTemplate(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('campaign-templates.write')
    .input(updateCampaignTemplateInput)
    .output(campaignTemplate)
    .mutation(({ ctx, input }) => updateCampaignTemplate(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('campaign-templates.write')
    .input(campaignTemplateChange)
    .output(campaignTemplate)
    .mutation(({ ctx, input }) =>
      setCampaignTemplateActive(ctx.tx, ctx.principal, { ...input, isActive: false }),
    ),
  restore: tenantProcedure('campaign-templates.write')
    .input(campaignTemplateChange)
    .output(campaignTemplate)
    .mutation(({ ctx, input }) =>
      setCampaignTemplateActive(ctx.tx, ctx.principal, { ...input, isActive: true }),
    ),
});
