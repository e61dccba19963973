import { z } from 'zod';
import { namesOf } from '../../domain/records/history.ts';
import { id } from '../../domain/records/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const recordsRouter = router({
  /** What ids are called, for a page that shows references of old values. What the reader does not see has no name. */
  names: tenantProcedure('activities.read')
    .input(z.strictObject({ ids: z.array(id).max(500) }))
    .output(z.record(z.string(), z.string()))
    .query(({ ctx, input }) => namesOf(ctx.tx, input.ids)),
});
