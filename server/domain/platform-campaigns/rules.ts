import type { Principal } from '../../auth/principal.ts';

/** Whose an ad account is. */
export interface AccountOwnership {
  brandId: string | null;
  ownerId: string | null;
  createdById: string | null;
}

/**
 * Whether this principal still sees a platform campaign of the account once no campaign holds it. The policy of
 * platform_campaigns says the same and would refuse the change without a word of why.
 */
export function seesUnattached(principal: Principal, account: AccountOwnership): boolean {
  if (principal.reach === 'all') return true;
  if (account.brandId !== null && principal.brandIds.includes(account.brandId)) return true;
  const isOwn = account.ownerId === principal.userId || account.createdById === principal.userId;
  return principal.reach === 'assigned' && principal.userId !== null && isOwn;
}
