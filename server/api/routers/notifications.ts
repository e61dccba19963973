import { z } from 'zod';
import { markRead } from '../../domain/notifications/commands.ts';
import { countUnread, listNotifications } from '../../domain/notifications/queries.ts';
import {
  listNotificationsInput,
  markReadInput,
  notificationPage,
  unreadCount,
} from '../../domain/notifications/schema.ts';
import { personalProcedure, router, tenantProcedure } from '../trpc.ts';

/** What one person is told. At the REST door there is nobody to tell. */
export const notificationsRouter = router({
  list: tenantProcedure('notifications.read')
    .input(listNotificationsInput)
    .output(notificationPage)
    .query(({ ctx, input }) => listNotifications(ctx.tx, ctx.principal.userId, input)),
  unreadCount: tenantProcedure('notifications.read')
    .input(z.strictObject({}).optional())
    .output(unreadCount)
    .query(({ ctx }) => countUnread(ctx.tx, ctx.principal.userId)),
  markRead: personalProcedure('notifications.write')
    .input(markReadInput)
    .output(unreadCount)
    .mutation(({ ctx, input }) => markRead(ctx.tx, ctx.principal.userId, input)),
});
