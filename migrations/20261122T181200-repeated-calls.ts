import { type Kysely, sql } from 'kysely';

/** How many of a run's calls were made again: what a pause or a failing platform cost it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sync_runs add column repeats integer not null default 0`.execute(db);
  await sql`comment on column sync_runs.repeats is 'Calls that were made again within an attempt, after a failure or a pause that the platform asked for. retries counts whole attempts.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
