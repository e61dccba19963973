import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { day, id, listInput, pageOf } from '../records/schema.ts';

export const syncStatuses = ['PENDING', 'SYNCING', 'SUCCESS', 'ERROR', 'PAUSED'] as const;
export const syncTriggers = ['CONNECT', 'SCHEDULE', 'MANUAL'] as const;
export const syncWorks = ['DAILY', 'INTRADAY', 'RANGE', 'BACKFILL'] as const;
export const dayStates = ['partial', 'settling', 'final', 'stale'] as const;
export const syncOutcomes = ['DONE', 'FAILED', 'RETRIED', 'WAITED', 'YIELDED', 'STOPPED', 'LOST'] as const;
/** What has ended, and what is under way: at work, or begun and waiting for its next try. */
export const syncPhases = ['running', 'ended'] as const;

const { cursor, limit } = listInput;

export const syncRun = z.object({
  id: z.string(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.enum(adPlatforms),
  trigger: z.enum(syncTriggers),
  /** Every day that may still change, today alone, a range that somebody asked for, or the past. */
  work: z.enum(syncWorks),
  /** PAUSED: somebody stopped it; what came in stays, and it can go on. */
  status: z.enum(syncStatuses),
  /** Business days of the account's own zone; null until the run has begun. */
  windowStart: z.string().nullable(),
  windowEnd: z.string().nullable(),
  /** The ranges that its days are cut into, and how many of them came in. */
  slicesTotal: z.number().int(),
  slicesDone: z.number().int(),
  /** The file that its figures came in by; null for what was asked of the platform. */
  importId: z.string().nullable(),
  requestedById: z.string().nullable(),
  requestedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** When it is tried again, where the platform made it wait. */
  nextAttemptAt: z.string().nullable(),
  /** Somebody stopped it; until it has reached its next safe point it is still SYNCING. */
  stopRequestedAt: z.string().nullable(),
  stoppedById: z.string().nullable(),
  attempt: z.number().int(),
  /** Attempts that failed. */
  retries: z.number().int(),
  /** Calls that were made again within an attempt: after a failure, or a pause that the platform asked for. */
  repeats: z.number().int(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int(),
  /** Rows that said something else before; what they said is kept as revisions. */
  rowsRestated: z.number().int(),
  rowsRemoved: z.number().int(),
  /** How often the platform was called. */
  calls: z.number().int(),
  /** Days whose campaigns were held against the account's own total, and those on which the two differ. */
  daysChecked: z.number().int(),
  daysDiffering: z.number().int(),
  /** What a run that succeeded had to leave out. */
  note: z.string().nullable(),
  /** What happened and what to do, in plain words. */
  error: z.string().nullable(),
  errorCode: z.string().nullable(),
  platformMessage: z.string().nullable(),
});
export type SyncRun = z.infer<typeof syncRun>;

/** A range of days that is fetched whole and replaced whole. */
export const syncSlice = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  isDone: z.boolean(),
  /** The platform works on a report of these days. */
  hasReport: z.boolean(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int(),
  rowsRestated: z.number().int(),
  rowsRemoved: z.number().int(),
  fetchedAt: z.string().nullable(),
  storedAt: z.string().nullable(),
});
export type SyncSlice = z.infer<typeof syncSlice>;

/** One try of a run. */
export const syncAttempt = z.object({
  attempt: z.number().int(),
  startedAt: z.string(),
  /** null: it is at work. */
  endedAt: z.string().nullable(),
  /** WAITED: the platform or a limit made it wait. YIELDED: it made room. LOST: its worker fell silent. */
  outcome: z.enum(syncOutcomes).nullable(),
  /** How many slices of the run were in when it ended. */
  slicesDone: z.number().int(),
  error: z.string().nullable(),
  errorCode: z.string().nullable(),
  platformMessage: z.string().nullable(),
});
export type SyncAttempt = z.infer<typeof syncAttempt>;

/** A day on which the platform's total of an account is not the sum of its campaigns. Money in `currency`, exact. */
export const syncDifference = z.object({
  date: z.string(),
  currency: z.string(),
  accountSpend: z.string(),
  campaignSpend: z.string(),
  accountImpressions: z.number().int(),
  campaignImpressions: z.number().int(),
  checkedAt: z.string(),
});
export type SyncDifference = z.infer<typeof syncDifference>;

/** What an error's code means and what to do, in plain words. */
export const errorMeaning = z.object({
  what: z.string(),
  whatToDo: z.string(),
  /** Where that is done: connect again, the installation's settings, a shorter range. */
  help: z.enum(['reconnect', 'settings', 'range']).optional(),
});
export type ErrorMeaning = z.infer<typeof errorMeaning>;

export const syncRunDetail = syncRun.extend({
  /** IANA; the run's days are of this zone. */
  timeZone: z.string(),
  /** Newest first. */
  slices: z.array(syncSlice),
  /** Newest first, at most fifty; none of runs from before they were written down. */
  attempts: z.array(syncAttempt),
  /** Of the account, in the run's days, newest first. */
  differences: z.array(syncDifference),
  /** null where there is no error, or nothing more to say than it does itself. */
  meaning: errorMeaning.nullable(),
});
export type SyncRunDetail = z.infer<typeof syncRunDetail>;

const restatedFigures = z.object({
  spend: z.string(),
  impressions: z.number().int(),
  clicks: z.number().int(),
  /** null: the platform or the file did not tell. */
  conversions: z.string().nullable(),
  conversionValue: z.string().nullable(),
});

/** A campaign's day that a run found changed. Money and conversions are exact decimals, in `currency`. */
export const restatement = z.object({
  platformCampaignId: z.string(),
  campaignName: z.string(),
  date: z.string(),
  currency: z.string(),
  before: restatedFigures,
  /** null: the day is gone. */
  after: restatedFigures.nullable(),
});
export type Restatement = z.infer<typeof restatement>;

export const syncRestatements = z.object({ items: z.array(restatement), total: z.number().int() });
export type SyncRestatements = z.infer<typeof syncRestatements>;

export const syncRunRef = z.strictObject({ syncRunId: id });

export const listSyncRunsInput = z.strictObject({
  adAccountId: id.optional(),
  platform: z.enum(adPlatforms).optional(),
  status: z.enum(syncStatuses).optional(),
  work: z.enum(syncWorks).optional(),
  phase: z.enum(syncPhases).optional(),
  cursor,
  limit,
  /** By when they ended leaves out what has not. */
  sort: z.enum(['-requestedAt', 'requestedAt', '-finishedAt']).default('-requestedAt'),
});
export type ListSyncRunsInput = z.infer<typeof listSyncRunsInput>;

export const syncRunPage = pageOf(syncRun);

export const upcomingInput = z.strictObject({
  adAccountId: id.optional(),
  platform: z.enum(adPlatforms).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type UpcomingInput = z.infer<typeof upcomingInput>;

/** What runs next of an account. */
export const upcomingSync = z.object({
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.enum(adPlatforms),
  timeZone: z.string(),
  work: z.enum(syncWorks),
  /** Not before this. */
  at: z.string(),
  /** The run that waits for it; null where the schedule will ask for one. */
  syncRunId: z.string().nullable(),
});
export type UpcomingSync = z.infer<typeof upcomingSync>;

export const upcomingSyncs = z.object({ items: z.array(upcomingSync) });

/** A platform that nobody asks anything until `until`. */
export const restingPlatform = z.object({
  platform: z.enum(adPlatforms),
  until: z.string(),
  /** `pause`: the platform asked for it. `circuit`: it failed five times in a row. */
  reason: z.enum(['pause', 'circuit']),
});

/** How the syncs of an agency stand right now, small enough to be asked for every few seconds. */
export const syncOverview = z.object({
  /** Those at work first, at most fifty; `runningCount` counts all. */
  running: z.array(syncRun),
  runningCount: z.number().int(),
  /** Asked for and not begun. */
  waitingCount: z.number().int(),
  /** What ended within the last 24 hours. */
  lastDay: z.object({
    succeeded: z.number().int(),
    failed: z.number().int(),
    stopped: z.number().int(),
  }),
  /** Accounts whose figures do not cover what they should by now, and those whose syncing somebody paused. */
  lateCount: z.number().int(),
  pausedCount: z.number().int(),
  resting: z.array(restingPlatform),
});
export type SyncOverview = z.infer<typeof syncOverview>;

export const syncChoice = z.object({
  adAccountId: z.string(),
  name: z.string(),
  platform: z.enum(adPlatforms),
  /** It is connected and nobody paused it. */
  isSyncable: z.boolean(),
});
export type SyncChoice = z.infer<typeof syncChoice>;

export const syncChoices = z.object({ items: z.array(syncChoice) });

export const syncAccountRef = z.strictObject({ adAccountId: id });

/** Which days of an account can be asked for, in its own time zone. */
export const rangeLimits = z.object({
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.enum(adPlatforms),
  timeZone: z.string(),
  oldest: z.string(),
  today: z.string(),
});
export type RangeLimits = z.infer<typeof rangeLimits>;

const range = { adAccountId: id, from: day, to: day };

export const requestRangeInput = z.strictObject(range).refine(({ from, to }) => from <= to, {
  path: ['to'],
  message: 'The last day is before the first one.',
});
export type RequestRangeInput = z.infer<typeof requestRangeInput>;

export const requestBackfillInput = z.strictObject({ adAccountId: id });

export const listDaysInput = z.strictObject(range).refine(({ from, to }) => from <= to, {
  path: ['to'],
  message: 'The last day is before the first one.',
});
export type ListDaysInput = z.infer<typeof listDaysInput>;

/** How far the figures of a day may be trusted: see `dayState` in rules.ts. */
export const accountDayState = z.object({
  date: z.string(),
  state: z.enum(dayStates),
  /** When it was last read whole; null where it never was. */
  readAt: z.string().nullable(),
  /** null where the account's total is the sum of its campaigns, or was not asked for. */
  difference: syncDifference.nullable(),
});
export type AccountDayState = z.infer<typeof accountDayState>;

export const accountDayStates = z.object({ timeZone: z.string(), days: z.array(accountDayState) });
export type AccountDayStates = z.infer<typeof accountDayStates>;
