import { z } from 'zod';
import { listMembers } from '../../domain/members/queries.ts';
import { member } from '../../domain/members/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const membersRouter = router({
  list: tenantProcedure('members.read')
    .input(z.strictObject({}).optional())
    .output(z.array(member))
    .query(({ ctx }) => listMembers(ctx.tx)),
});
