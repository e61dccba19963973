import {
  chooseSavedView,
  createSavedView,
  deleteSavedView,
  updateSavedView,
} from '../../domain/saved-views/commands.ts';
import { getListFrame } from '../../domain/saved-views/frame.ts';
import { getSavedView, listSavedViews } from '../../domain/saved-views/queries.ts';
import {
  chooseSavedViewInput,
  createSavedViewInput,
  deletedSavedView,
  deleteSavedViewInput,
  listFrame,
  listFrameInput,
  listSavedViewsInput,
  savedView,
  savedViewPage,
  savedViewRef,
  updateSavedViewInput,
} from '../../domain/saved-views/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const writing = tenantProcedure('saved-views.write');

export const savedViewsRouter = router({
  list: tenantProcedure('saved-views.read')
    .meta(rest('GET', '/saved-views', 'List saved views'))
    .input(listSavedViewsInput)
    .output(savedViewPage)
    .query(({ ctx, input }) => listSavedViews(ctx.tx, ctx.principal, input)),
  byId: tenantProcedure('saved-views.read')
    .meta(rest('GET', '/saved-views/{savedViewId}', 'Read a saved view'))
    .input(savedViewRef)
    .output(savedView)
    .query(({ ctx, input }) => getSavedView(ctx.tx, ctx.principal, input.savedViewId)),
  frame: tenantProcedure('saved-views.read')
    .input(listFrameInput)
    .output(listFrame)
    .query(({ ctx, input }) => getListFrame(ctx.tx, ctx.principal, input)),
  create: writing
    .meta(rest('POST', '/saved-views', 'Save a view', 201))
    .input(createSavedViewInput)
    .output(savedView)
    .mutation(({ ctx, input }) => createSavedView(ctx.tx, ctx.principal, input)),
  update: writing
    .meta(rest('PATCH', '/saved-views/{savedViewId}', 'Change a saved view'))
    .input(updateSavedViewInput)
    .output(savedView)
    .mutation(({ ctx, input }) => updateSavedView(ctx.tx, ctx.principal, input)),
  choose: writing
    .meta(rest('PATCH', '/saved-views/{savedViewId}/choice', 'Star a view, or open the list with it'))
    .input(chooseSavedViewInput)
    .output(savedView)
    .mutation(({ ctx, input }) => chooseSavedView(ctx.tx, ctx.principal, input)),
  delete: writing
    .meta(rest('DELETE', '/saved-views/{savedViewId}', 'Delete a saved view'))
    .input(deleteSavedViewInput)
    .output(deletedSavedView)
    .mutation(({ ctx, input }) => deleteSavedView(ctx.tx, ctx.principal, input)),
});
