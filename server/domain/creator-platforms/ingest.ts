import { type Selectable, sql, type Updateable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorFigureSource, CreatorPlatforms } from '../../../db/types.ts';
import type { NetworkAudience, NetworkProfile } from '../../integrations/creator-network.ts';
import { notFound } from '../../kernel/errors.ts';
import { absorb, isSameByHand } from './absorb.ts';
import { isLive } from './connection-rules.ts';
import { MEASURED_DAYS, meansOf, MOST_MEASURED } from './figure-rules.ts';

/** Figures as a person or a file gives them; one that is left out stays as it is, null takes it away. */
export interface GivenFigures {
  followers?: number | null | undefined;
  following?: number | null | undefined;
  posts?: number | null | undefined;
  likes?: number | null | undefined;
  /** Decimal strings. */
  meanViews?: string | null | undefined;
  meanLikes?: string | null | undefined;
  meanComments?: string | null | undefined;
}

export interface FigureEntry {
  creatorPlatformId: string;
  figures: GivenFigures;
  source: Exclude<CreatorFigureSource, 'PHYLLO'>;
  /** When they were true. */
  at: Date;
}

/** Its row, held until the transaction ends. Errors: `not_found`. */
export async function lockPlatform(tx: TenantTx, creatorPlatformId: string) {
  const row = await tx
    .selectFrom('creator_platforms')
    .selectAll()
    .where('id', '=', creatorPlatformId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('account of a creator');
  return row;
}

/**
 * Takes figures by hand or from a file. Where Phyllo reads the account, and where newer ones stand, they go into the
 * history of their day alone. Answers whether they are the account's now. Errors: `not_found`.
 */
export async function ingestFigures(tx: TenantTx, entry: FigureEntry): Promise<boolean> {
  const { creatorPlatformId, source, at } = entry;
  const platform = await lockPlatform(tx, creatorPlatformId);
  const values = toColumns(entry.figures);
  if (Object.keys(values).length === 0) return false;
  const isRead = platform.source === 'PHYLLO' && isLive(platform.connection_state);
  if (isRead || (platform.figures_at !== null && platform.figures_at > at)) {
    await keepInHistory(tx, { ...entry, organizationId: platform.organization_id });
    return false;
  }
  await tx
    .updateTable('creator_platforms')
    .set({ ...values, source, figures_at: at, updated_at: sql`now()` })
    .where('id', '=', creatorPlatformId)
    .execute();
  await snapshotPlatform(tx, creatorPlatformId, at);
  return true;
}

/** A mean by hand is over posts that nobody counted. */
function toColumns(figures: GivenFigures): Updateable<CreatorPlatforms> {
  const { followers, following, posts, likes, meanViews, meanLikes, meanComments } = figures;
  const sent = Object.entries({
    followers,
    following,
    posts,
    likes,
    mean_views: meanViews,
    mean_likes: meanLikes,
    mean_comments: meanComments,
  }).filter(([, value]) => value !== undefined);
  const means = [meanViews, meanLikes, meanComments].some((value) => value !== undefined);
  return { ...Object.fromEntries(sent), ...(means ? { measured_posts: null } : {}) };
}

/** What Phyllo told of a day is not overwritten. */
async function keepInHistory(tx: TenantTx, entry: FigureEntry & { organizationId: string }): Promise<void> {
  const { organizationId, creatorPlatformId, figures, source, at } = entry;
  const row = { ...(toColumns(figures) as Record<string, number | string | null>), source, fetched_at: at };
  await tx
    .insertInto('creator_platform_snapshots')
    .values({
      organization_id: organizationId,
      creator_platform_id: creatorPlatformId,
      date: at.toISOString().slice(0, 10),
      ...row,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'creator_platform_id', 'date'])
        .doUpdateSet(row)
        .where('creator_platform_snapshots.source', '<>', 'PHYLLO')
        .where('creator_platform_snapshots.fetched_at', '<=', at),
    )
    .execute();
}

/** An account's figures as they stand now become those of a day. */
async function snapshotPlatform(tx: TenantTx, creatorPlatformId: string, at: Date): Promise<void> {
  await sql`
    insert into creator_platform_snapshots as s (organization_id, creator_platform_id, date, followers, following, posts,
      likes, mean_views, mean_likes, mean_comments, measured_posts, source, fetched_at)
    select p.organization_id, p.id, (${at}::timestamptz at time zone 'UTC')::date, p.followers, p.following, p.posts,
           p.likes, p.mean_views, p.mean_likes, p.mean_comments, p.measured_posts, p.source, ${at}
      from creator_platforms p where p.id = ${creatorPlatformId}::uuid
    on conflict (organization_id, creator_platform_id, date) do update set
      (followers, following, posts, likes, mean_views, mean_likes, mean_comments, measured_posts, source, fetched_at) =
      (excluded.followers, excluded.following, excluded.posts, excluded.likes, excluded.mean_views, excluded.mean_likes,
       excluded.mean_comments, excluded.measured_posts, excluded.source, greatest(s.fetched_at, excluded.fetched_at))
     where excluded.source = 'PHYLLO' or s.source <> 'PHYLLO'`.execute(tx);
}

export interface ProfileEntry {
  creatorPlatformId: string;
  profile: NetworkProfile;
  fetchedAt: Date;
}

/**
 * Takes a profile as the network shows it: what it does not tell is unknown now, and an older answer than the last one
 * changes nothing. Once Phyllo reads an account its figures stand before those by hand, which stay in the history.
 * Errors: `not_found`.
 */
