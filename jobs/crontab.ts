import { type ParsedCronItem, parseCronItems } from 'graphile-worker';

/**
 * What wakes by the clock, in UTC. Nothing here decides what is due in an agency's own time zone: the tasks do, from
 * stored slots, so a tick that is missed costs nothing.
 */
export function cronItems(): ParsedCronItem[] {
  const once = (jobKey: string) => ({ backfillPeriod: 0, jobKey, maxAttempts: 3 });
  return parseCronItems([
    { task: 'schedule-syncs', match: '*/5 * * * *', options: once('schedule-syncs') },
    // A connection is due once a day; looking every hour lets one that failed come again.
    { task: 'schedule-discoveries', match: '25 * * * *', options: once('schedule-discoveries') },
    // The ECB publishes about 16:00 Central European Time, in summer and winter.
    { task: 'fetch-rates', match: '20 15,17 * * *', options: once('fetch-rates') },
    // Each agency's people are told from seven in the morning by its own clock; looking again tells nothing twice.
    { task: 'watch-contracts', match: '10 * * * *', options: once('watch-contracts') },
    // Each campaign moves on its agency's own day; looking again moves nothing twice.
    { task: 'move-campaigns', match: '*/10 * * * *', options: once('move-campaigns') },
    { task: 'remind-tasks', match: '* * * * *', options: once('remind-tasks') },
    { task: 'sweep-webhooks', match: '* * * * *', options: once('sweep-webhooks') },
    // What webhooks missed is asked for by the hour, beside the hour's other work.
    { task: 'schedule-lead-fetches', match: '10 * * * *', options: once('schedule-lead-fetches') },
    // An account is due once a day, from when it was connected on; stories within campaigns by the hour.
    { task: 'poll-creators', match: '*/5 * * * *', options: once('poll-creators') },
    { task: 'watch-creator-webhooks', match: '50 * * * *', options: once('watch-creator-webhooks') },
    { task: 'thin-content-snapshots', match: '50 3 * * *', options: once('thin-content-snapshots') },
    { task: 'clean-up', match: '40 * * * *', options: once('clean-up') },
  ]);
}
