import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { RefreshedGrant } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { SyncServices } from '../sync/services.ts';
import { loadTokenSealer } from '../token-vault/tokens.ts';
import { noteDeadGrant } from './end-grant.ts';
import { accessTokenContext, refreshTokenContext } from './rules.ts';
import { type ConnectionRef, readGrant, type StoredGrant } from './stored-grant.ts';

/** A worker that died is waited for as long; one that lives renews it. */
const LEASE = sql`interval '30 seconds'`;
const RENEW_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 150;
const LONGEST_LOOK_MS = 20_000;
/** After a refresh that failed the platform is left alone for as long, or for what it asked, up to five minutes. */
const REST_MS = 30_000;
const LONGEST_REST_MS = 300_000;
/** An answer that rotated the refresh token is the only one: a database that blinks must not cost it. */
const STORE_AGAIN_AFTER_MS = [200, 1_000, 5_000] as const;

export interface RefreshOptions {
  signal?: AbortSignal | undefined;
  /** What may be called with where no refresh succeeds: the token that was read, while it lives. */
  fallback: StoredGrant | null;
}

/**
 * The grant with tokens newer than `grant`'s, refreshed at the platform by one worker of all processes while the others
 * wait for what it stores. Errors: PlatformError: `reauthorize` where the platform ended it, which is noted by then, so
 * that nobody asks again; `stop` for who waited for that; `retry`, with `isPending` where another still works on it.
 */
export async function refreshGrant(
  services: SyncServices,
  grant: StoredGrant,
  options: RefreshOptions,
): Promise<StoredGrant> {
  const giveUpAt = performance.now() + LONGEST_LOOK_MS;
  for (let seen = grant; ; seen = await readGrant(services, grant)) {
    if (seen.tokenVersion > grant.tokenVersion) return seen;
    if (seen.restMs > 0) return options.fallback ?? refuse(pending(seen, seen.restMs));
    if (!seen.isRefreshing) {
      const lease = randomUUID();
      if (await takeLease(services, seen, lease)) return refreshHeld(services, seen, { lease, ...options });
    }
    if (performance.now() > giveUpAt) return options.fallback ?? refuse(pending(seen, RENEW_EVERY_MS));
    options.signal?.throwIfAborted();
    await delay(LOOK_EVERY_MS);
  }
}

function refuse(problem: PlatformError): never {
  throw problem;
}

function pending({ platform }: StoredGrant, retryAfterMs: number): PlatformError {
  const message = `The access to ${platform.name} is being renewed. We go on by ourselves.`;
  return new PlatformError({ kind: 'retry', code: 'refreshing', message, retryAfterMs, isPending: true });
}

interface Held {
  lease: string;
  fallback: StoredGrant | null;
}

/** Not ended by a signal: an answer that nobody stored may have been the only one. */
async function refreshHeld(services: SyncServices, grant: StoredGrant, held: Held): Promise<StoredGrant> {
  const { platform, refreshToken } = grant;
  if (!platform.refresh || !refreshToken) throw new Error('This grant is not refreshed.');
  const timer = setInterval(() => void renewLease(services, grant, held.lease), RENEW_EVERY_MS);
  try {
    const answer = await attempt(platform.refresh(refreshToken));
    if ('refreshed' in answer) return await storeSurely(services, grant, answer.refreshed);
    return await settleFailure(services, grant, { ...held, error: answer.error });
  } finally {
    clearInterval(timer);
  }
}

async function attempt(
  asked: Promise<RefreshedGrant>,
): Promise<{ refreshed: RefreshedGrant } | { error: unknown }> {
  try {
    return { refreshed: await asked };
  } catch (error) {
    return { error };
  }
}

/** A dead grant is noted at once and asked for no more; any other failure leaves the token that still lives. */
async function settleFailure(
  services: SyncServices,
  grant: StoredGrant,
  { lease, fallback, error }: Held & { error: unknown },
): Promise<StoredGrant> {
  if (error instanceof PlatformError && error.kind === 'reauthorize') {
    await noteDeadGrant(services, grant, error);
    throw error;
  }
  await rest(services, grant, { lease, error });
  if (!(error instanceof PlatformError) || !fallback) throw error;
  services.log.warn({ ...place(grant), err: error }, 'a grant could not be refreshed ahead of time');
  return fallback;
}

