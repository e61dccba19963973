import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../../../db/client.ts';
import type { Services } from '../../api/context.ts';
import { createCaller } from '../../api/root.ts';
import { createServices } from '../../api/services.ts';
import type { Principal } from '../../auth/principal.ts';
import type { SyncServices } from '../../domain/sync/services.ts';
import { type Config, requireDatabaseUrl } from '../../kernel/config.ts';
import type { Logger } from '../../kernel/log.ts';

/** What the demo is made with: the product's own parts, on each role's connection. */
export interface Demo {
  services: Services;
  sync: SyncServices;
  ownerDb: Database;
  close(): Promise<void>;
}

/** Errors: ConfigError where one of the three addresses is unset. */
export function openDemo(config: Config, log: Logger): Demo {
  const services = createServices(config, log);
  const { db, vault, platforms, now } = services;
  const ownerDb = openDatabase({ url: requireDatabaseUrl(config, 'owner'), name: 'seed', maxConnections: 2 });
  const jobsUrl = requireDatabaseUrl(config, 'jobs');
  const jobsDb = openDatabase({ url: jobsUrl, name: 'seed', maxConnections: 8, pipeline: false });
  return {
    services,
    sync: { jobsDb, vault, platforms, log, now },
    ownerDb,
    close: async () => {
      await Promise.allSettled([db.close(), ownerDb.close(), jobsDb.close()]);
    },
  };
}

/** A person at work: what they do goes through the procedures, as from a page. */
export interface Actor {
  principal: Principal;
  api: ReturnType<typeof createCaller>;
  signOut(): Promise<void>;
}

/** Signs a person in. Errors: an Error where they are no member of an active agency. */
export async function signInAs({ services }: Demo, userId: string): Promise<Actor> {
  const { sessions, log } = services;
  const token = await sessions.start(userId, { userAgent: 'demo', address: null });
  const signedIn = await sessions.find(token);
  const principal = signedIn?.principal;
  if (!principal) throw new Error(`The demo's person ${userId} is no member of an agency.`);
  const api = createCaller({
    services,
    log,
    requestId: randomUUID(),
    address: null,
    userAgent: 'demo',
    signedIn,
    principal,
  });
  return { principal, api, signOut: () => sessions.end(signedIn.sessionId) };
}
