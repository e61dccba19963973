import { type Kysely, sql } from 'kysely';

/** What the board's weighted and converted totals read, and the trace of a change of the pipeline's settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter type activity_type add value 'PIPELINE_UPDATED'`.execute(db);
  // The probability weighs an amount and the day of closing dates its rate: beside the sums, the index alone is read.
  await sql`drop index deals_totals`.execute(db);
  await sql`create index deals_totals on deals (organization_id, stage, currency)
    include (amount, status, probability, closed_on, brand_id, owner_id, created_by_id) where is_active`.execute(
    db,
  );
  // The days of one month, for the forecast and for what was won.
  await sql`create index deals_expected on deals (organization_id, expected_close_on)
    where is_active and status = 'OPEN'`.execute(db);
  await sql`create index deals_closed on deals (organization_id, closed_on)
    where is_active and stage = 'CLOSED'`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
