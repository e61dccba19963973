import type { TenantTx } from '../../../db/tenant.ts';
import type { SyncChoice } from './schema.ts';

/** Every ad account whose runs there can be, by name: what a filter or a button of syncs chooses from. */
export async function listSyncChoices(tx: TenantTx): Promise<SyncChoice[]> {
  const rows = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'name', 'platform', 'connection_id', 'sync_status', 'source'])
    .where('is_active', '=', true)
    .where('is_manager', '=', false)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, platform, ...row }) => ({
    adAccountId: id,
    name,
    platform,
    isSyncable: row.connection_id !== null && row.sync_status !== 'PAUSED' && row.source !== 'FILE',
  }));
}
