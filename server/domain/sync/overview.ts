import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { listLateAccounts } from './late.ts';
import { listRunning } from './queries.ts';
import type { SyncOverview } from './schema.ts';

const SHOWN = 50;

interface Context {
  platforms: PlatformRegistry;
  now: Date;
}

/** How the syncs that the reader sees stand right now. */
export async function getSyncOverview(tx: TenantTx, { platforms, now }: Context): Promise<SyncOverview> {
  const [running, counts, late, paused, resting] = await Promise.all([
    listRunning(tx, SHOWN),
    countRuns(tx),
    listLateAccounts(tx, now),
    countPaused(tx),
    listResting(tx, platforms),
  ]);
  return { running, ...counts, lateCount: late.length, pausedCount: paused, resting };
}

async function countRuns(tx: TenantTx) {
  const { rows } = await sql<Record<'running' | 'waiting' | 'succeeded' | 'failed' | 'stopped', number>>`
    with live as (
      select status = 'SYNCING' or started_at is not null as has_begun
        from sync_runs where status in ('PENDING', 'SYNCING')),
    ended as (
      select status from sync_runs
       where status in ('SUCCESS', 'ERROR', 'PAUSED') and finished_at > now() - interval '24 hours')
    select (select count(*) filter (where has_begun) from live)::int4 as running,
           (select count(*) filter (where not has_begun) from live)::int4 as waiting,
           count(*) filter (where status = 'SUCCESS')::int4 as succeeded,
           count(*) filter (where status = 'ERROR')::int4 as failed,
           count(*) filter (where status = 'PAUSED')::int4 as stopped
      from ended`.execute(tx);
  const [{ running, waiting, ...lastDay } = { running: 0, waiting: 0, succeeded: 0, failed: 0, stopped: 0 }] =
    rows;
  return { runningCount: running, waitingCount: waiting, lastDay };
}

async function countPaused(tx: TenantTx): Promise<number> {
  const { paused } = await tx
    .selectFrom('ad_accounts')
    .select(sql<number>`count(*)::int4`.as('paused'))
    .where('is_active', '=', true)
    .where('is_manager', '=', false)
    .where('sync_status', '=', 'PAUSED')
    .executeTakeFirstOrThrow();
  return paused;
}

/** A single account that rests shows at its run; this is what holds up everybody of a platform. */
async function listResting(tx: TenantTx, platforms: PlatformRegistry): Promise<SyncOverview['resting']> {
  const on = platforms.list().flatMap(({ id, isOn }) => (isOn ? [id] : []));
  const { rows } = await sql<{ platform: (typeof on)[number]; until: Date; reason: 'pause' | 'circuit' }>`
    select p.platform, s.until, s.reason
      from unnest(${on}::ad_platform[]) as p (platform), lateral app.call_state(p.platform, null) s`.execute(
    tx,
  );
  return rows.map(({ platform, until, reason }) => ({ platform, reason, until: until.toISOString() }));
}
