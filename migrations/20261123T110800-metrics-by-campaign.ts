import { type Kysely, sql } from 'kysely';

/**
 * The figures of many campaigns are read from the primary key alone: it holds what is summed of a day. The index by
 * account held a part of that for every day, too; without it, equal keys are stored once and it takes a twelfth.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index campaign_metrics_account`.execute(db);
  await sql`create index campaign_metrics_account on campaign_metrics (organization_id, ad_account_id, date)`.execute(
    db,
  );
  await sql`
    alter table campaign_metrics drop constraint campaign_metrics_pkey,
      add primary key (organization_id, platform_campaign_id, date)
        include (currency, spend, impressions, clicks, conversions, conversion_value, video_views_25, video_views_50,
                 video_views_75, video_views_100, source)`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
