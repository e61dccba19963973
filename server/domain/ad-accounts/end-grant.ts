import { sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { PlatformError } from '../../integrations/errors.ts';
import { recordActivities } from '../activities/record.ts';
import type { SyncServices } from '../sync/services.ts';

/** A grant by the tokens that its platform refused. */
export interface RefusedGrant {
  organizationId: string;
  connectionId: string;
  tokenVersion: number;
}

/**
 * Ends a grant that its platform ended: the connection and every account of it say so, and its tokens, of use to nobody
 * any more, are destroyed, so that no further call can be made. Only while the connection holds the tokens that were
 * refused: somebody may have connected again meanwhile. False where it was no longer so.
 */
export async function endGrant(
  tx: TenantTx,
  refused: RefusedGrant,
  problem: PlatformError,
): Promise<boolean> {
  const { organizationId, connectionId, tokenVersion } = refused;
  const state = problem.grant ?? 'REVOKED';
  const ended = await tx
    .updateTable('oauth_connections')
    .set({
      state,
      error: problem.message,
      access_token: null,
      refresh_token: null,
      refresh_lease_token: null,
      refresh_lease_until: null,
    })
    .where('id', '=', connectionId)
    .where('token_version', '=', tokenVersion)
    .where('state', '=', 'CONNECTED')
    .returning('platform')
    .executeTakeFirst();
  if (!ended) return false;
  const accounts = await tx
    .updateTable('ad_accounts')
    .set({ sync_status: 'ERROR', sync_error: problem.message, updated_at: sql`now()` })
    .where('connection_id', '=', connectionId)
    .where('sync_status', '<>', 'PAUSED')
    .returning('id')
    .execute();
  await recordActivities(tx, jobPrincipal(organizationId), [
    {
      type: 'PLATFORM_DISCONNECTED',
      description: `${ended.platform} ${state === 'EXPIRED' ? 'access expired' : 'access was ended at the platform'}`,
      metadata: { connectionId, platform: ended.platform, state, adAccounts: accounts.length },
    },
  ]);
  return true;
}

/** As `endGrant`, in a transaction of its own. */
export function noteDeadGrant(
  services: SyncServices,
  refused: RefusedGrant,
  problem: PlatformError,
): Promise<boolean> {
  const { organizationId, connectionId } = refused;
  services.log.warn(
    { organizationId, connectionId, code: problem.code },
    'a grant was ended by its platform',
  );
  return withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
    endGrant(tx, refused, problem),
  );
}
