import { z } from 'zod';
import { moveCampaign, setCampaignActive, updateCampaign } from '../../domain/campaigns/commands.ts';
import { draftCampaign } from '../../domain/campaigns/draft.ts';
import { readPlatformStatus } from '../../domain/campaigns/platform-status.ts';
import { countCampaigns, listCampaigns, readCampaign } from '../../domain/campaigns/queries.ts';
import {
  campaign,
  campaignChange,
  campaignDraft,
  campaignPage,
  campaignRef,
  createCampaignInput,
  createdCampaign,
  draftCampaignInput,
  listCampaignsInput,
  moveCampaignInput,
  platformStatus,
  sendBackCampaignInput,
  updateCampaignInput,
} from '../../domain/campaigns/schema.ts';
import { createCampaignFrom } from '../carry-over.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const campaignsRouter = router({
  list: tenantProcedure('campaigns.read')
    .meta(rest('GET', '/campaigns', 'List campaigns'))
    .input(listCampaignsInput)
    .output(campaignPage)
    .query(({ ctx, input }) => listCampaigns(ctx.tx, ctx.principal, input)),
  count: tenantProcedure('campaigns.read')
    .input(listCampaignsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countCampaigns(ctx.tx, input)),
  byId: tenantProcedure('campaigns.read')
    .meta(rest('GET', '/campaigns/{campaignId}', 'Read a campaign'))
    .input(campaignRef)
    .output(campaign)
    .query(({ ctx, input }) => readCampaign(ctx.tx, ctx.principal, input.campaignId)),
  platformStatus: tenantProcedure('campaigns.read')
    .input(campaignRef)
    .output(platformStatus)
    .query(({ ctx, input }) => readPlatformStatus(ctx.tx, { ...input, now: ctx.services.now() })),
  draft: tenantProcedure('campaigns.write')
    .input(draftCampaignInput)
    .output(campaignDraft)
    .query(({ ctx, input }) => draftCampaign(ctx.tx, ctx.principal, input)),
  create: tenantProcedure('campaigns.write')
    .meta(rest('POST', '/campaigns', 'Create a campaign', 201))
    .input(createCampaignInput)
    .output(createdCampaign)
    .mutation(({ ctx, input }) => createCampaignFrom(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('campaigns.write')
    .meta(rest('PATCH', '/campaigns/{campaignId}', 'Change a campaign'))
    .input(updateCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => updateCampaign(ctx.tx, ctx.principal, input)),
  move: tenantProcedure('campaigns.write')
    .meta(rest('POST', '/campaigns/{campaignId}/status', 'Move a campaign to another status'))
    .input(moveCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => moveCampaign(ctx.tx, ctx.principal, input)),
  approve: tenantProcedure('campaigns.approve')
    .input(campaignChange)
    .output(campaign)
    .mutation(({ ctx, input }) => moveCampaign(ctx.tx, ctx.principal, { ...input, status: 'APPROVED' })),
  sendBack: tenantProcedure('campaigns.approve')
    .input(sendBackCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => moveCampaign(ctx.tx, ctx.principal, { ...input, status: 'DRAFT' })),
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
