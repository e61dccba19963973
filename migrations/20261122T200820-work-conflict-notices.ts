import { type Kysely, sql } from 'kysely';

/**
 * A conflict has two sides. Whoever looks after the exclusive contract is told of CONTRACT_CONFLICT, naming it; whoever
 * looks after the work is told of WORK_CONFLICT, naming the work alone: the contract may be another client's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter type notification_kind add value if not exists 'WORK_CONFLICT'`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
