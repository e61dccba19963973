import type { Access, AdPlatform, Caller } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { SyncServices } from '../sync/services.ts';
import { noteDeadGrant } from './end-grant.ts';
import { refreshGrant } from './refresh.ts';
import { type ConnectionRef, readGrant, type StoredGrant } from './stored-grant.ts';

/** A token that ends within this is refreshed before it is used. */
const REFRESH_AHEAD_MS = 15 * 60_000;

/** On whose behalf a connection is opened, and what ends its calls. */
export interface AccessCall {
  caller: Caller;
  signal?: AbortSignal | undefined;
}

/** A connection as its platform is called with it. */
export interface OpenedAccess extends ConnectionRef {
  platform: AdPlatform;
  access: Access;
  /** Names the tokens: whoever notes that the platform refused them says which. */
  tokenVersion: number;
  /** When its token ends; null: not, or the platform does not say. */
  expiresAt: Date | null;
}

/**
 * Opens a connection for calls, refreshing its token first where that ends soon. For the jobs, whose role alone reads
 * tokens. Errors: PlatformError, and no call of the platform's data is made: `stop` with `platform_off`,
 * `not_connected` or `sealed`; `reauthorize` where the refresh found the grant dead, which is noted by then; `retry`
 * with `isPending` while another renews it.
 */
export async function openAccess(
  services: SyncServices,
  ref: ConnectionRef,
  call: AccessCall,
): Promise<OpenedAccess> {
  const grant = await readGrant(services, ref);
  const leftMs = grant.expiresAt === null ? Infinity : grant.expiresAt.getTime() - services.now().getTime();
  if (leftMs > REFRESH_AHEAD_MS || !isRefreshable(grant)) return toOpened(grant, call);
  const fallback = leftMs > 0 ? grant : null;
  return toOpened(await refreshGrant(services, grant, { signal: call.signal, fallback }), call);
}

/**
 * Newer access after a call was answered `reauthorize` with a grant EXPIRED although its token should still have lived;
 * null where there is none to be had. Asked for once in a piece of work: a second such answer is a dead grant.
 * Errors: as `openAccess`.
 */
export async function refreshAfterExpired(
  services: SyncServices,
  opened: OpenedAccess,
  call: AccessCall,
): Promise<OpenedAccess | null> {
  const grant = await readGrant(services, opened);
  if (grant.tokenVersion > opened.tokenVersion) return toOpened(grant, call);
  if (!isRefreshable(grant)) return null;
  return toOpened(await refreshGrant(services, grant, { signal: call.signal, fallback: null }), call);
}

/** Whether an error says that the token has ended while the grant may live on. */
export function isExpiry(error: unknown): error is PlatformError {
  return error instanceof PlatformError && error.kind === 'reauthorize' && error.grant === 'EXPIRED';
}

/**
 * Does a piece of work with a connection: opened, refreshed once and begun anew where its token turns out to have
 * ended, and where the platform ended the grant that is noted before the error goes on.
 * Errors: as `openAccess`, and whatever `work` throws.
 */
export async function withAccess<T>(
  services: SyncServices,
  { ref, ...call }: AccessCall & { ref: ConnectionRef },
  work: (opened: OpenedAccess) => Promise<T>,
): Promise<T> {
  const opened = await openAccess(services, ref, call);
  try {
    return await work(opened);
  } catch (error) {
    const renewed = isExpiry(error) ? await refreshAfterExpired(services, opened, call) : null;
    if (!renewed) return endedBy(services, opened, error);
    return work(renewed).catch((again: unknown) => {
      if (isExpiry(again) && hasEnded(renewed, services.now())) throw outlived(renewed, again);
      return endedBy(services, renewed, again);
    });
  }
}

async function endedBy(services: SyncServices, opened: OpenedAccess, error: unknown): Promise<never> {
  if (error instanceof PlatformError && error.kind === 'reauthorize')
    await noteDeadGrant(services, opened, error);
  throw error;
}

function hasEnded({ expiresAt }: OpenedAccess, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime();
}

/** Work that takes longer than a token lives says nothing against the grant. */
function outlived({ platform }: OpenedAccess, cause: PlatformError): PlatformError {
  const message = `Reading took longer than an access to ${platform.name} lasts. We try again by ourselves.`;
  return new PlatformError({ kind: 'retry', code: 'access_outlived', message, cause });
}

function isRefreshable({ platform, refreshToken }: StoredGrant): boolean {
  return platform.refresh !== null && refreshToken !== null;
}

function toOpened(grant: StoredGrant, { caller, signal }: AccessCall): OpenedAccess {
  const { organizationId, connectionId, platform, accessToken, nativeUserId } = grant;
  const { tokenVersion, expiresAt } = grant;
  const access = { accessToken, nativeUserId, caller, signal };
  return { organizationId, connectionId, platform, access, tokenVersion, expiresAt };
}