async function storeSurely(
  services: SyncServices,
  grant: StoredGrant,
  refreshed: RefreshedGrant,
): Promise<StoredGrant> {
  for (const waitMs of STORE_AGAIN_AFTER_MS) {
    try {
      return await store(services, grant, refreshed);
    } catch (error) {
      if (error instanceof PlatformError) throw error;
      services.log.error({ ...place(grant), err: error }, 'a refreshed grant could not be stored yet');
      await delay(waitMs);
    }
  }
  return store(services, grant, refreshed);
}

/**
 * Writes both tokens before either is used, over the version that was read alone: a newer one wins, and the answer is
 * whatever stands then. Errors: `stop` where the connection was ended meanwhile.
 */
async function store(
  services: SyncServices,
  grant: StoredGrant,
  refreshed: RefreshedGrant,
): Promise<StoredGrant> {
  const isStored = await inTenant(services, grant, (tx) => writeTokens(tx, services, { grant, refreshed }));
  if (!isStored) return readGrant(services, grant);
  services.log.info(place(grant), 'a grant was refreshed');
  const { accessToken, expiresAt } = refreshed;
  const refreshToken = refreshed.refreshToken ?? grant.refreshToken;
  const tokenVersion = grant.tokenVersion + 1;
  return { ...grant, accessToken, refreshToken, expiresAt, tokenVersion };
}

async function writeTokens(
  tx: TenantTx,
  services: SyncServices,
  { grant, refreshed }: { grant: StoredGrant; refreshed: RefreshedGrant },
): Promise<boolean> {
  const { organizationId, connectionId, tokenVersion } = grant;
  const { accessToken, refreshToken, expiresAt } = refreshed;
  const sealer = await loadTokenSealer(tx, services.vault, organizationId);
  const rotated = refreshToken && {
    refresh_token: sealer.seal(refreshToken, refreshTokenContext(organizationId, connectionId)),
  };
  const { numUpdatedRows } = await tx
    .updateTable('oauth_connections')
    .set({
      access_token: sealer.seal(accessToken, accessTokenContext(organizationId, connectionId)),
      ...rotated,
      expires_at: expiresAt,
      token_version: sql`token_version + 1`,
      refresh_lease_token: null,
      refresh_lease_until: null,
    })
    .where('id', '=', connectionId)
    .where('token_version', '=', tokenVersion)
    .where('state', '=', 'CONNECTED')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** By the database's clock, so that no host's clock decides who is alone. */
async function takeLease(services: SyncServices, grant: StoredGrant, lease: string): Promise<boolean> {
  const { numUpdatedRows } = await inTenant(services, grant, (tx) =>
    tx
      .updateTable('oauth_connections')
      .set({ refresh_lease_token: lease, refresh_lease_until: sql`clock_timestamp() + ${LEASE}` })
      .where('id', '=', grant.connectionId)
      .where('token_version', '=', grant.tokenVersion)
      .where('state', '=', 'CONNECTED')
      .where((eb) =>
        eb.or([
          eb('refresh_lease_until', 'is', null),
          eb('refresh_lease_until', '<', sql<Date>`clock_timestamp()`),
        ]),
      )
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

async function renewLease(services: SyncServices, grant: StoredGrant, lease: string): Promise<void> {
  try {
    await inTenant(services, grant, (tx) =>
      leased(tx, grant, lease)
        .set({ refresh_lease_until: sql`clock_timestamp() + ${LEASE}` })
        .execute(),
    );
  } catch (error) {
    // The write is fenced by the token's version: whoever takes over meanwhile costs a call, not the grant.
    services.log.warn({ ...place(grant), err: error }, 'the lease of a refresh could not be renewed');
  }
}

/** Gives the lease up and keeps everybody from asking again at once. */
async function rest(
  services: SyncServices,
  grant: StoredGrant,
  { lease, error }: { lease: string; error: unknown },
): Promise<void> {
  const asked = error instanceof PlatformError ? error.retryAfterMs : null;
  const restMs = Math.min(LONGEST_REST_MS, Math.max(REST_MS, asked ?? 0));
  await inTenant(services, grant, (tx) =>
    leased(tx, grant, lease)
      .set({
        refresh_lease_token: null,
        refresh_lease_until: sql`clock_timestamp() + ${restMs} * interval '1 millisecond'`,
      })
      .execute(),
  );
}

function leased(tx: TenantTx, grant: ConnectionRef, lease: string) {
  return tx
    .updateTable('oauth_connections')
    .where('id', '=', grant.connectionId)
    .where('refresh_lease_token', '=', lease);
}

function inTenant<T>(
  services: SyncServices,
  { organizationId }: ConnectionRef,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  return withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', work);
}

function place({ organizationId, connectionId }: ConnectionRef): ConnectionRef {
  return { organizationId, connectionId };
}
