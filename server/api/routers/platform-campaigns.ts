import {
  attachPlatformCampaigns,
  detachPlatformCampaigns,
} from '../../domain/platform-campaigns/commands.ts';
import { listPlatformCampaigns } from '../../domain/platform-campaigns/queries.ts';
import {
  attachInput,
  listPlatformCampaignsInput,
  platformCampaignList,
  platformCampaignPage,
} from '../../domain/platform-campaigns/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const attached = '/campaigns/{campaignId}/platform-campaigns';

export const platformCampaignsRouter = router({
  list: tenantProcedure('platform-campaigns.read')
    .meta(rest('GET', '/platform-campaigns', 'List what the platforms call campaigns'))
    .input(listPlatformCampaignsInput)
    .output(platformCampaignPage)
    .query(({ ctx, input }) => listPlatformCampaigns(ctx.tx, input)),
  attach: tenantProcedure('platform-campaigns.write')
    .meta(rest('POST', attached, 'Attach platform campaigns to a campaign', 201))
    .input(attachInput)
    .output(platformCampaignList)
    .mutation(async ({ ctx, input }) => ({
      items: await attachPlatformCampaigns(ctx.tx, ctx.principal, input),
    })),
  detach: tenantProcedure('platform-campaigns.write')
    .meta(rest('POST', `${attached}/detach`, 'Detach platform campaigns from a campaign'))
    .input(attachInput)
    .output(platformCampaignList)
    .mutation(async ({ ctx, input }) => ({
      items: await detachPlatformCampaigns(ctx.tx, ctx.principal, input),
    })),
});
