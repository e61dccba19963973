import type { CampaignListing, DailyMetric, DayRange } from '../../integrations/ad-platform.ts';
import { contractError } from '../../integrations/errors.ts';
import type { SyncSubject } from './account.ts';
import type { FetchedReach } from './reach.ts';

/** A window of an account's figures, complete: whatever is not in it, the platform does not say. */
export interface FetchedSlice {
  window: DayRange;
  rows: DailyMetric[];
  fetchedAt: Date;
}

export async function fetchListings(subject: SyncSubject): Promise<CampaignListing[]> {
  const { platform, access, account } = subject;
  const listings: CampaignListing[] = [];
  for await (const page of platform.listCampaigns(access, account)) listings.push(...page);
  return listings;
}

/** Walks every page of a window, or throws: half a window must never replace a whole one. */
export async function fetchSlice(
  subject: SyncSubject,
  window: DayRange,
  now: () => Date,
): Promise<FetchedSlice> {
  const { platform, access, account } = subject;
  const fetchedAt = now();
  // Lists that move while they are paged can show a row twice; the later is the newer.
  const rows = new Map<string, DailyMetric>();
  for await (const page of platform.dailyMetrics(access, account, { range: window })) {
    for (const row of page) {
      if (row.date < window.from || row.date > window.to)
        throw contractError(platform.name, 'date', `${row.date} is outside of what was asked for`);
      rows.set(`${row.nativeCampaignId} ${row.date}`, row);
    }
  }
  return { window, rows: [...rows.values()], fetchedAt };
}

export async function fetchReaches(
  subject: SyncSubject,
  periods: readonly DayRange[],
): Promise<FetchedReach[]> {
  const { platform, access, account } = subject;
  const reaches: FetchedReach[] = [];
  for (const period of periods) {
    reaches.push({ period, entries: await platform.periodReach(access, account, period) });
  }
  return reaches;
}
