import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { requestDueSyncs } from '../../server/domain/sync/schedule.ts';
import type { JobServices } from '../services.ts';

/** `schedule-syncs`: asks for a sync of every account whose newest slot, in its own time zone, has passed. */
export function scheduleSyncsTask(services: JobServices): Task {
  return async () => {
    await scheduleSyncs(services);
  };
}

/** Answers how many runs are new. */
export async function scheduleSyncs(services: JobServices): Promise<number> {
  const { rows } = await withSystem(services.jobsDb, (tx) =>
    sql<{
      organization_id: string;
      ad_account_id: string;
    }>`select * from app.schedulable_ad_accounts()`.execute(tx),
  );
  const byAgency = new Map<string, string[]>();
  for (const { organization_id: organizationId, ad_account_id: adAccountId } of rows) {
    const known = byAgency.get(organizationId);
    if (known) known.push(adAccountId);
    else byAgency.set(organizationId, [adAccountId]);
  }
  const now = services.now();
  let scheduled = 0;
  for (const [organizationId, adAccountIds] of byAgency) {
    const principal = jobPrincipal(organizationId);
    scheduled += await withTenant(services.jobsDb, principal, 'write', (tx) =>
      requestDueSyncs(tx, principal, { adAccountIds, now }),
    );
  }
  if (scheduled > 0) services.log.info({ scheduled }, 'syncs are due');
  return scheduled;
}
