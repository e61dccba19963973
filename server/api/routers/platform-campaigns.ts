import {
  attachPlatformCampaigns,
  detachPlatformCampaigns,
} from '../../domain/platform-campaigns/commands.ts';
import { setBoost } from '../../domain/platform-campaigns/boosts.ts';
import { listLabels, readRecentSpend } from '../../domain/platform-campaigns/choosing.ts';
import { listPlatformCampaigns } from '../../domain/platform-campaigns/queries.ts';
import {
  attachInput,
  labelList,
  listLabelsInput,
  listPlatformCampaignsInput,
  platformCampaignList,
  platformCampaignPage,
  recentSpendInput,
  recentSpendList,
  setBoostInput,
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
  setBoost: tenantProcedure('platform-campaigns.write')
    .input(setBoostInput)
    .output(platformCampaignList)
    .mutation(async ({ ctx, input }) => ({ items: await setBoost(ctx.tx, ctx.principal, input) })),
  labels: tenantProcedure('platform-campaigns.read')
    .input(listLabelsInput)
    .output(labelList)
    .query(async ({ ctx, input }) => ({ items: await listLabels(ctx.tx, input.adAccountId) })),
  recentSpend: tenantProcedure('metrics.read')
    .input(recentSpendInput)
    .output(recentSpendList)
    .query(async ({ ctx, input }) => ({
      items: await readRecentSpend(ctx.tx, input.platformCampaignIds, ctx.services.now()),
    })),
});
