import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform } from '../../../db/types.ts';
import type { PlatformRegistry, PlatformStatus } from '../../integrations/registry.ts';
import { AppError } from '../../kernel/errors.ts';
import type { PlatformSettings } from './schema.ts';

/** What an agency set for a platform; what it never touched has the product's defaults. */
export interface FetchSettings {
  /** null: the platform's own. */
  restatementDays: number | null;
  isIntraday: boolean;
  backfillMonths: number;
  version: number;
}

export const DEFAULT_FETCH_SETTINGS: FetchSettings = {
  restatementDays: null,
  isIntraday: true,
  backfillMonths: 37,
  version: 1,
};

/** The agency's settings by platform; a platform that is not there has the defaults. */
export async function readFetchSettings(tx: TenantTx): Promise<Map<AdPlatform, FetchSettings>> {
  const rows = await tx
    .selectFrom('platform_settings')
    .select(['platform', 'restatement_days', 'is_intraday', 'backfill_months', 'version'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.platform,
      {
        restatementDays: row.restatement_days,
        isIntraday: row.is_intraday,
        backfillMonths: row.backfill_months,
        version: row.version,
      },
    ]),
  );
}

export async function readFetchSettingsOf(tx: TenantTx, platform: AdPlatform): Promise<FetchSettings> {
  return (await readFetchSettings(tx)).get(platform) ?? DEFAULT_FETCH_SETTINGS;
}

/** The settings of every platform of the product, on or off. */
export async function listPlatformSettings(
  tx: TenantTx,
  platforms: PlatformRegistry,
): Promise<PlatformSettings[]> {
  const set = await readFetchSettings(tx);
  return platforms
    .list()
    .map((platform) => toSettings(platform, set.get(platform.id) ?? DEFAULT_FETCH_SETTINGS));
}

/** Errors: `unprocessable` where the product does not know the platform yet. */
export async function getPlatformSettings(
  tx: TenantTx,
  platforms: PlatformRegistry,
  platform: AdPlatform,
): Promise<PlatformSettings> {
  const found = (await listPlatformSettings(tx, platforms)).find((item) => item.platform === platform);
  if (!found)
    throw new AppError('unprocessable', `${platform} is not synced: its figures come from files alone.`);
  return found;
}

function toSettings(platform: PlatformStatus, set: FetchSettings): PlatformSettings {
  return {
    platform: platform.id,
    name: platform.name,
    isOn: platform.isOn,
    restatementDays: set.restatementDays ?? platform.restatementDays,
    ownRestatementDays: platform.restatementDays,
    isRestatementSet: set.restatementDays !== null,
    isIntraday: set.isIntraday,
    backfillMonths: Math.min(set.backfillMonths, platform.maxHistoryMonths),
    maxHistoryMonths: platform.maxHistoryMonths,
    version: set.version,
  };
}
