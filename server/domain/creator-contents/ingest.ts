import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { NetworkContent } from '../../integrations/creator-network.ts';
import { notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { attributeContents, lockCreator } from './attribute.ts';
import { waitForMedia } from './media.ts';
import { urlKeyOf } from './post-urls.ts';
import { findDisclosures } from './rules.ts';
import { snapshotContents } from './snapshots.ts';
import { extractHashtags, extractLinks, extractMentions, normalizeHandle, normalizeTag } from './text.ts';
import { listOwnTerms } from './terms.ts';
import { publishedWords } from './words.ts';

export interface IngestRequest {
  creatorPlatformId: string;
  contents: readonly NetworkContent[];
  fetchedAt: Date;
  /** Whether `contents` is all that the network has of `range`: what is not among them is missing then. */
  isComplete: boolean;
  /** UTC days, inclusive; null is open. */
  range: { from: string | null; to: string | null };
}

export interface IngestResult {
  /** Pieces that were handed in, each once. */
  read: number;
  added: number;
  /** Added ones not counted. */
  changed: number;
  /** Pieces that became missing. */
  missing: number;
  contentIds: string[];
}

/** One statement's worth: activities of each go in one insert, whose parameters are limited. */
const CHUNK = 500;
/** What a late fetch brings from before that is no news any more. */
const NEWS_DAYS = 30;

interface Account {
  id: string;
  creator_id: string;
  contact_id: string;
  platform: SocialPlatform;
  connected_at: Date | null;
  name: string;
}

/**
 * Brings in what a network tells of an account's posts: each is one row however often and in whichever order it is told,
 * also where somebody added it by hand before. Figures of before are never lost to an older answer, and stand in the
 * snapshots of their day. Then matches the pieces with campaigns. A job's transaction; it holds the account and its
 * creator. Errors: `not_found` where the account is gone.
 */
export async function ingestContents(
  tx: TenantTx,
  principal: Principal,
  request: IngestRequest,
): Promise<IngestResult> {
  const account = await lockAccount(tx, request.creatorPlatformId);
  const pieces = newestEach(request.contents);
  const terms = await listOwnTerms(tx);
  const done: IngestResult = { read: pieces.length, added: 0, changed: 0, missing: 0, contentIds: [] };
  for (let at = 0; at < pieces.length; at += CHUNK) {
    const rows = pieces.slice(at, at + CHUNK).map((piece) => toRow(piece, terms));
    const written = await writeChunk(tx, { account, rows, fetchedAt: request.fetchedAt });
    await tellOfNew(tx, principal, { account, written, fetchedAt: request.fetchedAt });
    done.added += written.filter(({ is_new }) => is_new).length;
    done.changed += written.filter(({ is_new, is_changed }) => is_changed && !is_new).length;
    done.contentIds.push(...written.map(({ id }) => id));
  }
  if (request.isComplete) done.missing = await markMissing(tx, { ...request, since: request.fetchedAt });
  if (done.contentIds.length > 0) {
    await attributeContents(tx, { creatorId: account.creator_id, contentIds: done.contentIds });
  }
  return done;
}

/**
 * After a range was fetched page by page to its end: marks what none of the fetches since `since` brought. A story past
 * its day is not missing: it went by itself. Answers how many became missing.
 */
export async function markMissing(
  tx: TenantTx,
  request: Pick<IngestRequest, 'creatorPlatformId' | 'range'> & { since: Date },
): Promise<number> {
  const { creatorPlatformId, range, since } = request;
  const { numAffectedRows } = await sql`
    update creator_contents c set missing_since = ${since}, updated_at = now()
     where c.creator_platform_id = ${creatorPlatformId}::uuid and c.source = 'PHYLLO' and c.missing_since is null
       and c.published_at is not null and (c.fetched_at is null or c.fetched_at < ${since})
       and (${range.from}::date is null or c.published_at >= ${range.from}::date::timestamp at time zone 'UTC')
       and (${range.to}::date is null or c.published_at < (${range.to}::date + 1)::timestamp at time zone 'UTC')
       and not (c.type = 'STORY' and coalesce(c.expires_at, c.published_at + interval '1 day') <= ${since})`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** The account first and the creator second, as whatever else writes both does. */
async function lockAccount(tx: TenantTx, creatorPlatformId: string): Promise<Account> {
  const found = await tx
    .selectFrom('creator_platforms')
    .select(['id', 'creator_id', 'platform', 'connected_at'])
    .where('id', '=', creatorPlatformId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!found) throw notFound('account of a creator');
  await lockCreator(tx, found.creator_id);
  const creator = await tx
    .selectFrom('creators')
    .select(['contact_id', 'name'])
    .where('id', '=', found.creator_id)
    .executeTakeFirstOrThrow();
  return { ...found, ...creator };
}

/** Pages over a changing set repeat pieces: the newest word of each counts. */
function newestEach(contents: readonly NetworkContent[]): NetworkContent[] {
  const newest = new Map<string, NetworkContent>();
  for (const content of contents) {
    const known = newest.get(content.nativeId);
    if (!known || known.updatedAt <= content.updatedAt) newest.set(content.nativeId, content);
  }
  return [...newest.values()];
}

type ContentRow = ReturnType<typeof toRow>;

function toRow(content: NetworkContent, terms: readonly string[]) {
  const { title, caption, hashtags: told, mentions: named } = content;
  const hashtags = [...new Set([...told.map(normalizeTag), ...extractHashtags(title, caption)])];
  const mentions = [...new Set([...named.map(normalizeHandle), ...extractMentions(title, caption)])];
  return {
    ...content,
    hashtags,
    mentions,
    links: extractLinks(title, caption),
    urlKey: urlKeyOf(content.url),
    disclosures: findDisclosures({ title, caption, hashtags }, terms),
  };
}

interface Chunk {
  account: Account;
  rows: readonly ContentRow[];
  fetchedAt: Date;
}

interface Written {
  id: string;
  native_id: string;
  type: NetworkContent['type'];
  url: string | null;
  published_at: Date | null;
  is_new: boolean;
  is_changed: boolean;
}

async function writeChunk(tx: TenantTx, { account, rows, fetchedAt }: Chunk): Promise<Written[]> {
  await takeOver(tx, account, rows);
  const json = JSON.stringify(await withFreeKeys(tx, account, rows));
  const changed = await upsert(tx, { account, json, fetchedAt });
  const seen = await noteSeen(tx, { account, json, fetchedAt });
  const current = seen.filter(({ is_current }) => is_current).map(({ id }) => id);
  await snapshotContents(tx, { contentIds: current, takenAt: fetchedAt });
  await waitForMedia(tx, { account, rows, fetchedAt });
  return seen.map((row) => {
    const change = changed.get(row.id);
    return { ...row, is_new: change ?? false, is_changed: change !== undefined };
  });
}

/** A piece that somebody added by hand becomes the network's: its matches and decisions stay. */
async function takeOver(tx: TenantTx, account: Account, rows: readonly ContentRow[]): Promise<void> {
  const named = rows.flatMap(({ nativeId, urlKey }) => (urlKey ? [{ nativeId, urlKey }] : []));
  if (named.length === 0) return;
  await sql`
    update creator_contents c
       set native_id = f."nativeId", creator_platform_id = ${account.id}::uuid, provider_updated_at = null
      from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as f ("nativeId" text, "urlKey" text)
     where c.url_key = f."urlKey" and c.creator_id = ${account.creator_id}::uuid and c.source <> 'PHYLLO'
       and (c.native_id is null or c.native_id = f."nativeId")
       and not exists (select from creator_contents other
                        where other.creator_platform_id = ${account.id}::uuid and other.native_id = f."nativeId"
                          and other.id <> c.id)`.execute(tx);
}

/** One post of two authors stands at both their accounts under one address: whoever came first keeps it. */
async function withFreeKeys(
  tx: TenantTx,
  account: Account,
  rows: readonly ContentRow[],
): Promise<ContentRow[]> {
  const keys = rows.flatMap(({ urlKey }) => urlKey ?? []);
  const { rows: taken } = await sql<{ url_key: string; owner: string | null }>`
    select c.url_key, case when c.creator_platform_id = ${account.id}::uuid then c.native_id end as owner
      from creator_contents c where c.url_key = any (${keys}::text[])`.execute(tx);
  const owners = new Map(taken.map(({ url_key, owner }) => [url_key, owner]));
  return rows.map((row) => {
    if (row.urlKey === null) return row;
    const owner = owners.get(row.urlKey);
    if (owner !== undefined && owner !== row.nativeId) return { ...row, urlKey: null };
    owners.set(row.urlKey, row.nativeId);
    return row;
  });
}

interface Told {
  account: Account;
  json: string;
  fetchedAt: Date;
}

const TOLD = sql`"contentId" uuid, "nativeId" text, type content_type, url text, "urlKey" text, title text, caption text,
  hashtags text[], mentions text[], links text[], disclosures text[], "isLabelledSponsored" boolean,
  "durationSeconds" integer, "thumbnailUrl" text, "publishedAt" timestamptz, "expiresAt" timestamptz, views bigint,
  likes bigint, comments bigint, shares bigint, saves bigint, reach bigint, impressions bigint, "updatedAt" timestamptz`;

/** What was inserted (true) or became another (false), by id. An older word than the last changes nothing. */
async function upsert(tx: TenantTx, { account, json, fetchedAt }: Told): Promise<Map<string, boolean>> {
  const columns = sql`phyllo_content_id, type, url, url_key, title, caption, hashtags, mentions, links, disclosures,
    is_labelled_sponsored, duration_seconds, published_at, expires_at, views, likes, comments, shares, saves, reach,
    impressions, source`;
  const excluded = sql`excluded.phyllo_content_id, excluded.type, excluded.url, excluded.url_key, excluded.title,
    excluded.caption, excluded.hashtags, excluded.mentions, excluded.links, excluded.disclosures,
    excluded.is_labelled_sponsored, excluded.duration_seconds, excluded.published_at, excluded.expires_at,
    excluded.views, excluded.likes, excluded.comments, excluded.shares, excluded.saves, excluded.reach,
    excluded.impressions, excluded.source`;
  const current = sql`c.phyllo_content_id, c.type, c.url, c.url_key, c.title, c.caption, c.hashtags, c.mentions, c.links,
    c.disclosures, c.is_labelled_sponsored, c.duration_seconds, c.published_at, c.expires_at, c.views, c.likes,
    c.comments, c.shares, c.saves, c.reach, c.impressions, c.source`;
  const { rows } = await sql<{ id: string; is_new: boolean }>`
    insert into creator_contents as c (organization_id, creator_id, creator_platform_id, platform, native_id,
      thumbnail_url, provider_updated_at, fetched_at, ${columns})
    select app.organization_id(), ${account.creator_id}::uuid, ${account.id}::uuid, ${account.platform}::social_platform,
           f."nativeId", f."thumbnailUrl", f."updatedAt", ${fetchedAt}, f."contentId", f.type, f.url, f."urlKey", f.title,
           f.caption, f.hashtags, f.mentions, f.links, f.disclosures, f."isLabelledSponsored", f."durationSeconds",
           f."publishedAt", f."expiresAt", f.views, f.likes, f.comments, f.shares, f.saves, f.reach, f.impressions, 'PHYLLO'
      from jsonb_to_recordset(${json}::jsonb) as f (${TOLD}) order by f."nativeId"
    on conflict (organization_id, creator_platform_id, native_id) where native_id is not null
    do update set (thumbnail_url, updated_at, ${columns}) =
      (coalesce(excluded.thumbnail_url, c.thumbnail_url), now(), ${excluded})
     where (c.provider_updated_at is null or excluded.provider_updated_at >= c.provider_updated_at)
       and (c.thumbnail_url, ${current}) is distinct from
           (coalesce(excluded.thumbnail_url, c.thumbnail_url), ${excluded})
    returning c.id, c.xmax = 0 as is_new`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.is_new]));
}

