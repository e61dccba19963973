import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';

/** Whose timelines a contract stands on. */
export interface ToldContract {
  creator_id: string;
  brand_id: string | null;
  campaign_id: string | null;
  creator: { contactId: string } | null;
}

interface Entry {
  type: ActivityType;
  /** Without amounts: they stand in the contract alone. */
  description: string;
  metadata?: Record<string, unknown>;
}

/** On the timelines of the creator, their contact and the campaign; for the agency's people of that brand alone. */
export async function tellOfContract(
  tx: TenantTx,
  principal: Principal,
  { contract, entries }: { contract: ToldContract; entries: readonly Entry[] },
): Promise<void> {
  await recordActivities(
    tx,
    principal,
    entries.map((entry) => ({
      ...entry,
      creatorId: contract.creator_id,
      contactId: contract.creator?.contactId ?? null,
      campaignId: contract.campaign_id,
      brandId: contract.brand_id,
      audience: 'AGENCY' as const,
      isBrandOnly: true,
    })),
  );
}
