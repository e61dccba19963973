import { z } from 'zod';
import { createAdFile, recheckAdFile } from '../../domain/imports/ad-metrics/commands.ts';
import { getAdFile, getAdFileGuide } from '../../domain/imports/ad-metrics/queries.ts';
import {
  adFile,
  adFileGuide,
  createAdFileInput,
  recheckAdFileInput,
} from '../../domain/imports/ad-metrics/schema.ts';
import {
  createImport,
  recheckImport,
  requestRun,
  resumeImport,
  stopImport,
} from '../../domain/imports/commands.ts';
import {
  getImport,
  getMappingGuide,
  listImports,
  listRefusals,
  previewImport,
  refusalsAsFile,
} from '../../domain/imports/queries.ts';
import {
  createImportInput,
  importPage,
  importRecord,
  importRef,
  listImportsInput,
  listRefusalsInput,
  mappingGuide,
  preview,
  previewInput,
  recheckInput,
  refusalPage,
  refusalsFile,
} from '../../domain/imports/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

/** Files come in through the upload page, in process: bytes do not fit JSON, so no HTTP door takes one here. */
export const importsRouter = router({
  list: tenantProcedure('imports.read')
    .input(listImportsInput)
    .output(importPage)
    .query(({ ctx, input }) => listImports(ctx.tx, input)),
  byId: tenantProcedure('imports.read')
    .input(importRef)
    .output(importRecord)
    .query(({ ctx, input }) => getImport(ctx.tx, input.importId)),
  preview: tenantProcedure('imports.read')
    .input(previewInput)
    .output(preview)
    .query(({ ctx, input }) => previewImport(ctx.tx, input)),
  refusals: tenantProcedure('imports.read')
    .input(listRefusalsInput)
    .output(refusalPage)
    .query(({ ctx, input }) => listRefusals(ctx.tx, input)),
  refusalsFile: tenantProcedure('imports.read')
    .input(importRef)
    .output(refusalsFile)
    .query(({ ctx, input }) => refusalsAsFile(ctx.tx, input.importId)),
  mappings: tenantProcedure('imports.read')
    .input(z.strictObject({}).optional())
    .output(mappingGuide)
    .query(() => getMappingGuide()),
  adFile: tenantProcedure('imports.read')
    .input(importRef)
    .output(adFile)
    .query(({ ctx, input }) => getAdFile(ctx.tx, input.importId)),
  adFileGuide: tenantProcedure('imports.read')
    .input(z.strictObject({}).optional())
    .output(adFileGuide)
    .query(({ ctx }) => getAdFileGuide(ctx.tx)),
  createAdFile: tenantProcedure('imports.write')
    .input(createAdFileInput)
    .output(importRecord)
    .mutation(({ ctx, input }) => createAdFile(ctx.tx, ctx.principal, input)),
  recheckAdFile: tenantProcedure('imports.write')
    .input(recheckAdFileInput)
    .output(importRecord)
    .mutation(({ ctx, input }) => recheckAdFile(ctx.tx, ctx.principal, input)),
  create: tenantProcedure('imports.write')
    .input(createImportInput)
    .output(importRecord)
    .mutation(({ ctx, input }) => createImport(ctx.tx, ctx.principal, input)),
  recheck: tenantProcedure('imports.write')
    .input(recheckInput)
    .output(importRecord)
    .mutation(({ ctx, input }) => recheckImport(ctx.tx, ctx.principal, input)),
  run: tenantProcedure('imports.write')
    .input(importRef)
    .output(importRecord)
    .mutation(({ ctx, input }) => requestRun(ctx.tx, input.importId)),
  stop: tenantProcedure('imports.write')
    .input(importRef)
    .output(importRecord)
    .mutation(({ ctx, input }) => stopImport(ctx.tx, input.importId)),
  resume: tenantProcedure('imports.write')
    .input(importRef)
    .output(importRecord)
    .mutation(({ ctx, input }) => resumeImport(ctx.tx, input.importId)),
});