export async function ingestProfile(tx: TenantTx, entry: ProfileEntry): Promise<void> {
  const { creatorPlatformId, profile, fetchedAt } = entry;
  const platform = await lockPlatform(tx, creatorPlatformId);
  const isFirst = platform.source !== 'PHYLLO';
  const isNews = isFirst || platform.figures_at === null || platform.figures_at <= profile.updatedAt;
  if (isNews) {
    await tx
      .updateTable('creator_platforms')
      .set({
        ...(await namesOf(tx, platform, profile)),
        is_verified: profile.isVerified,
        followers: profile.followers,
        following: profile.following,
        posts: profile.posts,
        likes: profile.likes,
        // Means by hand belong to the figures by hand.
        ...(isFirst ? { mean_views: null, mean_likes: null, mean_comments: null, measured_posts: null } : {}),
        source: 'PHYLLO',
        figures_at: profile.updatedAt,
      })
      .where('id', '=', creatorPlatformId)
      .execute();
  }
  await tx
    .updateTable('creator_platforms')
    .set({
      last_synced_at: sql`greatest(last_synced_at, ${fetchedAt}::timestamptz)`,
      connection_state: sql`case when connection_state = 'CONNECTED' then 'SYNCED' else connection_state end`,
      updated_at: sql`now()`,
    })
    .where('id', '=', creatorPlatformId)
    .execute();
  await snapshotPlatform(tx, creatorPlatformId, fetchedAt);
}

/** A name that another account of the agency bears is left as it was: nobody's figures stop because of it. */
async function namesOf(
  tx: TenantTx,
  platform: Selectable<CreatorPlatforms>,
  { handle, nativeId, url, imageUrl }: NetworkProfile,
): Promise<Updateable<CreatorPlatforms>> {
  const holders = await tx
    .selectFrom('creator_platforms')
    .selectAll()
    .where('platform', '=', platform.platform)
    .where('is_active', '=', true)
    .where('id', '<>', platform.id)
    .where((where) =>
      where.or([
        where('handle_key', '=', (handle ?? '').toLowerCase()),
        where('native_id', '=', nativeId ?? ''),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  for (const holder of holders.filter((row) => isSameByHand(row, platform)))
    await absorb(tx, platform, holder);
  const others = holders.filter((row) => !isSameByHand(row, platform));
  const isHandleFree = handle !== null && !others.some(({ handle_key: key }) => key === handle.toLowerCase());
  const isIdFree = nativeId !== null && !others.some(({ native_id: id }) => id === nativeId);
  return {
    ...(isHandleFree ? { handle: handle.slice(0, 255) } : {}),
    ...(isIdFree ? { native_id: nativeId } : {}),
    ...(url === null ? {} : { profile_url: url }),
    image_url: imageUrl,
  };
}

export interface AudienceEntry {
  creatorPlatformId: string;
  audience: NetworkAudience;
  fetchedAt: Date;
}

/** Takes an audience as its network estimates it: one row for the day that the estimate is of. Errors: `not_found`. */
export async function ingestAudience(tx: TenantTx, entry: AudienceEntry): Promise<void> {
  const { creatorPlatformId, audience, fetchedAt } = entry;
  const platform = await lockPlatform(tx, creatorPlatformId);
  const { countries, cities, genderAges, updatedAt } = audience;
  const [countriesJson, citiesJson, agesJson] = [countries, cities, genderAges].map((part) =>
    JSON.stringify(part),
  );
  await sql`
    insert into creator_audiences as a (organization_id, creator_platform_id, kind, date, followers, countries, cities,
      gender_ages, source, fetched_at)
    values (${platform.organization_id}::uuid, ${platform.id}::uuid, 'FOLLOWERS',
            (${updatedAt}::timestamptz at time zone 'UTC')::date, ${platform.followers}, ${countriesJson}::jsonb,
            ${citiesJson}::jsonb, ${agesJson}::jsonb, 'PHYLLO', ${fetchedAt})
    on conflict (organization_id, creator_platform_id, kind, date) do update set
      (followers, countries, cities, gender_ages, source, fetched_at) =
      (excluded.followers, excluded.countries, excluded.cities, excluded.gender_ages, excluded.source, excluded.fetched_at)
     where excluded.fetched_at >= a.fetched_at or a.source <> 'PHYLLO'`.execute(tx);
  await tx
    .updateTable('creator_platforms')
    .set({
      audience_synced_at: sql`greatest(audience_synced_at, ${fetchedAt}::timestamptz)`,
      updated_at: sql`now()`,
    })
    .where('id', '=', creatorPlatformId)
    .execute();
}

/**
 * Computes an account's means anew from its newest pieces, and its day's snapshot with them. Stories are gone after a day
 * and never comparable; what somebody typed is no measurement. Errors: `not_found`.
 */
export async function refreshMeans(tx: TenantTx, creatorPlatformId: string, now: Date): Promise<void> {
  const platform = await lockPlatform(tx, creatorPlatformId);
  if (platform.source !== 'PHYLLO') return;
  const pieces = await tx
    .selectFrom('creator_contents')
    .select(['views', 'likes', 'comments'])
    .where('creator_platform_id', '=', creatorPlatformId)
    .where('is_active', '=', true)
    .where('source', '<>', 'MANUAL')
    .where('type', '<>', 'STORY')
    .where('published_at', '>=', new Date(now.getTime() - MEASURED_DAYS * 86_400_000))
    .where('missing_since', 'is', null)
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(MOST_MEASURED)
    .execute();
  const { meanViews, meanLikes, meanComments, measuredPosts } = meansOf(pieces);
  await tx
    .updateTable('creator_platforms')
    .set({
      mean_views: meanViews,
      mean_likes: meanLikes,
      mean_comments: meanComments,
      measured_posts: measuredPosts,
      updated_at: sql`now()`,
    })
    .where('id', '=', creatorPlatformId)
    .execute();
  await snapshotPlatform(tx, creatorPlatformId, now);
}
