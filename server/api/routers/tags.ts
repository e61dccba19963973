import { z } from 'zod';
import { listTags } from '../../domain/tags/queries.ts';
import { listTagsInput, tagCount } from '../../domain/tags/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const tagsRouter = router({
  list: tenantProcedure('search.read')
    .input(listTagsInput)
    .output(z.array(tagCount))
    .query(({ ctx, input }) => listTags(ctx.tx, input)),
});
