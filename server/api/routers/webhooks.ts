import { z } from 'zod';
import { redriveDeadWebhookEvents, redriveWebhookEvent } from '../../domain/webhooks/commands.ts';
import { getWebhookEvent, listWebhookEvents, webhookOverview } from '../../domain/webhooks/queries.ts';
import {
  listWebhookEventsInput,
  redriveAllInput,
  redriveInput,
  redriven,
  webhookEventDetail,
  webhookEventPage,
  webhookEventRef,
  webhookOverview as overviewSchema,
} from '../../domain/webhooks/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** Of admins: an event may hold what a person answered. */
export const webhooksRouter = router({
  overview: tenantProcedure('webhooks.read')
    .input(z.strictObject({}).optional())
    .output(overviewSchema)
    .query(({ ctx }) => webhookOverview(ctx.tx, ctx.services.config)),
  list: tenantProcedure('webhooks.read')
    .input(listWebhookEventsInput)
    .output(webhookEventPage)
    .query(({ ctx, input }) => listWebhookEvents(ctx.tx, input)),
  byId: tenantProcedure('webhooks.read')
    .input(webhookEventRef)
    .output(webhookEventDetail)
    .query(({ ctx, input }) => getWebhookEvent(ctx.tx, input.webhookEventId)),
  redrive: tenantProcedure('webhooks.write')
    .input(redriveInput)
    .output(webhookEventDetail)
    .mutation(({ ctx, input }) => redriveWebhookEvent(ctx.tx, input)),
  redriveAll: tenantProcedure('webhooks.write')
    .input(redriveAllInput)
    .output(redriven)
    .mutation(({ ctx, input }) => redriveDeadWebhookEvents(ctx.tx, input.source)),
});
