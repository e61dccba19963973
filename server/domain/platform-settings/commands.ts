import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getPlatformSettings, readFetchSettingsOf } from './queries.ts';
import type { PlatformSettings, UpdatePlatformSettingsInput } from './schema.ts';

/**
 * Changes how a platform's figures are fetched, from the next run on. Errors: `unprocessable` where the product does
 * not know the platform; `precondition`.
 */
export async function updatePlatformSettings(
  tx: TenantTx,
  { principal, platforms }: { principal: Principal; platforms: PlatformRegistry },
  input: UpdatePlatformSettingsInput,
): Promise<PlatformSettings> {
  const { platform } = input;
  await lockPlatform(tx, platform);
  const { name } = await getPlatformSettings(tx, platforms, platform);
  const before = await readFetchSettingsOf(tx, platform);
  requireVersion(before.version, input.expectedVersion);
  const was = {
    restatement_days: before.restatementDays,
    is_intraday: before.isIntraday,
    backfill_months: before.backfillMonths,
  };
  const sent = sentOnly({
    restatement_days: input.restatementDays,
    is_intraday: input.isIntraday,
    backfill_months: input.backfillMonths,
  });
  const changes = changesBetween(was, sent);
  if (Object.keys(changes).length === 0) return getPlatformSettings(tx, platforms, platform);
  const values = { ...was, ...sent };
  await tx
    .insertInto('platform_settings')
    .values({
      organization_id: principal.organizationId,
      platform,
      ...values,
      // The trigger counts the version of a row that stands; a first row begins behind the product's own.
      version: before.version + 1,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'platform']).doUpdateSet(values))
    .execute();
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_SETTINGS_UPDATED',
      description: `How ${name} is synced changed`,
      metadata: { platform, changes },
    },
  ]);
  return getPlatformSettings(tx, platforms, platform);
}

/** A platform without a row has nothing else to lock. */
async function lockPlatform(tx: TenantTx, platform: AdPlatform): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('platform-settings:' || app.organization_id() || ${platform}, 0))`.execute(
    tx,
  );
}
