import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem, withTenant } from '../../../db/tenant.ts';
import type { CreatorSyncKind } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { moveByTime } from '../creator-platforms/account.ts';
import { requestCreatorSync } from './commands.ts';
import type { CreatorSyncServices } from './services.ts';

/** What one look takes on, so that a long stop is worked off bit by bit; the next look takes the next. */
const MOST = 500;

interface Due {
  organization_id: string;
  creator_id: string;
  creator_platform_id: string | null;
  kind: CreatorSyncKind;
}

/** Asks for every read that is due by the clock. Answers how many runs are new. */
export async function requestDueCreatorSyncs(
  { jobsDb, creatorNetwork, log }: CreatorSyncServices,
  most = MOST,
): Promise<number> {
  if (!creatorNetwork) return 0;
  const { rows } = await withSystem(jobsDb, (tx) =>
    sql<Due>`select * from app.due_creator_syncs(${most}::integer)`.execute(tx),
  );
  const asked = await requestAll(jobsDb, rows);
  if (asked > 0) log.info({ asked }, 'creators are due');
  return asked;
}

/** Asks for every read that nobody asked for since that time: until then the webhook was silent. */
export async function requestMissedCreatorSyncs(
  { jobsDb, creatorNetwork, log }: CreatorSyncServices,
  since: string,
  most = MOST,
): Promise<void> {
  if (!creatorNetwork) return;
  for (;;) {
    const { rows } = await withSystem(jobsDb, (tx) =>
      sql<Due>`select * from app.creator_syncs_missed(${since}::timestamptz, ${most}::integer)`.execute(tx),
    );
    const asked = await requestAll(jobsDb, rows);
    if (asked > 0) log.info({ asked, since }, 'creators are read after the webhook’s silence');
    // What is asked for is not found again.
    if (rows.length < most) return;
  }
}

async function requestAll(jobsDb: Database, rows: readonly Due[]): Promise<number> {
  let asked = 0;
  for (const { organization_id: organizationId, creator_id: creatorId, ...due } of rows) {
    const principal = jobPrincipal(organizationId);
    const { isNew } = await withTenant(jobsDb, principal, 'write', (tx) =>
      requestCreatorSync(tx, principal, {
        creatorId,
        creatorPlatformId: due.creator_platform_id,
        kind: due.kind,
        trigger: 'POLL',
      }),
    );
    if (isNew) asked += 1;
  }
  return asked;
}

/** Wakes runs that lost their job. */
export async function wakeLostCreatorSyncs({ jobsDb, log }: CreatorSyncServices): Promise<number> {
  const { rows } = await withSystem(jobsDb, (tx) =>
    sql<{
      organization_id: string;
      creator_sync_run_id: string;
    }>`select * from app.lost_creator_syncs()`.execute(tx),
  );
  for (const { organization_id: organizationId, creator_sync_run_id: runId } of rows) {
    await withTenant(jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
      sql`select app.enqueue_creator_sync(${runId}::uuid, now())`.execute(tx),
    );
    log.warn({ organizationId, creatorSyncRunId: runId }, 'a creator’s sync that nobody held is woken again');
  }
  return rows.length;
}

/** Moves connections whose state time alone changes. Answers how many were looked at. */
export async function moveConnections({ jobsDb, now }: CreatorSyncServices): Promise<number> {
  const { rows } = await withSystem(jobsDb, (tx) =>
    sql<{
      organization_id: string;
      creator_platform_id: string;
    }>`select * from app.creator_platforms_ending()`.execute(tx),
  );
  for (const { organization_id: organizationId, creator_platform_id: creatorPlatformId } of rows)
    await withTenant(jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
      moveByTime(tx, creatorPlatformId, now()),
    );
  return rows.length;
}
