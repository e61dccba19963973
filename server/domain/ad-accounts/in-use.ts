import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getAdAccount } from './queries.ts';
import type { AdAccount, SkippedAccount } from './schema.ts';

interface Use {
  adAccountId: string;
  /** false takes it out of use: it leaves the lists, nothing is fetched for it any more, and its figures stay. */
  isActive: boolean;
  expectedVersion?: number | undefined;
  now: Date;
}

/** Takes an account out of use, or back into it. Errors: `not_found`; `invalid` of a manager; `precondition`. */
export async function setInUse(tx: TenantTx, principal: Principal, use: Use): Promise<AdAccount> {
  const { adAccountId, isActive, now } = use;
  const before = await tx
    .selectFrom('ad_accounts')
    .selectAll()
    .where('id', '=', adAccountId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound('ad account');
  requireVersion(before.version, use.expectedVersion);
  if (before.is_manager)
    throw invalidField('adAccountId', 'A manager leaves with the last ad account below it.');
  const changes = changesBetween(before, { is_active: isActive });
  if (Object.keys(changes).length > 0) {
    await tx.updateTable('ad_accounts').set({ is_active: isActive }).where('id', '=', adAccountId).execute();
    if (!isActive) await endRuns(tx, adAccountId);
    await recordActivities(tx, principal, [
      {
        type: 'AD_ACCOUNT_UPDATED',
        description: `Ad account ${before.name} taken ${isActive ? 'back into' : 'out of'} use`,
        metadata: { adAccountId, changes },
        brandId: before.brand_id,
      },
    ]);
  }
  return getAdAccount(tx, adAccountId, now);
}

/** A run in flight loses its fence with its status: what it still fetches is not written. */
async function endRuns(tx: TenantTx, adAccountId: string): Promise<void> {
  await tx
    .updateTable('sync_runs')
    .set({
      status: 'ERROR',
      error: 'This ad account was taken out of use.',
      error_code: 'inactive',
      finished_at: new Date(),
    })
    .where('ad_account_id', '=', adAccountId)
    .where('status', 'in', ['PENDING', 'SYNCING'])
    .execute();
}

/**
 * Does the same to several accounts, one after the other. One whose state forbids it is left out with the reason; any
 * other refusal undoes all. Errors: those of `change` but `conflict`.
 */
export async function changeMany(
  tx: TenantTx,
  adAccountIds: readonly string[],
  change: (adAccountId: string) => Promise<unknown>,
): Promise<{ doneCount: number; skipped: SkippedAccount[] }> {
  const skipped: SkippedAccount[] = [];
  const ids = [...new Set(adAccountIds)];
  for (const adAccountId of ids) {
    try {
      await change(adAccountId);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      skipped.push({ adAccountId, name: await nameOf(tx, adAccountId), reason: error.message });
    }
  }
  return { doneCount: ids.length - skipped.length, skipped };
}

async function nameOf(tx: TenantTx, adAccountId: string): Promise<string> {
  const row = await tx
    .selectFrom('ad_accounts')
    .select('name')
    .where('id', '=', adAccountId)
    .executeTakeFirst();
  return row?.name ?? adAccountId;
}
