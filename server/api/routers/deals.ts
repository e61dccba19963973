import { z } from 'zod';
import { getBoard, listColumn } from '../../domain/deals/board.ts';
import { createDeal, setDealActive, updateDeal } from '../../domain/deals/commands.ts';
import { getForecast } from '../../domain/deals/forecast.ts';
import { getFunnel } from '../../domain/deals/funnel.ts';
import { moveDeal } from '../../domain/deals/move.ts';
import { getPipeline } from '../../domain/deals/pipeline.ts';
import { getDealTotals } from '../../domain/deals/list-totals.ts';
import { dealNeighbours, countDeals, getDeal, listDeals } from '../../domain/deals/queries.ts';
import { listHistory } from '../../domain/records/history.ts';
import { fieldChangePage, neighbours } from '../../domain/records/schema.ts';
import {
  dealHistoryInput,
  dealNeighboursInput,
  board,
  boardColumnInput,
  boardInput,
  cardPage,
  deal,
  dealChange,
  dealPage,
  dealRef,
  dealTotals,
  createDealInput,
  forecast,
  forecastInput,
  funnel,
  funnelInput,
  listDealsInput,
  moveDealInput,
  pipeline,
  stageHistory,
  updateDealInput,
} from '../../domain/deals/schema.ts';
import { getStageHistory } from '../../domain/deals/stage-history.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const dealsRouter = router({
  list: tenantProcedure('deals.read')
    .meta(rest('GET', '/deals', 'List deals'))
    .input(listDealsInput)
    .output(dealPage)
    .query(({ ctx, input }) => listDeals(ctx.tx, input)),
  count: tenantProcedure('deals.read')
    .input(listDealsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countDeals(ctx.tx, input)),
  totals: tenantProcedure('deals.read')
    .input(listDealsInput)
    .output(dealTotals)
    .query(({ ctx, input }) => getDealTotals(ctx.tx, input)),
  board: tenantProcedure('deals.read')
    .input(boardInput)
    .output(board)
    .query(({ ctx, input }) => getBoard(ctx.tx, input)),
  boardColumn: tenantProcedure('deals.read')
    .input(boardColumnInput)
    .output(cardPage)
    .query(({ ctx, input }) => listColumn(ctx.tx, input)),
  stageHistory: tenantProcedure('deals.read')
    .input(dealRef)
    .output(stageHistory)
    .query(({ ctx, input }) => getStageHistory(ctx.tx, input.dealId)),
  forecast: tenantProcedure('deals.read')
    .input(forecastInput)
    .output(forecast)
    .query(({ ctx, input }) => getForecast(ctx.tx, input)),
  funnel: tenantProcedure('deals.read')
    .input(funnelInput)
    .output(funnel)
    .query(({ ctx, input }) => getFunnel(ctx.tx, input)),
  pipeline: tenantProcedure('deals.read')
    .input(z.strictObject({}).optional())
    .output(pipeline)
    .query(({ ctx }) => getPipeline(ctx.tx)),
  byId: tenantProcedure('deals.read')
    .meta(rest('GET', '/deals/{dealId}', 'Read a deal'))
    .input(dealRef)
    .output(deal)
    .query(({ ctx, input }) => getDeal(ctx.tx, input.dealId)),
  neighbours: tenantProcedure('deals.read')
    .input(dealNeighboursInput)
    .output(neighbours)
    .query(({ ctx, input }) => dealNeighbours(ctx.tx, input)),
  history: tenantProcedure('deals.read')
    .input(dealHistoryInput)
    .output(fieldChangePage)
    .query(({ ctx, input }) => listHistory(ctx.tx, { table: 'deals', id: input.dealId }, input)),
  create: tenantProcedure('deals.write')
    .meta(rest('POST', '/deals', 'Create a deal', 201))
    .input(createDealInput)
    .output(deal)
    .mutation(({ ctx, input }) => createDeal(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('deals.write')
    .meta(rest('PATCH', '/deals/{dealId}', 'Change a deal'))
    .input(updateDealInput)
    .output(deal)
    .mutation(({ ctx, input }) => updateDeal(ctx.tx, ctx.principal, input)),
  move: tenantProcedure('deals.write')
    .meta(rest('PATCH', '/deals/{dealId}/stage', 'Move a deal to another stage'))
    .input(moveDealInput)
    .output(deal)
    .mutation(({ ctx, input }) => moveDeal(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('deals.write')
    .meta(rest('DELETE', '/deals/{dealId}', 'Move a deal to the recycle bin'))
    .input(dealChange)
    .output(deal)
    .mutation(({ ctx, input }) => setDealActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('deals.write')
    .meta(rest('POST', '/deals/{dealId}/restore', 'Bring a deal back from the recycle bin'))
    .input(dealChange)
    .output(deal)
    .mutation(({ ctx, input }) => setDealActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
