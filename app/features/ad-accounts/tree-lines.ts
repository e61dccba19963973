import type { AccountSpend, AdAccountNode } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { needsAttention } from './attention.ts';

/** What the list narrows accounts to, beside what its procedure does. */
const treeStates = ['attention', 'syncing', 'paused'] as const;
export type TreeState = (typeof treeStates)[number];

export const treeStateLabels = {
  attention: 'Needs attention',
  syncing: 'Syncing or waiting',
  paused: 'Paused',
} as const satisfies Record<TreeState, string>;

export function readTreeState(value: string | null): TreeState | null {
  return treeStates.find((state) => state === value) ?? null;
}

/** Of an account's facts those that a line shows: a list of hundreds travels twice, as markup and as data. */
const shown = [
  ...(['id', 'platform', 'nativeId', 'name', 'currency', 'timeZone', 'today', 'isManager', 'depth'] as const),
  ...(['nativeStatus', 'vanishedAt', 'brandId', 'brandIds', 'source', 'isSandbox'] as const),
  ...(['connectionId', 'connectionState', 'grantedBy', 'grantExpiresAt'] as const),
  ...(['syncStatus', 'syncError', 'lastSyncedAt', 'newestBusinessDate', 'isLate'] as const),
  ...(['dailyLimit', 'monthlyLimit'] as const),
];

/** A line as the page draws it. */
export interface TreeLine extends Pick<AdAccountNode, (typeof shown)[number]> {
  /** Ad accounts below a manager, and those of them that need attention. */
  accountCount: number;
  attentionCount: number;
  needsAttention: boolean;
  /** "14:05" on the account's own clock; null where the zone is not known. */
  localTime: string | null;
  spend: Pick<AccountSpend, 'today' | 'month' | 'isWhole'> | null;
}

export interface LineContext {
  spend: readonly AccountSpend[];
  state: TreeState | null;
  now: string;
}

/** The lines of a tree, narrowed to a state; managers stay where an account below them does. */
export function toTreeLines(nodes: readonly AdAccountNode[], { spend, state, now }: LineContext): TreeLine[] {
  const spent = new Map(spend.map((line) => [line.adAccountId, line]));
  const lines: TreeLine[] = [];
  /** The managers above the line at hand, by their depth. */
  const above: TreeLine[] = [];
  for (const node of nodes) {
    above.length = Math.min(above.length, node.depth);
    const line = toLine(node, spent.get(node.id) ?? null, now);
    if (node.isManager) above[node.depth] = line;
    else if (!isIn(line, state)) continue;
    for (const manager of node.isManager ? [] : above) {
      manager.accountCount += 1;
      if (line.needsAttention) manager.attentionCount += 1;
    }
    lines.push(line);
  }
  return lines.filter(({ isManager, accountCount }) => !isManager || accountCount > 0);
}

function toLine(node: AdAccountNode, spend: AccountSpend | null, now: string): TreeLine {
  const facts = Object.fromEntries(shown.map((name) => [name, node[name]])) as Pick<
    AdAccountNode,
    (typeof shown)[number]
  >;
  return {
    ...facts,
    accountCount: 0,
    attentionCount: 0,
    needsAttention: !node.isManager && needsAttention(node, now),
    localTime: localTime(now, node.timeZone),
    spend: spend && { today: spend.today, month: spend.month, isWhole: spend.isWhole },
  };
}

function isIn(line: TreeLine, state: TreeState | null): boolean {
  if (state === null) return true;
  if (state === 'attention') return line.needsAttention;
  if (state === 'paused') return line.syncStatus === 'PAUSED';
  return line.syncStatus === 'SYNCING' || line.syncStatus === 'PENDING';
}

/** The time of day in a zone, or null where this machine knows no such zone. */
export function localTime(now: string, timeZone: string): string | null {
  try {
    return formatDateTime(now, timeZone).slice(-5);
  } catch {
    return null;
  }
}

/** The managers that an address has closed. */
export const CLOSED = 'closed';

export function readClosed(search: URLSearchParams): ReadonlySet<string> {
  return new Set((search.get(CLOSED) ?? '').split(',').filter(Boolean));
}

/** The same address with a manager closed, or open again. */
export function foldHref(search: URLSearchParams, adAccountId: string): string {
  const closed = new Set(readClosed(search));
  if (!closed.delete(adAccountId)) closed.add(adAccountId);
  const next = new URLSearchParams(search);
  next.delete(CLOSED);
  if (closed.size > 0) next.set(CLOSED, [...closed].join(','));
  return `?${next.toString()}`;
}

/** The lines that are not below a closed manager. */
export function openLines<T extends Pick<TreeLine, 'id' | 'depth'>>(
  lines: readonly T[],
  closed: ReadonlySet<string>,
): T[] {
  let below = Number.POSITIVE_INFINITY;
  return lines.filter(({ id, depth }) => {
    if (depth > below) return false;
    below = closed.has(id) ? depth : Number.POSITIVE_INFINITY;
    return true;
  });
}
