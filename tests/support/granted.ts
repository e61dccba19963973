import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import type { AccessCall, OpenedAccess } from '../../server/domain/ad-accounts/access.ts';
import { accessTokenContext, refreshTokenContext } from '../../server/domain/ad-accounts/rules.ts';
import type { ConnectionRef } from '../../server/domain/ad-accounts/stored-grant.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { loadTokenSealer } from '../../server/domain/token-vault/tokens.ts';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { useTestDatabase } from './database.ts';
import { registryOf, TokenEndpoint, tokenPlatform } from './token-platform.ts';
import { createWorld, type World } from './world.ts';

/** The clock of a grant's tests stands still. */
const now = () => new Date('2026-05-20T10:30:00Z');
const log = createLogger({ name: 'test', level: 'silent' });

export const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * 60_000);

/** What a test file of one grant works with, there once beforeAll has run. */
export interface Granted {
  world: World;
  services: SyncServices;
  /** Several jobs processes: each with a pool and a client of its own. */
  processes: SyncServices[];
  ref: ConnectionRef;
  call: AccessCall;
}

/**
 * A grant that a token endpoint of the test's own refreshes, with one account that reads through it. It is made anew
 * for each test, and its token ends in ten minutes.
 */
export function useGrant(): { endpoint: TokenEndpoint; made: () => Granted } {
  const database = useTestDatabase();
  const endpoint = new TokenEndpoint();
  const server = setupServer(...endpoint.handlers);
  let granted: Granted | null = null;
  const made = () => {
    if (!granted) throw new Error('The grant is there once beforeAll has run.');
    return granted;
  };
  beforeAll(async () => {
    server.listen({ onUnhandledRequest: 'error' });
    const world = await createWorld(database(), { now });
    const pools = Array.from({ length: 5 }, () =>
      openDatabase({ url: database().jobsUrl, name: 'jobs', maxConnections: 3, pipeline: false }),
    );
    const { organizationId } = world.demo;
    granted = {
      world,
      services: servicesOn(world, world.jobsDb),
      processes: pools.map((pool) => servicesOn(world, pool)),
      ref: { organizationId, connectionId: '01900000-0000-7000-8000-000000000001' },
      call: { caller: { organizationId, isBackground: false } },
    };
  });
  afterAll(async () => {
    server.close();
    await Promise.all(made().processes.map(({ jobsDb }) => jobsDb.close()));
    await made().world.close();
  });
  beforeEach(async () => {
    endpoint.reset();
    for (const table of ['activities', 'ad_accounts', 'oauth_connections'])
      await made().world.ownerDb.pool.query(`delete from ${table}`);
    await storeGrant(made());
  });
  return { endpoint, made };
}

export function servicesOn(
  world: World,
  jobsDb: Database,
  platform: AdPlatform = plainPlatform(),
): SyncServices {
  return { jobsDb, log, now, vault: world.services.vault, platforms: registryOf(platform) };
}

/** Google as far as its tokens go. */
export function plainPlatform(): AdPlatform {
  return tokenPlatform(log, now);
}

async function storeGrant({ world, ref }: Granted): Promise<void> {
  const { organizationId, connectionId } = ref;
  const owner = world.demo.people.owner.principal;
  await withTenant(world.appDb, owner, 'write', async (tx) => {
    const sealer = await loadTokenSealer(tx, world.services.vault, organizationId);
    await tx
      .insertInto('oauth_connections')
      .values({
        organization_id: organizationId,
        id: connectionId,
        platform: 'GOOGLE',
        native_user_id: 'dana',
        access_token: sealer.seal(new Secret('access-1'), accessTokenContext(organizationId, connectionId)),
        refresh_token: sealer.seal(
          new Secret('refresh-1'),
          refreshTokenContext(organizationId, connectionId),
        ),
        expires_at: inMinutes(10),
      })
      .execute();
    await tx
      .insertInto('ad_accounts')
      .values({
        organization_id: organizationId,
        platform: 'GOOGLE',
        native_id: '1234567890',
        name: 'Account',
        currency: 'AED',
        time_zone: 'Asia/Dubai',
        connection_id: connectionId,
        sync_status: 'SUCCESS',
      })
      .execute();
  });
}

export async function setConnection(
  { world }: Granted,
  changes: string,
  values: unknown[] = [],
): Promise<void> {
  await world.ownerDb.pool.query(`update oauth_connections set ${changes}`, values);
}

/** The connection as it stands in the database. */
export async function storedConnection({ world }: Granted) {
  const { rows } = await world.ownerDb.pool.query<{
    state: string;
    error: string | null;
    token_version: number;
    has_tokens: boolean;
    lease: string | null;
  }>(`select state, error, token_version, access_token is not null as has_tokens,
             refresh_lease_token as lease from oauth_connections`);
  return rows[0];
}

/** What its account says. */
export async function accountState({ world }: Granted) {
  const { rows } = await world.ownerDb.pool.query<{ sync_status: string; sync_error: string | null }>(
    'select sync_status, sync_error from ad_accounts',
  );
  return rows[0];
}

export const tokenOf = ({ access }: OpenedAccess) => access.accessToken.reveal();

export async function failure(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}
