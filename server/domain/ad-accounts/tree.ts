import type { TenantTx } from '../../../db/tenant.ts';
import { listForTree } from './queries.ts';
import { idPart } from './rules.ts';
import type { AdAccount, AdAccountNode, AdAccountTree, TreeInput } from './schema.ts';

/**
 * Ad accounts below their managers, as the platforms have them. What is asked for narrows the accounts; managers stay
 * where one below them does. `now` decides an account's today.
 */
export async function getAdAccountTree(tx: TenantTx, input: TreeInput, now: Date): Promise<AdAccountTree> {
  return toTree(await listForTree(tx, now), input);
}

/** Pure. The order among siblings is that of `accounts`. A parent that isn't there, or that is its own, is none. */
export function toTree(accounts: readonly AdAccount[], input: TreeInput): AdAccountTree {
  const known = new Map(accounts.map((account) => [account.id, account]));
  const below = new Map<string | null, AdAccount[]>();
  for (const account of accounts) {
    const parentId = isReachable(account, known) ? account.parentId : null;
    const siblings = below.get(parentId);
    if (siblings) siblings.push(account);
    else below.set(parentId, [account]);
  }
  const lines = (below.get(null) ?? []).map((account) =>
    branch(account, { below, input, isNamed: false, depth: 0 }),
  );
  const nodes = lines.flat();
  return { nodes, accountCount: nodes.filter(({ isManager }) => !isManager).length };
}

interface Place {
  below: ReadonlyMap<string | null, AdAccount[]>;
  input: TreeInput;
  /** A manager above it is what was searched for, and so is all that it holds. */
  isNamed: boolean;
  depth: number;
}

/** The lines of one account and of all below it; none where nothing of it is asked for. */
function branch(account: AdAccount, place: Place): AdAccountNode[] {
  const { below, input, depth } = place;
  const isNamed = place.isNamed || isSearched(account, input.q);
  if (!account.isManager)
    return isNamed && isAskedFor(account, input)
      ? [{ ...account, depth, childCount: 0, accountCount: 0 }]
      : [];
  const children = (below.get(account.id) ?? [])
    .map((child) => branch(child, { below, input, isNamed, depth: depth + 1 }))
    .filter((lines) => lines.length > 0);
  const lines = children.flat();
  if (lines.length === 0) return [];
  const accountCount = lines.filter(({ isManager }) => !isManager).length;
  return [{ ...account, depth, childCount: children.length, accountCount }, ...lines];
}

function isSearched({ name, nativeId }: AdAccount, q: string | undefined): boolean {
  if (q === undefined || q.trim() === '') return true;
  const wanted = q.trim().toLowerCase();
  const part = idPart(wanted);
  return name.toLowerCase().includes(wanted) || (part !== null && nativeId.toLowerCase().includes(part));
}

function isAskedFor(account: AdAccount, { platform, brandId, connectionId }: TreeInput): boolean {
  return (
    (platform === undefined || account.platform === platform) &&
    (brandId === undefined || account.brandId === brandId || account.brandIds.includes(brandId)) &&
    (connectionId === undefined || account.connectionId === connectionId)
  );
}

/** Whether the way up from it ends at the top; a platform that lists a ring would hide all of it. */
function isReachable(account: AdAccount, known: ReadonlyMap<string, AdAccount>): boolean {
  const seen = new Set<string>([account.id]);
  let parent = known.get(account.parentId ?? '');
  if (!parent) return false;
  while (parent) {
    if (seen.has(parent.id)) return false;
    seen.add(parent.id);
    parent = known.get(parent.parentId ?? '');
  }
  return true;
}
