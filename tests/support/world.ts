import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../db/client.ts';
import { listenForFigures } from '../../db/notifications.ts';
import type { MemberRole } from '../../db/types.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import type { RequestContext, Services } from '../../server/api/context.ts';
import { createCaller } from '../../server/api/root.ts';
import { hashPassword } from '../../server/auth/passwords.ts';
import { type Principal, toPrincipal } from '../../server/auth/principal.ts';
import { createSessions, type SignedIn } from '../../server/auth/sessions.ts';
import { createThrottle } from '../../server/auth/throttle.ts';
import {
  provisionAgency,
  provisionApiKey,
  provisionBrand,
  provisionPerson,
} from '../../server/domain/organizations/provision.ts';
import { createFileStore } from '../../server/integrations/file-store.ts';
import { createCreatorNetwork, createPlatforms } from '../../server/integrations/registry.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createVault } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';
import type { TestDatabase } from './database.ts';

/** `member` is a MEMBER assigned to the first brand, `unassigned` one of none; `client` is the first brand's login. */
export type PersonName = 'owner' | 'admin' | 'member' | 'unassigned' | 'viewer' | 'client';

export interface Person {
  userId: string;
  email: string;
  principal: Principal;
}

export interface Agency {
  organizationId: string;
  slug: string;
  brands: { first: string; second: string };
  people: Record<PersonName, Person>;
}

/** Two agencies with all kinds of people, and what a process would hand through its doors. */
export interface World {
  services: Services;
  ownerDb: Database;
  appDb: Database;
  jobsDb: Database;
  demo: Agency;
  rival: Agency;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Settings by their names, over those that point Meta at META_TEST_URL. */
  settings?: Readonly<Record<string, string>>;
  now?: () => Date;
}

/** Everybody's password. */
export const PASSWORD = 'a password of the tests';

/** Where the tests' Meta is: nobody answers there but msw. */
export const META_TEST_URL = 'http://meta.test';

const SETTINGS = {
  META_APP_ID: SANDBOX_META_APP_ID,
  META_APP_SECRET: SANDBOX_META_APP_SECRET,
  META_GRAPH_URL: META_TEST_URL,
  META_DIALOG_URL: META_TEST_URL,
  TOKEN_ENCRYPTION_KEYS: `tests:${Buffer.alloc(32, 7).toString('base64')}`,
  APP_URL: 'http://spokestack.test',
  LOG_LEVEL: 'silent',
};

let passwordHash: Promise<string> | undefined;

export async function createWorld(database: TestDatabase, options: WorldOptions = {}): Promise<World> {
  const ownerDb = openDatabase({ url: database.ownerUrl, name: 'test-owner', maxConnections: 4 });
  const appDb = openDatabase({ url: database.appUrl, name: 'test-app', maxConnections: 6 });
  // COPY needs a connection of its own kind: see openDatabase.
  const jobsDb = openDatabase({
    url: database.jobsUrl,
    name: 'test-jobs',
    maxConnections: 6,
    pipeline: false,
  });
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const services = createServices(appDb, { ...options, appUrl: database.appUrl });
  return {
    services,
    ownerDb,
    appDb,
    jobsDb,
    demo: await createAgency(ownerDb, 'demo', hash),
    rival: await createAgency(ownerDb, 'rival', hash),
    close: async () => {
      await services.figureChanges.close();
      await Promise.all([ownerDb.close(), appDb.close(), jobsDb.close()]);
      if (options.settings?.SPOKESTACK_DATA_DIR === undefined) {
        await rm(services.config.dataDirectory, { recursive: true, force: true });
      }
    },
  };
}

