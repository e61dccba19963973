import type { Database } from '../../db/client.ts';
import type { FigureChanges } from '../../db/notifications.ts';
import type { Principal } from '../auth/principal.ts';
import type { Sessions, SignedIn } from '../auth/sessions.ts';
import type { Throttle } from '../auth/throttle.ts';
import type { FileStore } from '../integrations/file-store.ts';
import type { createCreatorNetwork, PlatformRegistry } from '../integrations/registry.ts';
import type { Config } from '../kernel/config.ts';
import type { Vault } from '../kernel/crypto.ts';
import type { Logger } from '../kernel/log.ts';
import type { SharedReads } from './shared-reads.ts';

/** What lives as long as the process. Made once by its main file and handed through every door. */
export interface Services {
  config: Config;
  db: Database;
  log: Logger;
  sessions: Sessions;
  throttle: Throttle;
  vault: Vault;
  platforms: PlatformRegistry;
  /** null: Phyllo is off here. */
  creatorNetwork: ReturnType<typeof createCreatorNetwork>;
  files: FileStore;
  figureChanges: FigureChanges;
  now: () => Date;
}

/** The first answer to a repeated POST, kept under the caller's key. */
export interface IdempotencyRequest {
  key: string;
  requestHash: string;
  status: number;
}

/** One request, whichever door it came through. */
export interface RequestContext {
  services: Services;
  log: Logger;
  requestId: string;
  /** The peer's address as the socket has it. */
  address: string | null;
  userAgent: string | null;
  signedIn: SignedIn | null;
  principal: Principal | null;
  idempotency?: IdempotencyRequest | undefined;
  /** Of a page: what its questions share. Without it each has a transaction of its own. */
  reads?: SharedReads | undefined;
}
