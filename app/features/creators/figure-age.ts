import type { CreatorAccount } from '../../../server/domain/creators/schema.ts';

const DAY_MS = 86_400_000;

/** From here on a figure is marked as old: audiences and rates move within a month. */
export const STALE_DAYS = 30;

export interface FigureAge {
  /** When the oldest of the figures was true. */
  at: string;
  isStale: boolean;
}

/** A total is as old as the oldest account in it. Null where no account tells a figure. */
export function ageOf(
  accounts: readonly Pick<CreatorAccount, 'figuresAt' | 'followers' | 'engagementRate'>[],
  now: string,
): FigureAge | null {
  const moments = accounts.flatMap(({ figuresAt, followers, engagementRate }) =>
    figuresAt !== null && (followers !== null || engagementRate !== null) ? [figuresAt] : [],
  );
  const [at] = moments.sort();
  return at === undefined ? null : { at, isStale: isStale(at, now) };
}

export function isStale(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) > STALE_DAYS * DAY_MS;
}
