import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';

/** From this age on the newest figures alone are kept; see app.content_snapshots_thin for those of before. */
const LAST_DAILY_DAY = 90;

/**
 * Keeps the figures that pieces have now as those of their day since publication; the last of a day counts. Pieces whose
 * day or figures are unknown have none.
 */
export async function snapshotContents(
  tx: TenantTx,
  { contentIds, takenAt }: { contentIds: readonly string[]; takenAt: Date },
): Promise<void> {
  if (contentIds.length === 0) return;
  const ids = [...contentIds];
  await sql`
    insert into creator_content_snapshots as s (organization_id, creator_content_id, day, views, likes, comments, shares,
      saves, reach, impressions, source, taken_at)
    select c.organization_id, c.id, floor(extract(epoch from ${takenAt}::timestamptz - c.published_at) / 86400)::integer,
           c.views, c.likes, c.comments, c.shares, c.saves, c.reach, c.impressions, c.source, ${takenAt}
      from creator_contents c
     where c.id = any (${ids}::uuid[]) and c.published_at <= ${takenAt}
       and coalesce(c.views, c.likes, c.comments, c.shares, c.saves, c.reach, c.impressions) is not null
     order by c.id
    on conflict (organization_id, creator_content_id, day) do update
      set (views, likes, comments, shares, saves, reach, impressions, source, taken_at) =
          (excluded.views, excluded.likes, excluded.comments, excluded.shares, excluded.saves, excluded.reach,
           excluded.impressions, excluded.source, excluded.taken_at)
      where excluded.taken_at >= s.taken_at`.execute(tx);
  await sql`
    delete from creator_content_snapshots s using creator_contents c
     where c.organization_id = s.organization_id and c.id = s.creator_content_id and c.id = any (${ids}::uuid[])
       and c.published_at < ${takenAt}::timestamptz - make_interval(days => ${LAST_DAILY_DAY + 1}::integer)
       and s.day > ${LAST_DAILY_DAY}
       and s.day < floor(extract(epoch from ${takenAt}::timestamptz - c.published_at) / 86400)::integer`.execute(
    tx,
  );
}
