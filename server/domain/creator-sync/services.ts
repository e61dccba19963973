import type { Database } from '../../../db/client.ts';
import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import type { Logger } from '../../kernel/log.ts';

/** What a sync of creators works with. `jobsDb` connects as the jobs' role. */
export interface CreatorSyncServices {
  jobsDb: Database;
  /** null: Phyllo is off here. */
  creatorNetwork: CreatorNetwork | null;
  log: Logger;
  now: () => Date;
}

/** One run of one agency. */
export interface CreatorRunRef {
  organizationId: string;
  creatorSyncRunId: string;
}
