import { searchRecords } from '../../domain/search/queries.ts';
import { searchInput, searchPage } from '../../domain/search/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const searchRouter = router({
  records: tenantProcedure('search.read')
    .meta(rest('GET', '/search', 'Search records of every kind'))
    .input(searchInput)
    .output(searchPage)
    .query(({ ctx, input }) => searchRecords(ctx.tx, input)),
});
