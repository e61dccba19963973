import type { Task } from 'graphile-worker';
import { watchWebhook } from '../../server/domain/creator-sync/watch.ts';
import type { JobServices } from '../services.ts';

/** `watch-creator-webhooks`: makes Phyllo's webhook to this address, or lets it speak again. */
export function watchCreatorWebhooksTask(services: JobServices): Task {
  const { creatorNetwork, log, config } = services;
  return async (_payload, { abortSignal }) => {
    await watchWebhook({ creatorNetwork, log, appUrl: config.web.appUrl }, abortSignal);
  };
}
