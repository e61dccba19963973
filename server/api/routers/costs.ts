import { createCost, setCostActive, updateCost } from '../../domain/costs/commands.ts';
import { explainCost } from '../../domain/costs/explain.ts';
import { getCost, listCosts } from '../../domain/costs/queries.ts';
import {
  campaignCost,
  campaignCostPage,
  costChange,
  costRef,
  costSettings,
  costSettingsInput,
  costStack,
  costStackInput,
  createCostInput,
  explainCostInput,
  listCostsInput,
  updateCostInput,
  updateCostSettingsInput,
} from '../../domain/costs/schema.ts';
import { readCostSettings, updateCostSettings } from '../../domain/costs/settings.ts';
import { getCostStack } from '../../domain/costs/stack.ts';
import { explanation } from '../../domain/explanations/schema.ts';
import { readBehind } from '../../domain/metrics/explain-behind.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const one = '/campaign-costs/{campaignCostId}';

export const costsRouter = router({
  list: tenantProcedure('costs.read')
    .meta(
      rest('GET', '/campaigns/{campaignId}/costs', 'List what a campaign costs beside media and creators'),
    )
    .input(listCostsInput)
    .output(campaignCostPage)
    .query(({ ctx, input }) => listCosts(ctx.tx, input)),
  byId: tenantProcedure('costs.read')
    .meta(rest('GET', one, 'Read a cost'))
    .input(costRef)
    .output(campaignCost)
    .query(({ ctx, input }) => getCost(ctx.tx, input.campaignCostId)),
  create: tenantProcedure('costs.write')
    .meta(rest('POST', '/campaigns/{campaignId}/costs', 'Add a cost to a campaign', 201))
    .input(createCostInput)
    .output(campaignCost)
    .mutation(({ ctx, input }) => createCost(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('costs.write')
    .meta(rest('PATCH', one, 'Change a cost'))
    .input(updateCostInput)
    .output(campaignCost)
    .mutation(({ ctx, input }) => updateCost(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('costs.write')
    .meta(rest('DELETE', one, 'Take a cost away'))
    .input(costChange)
    .output(campaignCost)
    .mutation(({ ctx, input }) => setCostActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('costs.write')
    .input(costChange)
    .output(campaignCost)
    .mutation(({ ctx, input }) => setCostActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
  stack: tenantProcedure('costs.read')
    .input(costStackInput)
    .output(costStack)
    .query(({ ctx, input }) => getCostStack(ctx.tx, ctx.principal, { input, now: ctx.services.now() })),
  explain: tenantProcedure('costs.read')
    .input(explainCostInput)
    .output(explanation)
    .query(({ ctx, input }) =>
      explainCost(ctx.tx, ctx.principal, {
        ...{ input, now: ctx.services.now() },
        readBehind: (request) => readBehind(ctx.tx, ctx.services.platforms, request),
      }),
    ),
  settings: tenantProcedure('costs.read')
    .input(costSettingsInput)
    .output(costSettings)
    .query(({ ctx }) => readCostSettings(ctx.tx, ctx.principal)),
  updateSettings: tenantProcedure('margins.write')
    .input(updateCostSettingsInput)
    .output(costSettings)
    .mutation(({ ctx, input }) => updateCostSettings(ctx.tx, ctx.principal, input)),
});
