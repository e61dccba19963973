import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import type { RecordExportInput } from './schema.ts';

/** Tells that records left the product as a file: how many, and of which list. The agency alone reads it. */
export async function recordExport(
  tx: TenantTx,
  principal: Principal,
  { noun, count, query }: RecordExportInput,
): Promise<{ count: number }> {
  await recordActivities(tx, principal, [
    {
      type: 'RECORDS_EXPORTED',
      description: `${count} ${noun} exported`,
      metadata: { noun, count, query },
      audience: 'AGENCY',
    },
  ]);
  return { count };
}
