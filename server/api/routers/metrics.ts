import { explanation } from '../../domain/explanations/schema.ts';
import { readFigureChanges, tellFigureChanges } from '../../domain/metrics/changes.ts';
import { figureChange, figureChangesInput } from '../../domain/metrics/changes-schema.ts';
import { getDashboard } from '../../domain/metrics/dashboard.ts';
import { exportDashboard } from '../../domain/metrics/dashboard-export.ts';
import {
  dashboard,
  dashboardInput,
  exportDashboardInput,
  explainInput,
  exportedDashboard,
} from '../../domain/metrics/dashboard-schema.ts';
import { explainFigure } from '../../domain/metrics/explain.ts';
import { getCampaignMetrics, getMetricsSummary } from '../../domain/metrics/queries.ts';
import {
  campaignMetrics,
  campaignMetricsInput,
  metricsSummary,
  metricsSummaryInput,
} from '../../domain/metrics/schema.ts';
import { rest } from '../rest-meta.ts';
import { streamOf } from '../streams.ts';
import { liveProcedure, router, tenantProcedure } from '../trpc.ts';

export const metricsRouter = router({
  campaign: tenantProcedure('metrics.read')
    .meta(rest('GET', '/campaigns/{campaignId}/metrics', "Read a campaign's figures over a range of days"))
    .input(campaignMetricsInput)
    .output(campaignMetrics)
    .query(({ ctx, input }) => getCampaignMetrics(ctx.tx, input, ctx.services.now())),
  dashboard: tenantProcedure('metrics.read')
    .input(dashboardInput)
    .output(dashboard)
    .query(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return getDashboard(ctx.tx, { platforms, now: now() }, input);
    }),
  export: tenantProcedure('metrics.read')
    .input(exportDashboardInput)
    .output(exportedDashboard)
    .query(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return exportDashboard(ctx.tx, { platforms, now: now() }, input);
    }),
  explain: tenantProcedure('metrics.read')
    .input(explainInput)
    .output(explanation)
    .query(({ ctx, input }) => {
      const { platforms, now } = ctx.services;
      return explainFigure(ctx.tx, { platforms, now: now() }, input);
    }),
  summary: tenantProcedure('metrics.read')
    .input(metricsSummaryInput)
    .output(metricsSummary)
    .query(({ ctx, input }) => getMetricsSummary(ctx.tx, input)),
  changes: liveProcedure('metrics.read')
    .input(figureChangesInput)
    .output(streamOf(figureChange))
    .subscription(({ ctx, input, signal }) =>
      tellFigureChanges({
        adAccountIds: input.adAccountIds,
        moves: ctx.services.figureChanges.listen(signal ?? new AbortController().signal),
        read: (of) => ctx.read((tx) => readFigureChanges(tx, of)),
      }),
    ),
});
