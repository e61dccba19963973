import { z } from 'zod';
import { updatePlatformSettings } from '../../domain/platform-settings/commands.ts';
import { listPlatformSettings } from '../../domain/platform-settings/queries.ts';
import { platformSettings, updatePlatformSettingsInput } from '../../domain/platform-settings/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const platformSettingsRouter = router({
  list: tenantProcedure('platform-settings.read')
    .input(z.strictObject({}).optional())
    .output(z.array(platformSettings))
    .query(({ ctx }) => listPlatformSettings(ctx.tx, ctx.services.platforms)),
  update: tenantProcedure('platform-settings.write')
    .input(updatePlatformSettingsInput)
    .output(platformSettings)
    .mutation(({ ctx, input }) => {
      const { principal, services } = ctx;
      return updatePlatformSettings(ctx.tx, { principal, platforms: services.platforms }, input);
    }),
});
