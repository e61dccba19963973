import { linkAdAccount, unlinkAdAccount, updateLink } from '../../domain/campaign-ad-accounts/commands.ts';
import { listCampaignAdAccounts } from '../../domain/campaign-ad-accounts/queries.ts';
import {
  campaignAdAccount,
  campaignAdAccountPage,
  campaignAdAccountRef,
  linkAdAccountInput,
  listCampaignAdAccountsInput,
  updateLinkInput,
} from '../../domain/campaign-ad-accounts/schema.ts';
import { requestMatching } from '../../domain/campaign-match-rules/commands.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const one = '/campaigns/{campaignId}/ad-accounts/{adAccountId}';

export const campaignAdAccountsRouter = router({
  list: tenantProcedure('campaign-ad-accounts.read')
    .meta(rest('GET', '/campaigns/{campaignId}/ad-accounts', 'List the ad accounts that a campaign runs in'))
    .input(listCampaignAdAccountsInput)
    .output(campaignAdAccountPage)
    .query(({ ctx, input }) => listCampaignAdAccounts(ctx.tx, input)),
  create: tenantProcedure('campaign-ad-accounts.write')
    .meta(rest('POST', '/campaigns/{campaignId}/ad-accounts', 'Link an ad account to a campaign', 201))
    .input(linkAdAccountInput)
    .output(campaignAdAccount)
    .mutation(async ({ ctx, input }) => {
      const link = await linkAdAccount(ctx.tx, ctx.principal, input);
      // The campaign's rules reach this account from now on.
      await requestMatching(ctx.tx, ctx.principal, input.adAccountId);
      return link;
    }),
  update: tenantProcedure('campaign-ad-accounts.write')
    .meta(rest('PATCH', one, 'Change the link of an ad account to a campaign'))
    .input(updateLinkInput)
    .output(campaignAdAccount)
    .mutation(({ ctx, input }) => updateLink(ctx.tx, ctx.principal, input)),
  delete: tenantProcedure('campaign-ad-accounts.write')
    .meta(rest('DELETE', one, 'Unlink an ad account from a campaign'))
    .input(campaignAdAccountRef)
    .output(campaignAdAccount)
    .mutation(({ ctx, input }) => unlinkAdAccount(ctx.tx, ctx.principal, input)),
});
