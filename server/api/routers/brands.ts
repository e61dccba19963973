import { z } from 'zod';
import { assignBrand, createBrand, updateBrand } from '../../domain/organizations/commands.ts';
import { listBrands } from '../../domain/organizations/queries.ts';
import {
  assignBrandInput,
  brand,
  createBrandInput,
  updateBrandInput,
} from '../../domain/organizations/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const brandsRouter = router({
  list: tenantProcedure('brands.read')
    .input(z.strictObject({}).optional())
    .output(z.array(brand))
    .query(({ ctx }) => listBrands(ctx.tx)),
  create: tenantProcedure('brands.write')
    .input(createBrandInput)
    .output(brand)
    .mutation(({ ctx, input }) => createBrand(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('brands.write')
    .input(updateBrandInput)
    .output(brand)
    .mutation(({ ctx, input }) => updateBrand(ctx.tx, ctx.principal, input)),
  assign: tenantProcedure('brands.write')
    .input(assignBrandInput)
    .output(brand)
    .mutation(({ ctx, input }) => assignBrand(ctx.tx, ctx.principal, input)),
});
