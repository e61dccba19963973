import { openDatabase } from '../../db/client.ts';
import { listenForFigures } from '../../db/notifications.ts';
import { createSessions } from '../auth/sessions.ts';
import { createThrottle } from '../auth/throttle.ts';
import { createCallBudget } from '../domain/call-budgets/call-budget.ts';
import { createFileStore } from '../integrations/file-store.ts';
import { createCreatorNetwork, createPlatforms } from '../integrations/registry.ts';
import { type Config, requireDatabaseUrl } from '../kernel/config.ts';
import { createVault } from '../kernel/crypto.ts';
import type { Logger } from '../kernel/log.ts';
import type { Services } from './context.ts';

/** What a web process lives on. Errors: ConfigError where DATABASE_URL is unset. */
export function createServices(config: Config, log: Logger): Services {
  const url = requireDatabaseUrl(config, 'web');
  const db = openDatabase({ url, name: 'web', maxConnections: 10 });
  const now = () => new Date();
  return {
    config,
    db,
    log,
    sessions: createSessions(db),
    throttle: createThrottle(db),
    vault: createVault(config.tokenEncryptionKeys),
    platforms: createPlatforms(config, { log, now, budget: createCallBudget(db, log) }),
    creatorNetwork: createCreatorNetwork(config, { log, now }),
    files: createFileStore(config, { log, now }),
    figureChanges: listenForFigures({
      url,
      onTrouble: (error) => log.warn({ err: error }, 'nobody listens for new figures; it is tried again'),
    }),
    now,
  };
}
