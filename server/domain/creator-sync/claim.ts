import { type Selectable, sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import type { CreatorSyncRuns } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorRunRef, CreatorSyncServices } from './services.ts';

/** A run that this process works on, while `attempts` stands in its row. */
export type Claim = Selectable<CreatorSyncRuns> & {
  /** By the clock of the database: since it was asked for, and since the service is at work. */
  age_ms: number;
  pending_for_ms: number;
};

/** Another worker took the run, or it was ended from outside: nothing of this attempt may be written. */
export class Fenced extends Error {
  override readonly name = 'Fenced';

  constructor() {
    super('This attempt no longer holds its run.');
  }
}

/**
 * Takes a run that waits, or that a dead worker left: the queue gives a run's job to one worker at a time, and the count
 * of attempts keeps out one that was only thought dead. null: it is over.
 */
export async function claimRun(services: CreatorSyncServices, ref: CreatorRunRef): Promise<Claim | null> {
  return inTenant(services, ref.organizationId, async (tx) => {
    const row = await tx
      .updateTable('creator_sync_runs')
      .set({
        status: 'RUNNING',
        attempts: sql`attempts + 1`,
        contents_read: 0,
        contents_new: 0,
        started_at: sql`coalesce(started_at, now())`,
        next_attempt_at: null,
      })
      .where('id', '=', ref.creatorSyncRunId)
      .where('status', 'in', ['QUEUED', 'RUNNING'])
      .returningAll()
      .returning([msSince('created_at').as('age_ms'), msSince('pending_since').as('pending_for_ms')])
      .executeTakeFirst();
    return row ?? null;
  });
}

function msSince(column: 'created_at' | 'pending_since') {
  return sql<number>`coalesce(extract(epoch from now() - ${sql.ref(column)}) * 1000, 0)::float8`;
}

/** Writes for a claim, or throws Fenced where it is not held any more. */
export function whileHeld<T>(
  services: CreatorSyncServices,
  claim: Claim,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  return inTenant(services, claim.organization_id, async (tx) => {
    const held = await tx
      .selectFrom('creator_sync_runs')
      .select('id')
      .where('id', '=', claim.id)
      .where('attempts', '=', claim.attempts)
      .where('status', '=', 'RUNNING')
      .forUpdate()
      .executeTakeFirst();
    if (!held) throw new Fenced();
    return work(tx);
  });
}

export function inTenant<T>(
  { jobsDb }: CreatorSyncServices,
  organizationId: string,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  return withTenant(jobsDb, jobPrincipal(organizationId), 'write', work);
}
