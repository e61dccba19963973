import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../sandbox/handlers.ts';
import { revokeConnection } from '../../server/domain/ad-accounts/revoke.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';
import { createPlatforms, type PlatformRegistry } from '../../server/integrations/registry.ts';
import type { Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { Doors } from '../api/door.ts';
import { useTestDatabase } from '../support/database.ts';
import { consent, TestClock } from '../support/meta.ts';
import {
  ALL_PLATFORMS,
  connectAgencyTo,
  STAND_IN_NAMES,
  type StandInPlatform,
} from '../support/platforms.ts';
import {
  apiKey,
  createWorld,
  META_TEST_URL,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = createSandbox({ baseUrl: META_TEST_URL, now: clock.now });
const server = setupServer(
  ...sandbox.handlers,
  // The product's own doors, which are asked over the network here.
  http.all(/^http:\/\/127\.0\.0\.1:/, () => passthrough()),
);
type Api = Awaited<ReturnType<typeof sessionCaller>>;

const names = Object.keys(STAND_IN_NAMES) as StandInPlatform[];
/** Every secret that passed through the product, by what it is. */
const secrets = new Map<string, string>();
const lines: string[] = [];
const bodies: string[] = [];
const connectionIds: string[] = [];
let world: World;
let jobs: SyncServices;

/** Everything once, as people and jobs do it, on every platform: with what goes wrong on the way. */
beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  world = await createWorld(database(), { now: clock.now, settings: ALL_PLATFORMS });
  const { services } = world;
  const { config } = services;
  services.log = createLogger({
    name: 'test',
    level: 'trace',
    destination: { write: (line) => lines.push(line) },
  });
  const deps = { log: services.log, now: clock.now, maxWaitMs: 90_000, sleep: () => Promise.resolve() };
  services.platforms = overheard(createPlatforms(config, deps));
  const { vault, platforms, log, now } = services;
  jobs = { jobsDb: world.jobsDb, vault, platforms, log, now };
  for (const { key } of config.tokenEncryptionKeys) {
    for (const encoding of ['base64', 'hex'] as const)
      secrets.set(`key of the installation in ${encoding}`, key.toString(encoding));
  }
  for (const secret of [config.meta?.appSecret, config.google?.clientSecret, config.tiktok?.appSecret])
    if (secret) secrets.set(`secret of an app ${secrets.size}`, secret.reveal());
  for (const platform of names) await live(platform);
  await askTheDoors();
}, 120_000);
afterAll(async () => {
  server.close();
  await world.close();
});

async function live(platform: StandInPlatform): Promise<void> {
  await refusedConnection(platform);
  const { api, connectionId, adAccounts, syncRunIds } = await connectAgencyTo(world, world.demo, {
    platform,
  });
  connectionIds.push(connectionId);
  const { organizationId } = world.demo;
  const [syncRunId = ''] = syncRunIds;
  expect(await runSync(jobs, { organizationId, syncRunId })).toBe('succeeded');
  // An hour on, what is refreshed is refreshed; then the platform fails, and ends the grant.
  clock.advanceHours(1);
  const trouble = { platform: STAND_IN_NAMES[platform], times: 1 };
  sandbox.state.faults.arm({ ...trouble, kind: 'error_500' });
  await resync(api, adAccounts[0]?.id ?? '');
  const [account] = adAccounts;
  bodies.push(
    JSON.stringify([
      await api.adAccounts.connections(),
      await api.adAccounts.found({ connectionId }),
      await api.adAccounts.byId({ adAccountId: account?.id ?? '' }),
      await api.syncRuns.byId({ syncRunId }),
    ]),
  );
}

async function resync(api: Api, adAccountId: string): Promise<void> {
  const { syncRunId } = await api.adAccounts.sync({ adAccountId });
  const { organizationId } = world.demo;
  expect(await runSync(jobs, { organizationId, syncRunId })).toBe('succeeded');
  bodies.push(JSON.stringify(await api.syncRuns.byId({ syncRunId })));
}

