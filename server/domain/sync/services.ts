import type { Database } from '../../../db/client.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import type { Vault } from '../../kernel/crypto.ts';
import type { Logger } from '../../kernel/log.ts';

/** What a sync works with. `jobsDb` connects as the jobs' role, which alone may read tokens, and does not pipeline. */
export interface SyncServices {
  jobsDb: Database;
  vault: Vault;
  platforms: PlatformRegistry;
  log: Logger;
  now: () => Date;
}

/** One run of one agency. */
export interface RunRef {
  organizationId: string;
  syncRunId: string;
}
