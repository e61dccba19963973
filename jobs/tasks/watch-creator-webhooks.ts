import type { Task } from 'graphile-worker';
import { withSystem } from '../../db/tenant.ts';
import { wakeReconcile, watchWebhook } from '../../server/domain/creator-sync/watch.ts';
import type { JobServices } from '../services.ts';

/** `watch-creator-webhooks`: makes Phyllo's webhook to this address, or lets it speak again. */
export function watchCreatorWebhooksTask(services: JobServices): Task {
  const { creatorNetwork, log, now, config, jobsDb } = services;
  const wake = () => withSystem(jobsDb, wakeReconcile);
  return async (_payload, { abortSignal }) => {
    await watchWebhook({ creatorNetwork, log, now, wake, appUrl: config.web.appUrl }, abortSignal);
  };
}
