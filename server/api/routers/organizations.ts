import { z } from 'zod';
import { getOrganization } from '../../domain/organizations/queries.ts';
import { organization } from '../../domain/organizations/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const organizationsRouter = router({
  current: tenantProcedure('organizations.read')
    .input(z.strictObject({}).optional())
    .output(organization)
    .query(({ ctx }) => getOrganization(ctx.tx)),
});
