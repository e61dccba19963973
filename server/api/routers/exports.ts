import { recordExport } from '../../domain/exports/commands.ts';
import {
  exportCompanies,
  exportContacts,
  exportCreators,
  exportDeals,
} from '../../domain/exports/queries.ts';
import { exportInputs, exportPage, recordedExport, recordExportInput } from '../../domain/exports/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

const exporting = tenantProcedure('exports.write');

export const exportsRouter = router({
  companies: exporting
    .input(exportInputs.companies)
    .output(exportPage)
    .query(({ ctx, input }) => exportCompanies(ctx.tx, input)),
  contacts: exporting
    .input(exportInputs.contacts)
    .output(exportPage)
    .query(({ ctx, input }) => exportContacts(ctx.tx, input)),
  deals: exporting
    .input(exportInputs.deals)
    .output(exportPage)
    .query(({ ctx, input }) => exportDeals(ctx.tx, input)),
  creators: exporting
    .input(exportInputs.creators)
    .output(exportPage)
    .query(({ ctx, input }) => exportCreators(ctx.tx, input)),
  record: exporting
    .input(recordExportInput)
    .output(recordedExport)
    .mutation(({ ctx, input }) => recordExport(ctx.tx, ctx.principal, input)),
});
