import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { discoverAccounts } from '../../server/domain/ad-accounts/discover.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/** `discover-accounts`: lists what one connection shows. What only a person can mend is not tried again. */
export function discoverAccountsTask(services: JobServices): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId: connectionId } = payloadSchema.parse(payload);
    try {
      await discoverAccounts(services, { organizationId, connectionId }, abortSignal);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind === 'retry') throw error;
      services.log.warn({ organizationId, connectionId, err: error }, 'ad accounts cannot be listed');
    }
  };
}

/** `schedule-discoveries`: wakes the above for every connection whose list is old. */
export function scheduleDiscoveriesTask(services: JobServices): Task {
  return async () => {
    await scheduleDiscoveries(services);
  };
}

/** Answers how many connections are due. */
export async function scheduleDiscoveries(services: Pick<JobServices, 'jobsDb' | 'log'>): Promise<number> {
  const { rows } = await withSystem(services.jobsDb, (tx) =>
    sql<{
      organization_id: string;
      connection_id: string;
    }>`select * from app.discoverable_connections()`.execute(tx),
  );
  for (const { organization_id: organizationId, connection_id: connectionId } of rows) {
    await withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
      sql`select app.enqueue_discovery(${connectionId}::uuid)`.execute(tx),
    );
  }
  if (rows.length > 0) services.log.info({ due: rows.length }, 'ad accounts are to be listed again');
  return rows.length;
}
