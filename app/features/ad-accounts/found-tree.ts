import type { FoundAccount } from '../../../server/domain/ad-accounts/schema.ts';

type Listed = Pick<FoundAccount, 'nativeId' | 'name' | 'parentNativeId' | 'isManager'>;

/** A line of what a connection shows: a manager as a heading, or an ad account. */
export interface FoundLine<T extends Listed> {
  account: T;
  /** 0 at the top. */
  depth: number;
  /** The native ids of the ad accounts below a manager. */
  below: string[];
}

/**
 * What a connection shows, each below its manager, in the order given. A search keeps the accounts that it meets by
 * name or id, with the managers above them; a manager that it meets keeps all that it holds. Managers of nothing are
 * left out.
 */
export function toFoundLines<T extends Listed>(accounts: readonly T[], q: string): FoundLine<T>[] {
  const managers = new Map(accounts.filter(({ isManager }) => isManager).map((one) => [one.nativeId, one]));
  const below = new Map<string | null, T[]>();
  for (const account of accounts) {
    const parentId = leadsToTop(account, managers) ? account.parentNativeId : null;
    const siblings = below.get(parentId);
    if (siblings) siblings.push(account);
    else below.set(parentId, [account]);
  }
  const wanted = q.trim().toLowerCase();
  return (below.get(null) ?? []).flatMap((account) => linesOf(account, { below, wanted, depth: 0 }));
}

interface Place<T> {
  below: ReadonlyMap<string | null, T[]>;
  /** In lower case; empty keeps all. */
  wanted: string;
  depth: number;
}

function linesOf<T extends Listed>(account: T, { below, wanted, depth }: Place<T>): FoundLine<T>[] {
  const isMet = [account.name, account.nativeId].some((text) => text.toLowerCase().includes(wanted));
  if (!account.isManager) return isMet ? [{ account, depth, below: [] }] : [];
  const place = { below, wanted: isMet ? '' : wanted, depth: depth + 1 };
  const lines = (below.get(account.nativeId) ?? []).flatMap((child) => linesOf(child, place));
  if (lines.length === 0) return [];
  const held = lines.filter((line) => !line.account.isManager).map((line) => line.account.nativeId);
  return [{ account, depth, below: held }, ...lines];
}

/** False where no listed manager is above it, or managers stand in a ring. */
function leadsToTop<T extends Listed>(account: T, managers: ReadonlyMap<string, T>): boolean {
  const seen = new Set([account.nativeId]);
  let above = managers.get(account.parentNativeId ?? '');
  if (!above) return false;
  for (; above; above = managers.get(above.parentNativeId ?? '')) {
    if (seen.has(above.nativeId)) return false;
    seen.add(above.nativeId);
  }
  return true;
}
