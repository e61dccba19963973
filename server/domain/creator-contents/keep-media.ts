import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { FileStore } from '../../integrations/file-store.ts';
import type { MediaFetcher } from '../../integrations/media.ts';
import type { Logger } from '../../kernel/log.ts';
import { storageKeyOf, typeOfBytes } from '../attachments/rules.ts';

export interface KeepMediaServices {
  jobsDb: Database;
  log: Logger;
  now: () => Date;
  files: FileStore;
  media: MediaFetcher;
  /** Asked for a fresh address where the one that was told is dead. */
  creatorNetwork: CreatorNetwork | null;
}

interface Story {
  organizationId: string;
  creatorContentId: string;
}

export const MOST_MEDIA_BYTES = 20 * 1024 * 1024;
const MEDIA_TYPES = /^(image\/(png|jpeg|gif|webp|avif)|video\/(mp4|quicktime|webm))$/;
/** A story lasts a day; tries come after 2, 4, 8 … minutes, at most an hour apart. */
const LONGEST_WAIT_MINUTES = 60;
const HEAD_BYTES = 64 * 1024;

interface Waiting {
  source_url: string | null;
  attempts: number;
  phyllo_content_id: string | null;
  deadline: Date | null;
}

/**
 * Copies a story's picture or video into the file store before it goes, once. What fails is said on the piece and tried
 * again until the story is over. A copy lies under the piece's own id, so that a try that was cut off leaves nothing
 * behind but what the next one writes. Answers what became of it.
 */
export async function keepStoryMedia(
  services: KeepMediaServices,
  story: Story,
  signal?: AbortSignal,
): Promise<'KEPT' | 'WAITING' | 'LOST' | 'NOTHING'> {
  const principal = jobPrincipal(story.organizationId);
  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) =>
    withTenant(services.jobsDb, principal, 'write', work);
  const waiting = await inTenant((tx) => findWaiting(tx, story.creatorContentId));
  if (!waiting?.source_url) return 'NOTHING';
  if (waiting.deadline !== null && services.now() >= waiting.deadline) {
    await inTenant((tx) => lose(tx, story.creatorContentId, 'The story went before it could be copied.'));
    return 'LOST';
  }
  try {
    const contentType = await copy(services, { story, waiting, signal });
    await inTenant((tx) => noteKept(tx, { story, contentType }));
    return 'KEPT';
  } catch (error) {
    signal?.throwIfAborted();
    const words = error instanceof PlatformError ? error.message : 'The copy could not be stored.';
    services.log.warn({ ...story, err: error }, 'a story could not be copied');
    if (error instanceof PlatformError && error.kind === 'stop') {
      await inTenant((tx) => lose(tx, story.creatorContentId, words));
      return 'LOST';
    }
    await inTenant((tx) => tryLater(tx, { story, waiting, words, now: services.now() }));
    return 'WAITING';
  }
}

async function findWaiting(tx: TenantTx, creatorContentId: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select m.source_url, m.attempts, c.phyllo_content_id,
           coalesce(c.expires_at, c.published_at + interval '1 day') as deadline
      from creator_content_media m
      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
     where m.creator_content_id = ${creatorContentId}::uuid and m.lost_at is null and c.media_key is null`.execute(
    tx,
  );
  return rows[0];
}

interface Copying {
  story: Story;
  waiting: Waiting;
  signal: AbortSignal | undefined;
}

/** Answers the kind of what was stored. */
async function copy(services: KeepMediaServices, { story, waiting, signal }: Copying): Promise<string> {
  const source = waiting.source_url ?? '';
  try {
    return await copyFrom(services, { story, url: source, signal });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'skip') throw error;
    const fresh = await freshUrl(services, waiting, signal);
    if (fresh === null || fresh === source) throw error;
    return copyFrom(services, { story, url: fresh, signal });
  }
}

async function freshUrl(
  { creatorNetwork }: KeepMediaServices,
  { phyllo_content_id: contentId }: Waiting,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  if (!creatorNetwork || contentId === null) return null;
  const [content] = await creatorNetwork.contentsByIds([contentId], { signal });
  return content?.mediaUrl ?? content?.thumbnailUrl ?? null;
}

async function copyFrom(
  { files, media }: KeepMediaServices,
  { story, url, signal }: { story: Story; url: string; signal: AbortSignal | undefined },
): Promise<string> {
  const content = await media.open(url, { maxBytes: MOST_MEDIA_BYTES, signal });
  let contentType = '';
  const judged = judgedBytes(content, (type) => {
    contentType = type;
  });
  await files.put(storageKeyOf(story.organizationId, story.creatorContentId), judged);
  return contentType;
}

/** What it is is told by its bytes and not by its sender. Errors: PlatformError where it is neither picture nor video. */
async function* judgedBytes(
  content: AsyncIterable<Uint8Array>,
  tell: (contentType: string) => void,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | null = [];
  for await (const chunk of content) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head.push(chunk);
    if (head.reduce((bytes, part) => bytes + part.byteLength, 0) < HEAD_BYTES) continue;
    yield await judge(head, tell);
    head = null;
  }
  if (head !== null) yield await judge(head, tell);
}

async function judge(head: readonly Uint8Array[], tell: (contentType: string) => void): Promise<Uint8Array> {
  const bytes = Buffer.concat(head);
  const type = (await typeOfBytes(bytes, 'story')) ?? '';
  if (!MEDIA_TYPES.test(type))
    throw new PlatformError({
      kind: 'skip',
      code: 'media_type',
      message: 'The network showed neither a picture nor a video.',
    });
  tell(type);
  return bytes;
}

async function noteKept(
  tx: TenantTx,
  { story, contentType }: { story: Story; contentType: string },
): Promise<void> {
  await tx
    .updateTable('creator_contents')
    .set({
      media_key: storageKeyOf(story.organizationId, story.creatorContentId),
      media_content_type: contentType,
    })
    .where('id', '=', story.creatorContentId)
    .execute();
  await settle(tx, story.creatorContentId, { error: null, lost_at: null });
}

async function lose(tx: TenantTx, creatorContentId: string, words: string): Promise<void> {
  await settle(tx, creatorContentId, { error: words, lost_at: sql<Date>`now()` });
}

async function settle(
  tx: TenantTx,
  creatorContentId: string,
  change: { error: string | null; lost_at: ReturnType<typeof sql<Date>> | null },
): Promise<void> {
  await tx
    .updateTable('creator_content_media')
    .set({ ...change, source_url: null, next_attempt_at: null, updated_at: sql<Date>`now()` })
    .where('creator_content_id', '=', creatorContentId)
    .execute();
}

interface Later {
  story: Story;
  waiting: Waiting;
  words: string;
  now: Date;
}

async function tryLater(tx: TenantTx, { story, waiting, words, now }: Later): Promise<void> {
  const attempts = waiting.attempts + 1;
  const minutes = Math.min(2 ** Math.min(attempts, 6), LONGEST_WAIT_MINUTES);
  const at = new Date(now.getTime() + minutes * 60_000);
  await tx
    .updateTable('creator_content_media')
    .set({ attempts, error: words, next_attempt_at: at, updated_at: sql<Date>`now()` })
    .where('creator_content_id', '=', story.creatorContentId)
    .execute();
  await sql`select app.wake_story_media(${story.creatorContentId}::uuid, ${at})`.execute(tx);
}