/** A code that the platform refuses: it comes back in no error. */
async function refusedConnection(platform: StandInPlatform): Promise<void> {
  const api = await sessionCaller(world, await startSession(world, world.demo.people.owner));
  const { authorizationUrl } = await api.adAccounts.connect({ platform });
  const answer = await consent(authorizationUrl);
  const code = `canary-code-of-${platform}`;
  secrets.set(`state of ${platform}`, answer.get('state') ?? '');
  secrets.set(`refused code of ${platform}`, code);
  const error: unknown = await api.adAccounts
    .callback({ platform, code, state: answer.get('state') ?? undefined })
    .catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error('A made-up code was taken.');
  world.services.log.error({ err: error }, 'a connection was refused');
  bodies.push(error.message, error.stack ?? '');
}

async function askTheDoors(): Promise<void> {
  const doors = await Doors.open(world.services);
  const key = await apiKey(world, world.demo, 'OWNER');
  for (const path of ['/ad-accounts', '/activities', '/ad-accounts/nonsense'])
    bodies.push((await doors.rest(`GET ${path}`, { key })).text);
  const begun = await doors.rest('POST /ad-accounts/connect', { key, body: { platform: 'GOOGLE' } });
  expect(begun.status).toBeLessThan(300);
  await doors.close();
}

/** Hears every token as the platforms hand it out. */
function overheard(registry: PlatformRegistry): PlatformRegistry {
  const hear = (what: string, token: Secret | null) => {
    if (token) secrets.set(`${what} ${secrets.size}`, token.reveal());
  };
  const listened = (platform: AdPlatform): AdPlatform => ({
    ...platform,
    exchangeCode: async (exchange) => {
      secrets.set(`code ${secrets.size}`, exchange.code);
      const grant = await platform.exchangeCode(exchange);
      hear('access token', grant.accessToken);
      hear('refresh token', grant.refreshToken);
      return grant;
    },
    refresh:
      platform.refresh &&
      (async (refreshToken) => {
        const grant = await platform.refresh?.(refreshToken);
        if (!grant) throw new Error('This platform does not refresh.');
        hear('refreshed access token', grant.accessToken);
        hear('rotated refresh token', grant.refreshToken);
        return grant;
      }),
  });
  return {
    ...registry,
    get: (id) => listened(registry.get(id)),
    find: (id) => {
      const found = registry.find(id);
      return found && listened(found);
    },
  };
}

/** Each secret as a text or a column may hold it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64').slice(0, -4)];
}

function hits(texts: readonly string[]): string[] {
  const found: string[] = [];
  for (const [what, secret] of secrets) {
    const forms = formsOf(secret);
    if (texts.some((text) => forms.some((form) => text.includes(form)))) found.push(what);
  }
  return found;
}

/** Every row of every table, job payloads among them, as text. */
async function dump(): Promise<string[]> {
  const { pool } = world.ownerDb;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not like 'pg\\_%' and schemaname <> 'information_schema' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(40);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(`select t::text as text from ${name} t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts;
}

describe('tokens, codes, states, keys and secrets', () => {
  it('were heard of every platform, and are found where they are', () => {
    const heard = [...secrets.keys()].map((what) => what.replace(/ \d+$/, ''));
    expect(heard.filter((what) => what === 'access token')).toHaveLength(names.length);
    expect(heard).toContain('refresh token');
    expect(heard).toContain('refreshed access token');
    expect(hits([...secrets.values()].map((secret) => JSON.stringify({ secret })))).toHaveLength(
      secrets.size,
    );
  });

  it('stand in no row of any table', async () => {
    const texts = await dump();
    expect(connectionIds.every((id) => texts.some((text) => text.includes(id)))).toBe(true);
    expect(hits(texts)).toEqual([]);
  });

  it('stand in no log line, though all were written', () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(hits(lines)).toEqual([]);
  });

  it('stand in no answer of a procedure or a door', () => {
    expect(bodies.join('').length).toBeGreaterThan(1000);
    expect(hits(bodies)).toEqual([]);
  });

  it('are gone from the database once their connections were ended', async () => {
    const api = await sessionCaller(world, await startSession(world, world.demo.people.owner));
    for (const connectionId of connectionIds) {
      await api.adAccounts.disconnect({ connectionId });
      await revokeConnection(jobs, {
        organizationId: world.demo.organizationId,
        connectionId,
        isLast: false,
      });
    }
    const { rows } = await world.ownerDb.pool.query(
      'select 1 from oauth_connections where access_token is not null or refresh_token is not null',
    );
    expect(rows).toEqual([]);
    expect(hits(lines)).toEqual([]);
  });
});
