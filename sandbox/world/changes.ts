import { type Campaign } from './campaigns.ts';
import { dayOf, localMoment } from './calendar.ts';
import { type WorldPlatform } from './platforms.ts';

/** What a change of the past is aimed at. Nothing named means anything. */
export interface Target {
  days: readonly { from: number; to: number }[];
  ids: ReadonlySet<string>;
}

/** A change made to the world by hand, dated, so that looking back before it shows the old figures. */
export interface WorldChange {
  platform: WorldPlatform;
  kind: 'restate_days' | 'drop_campaign';
  at: Date;
  target: Target;
}

/**
 * Reads `2026-05-01`, `2026-05-01..2026-05-07`, campaign ids and ad account ids (with or without `act_`), separated
 * by commas. Answers undefined when a part is none of these.
 */
export function parseTarget(text: string): Target | undefined {
  const days: { from: number; to: number }[] = [];
  const ids = new Set<string>();
  for (const part of text.split(',').map((word) => word.trim())) {
    if (/^(act_)?\d{5,}$/.test(part)) {
      ids.add(part.replace(/^act_/, ''));
      continue;
    }
    const [first = '', last = first] = part.split('..');
    const from = dayOf(first);
    const to = dayOf(last);
    if (from === undefined || to === undefined || to < from) return undefined;
    days.push({ from, to });
  }
  return { days, ids };
}

function aimsAt({ platform, target }: WorldChange, campaign: Campaign): boolean {
  if (campaign.account.platform !== platform) return false;
  return target.ids.size === 0 || target.ids.has(campaign.id) || target.ids.has(campaign.account.accountId);
}

/** How far back a restatement reaches that names no days. */
const RECENT_DAYS = 28;

/** The changes that were made by a moment. */
export function changesBy(changes: readonly WorldChange[], asOf: Date): readonly WorldChange[] {
  return changes.filter((change) => change.at <= asOf);
}

/** How often a campaign's day was restated by hand; without days named, the last 28 at the time are meant. */
export function restatementsOf(changes: readonly WorldChange[], campaign: Campaign, day: number): number {
  let count = 0;
  for (const change of changes) {
    const { kind, at, target } = change;
    if (kind !== 'restate_days' || !aimsAt(change, campaign)) continue;
    if (target.days.length > 0) {
      if (target.days.some(({ from, to }) => day >= from && day <= to)) count += 1;
      continue;
    }
    const { day: today } = localMoment(campaign.account.timeZone, at);
    if (day <= today && day > today - RECENT_DAYS) count += 1;
  }
  return count;
}

/** Whether a campaign was taken away by hand; without ids named, the first of every account is meant. */
export function isDropped(
  changes: readonly WorldChange[],
  campaign: Campaign,
  first: Campaign | undefined,
): boolean {
  return changes.some((change) => {
    if (change.kind !== 'drop_campaign' || !aimsAt(change, campaign)) return false;
    return change.target.ids.size > 0 || campaign === first;
  });
}