/** That the network has them, and as of when; `is_current` where what was told now is what stands. */
async function noteSeen(tx: TenantTx, { account, json, fetchedAt }: Told) {
  const { rows } = await sql<Omit<Written, 'is_new' | 'is_changed'> & { is_current: boolean }>`
    update creator_contents c
       set fetched_at = greatest(c.fetched_at, ${fetchedAt}),
           provider_updated_at = greatest(c.provider_updated_at, f."updatedAt"),
           missing_since = case when c.missing_since > ${fetchedAt} then c.missing_since end
      from jsonb_to_recordset(${json}::jsonb) as f ("nativeId" text, "updatedAt" timestamptz)
     where c.creator_platform_id = ${account.id}::uuid and c.native_id = f."nativeId"
    returning c.id, c.native_id, c.type, c.url, c.published_at, c.provider_updated_at = f."updatedAt" as is_current`.execute(
    tx,
  );
  return rows;
}

interface News {
  account: Account;
  written: readonly Written[];
  fetchedAt: Date;
}

async function tellOfNew(
  tx: TenantTx,
  principal: Principal,
  { account, written, fetchedAt }: News,
): Promise<void> {
  // What was out before the account could be read is no news: a first fetch would bury the timeline under old posts.
  const since = Math.max(fetchedAt.getTime() - NEWS_DAYS * 86_400_000, account.connected_at?.getTime() ?? 0);
  const news = written.filter(
    ({ is_new, published_at }) => is_new && published_at && published_at.getTime() >= since,
  );
  await recordActivities(
    tx,
    principal,
    news.map(({ id, type, url }) => ({
      type: 'CONTENT_PUBLISHED',
      description: publishedWords(account.name, type, account.platform),
      metadata: { creatorContentId: id, url },
      creatorId: account.creator_id,
      contactId: account.contact_id,
    })),
  );
}
