import { z } from 'zod';
import {
  createDealCloseReason,
  deleteDealCloseReason,
  updateDealCloseReason,
} from '../../domain/deal-stages/close-reasons.ts';
import { updateDealStage } from '../../domain/deal-stages/commands.ts';
import { listDealCloseReasons, listDealStages } from '../../domain/deal-stages/queries.ts';
import {
  createDealCloseReasonInput,
  dealCloseReason,
  dealCloseReasonRef,
  dealStageSettings,
  updateDealCloseReasonInput,
  updateDealStageInput,
} from '../../domain/deal-stages/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const dealStagesRouter = router({
  list: tenantProcedure('deal-stages.read')
    .input(z.strictObject({}).optional())
    .output(z.array(dealStageSettings))
    .query(({ ctx }) => listDealStages(ctx.tx)),
  update: tenantProcedure('deal-stages.write')
    .input(updateDealStageInput)
    .output(dealStageSettings)
    .mutation(({ ctx, input }) => updateDealStage(ctx.tx, ctx.principal, input)),
  closeReasons: tenantProcedure('deal-stages.read')
    .input(z.strictObject({}).optional())
    .output(z.array(dealCloseReason))
    .query(({ ctx }) => listDealCloseReasons(ctx.tx)),
  createCloseReason: tenantProcedure('deal-stages.write')
    .input(createDealCloseReasonInput)
    .output(dealCloseReason)
    .mutation(({ ctx, input }) => createDealCloseReason(ctx.tx, ctx.principal, input)),
  updateCloseReason: tenantProcedure('deal-stages.write')
    .input(updateDealCloseReasonInput)
    .output(dealCloseReason)
    .mutation(({ ctx, input }) => updateDealCloseReason(ctx.tx, ctx.principal, input)),
  deleteCloseReason: tenantProcedure('deal-stages.write')
    .input(dealCloseReasonRef)
    .output(dealCloseReason)
    .mutation(({ ctx, input }) => deleteDealCloseReason(ctx.tx, ctx.principal, input.dealCloseReasonId)),
});
