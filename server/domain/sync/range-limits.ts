import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import type { RangeLimits } from './schema.ts';
import { oldestDay } from './windows.ts';

/**
 * Which days of an account `requestRange` takes. Errors: `not_found`; `conflict` where its figures come in by files, or
 * it has none of its own.
 */
export async function getRangeLimits(
  tx: TenantTx,
  { platforms, now }: { platforms: PlatformRegistry; now: Date },
  adAccountId: string,
): Promise<RangeLimits> {
  const account = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'name', 'platform', 'time_zone', 'is_manager'])
    .where('id', '=', adAccountId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!account) throw notFound('ad account');
  const facts = platforms.list().find(({ id }) => id === account.platform);
  if (!facts || account.is_manager)
    throw new AppError('conflict', 'The figures of this account are not fetched, so no range can be.');
  const today = dayIn(isTimeZone(account.time_zone) ? account.time_zone : 'UTC', now);
  return {
    adAccountId: account.id,
    adAccountName: account.name,
    platform: account.platform,
    timeZone: account.time_zone,
    oldest: oldestDay(facts, today),
    today,
  };
}
