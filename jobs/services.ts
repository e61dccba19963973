import { openDatabase } from '../db/client.ts';
import { createCallBudget } from '../server/domain/call-budgets/call-budget.ts';
import type { SyncServices } from '../server/domain/sync/services.ts';
import type { CreatorNetwork } from '../server/integrations/creator-network.ts';
import { createFileStore, type FileStore } from '../server/integrations/file-store.ts';
import { createCreatorNetwork, createPlatforms } from '../server/integrations/registry.ts';
import { type Config, requireDatabaseUrl } from '../server/kernel/config.ts';
import { createVault } from '../server/kernel/crypto.ts';
import type { Logger } from '../server/kernel/log.ts';

/** What lives as long as the jobs process. Its database role is the one that may read sealed tokens. */
export interface JobServices extends SyncServices {
  config: Config;
  files: FileStore;
  /** null: Phyllo is off here. */
  creatorNetwork: CreatorNetwork | null;
}

/** A platform that asks for a minute is waited for; a longer wait frees the worker and comes back later. */
const MOST_WAIT_MS = 90_000;
/** A backfill's merge may take its time. */
const STATEMENT_TIMEOUT_MS = 120_000;

/** Errors: ConfigError where DATABASE_JOBS_URL is unset; SealError without an encryption key. */
export function createJobServices(config: Config, log: Logger): JobServices {
  const jobsDb = openDatabase({
    url: requireDatabaseUrl(config, 'jobs'),
    name: 'jobs',
    maxConnections: 8,
    pipeline: false,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const budget = createCallBudget(jobsDb, log);
  return {
    config,
    log,
    jobsDb,
    vault: createVault(config.tokenEncryptionKeys),
    platforms: createPlatforms(config, { log, maxWaitMs: MOST_WAIT_MS, budget }),
    creatorNetwork: createCreatorNetwork(config, { log, maxWaitMs: MOST_WAIT_MS }),
    files: createFileStore(config, { log }),
    now: () => new Date(),
  };
}
