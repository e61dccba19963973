import { z } from 'zod';
import { createCampaign, setCampaignActive, updateCampaign } from '../../domain/campaigns/commands.ts';
import { countCampaigns, getCampaign, listCampaigns } from '../../domain/campaigns/queries.ts';
import {
  campaign,
  campaignChange,
  campaignPage,
  campaignRef,
  createCampaignInput,
  listCampaignsInput,
  updateCampaignInput,
} from '../../domain/campaigns/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const campaignsRouter = router({
  list: tenantProcedure('campaigns.read')
    .meta(rest('GET', '/campaigns', 'List campaigns'))
    .input(listCampaignsInput)
    .output(campaignPage)
    .query(({ ctx, input }) => listCampaigns(ctx.tx, input)),
  count: tenantProcedure('campaigns.read')
    .input(listCampaignsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countCampaigns(ctx.tx, input)),
  byId: tenantProcedure('campaigns.read')
    .meta(rest('GET', '/campaigns/{campaignId}', 'Read a campaign'))
    .input(campaignRef)
    .output(campaign)
    .query(({ ctx, input }) => getCampaign(ctx.tx, input.campaignId)),
  create: tenantProcedure('campaigns.write')
    .meta(rest('POST', '/campaigns', 'Create a campaign', 201))
    .input(createCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => createCampaign(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('campaigns.write')
    .meta(rest('PATCH', '/campaigns/{campaignId}', 'Change a campaign'))
    .input(updateCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => updateCampaign(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('campaigns.write')
    .meta(rest('DELETE', '/campaigns/{campaignId}', 'Move a campaign to the recycle bin'))
    .input(campaignChange)
    .output(campaign)
    .mutation(({ ctx, input }) => setCampaignActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('campaigns.write')
    .meta(rest('POST', '/campaigns/{campaignId}/restore', 'Bring a campaign back from the recycle bin'))
    .input(campaignChange)
    .output(campaign)
    .mutation(({ ctx, input }) => setCampaignActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
