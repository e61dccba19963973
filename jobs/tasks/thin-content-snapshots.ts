import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { withSystem } from '../../db/tenant.ts';
import type { JobServices } from '../services.ts';

/** `thin-content-snapshots`: of pieces that became 90 days old, keeps the figures that are compared later. */
export function thinContentSnapshotsTask({ jobsDb, log }: JobServices): Task {
  return async () => {
    const { rows } = await withSystem(jobsDb, (tx) =>
      sql<{ gone: string }>`select app.content_snapshots_thin() as gone`.execute(tx),
    );
    const gone = Number(rows[0]?.gone ?? 0);
    if (gone > 0) log.info({ gone }, 'snapshots of contents thinned');
  };
}
