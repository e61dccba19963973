import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type TenantTx, withSystem, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../auth/principal.ts';
import type { Logger } from '../../kernel/log.ts';
import { dayIn, firstInstantOf } from '../../kernel/time-zones.ts';
import { getOrganization } from '../organizations/queries.ts';
import { agencyToday } from './queries.ts';
import { listCreatorsInConflict, tellConflicts } from './watch-conflicts.ts';
import { listEndingContracts, tellEndings } from './watch-endings.ts';

export interface WatchServices {
  jobsDb: Database;
  log: Logger;
  now: () => Date;
}

export interface Watched {
  warnings: number;
  conflicts: number;
}

/** From this minute of an agency's own day its people are told; what happened in the night waits for it. */
const FIRST_MINUTE = 7 * 60;

/**
 * Looks at the contracts of every agency whose day has begun, by its own clock: warns of what ends, and tells of
 * conflicts. Looking again tells nothing twice. What fails is logged and comes again; the others go on. Answers how many
 * warnings and conflicts are new.
 */
export async function watchContracts(
  services: WatchServices,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Watched> {
  const { rows } = await withSystem(services.jobsDb, (tx) =>
    sql<{ organization_id: string }>`select organization_id from app.agencies_with_contracts()`.execute(tx),
  );
  const done: Watched = { warnings: 0, conflicts: 0 };
  for (const { organization_id: organizationId } of rows) {
    if (signal?.aborted) break;
    const { warnings, conflicts } = await watchAgency(services, { organizationId, signal });
    done.warnings += warnings;
    done.conflicts += conflicts;
  }
  if (done.warnings + done.conflicts > 0) services.log.info(done, 'contracts call for attention');
  return done;
}

async function watchAgency(
  services: WatchServices,
  { organizationId, signal }: { organizationId: string; signal: AbortSignal | undefined },
): Promise<Watched> {
  const principal = jobPrincipal(organizationId);
  const due = await withTenant(services.jobsDb, principal, 'read', (tx) => whatToLookAt(tx, services.now()));
  const each = async (ids: readonly string[], look: (tx: TenantTx, id: string) => Promise<number>) => {
    let told = 0;
    for (const id of ids) {
      if (signal?.aborted) break;
      told += await attempt(services, principal, { id, look });
    }
    return told;
  };
  const { today } = due;
  return {
    warnings: await each(due.creatorContractIds, (tx, creatorContractId) =>
      tellEndings(tx, principal, { creatorContractId, today }),
    ),
    conflicts: await each(due.creatorIds, (tx, creatorId) =>
      tellConflicts(tx, principal, { creatorId, today }),
    ),
  };
}

async function whatToLookAt(tx: TenantTx, now: Date) {
  const { timeZone } = await getOrganization(tx);
  const today = dayIn(timeZone, now);
  if (now.getTime() < firstInstantOf(today, FIRST_MINUTE, timeZone))
    return { today, creatorContractIds: [], creatorIds: [] };
  const [creatorContractIds, creatorIds] = await Promise.all([
    listEndingContracts(tx, today),
    listCreatorsInConflict(tx, today),
  ]);
  return { today, creatorContractIds, creatorIds };
}

/** Whose work may have changed: of one sync, of one piece, or of everybody on a campaign. */
export type Worked = { creatorSyncRunId: string } | { creatorContentId: string } | { campaignId: string };

/**
 * Tells of the conflicts of these creators at once, whatever the hour: content is out, or was matched with a campaign.
 * What fails is logged: the daily look makes it good. Answers how many are new.
 */
export async function watchWork(
  services: WatchServices,
  { organizationId, of }: { organizationId: string; of: Worked },
): Promise<number> {
  const principal = jobPrincipal(organizationId);
  const { today, creatorIds } = await withTenant(services.jobsDb, principal, 'read', async (tx) => ({
    today: await agencyToday(tx, services.now()),
    creatorIds: await boundCreators(tx, of),
  }));
  let told = 0;
  for (const id of creatorIds)
    told += await attempt(services, principal, {
      id,
      look: (tx, creatorId) => tellConflicts(tx, principal, { creatorId, today }),
    });
  return told;
}

/** Those of them alone whom a clause binds. */
async function boundCreators(tx: TenantTx, of: Worked): Promise<string[]> {
  const creators =
    'campaignId' in of
      ? sql`select creator_id from campaign_creators where campaign_id = ${of.campaignId}::uuid and is_active`
      : 'creatorContentId' in of
        ? sql`select creator_id from creator_contents where id = ${of.creatorContentId}::uuid`
        : sql`select creator_id from creator_sync_runs where id = ${of.creatorSyncRunId}::uuid`;
  const { rows } = await sql<{ creator_id: string }>`
    select distinct creator_id from creator_contracts
     where status = 'SIGNED' and is_active and exclusivity <> 'NONE' and creator_id in (${creators})
     order by creator_id`.execute(tx);
  return rows.map((row) => row.creator_id);
}

async function attempt(
  { jobsDb, log }: WatchServices,
  principal: Principal,
  { id, look }: { id: string; look: (tx: TenantTx, id: string) => Promise<number> },
): Promise<number> {
  try {
    return await withTenant(jobsDb, principal, 'write', (tx) => look(tx, id));
  } catch (error) {
    log.error(
      { organizationId: principal.organizationId, recordId: id, err: error },
      'a contract was not watched',
    );
    return 0;
  }
}
