import {
  approveBudget,
  draftBudget,
  returnBudget,
  setBudgetAside,
  submitBudget,
  updateBudget,
  withdrawBudget,
} from '../../domain/budgets/commands.ts';
import { getBudgetPerformance } from '../../domain/budgets/performance.ts';
import { getBudget, listBudgets } from '../../domain/budgets/queries.ts';
import {
  budgetChange,
  budgetList,
  budgetPerformance,
  budgetPerformanceInput,
  budgetRef,
  budgetVersion,
  draftBudgetInput,
  listBudgetsInput,
  returnBudgetInput,
  updateBudgetInput,
} from '../../domain/budgets/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const one = '/budgets/{budgetVersionId}';

export const budgetsRouter = router({
  list: tenantProcedure('budgets.read')
    .meta(rest('GET', '/campaigns/{campaignId}/budgets', 'List the versions of a campaign’s budget'))
    .input(listBudgetsInput)
    .output(budgetList)
    .query(({ ctx, input }) => listBudgets(ctx.tx, ctx.principal, input)),
  byId: tenantProcedure('budgets.read')
    .meta(rest('GET', one, 'Read a version of a budget with its lines'))
    .input(budgetRef)
    .output(budgetVersion)
    .query(({ ctx, input }) => getBudget(ctx.tx, ctx.principal, input.budgetVersionId)),
  performance: tenantProcedure('budgets.read')
    .input(budgetPerformanceInput)
    .output(budgetPerformance)
    .query(({ ctx, input }) =>
      getBudgetPerformance(ctx.tx, ctx.principal, { campaignId: input.campaignId, now: ctx.services.now() }),
    ),
  draft: tenantProcedure('budgets.write')
    .meta(rest('POST', '/campaigns/{campaignId}/budgets', 'Begin a version of a campaign’s budget', 201))
    .input(draftBudgetInput)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => draftBudget(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('budgets.write')
    .meta(rest('PATCH', one, 'Change a draft of a budget'))
    .input(updateBudgetInput)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => updateBudget(ctx.tx, ctx.principal, input)),
  submit: tenantProcedure('budgets.write')
    .meta(rest('POST', `${one}/submit`, 'Submit a budget for its approval'))
    .input(budgetChange)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => submitBudget(ctx.tx, ctx.principal, input)),
  withdraw: tenantProcedure('budgets.write')
    .meta(rest('POST', `${one}/withdraw`, 'Take a submitted budget back'))
    .input(budgetChange)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => withdrawBudget(ctx.tx, ctx.principal, input)),
  setAside: tenantProcedure('budgets.write')
    .input(budgetChange)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => setBudgetAside(ctx.tx, ctx.principal, input)),
  approve: tenantProcedure('budgets.approve')
    .meta(rest('POST', `${one}/approve`, 'Approve a budget: it stands from now on'))
    .input(budgetChange)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => approveBudget(ctx.tx, ctx.principal, input)),
  return: tenantProcedure('budgets.approve')
    .meta(rest('POST', `${one}/return`, 'Return a budget with what has to change'))
    .input(returnBudgetInput)
    .output(budgetVersion)
    .mutation(({ ctx, input }) => returnBudget(ctx.tx, ctx.principal, input)),
});
