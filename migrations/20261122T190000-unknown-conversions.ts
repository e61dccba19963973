import { type Kysely, sql } from 'kysely';

const tables = ['campaign_metrics', 'campaign_metric_revisions'];

/** Conversions and their value that nobody told are unknown, as video views and reach are: null and not 0. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of tables) {
    const table = sql.table(name);
    await sql`alter table ${table} alter column conversions drop not null,
              alter column conversion_value drop not null`.execute(db);
    await forgetUntold(db, name);
    for (const column of ['conversions', 'conversion_value']) {
      await sql`comment on column ${sql.ref(`${name}.${column}`)} is 'NULL where the platform or the file did not tell; 0 is that there were none.'`.execute(
        db,
      );
    }
  }
}

/** TikTok's rows keep what it sent: where that was nothing, the 0 that was stored for it is taken back. */
async function forgetUntold(db: Kysely<unknown>, name: string): Promise<void> {
  await sql`
    update ${sql.table(name)} set
      conversions = case when platform_data -> 'conversion' = 'null' then null else conversions end,
      conversion_value = case when platform_data -> 'total_complete_payment_rate' = 'null' then null else conversion_value end
     where platform_data -> 'conversion' = 'null' or platform_data -> 'total_complete_payment_rate' = 'null'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
