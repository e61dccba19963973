import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';

/**
 * Brings an account's sync status in line with its runs once one of them ended without a verdict of its own: what still
 * works or waits, else how the last sync ended. Backfills do not count: the past says nothing of how fresh it is.
 */
export async function settleAccountStatus(tx: TenantTx, adAccountId: string): Promise<void> {
  const hasRun = (status: 'SYNCING' | 'PENDING') => sql`exists (
    select from sync_runs r where r.organization_id = ad_accounts.organization_id and r.ad_account_id = ad_accounts.id
       and r.status = ${status}::sync_status and r.work <> 'BACKFILL')`;
  await tx
    .updateTable('ad_accounts')
    .set({
      updated_at: sql`now()`,
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status
        when ${hasRun('SYNCING')} then 'SYNCING' when ${hasRun('PENDING')} then 'PENDING'
        when sync_error is not null then 'ERROR' when last_synced_at is null and newest_business_date is null then 'PENDING' else 'SUCCESS' end`,
    })
    .where('id', '=', adAccountId)
    .execute();
}
