import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorPlatforms } from '../../../db/types.ts';

type Row = Selectable<CreatorPlatforms>;

/** Whether somebody wrote by hand, for the same creator, the account that is connected under another name. */
export function isSameByHand(byHand: Row, connected: Row): boolean {
  return byHand.creator_id === connected.creator_id && byHand.phyllo_account_id === null;
}

/**
 * Makes one of an account and the same one written by hand before, which its network named differently at first (YouTube
 * tells the handle with the profile alone): what was known of its days, its posts and its rate goes on in the other.
 */
export async function absorb(tx: TenantTx, connected: Row, byHand: Row): Promise<void> {
  await sql`
    insert into creator_platform_snapshots (organization_id, creator_platform_id, date, followers, following, posts, likes,
      mean_views, mean_likes, mean_comments, measured_posts, source, fetched_at)
    select s.organization_id, ${connected.id}::uuid, s.date, s.followers, s.following, s.posts, s.likes, s.mean_views,
           s.mean_likes, s.mean_comments, s.measured_posts, s.source, s.fetched_at
      from creator_platform_snapshots s where s.creator_platform_id = ${byHand.id}::uuid
    on conflict do nothing`.execute(tx);
  await sql`
    update creator_contents c set creator_platform_id = ${connected.id}::uuid
     where c.creator_platform_id = ${byHand.id}::uuid
       and (c.native_id is null or not exists (
             select from creator_contents other where other.creator_platform_id = ${connected.id}::uuid
                and other.native_id = c.native_id))`.execute(tx);
  await tx.updateTable('creator_platforms').set({ is_active: false }).where('id', '=', byHand.id).execute();
  if (connected.stated_engagement_rate !== null || byHand.stated_engagement_rate === null) return;
  await tx
    .updateTable('creator_platforms')
    .set({
      stated_engagement_rate: byHand.stated_engagement_rate,
      stated_engagement_basis: byHand.stated_engagement_basis,
    })
    .where('id', '=', connected.id)
    .execute();
}
