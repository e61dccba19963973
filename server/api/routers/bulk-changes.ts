import { createBulkChange } from '../../domain/bulk-changes/commands.ts';
import {
  bulkChange,
  bulkChangeRef,
  createBulkChangeInput,
  undoneBulkChange,
} from '../../domain/bulk-changes/schema.ts';
import { undoBulkChange } from '../../domain/bulk-changes/undo.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const bulkChangesRouter = router({
  create: tenantProcedure('bulk-changes.write')
    .meta(rest('POST', '/bulk-changes', 'Change many records at once', 201))
    .input(createBulkChangeInput)
    .output(bulkChange)
    .mutation(({ ctx, input }) =>
      createBulkChange(ctx.tx, { principal: ctx.principal, now: ctx.services.now() }, input),
    ),
  undo: tenantProcedure('bulk-changes.write')
    .meta(rest('POST', '/bulk-changes/{bulkChangeId}/undo', 'Undo a change of many records within a minute'))
    .input(bulkChangeRef)
    .output(undoneBulkChange)
    .mutation(({ ctx, input }) => undoBulkChange(ctx.tx, { principal: ctx.principal }, input.bulkChangeId)),
});
