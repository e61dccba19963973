import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { answerBrief, sendBrief, withdrawBrief } from '../../domain/campaign-briefs/commands.ts';
import { draftBrief } from '../../domain/campaign-briefs/draft.ts';
import { getBrief, listBriefs } from '../../domain/campaign-briefs/queries.ts';
import { stepOf } from '../../domain/campaign-briefs/rules.ts';
import {
  briefDraft,
  briefRef,
  briefWorkRef,
  campaignBrief,
  campaignBriefs,
  type CampaignBrief,
  type RecordAnswerInput,
  recordAnswerInput,
  type SendBriefInput,
  sendBriefInput,
  sentBrief,
} from '../../domain/campaign-briefs/schema.ts';
import { holdWork, updateCampaignCreator } from '../../domain/campaign-creators/commands.ts';
import { nextStatuses } from '../../domain/campaign-creators/rules.ts';
import { notFound } from '../../kernel/errors.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** Briefs are the agency's own: a client's login holds none of these rights. */
export const campaignBriefsRouter = router({
  draft: tenantProcedure('campaign-creators.write')
    .input(briefWorkRef)
    .output(briefDraft)
    .query(({ ctx, input }) => draftBrief(ctx.tx, ctx.principal, input)),
  list: tenantProcedure('costs.read')
    .input(briefWorkRef)
    .output(campaignBriefs)
    .query(({ ctx, input }) => listBriefs(ctx.tx, input)),
  send: tenantProcedure('campaign-creators.write')
    .input(sendBriefInput)
    .output(sentBrief)
    .mutation(async ({ ctx, input }) => {
      await invite(ctx.tx, ctx.principal, input);
      return sendBrief(ctx.tx, ctx.principal, { ...input, appUrl: ctx.services.config.web.appUrl });
    }),
  withdraw: tenantProcedure('campaign-creators.write')
    .input(briefRef)
    .output(campaignBrief)
    .mutation(({ ctx, input }) => withdrawBrief(ctx.tx, input.campaignBriefId)),
  recordAnswer: tenantProcedure('campaign-creators.write')
    .input(recordAnswerInput)
    .output(campaignBrief)
    .mutation(({ ctx, input }) => answerAndMove(ctx.tx, ctx.principal, input)),
});

/** Work that waits or was declined is asked for (anew), with all that may stand against it; other work stays where it is. */
async function invite(
  tx: TenantTx,
  principal: Principal,
  { campaignId, creatorId }: SendBriefInput,
): Promise<void> {
  const { before } = await holdWork(tx, { campaignId, creatorId });
  if (!before?.is_active) throw notFound('creator of this campaign');
  if (nextStatuses(before.status, false).includes('INVITED'))
    await updateCampaignCreator(tx, principal, { campaignId, creatorId, status: 'INVITED' });
}

/** Keeps an answer and moves the work where it leads, as far as a step goes there. */
export async function answerAndMove(
  tx: TenantTx,
  principal: Principal,
  input: RecordAnswerInput,
): Promise<CampaignBrief> {
  const { campaignId, creatorId } = await getBrief(tx, input.campaignBriefId);
  const { before } = await holdWork(tx, { campaignId, creatorId });
  if (!before?.is_active) throw notFound('brief');
  const answered = await answerBrief(tx, principal, input);
  const status = stepOf(input.answer);
  if (status && nextStatuses(before.status, false).includes(status))
    await updateCampaignCreator(tx, principal, { campaignId, creatorId, status });
  return answered;
}
