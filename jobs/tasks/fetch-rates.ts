import type { Task, WorkerUtils } from 'graphile-worker';
import { newestRateDate, parseRatesFile, recordRates } from '../../server/domain/fx/ingest.ts';
import { fetchTextFile } from '../../server/integrations/text-files.ts';
import type { JobServices } from '../services.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** `fetch-rates`: stores the published exchange rates that are new. Without FX_RATES_URL the seeded rates serve. */
export function fetchRatesTask(services: JobServices): Task {
  return async (_payload, { abortSignal }) => {
    abortSignal?.throwIfAborted();
    await fetchRates(services);
  };
}

/** Answers how many rates were new. Errors: PlatformError where the file cannot be had or is not whole. */
export async function fetchRates(services: JobServices): Promise<number> {
  const url = services.config.fxRatesUrl;
  if (url === null) return 0;
  const xml = await fetchTextFile('The exchange rates file', url, { log: services.log });
  const added = await recordRates(services.jobsDb, parseRatesFile(xml));
  services.log.info({ added }, 'exchange rates fetched');
  return added;
}

/** At the start: the clock's tick may have passed while nobody ran. */
export async function requestMissingRates(services: JobServices, utils: WorkerUtils): Promise<void> {
  if (services.config.fxRatesUrl === null) return;
  const newest = await newestRateDate(services.jobsDb);
  const isStale = newest === null || services.now().getTime() - Date.parse(newest) > DAY_MS;
  if (isStale) await utils.addJob('fetch-rates', {}, { jobKey: 'fetch-rates', maxAttempts: 10 });
}
