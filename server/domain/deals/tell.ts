import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import type { Deal } from './schema.ts';

/** Records what happened to a deal, on its own timeline and on those of its company and contact. */
export function tellOfDeal(
  tx: TenantTx,
  principal: Principal,
  deal: Pick<Deal, 'id' | 'companyId' | 'contactId' | 'brandId'>,
  entries: readonly Pick<ActivityEntry, 'type' | 'description' | 'metadata'>[],
): Promise<void> {
  const { id: dealId, companyId, contactId, brandId } = deal;
  return recordActivities(
    tx,
    principal,
    entries.map((entry) => ({ ...entry, dealId, companyId, contactId, brandId })),
  );
}
