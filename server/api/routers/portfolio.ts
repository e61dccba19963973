import { listExceptions } from '../../domain/portfolio/exceptions.ts';
import { getPortfolio, getRollup } from '../../domain/portfolio/queries.ts';
import {
  exceptions,
  exceptionsInput,
  portfolio,
  portfolioInput,
  rollup,
  rollupInput,
} from '../../domain/portfolio/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const portfolioRouter = router({
  list: tenantProcedure('portfolio.read')
    .meta(rest('GET', '/portfolio', 'List campaigns with their pace, and the totals over all that match'))
    .input(portfolioInput)
    .output(portfolio)
    .query(({ ctx, input }) => getPortfolio(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
  rollup: tenantProcedure('portfolio.read')
    .input(rollupInput)
    .output(rollup)
    .query(({ ctx, input }) => getRollup(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
  exceptions: tenantProcedure('portfolio.read')
    .input(exceptionsInput)
    .output(exceptions)
    .query(({ ctx, input }) => listExceptions(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
});
