import type {
  Access,
  AccountDay,
  CampaignListing,
  DailyMetric,
  DayRange,
  ReportKeeper,
} from '../../integrations/ad-platform.ts';
import { contractError, PlatformError } from '../../integrations/errors.ts';
import type { SyncSubject } from './account.ts';
import type { FetchedReach } from './reach.ts';
import type { MetricsStage } from './stage.ts';

export async function fetchListings(
  { platform, account }: SyncSubject,
  access: Access,
): Promise<CampaignListing[]> {
  const listings: CampaignListing[] = [];
  for await (const page of platform.listCampaigns(access, account)) listings.push(...page);
  return listings;
}

interface StageRequest {
  access: Access;
  range: DayRange;
  report: ReportKeeper;
  stage: MetricsStage;
}

/**
 * Walks every page of a range into the stage, or throws: half a range must never replace a whole one. Answers how many
 * rows the platform sent. Errors: PlatformError.
 */
export async function fetchIntoStage(
  { platform, account }: SyncSubject,
  { access, range, report, stage }: StageRequest,
): Promise<number> {
  let read = 0;
  for await (const page of platform.dailyMetrics(access, account, { range, report })) {
    access.signal?.throwIfAborted();
    for (const row of page) requireFitting(row, { platform, account, range });
    read += page.length;
    await stage.add(page);
  }
  await stage.finish();
  return read;
}

function requireFitting(
  row: DailyMetric,
  { platform, account, range }: Pick<SyncSubject, 'platform' | 'account'> & { range: DayRange },
): void {
  if (row.date < range.from || row.date > range.to)
    throw contractError(platform.name, 'date', `${row.date} is outside of what was asked for`);
  if (row.currency === account.currency) return;
  throw new PlatformError({
    kind: 'stop',
    code: 'basis_changed',
    message: `${platform.name} reports this account in ${row.currency} now and no longer in ${account.currency}. Figures of two currencies must not mix, so nothing was stored.`,
  });
}

/** What a question beside the figures brought: its answer, or why there is none. */
export type Aside<T> = { answer: T } | { why: string };

/**
 * Asks what the figures do not hang on: where the platform cannot say, they are stored without it. A dead grant, an
 * access that is being renewed and whatever is not the platform's doing stop the run as ever.
 */
export async function askAside<T>(ask: () => Promise<T>): Promise<Aside<T>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'reauthorize') throw error;
    return { why: error.message };
  }
}

/** The account's own totals of a range, by day. */
export async function fetchAccountDays(
  { platform, account }: SyncSubject,
  access: Access,
  range: DayRange,
): Promise<AccountDay[]> {
  const days: AccountDay[] = [];
  for await (const page of platform.accountDays(access, account, range)) days.push(...page);
  return days;
}

/** Reach as the platform gives it for each of these periods. Errors: PlatformError. */
export async function fetchReaches(
  { platform, account }: SyncSubject,
  access: Access,
  periods: readonly DayRange[],
): Promise<FetchedReach[]> {
  const reaches: FetchedReach[] = [];
  for (const period of periods)
    reaches.push({ period, entries: await platform.periodReach(access, account, period) });
  return reaches;
}
