import { checkPlanned } from '../../domain/campaign-creators/check.ts';
import {
  assignCreator,
  removeCampaignCreator,
  updateCampaignCreator,
} from '../../domain/campaign-creators/commands.ts';
import {
  approveDraftInput,
  deliverableReviews,
  requestChangesInput,
  submitDraftInput,
  workPieces,
} from '../../domain/campaign-creators/delivery-schema.ts';
import { listReviews, listWorkPieces } from '../../domain/campaign-creators/pieces.ts';
import {
  explainCreatorFee,
  getCampaignCreator,
  listCampaignCreators,
  listCampaignsOfCreator,
  listOverdue,
} from '../../domain/campaign-creators/queries.ts';
import { approveDraft, requestChanges, submitDraft } from '../../domain/campaign-creators/reviews.ts';
import {
  assignAnywayInput,
  assignCreatorInput,
  assignmentCheck,
  campaignCreator,
  campaignCreatorChange,
  campaignCreatorPage,
  campaignCreatorRef,
  checkAssignmentInput,
  explainFeeInput,
  listCampaignCreatorsInput,
  listCampaignsOfCreatorInput,
  listOverdueInput,
  overdueDeliverables,
  updateAnywayInput,
  updateCampaignCreatorInput,
} from '../../domain/campaign-creators/schema.ts';
import { explanation } from '../../domain/explanations/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const one = '/campaigns/{campaignId}/creators/{creatorId}';

export const campaignCreatorsRouter = router({
  list: tenantProcedure('campaign-creators.read')
    .meta(rest('GET', '/campaigns/{campaignId}/creators', 'List the creators who work on a campaign'))
    .input(listCampaignCreatorsInput)
    .output(campaignCreatorPage)
    .query(({ ctx, input }) => listCampaignCreators(ctx.tx, ctx.principal, input)),
  ofCreator: tenantProcedure('campaign-creators.read')
    .input(listCampaignsOfCreatorInput)
    .output(campaignCreatorPage)
    .query(({ ctx, input }) => listCampaignsOfCreator(ctx.tx, ctx.principal, input)),
  byId: tenantProcedure('campaign-creators.read')
    .input(campaignCreatorRef)
    .output(campaignCreator)
    .query(({ ctx, input }) => getCampaignCreator(ctx.tx, ctx.principal, input)),
  overdue: tenantProcedure('campaign-creators.read')
    .input(listOverdueInput)
    .output(overdueDeliverables)
    .query(({ ctx, input }) => listOverdue(ctx.tx, input)),
  // It tells of contracts, which no client's own login reads.
  check: tenantProcedure('campaign-creators.write')
    .input(checkAssignmentInput)
    .output(assignmentCheck)
    .query(({ ctx, input }) => checkPlanned(ctx.tx, input)),
  /** The fee is the agency's own: a client's login reads no costs. */
  explainFee: tenantProcedure('costs.read')
    .input(explainFeeInput)
    .output(explanation)
    .query(({ ctx, input }) => explainCreatorFee(ctx.tx, input)),
  pieces: tenantProcedure('campaign-creators.read')
    .input(campaignCreatorRef)
    .output(workPieces)
    .query(({ ctx, input }) => listWorkPieces(ctx.tx, input)),
  reviews: tenantProcedure('campaign-creators.read')
    .input(campaignCreatorRef)
    .output(deliverableReviews)
    .query(({ ctx, input }) => listReviews(ctx.tx, input)),
  submitDraft: tenantProcedure('campaign-creators.write')
    .input(submitDraftInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => submitDraft(ctx.tx, ctx.principal, input)),
  requestChanges: tenantProcedure('campaign-creators.write')
    .input(requestChangesInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => requestChanges(ctx.tx, ctx.principal, input)),
  approveDraft: tenantProcedure('campaign-creators.write')
    .input(approveDraftInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => approveDraft(ctx.tx, ctx.principal, input)),
  assign: tenantProcedure('campaign-creators.write')
    .meta(rest('POST', '/campaigns/{campaignId}/creators', 'Assign a creator to a campaign', 201))
    .input(assignCreatorInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => assignCreator(ctx.tx, ctx.principal, input)),
  assignAnyway: tenantProcedure('campaign-creators.override')
    .input(assignAnywayInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => assignCreator(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('campaign-creators.write')
    .meta(rest('PATCH', one, 'Change a creator’s work on a campaign'))
    .input(updateCampaignCreatorInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => updateCampaignCreator(ctx.tx, ctx.principal, input)),
  updateAnyway: tenantProcedure('campaign-creators.override')
    .input(updateAnywayInput)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => updateCampaignCreator(ctx.tx, ctx.principal, input)),
  remove: tenantProcedure('campaign-creators.write')
    .meta(rest('DELETE', one, 'Take a creator off a campaign'))
    .input(campaignCreatorChange)
    .output(campaignCreator)
    .mutation(({ ctx, input }) => removeCampaignCreator(ctx.tx, ctx.principal, input)),
});
