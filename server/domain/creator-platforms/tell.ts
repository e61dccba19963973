import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { networks } from './networks.ts';

export interface ToldAccount {
  id: string;
  creator_id: string;
  platform: SocialPlatform;
  handle: string;
}

/** An account as people call it: Instagram @noor.cooks. */
export function accountName({ platform, handle }: Pick<ToldAccount, 'platform' | 'handle'>): string {
  return `${networks[platform].label} @${handle}`;
}

/** Tells the creator's and the contact's one timeline of what became of an account. */
export async function tellOfAccount(
  tx: TenantTx,
  principal: Principal,
  { account, type, what, metadata = {} }: AccountNews,
): Promise<void> {
  const creator = await tx
    .selectFrom('creators')
    .select('contact_id')
    .where('id', '=', account.creator_id)
    .executeTakeFirst();
  await recordActivities(tx, principal, [
    {
      type,
      description: `${accountName(account)} ${what}`,
      metadata: { ...metadata, creatorPlatformId: account.id, platform: account.platform },
      creatorId: account.creator_id,
      contactId: creator?.contact_id ?? null,
    },
  ]);
}

interface AccountNews {
  account: ToldAccount;
  type: ActivityType;
  /** What comes behind its name: "connected". */
  what: string;
  metadata?: Record<string, unknown>;
}
