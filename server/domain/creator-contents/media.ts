import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { NetworkContent } from '../../integrations/creator-network.ts';

interface Stories {
  account: { id: string };
  rows: readonly Pick<NetworkContent, 'nativeId' | 'type' | 'mediaUrl' | 'thumbnailUrl' | 'expiresAt'>[];
  fetchedAt: Date;
}

/** Has the stories among these copied before they go; one whose copy is made, or past its day, needs none. */
export async function waitForMedia(tx: TenantTx, { account, rows, fetchedAt }: Stories): Promise<void> {
  const stories = rows.flatMap(({ nativeId, type, mediaUrl, thumbnailUrl, expiresAt }) => {
    const sourceUrl = mediaUrl ?? thumbnailUrl;
    const isThere = expiresAt === null || expiresAt > fetchedAt;
    return type === 'STORY' && sourceUrl && isThere ? [{ nativeId, sourceUrl }] : [];
  });
  if (stories.length === 0) return;
  await sql`
    with told as (
      select c.organization_id, c.id, f."sourceUrl"
        from jsonb_to_recordset(${JSON.stringify(stories)}::jsonb) as f ("nativeId" text, "sourceUrl" text)
        join creator_contents c on c.creator_platform_id = ${account.id}::uuid and c.native_id = f."nativeId"
       where c.media_key is null and c.type = 'STORY'),
    waiting as (
      insert into creator_content_media as m (organization_id, creator_content_id, source_url, next_attempt_at)
      select t.organization_id, t.id, t."sourceUrl", now() from told t order by t.id
      on conflict (organization_id, creator_content_id)
      do update set source_url = excluded.source_url, updated_at = now(),
                    next_attempt_at = least(m.next_attempt_at, excluded.next_attempt_at)
       where m.lost_at is null and m.source_url is distinct from excluded.source_url
      returning m.creator_content_id)
    select app.wake_story_media(w.creator_content_id, now()) from waiting w`.execute(tx);
}