function createServices(db: Database, options: WorldOptions & { appUrl: string }): Services {
  const SPOKESTACK_DATA_DIR = path.join(tmpdir(), 'spokestack-tests', randomUUID());
  const config = loadConfig({ ...SETTINGS, SPOKESTACK_DATA_DIR, ...options.settings });
  const log = createLogger({ name: 'test', level: config.logLevel });
  const now = options.now ?? (() => new Date());
  return {
    config,
    db,
    log,
    sessions: createSessions(db),
    throttle: createThrottle(db),
    vault: createVault(config.tokenEncryptionKeys),
    platforms: createPlatforms(config, { log, now }),
    creatorNetwork: createCreatorNetwork(config, { log, now }),
    files: createFileStore(config, { log, now }),
    figureChanges: listenForFigures({ url: options.appUrl, onTrouble: () => undefined }),
    now,
  };
}

/** A typed caller of every procedure, as this principal and without a session. */
export function caller(world: World, principal: Principal | null) {
  return createCaller(contextOf(world, { principal }));
}

/** As `caller`, as the person whose session this token opens. */
export async function sessionCaller(world: World, token: string) {
  const signedIn = await world.services.sessions.find(token);
  return createCaller(contextOf(world, { signedIn, principal: signedIn?.principal ?? null }));
}

/** The context of one request; what is not given is a request of nobody. */
export function contextOf(world: World, given: Partial<RequestContext> = {}): RequestContext {
  return {
    services: world.services,
    log: world.services.log,
    requestId: randomUUID(),
    address: '192.0.2.1',
    userAgent: 'tests',
    signedIn: null,
    principal: null,
    ...given,
  };
}

/** Starts a session and answers its cookie's token. */
export function startSession(world: World, person: Pick<Person, 'userId'>): Promise<string> {
  return world.services.sessions.start(person.userId, { userAgent: 'tests', address: '192.0.2.1' });
}

/** A signed-in person as the doors find them, by a session of their own. */
export async function signIn(world: World, person: Pick<Person, 'userId'>): Promise<SignedIn> {
  const signedIn = await world.services.sessions.find(await startSession(world, person));
  if (!signedIn) throw new Error('The session that was just started is not found.');
  return signedIn;
}

/** An API key of an agency; with a brand it is a client's. */
export function apiKey(
  world: World,
  agency: Agency,
  role: MemberRole,
  brandId: string | null = null,
): Promise<string> {
  return provisionApiKey(world.ownerDb, agency.organizationId, { name: `${role} key`, role, brandId });
}

async function createAgency(ownerDb: Database, slug: string, hash: string): Promise<Agency> {
  const address = (name: string) => `${name}@${slug}.test`;
  const made = await provisionAgency(
    ownerDb,
    { name: `Agency ${slug}`, slug, reportingCurrency: 'AED', timeZone: 'Asia/Dubai' },
    { email: address('owner'), name: `owner of ${slug}`, passwordHash: hash },
  );
  const { organizationId } = made;
  const first = await provisionBrand(ownerDb, organizationId, { name: `First of ${slug}`, slug: 'first' });
  const second = await provisionBrand(ownerDb, organizationId, { name: `Second of ${slug}`, slug: 'second' });

  const person = async (
    name: PersonName,
    role: MemberRole,
    at: { brandId?: string; assigned?: string[] } = {},
  ) => {
    const { brandId = null, assigned = [] } = at;
    const email = address(name);
    const { userId } =
      name === 'owner'
        ? made.owner
        : await provisionPerson(ownerDb, organizationId, {
            email,
            name: `${name} of ${slug}`,
            passwordHash: hash,
            role,
            brandId,
            assignedBrandIds: assigned,
          });
    const brandIds = brandId === null ? assigned : [brandId];
    return {
      userId,
      email,
      principal: toPrincipal({ kind: 'USER', organizationId, userId, role, brandId, brandIds }),
    };
  };

  return {
    organizationId,
    slug,
    brands: { first, second },
    people: {
      owner: await person('owner', 'OWNER'),
      admin: await person('admin', 'ADMIN'),
      member: await person('member', 'MEMBER', { assigned: [first] }),
      unassigned: await person('unassigned', 'MEMBER'),
      viewer: await person('viewer', 'VIEWER'),
      client: await person('client', 'MEMBER', { brandId: first }),
    },
  };
}
