import { EventEmitter } from 'node:events';
import {
  Logger as QueueLogger,
  makeWorkerUtils,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { requireDatabaseUrl } from '../server/kernel/config.ts';
import type { Logger } from '../server/kernel/log.ts';
import { cronItems } from './crontab.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { JobServices } from './services.ts';
import { attributeCampaignTask, attributeContentTask } from './tasks/attribute-contents.ts';
import { cleanUpTask } from './tasks/clean-up.ts';
import { discoverAccountsTask, scheduleDiscoveriesTask } from './tasks/discover-accounts.ts';
import { fetchLeadsTask, scheduleLeadFetchesTask } from './tasks/fetch-leads.ts';
import { fetchRatesTask, requestMissingRates } from './tasks/fetch-rates.ts';
import { handleWebhookTask, routeWebhooksTask, sweepWebhooksTask } from './tasks/handle-webhook.ts';
import { matchPlatformCampaignsTask } from './tasks/match-platform-campaigns.ts';
import { moveCampaignsTask } from './tasks/move-campaigns.ts';
import { pollCreatorsTask } from './tasks/poll-creators.ts';
import { findDisclosuresTask } from './tasks/find-disclosures.ts';
import { keepStoryMediaTask } from './tasks/keep-story-media.ts';
import { remindTasksTask } from './tasks/remind-tasks.ts';
import { revokeConnectionTask } from './tasks/revoke-connection.ts';
import { runImportTask } from './tasks/run-import.ts';
import { scheduleSyncsTask } from './tasks/schedule-syncs.ts';
import { syncAdAccountTask } from './tasks/sync-ad-account.ts';
import { syncCreatorTask } from './tasks/sync-creator.ts';
import { thinContentSnapshotsTask } from './tasks/thin-content-snapshots.ts';
import { watchCreatorWebhooksTask } from './tasks/watch-creator-webhooks.ts';
import { watchContractsTask } from './tasks/watch-contracts.ts';

export interface JobRunner {
  /** Takes no new job, ends the running ones at their next safe point, and answers when all have. */
  stop(): Promise<void>;
  /** Rejects where the queue ends on its own. */
  ended: Promise<void>;
}

const CONCURRENCY = 3;
/** Jobs hear of a stop at once: what they hold is handed back, not waited for. */
const ABORT_AFTER_MS = 50;

/** Starts the workers, their clock and their heartbeat on the jobs' database. */
export async function startJobs(services: JobServices): Promise<JobRunner> {
  const { log, config } = services;
  const connectionString = requireDatabaseUrl(config, 'jobs');
  const logger = queueLogger(log);
  const workerIds = new Set<string>();
  const events = new EventEmitter() as WorkerEvents;
  events.on('worker:create', ({ worker }) => workerIds.add(worker.workerId));
  const utils = await makeWorkerUtils({ connectionString, logger, maxPoolSize: 2 });
  const runner = await run({
    connectionString,
    logger,
    events,
    taskList: taskList(services),
    parsedCronItems: cronItems(),
    concurrency: CONCURRENCY,
    maxPoolSize: CONCURRENCY + 2,
    pollInterval: 1000,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
  });
  const heartbeat = await startHeartbeat(services, utils, workerIds);
  // A restart may follow the very failures that switched the webhook off.
  await utils.addJob('watch-creator-webhooks', {}, { jobKey: 'watch-creator-webhooks', maxAttempts: 3 });
  await utils.addJob('schedule-syncs', {}, { jobKey: 'schedule-syncs', maxAttempts: 3 });
  await requestMissingRates(services, utils);
  return {
    ended: runner.promise,
    stop: async () => {
      await runner.stop();
      await heartbeat.end();
      await utils.release();
    },
  };
}

function taskList(services: JobServices): TaskList {
  return {
    'attribute-campaign': attributeCampaignTask(services),
    'attribute-content': attributeContentTask(services),
    'clean-up': cleanUpTask(services),
    'discover-accounts': discoverAccountsTask(services),
    'fetch-leads': fetchLeadsTask(services),
    'find-disclosures': findDisclosuresTask(services),
    'keep-story-media': keepStoryMediaTask(services),
    'thin-content-snapshots': thinContentSnapshotsTask(services),
    'fetch-rates': fetchRatesTask(services),
    'handle-webhook': handleWebhookTask(services),
    'match-platform-campaigns': matchPlatformCampaignsTask(services),
    'move-campaigns': moveCampaignsTask(services),
    'poll-creators': pollCreatorsTask(services),
    'remind-tasks': remindTasksTask(services),
    'revoke-connection': revokeConnectionTask(services),
    'route-webhooks': routeWebhooksTask(services),
    'run-import': runImportTask(services),
    'schedule-discoveries': scheduleDiscoveriesTask(services),
    'schedule-lead-fetches': scheduleLeadFetchesTask(services),
    'schedule-syncs': scheduleSyncsTask(services),
    'sweep-webhooks': sweepWebhooksTask(services),
    'sync-ad-account': syncAdAccountTask(services),
    'sync-creator': syncCreatorTask(services),
    'watch-creator-webhooks': watchCreatorWebhooksTask(services),
    'watch-contracts': watchContractsTask(services),
  };
}

/** The queue's own lines through ours. Each job that begins and ends is for debugging alone. */
function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (levelOf, message, meta) => {
    const level: string = levelOf;
    const fields = meta?.error instanceof Error ? { err: meta.error } : {};
    if (level === 'error') log.error(fields, message);
    else if (level === 'warning') log.warn(fields, message);
    else log.debug(fields, message);
  });
}
