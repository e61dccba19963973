import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type {
  CreatorConnectionState,
  CreatorPlatforms,
  CreatorPlatformSnapshots,
} from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import { engagementOf, plainDecimal } from './figure-rules.ts';
import type {
  CreatorMetrics,
  CreatorMetricsInput,
  CreatorPlatform,
  Snapshot,
  Snapshots,
  SnapshotsInput,
} from './schema.ts';

/** Errors: `not_found`. */
export async function getCreatorPlatform(tx: TenantTx, creatorPlatformId: string): Promise<CreatorPlatform> {
  const row = await tx
    .selectFrom('creator_platforms')
    .selectAll()
    .where('id', '=', creatorPlatformId)
    .executeTakeFirst();
  if (!row) throw notFound('account of a creator');
  return toCreatorPlatform(row);
}

/** A creator's accounts, the largest first; with `deleted` those that were taken off. Errors: `not_found`. */
export async function listCreatorPlatforms(
  tx: TenantTx,
  { creatorId, deleted = false }: { creatorId: string; deleted?: boolean | undefined },
): Promise<CreatorPlatform[]> {
  const [rows] = await Promise.all([
    tx
      .selectFrom('creator_platforms')
      .selectAll()
      .where('creator_id', '=', creatorId)
      .where('is_active', '=', !deleted)
      .orderBy(sql`followers desc nulls last`)
      .orderBy('platform')
      .orderBy('id')
      .execute(),
    requireVisibleCreator(tx, creatorId),
  ]);
  return rows.map(toCreatorPlatform);
}

/** Errors: `not_found`. */
export async function requireVisibleCreator(tx: TenantTx, creatorId: string): Promise<void> {
  const row = await tx.selectFrom('creators').select('id').where('id', '=', creatorId).executeTakeFirst();
  if (!row) throw notFound('creator');
}

/** States in which Phyllo reads an account. */
const CONNECTED: ReadonlySet<CreatorConnectionState> = new Set(['CONNECTED', 'SYNCED', 'EXPIRING']);

export function isConnected(row: {
  phyllo_account_id: string | null;
  connection_state: CreatorConnectionState;
}): boolean {
  return row.phyllo_account_id !== null && CONNECTED.has(row.connection_state);
}

export function toCreatorPlatform(row: Selectable<CreatorPlatforms>): CreatorPlatform {
  return {
    id: row.id,
    creatorId: row.creator_id,
    platform: row.platform,
    handle: row.handle,
    nativeId: row.native_id,
    profileUrl: row.profile_url,
    imageUrl: row.image_url,
    isVerified: row.is_verified,
    ...figuresOf(row),
    engagement: engagementOf(row),
    statedEngagementRate: plain(row.stated_engagement_rate),
    statedEngagementBasis: row.stated_engagement_basis,
    source: row.source,
    figuresAt: row.figures_at?.toISOString() ?? null,
    connectionState: row.connection_state,
    isConnected: isConnected(row),
    connectedAt: row.connected_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastSyncedAt: row.last_synced_at?.toISOString() ?? null,
    contentsSyncedAt: row.contents_synced_at?.toISOString() ?? null,
    audienceSyncedAt: row.audience_synced_at?.toISOString() ?? null,
    syncError: row.sync_error,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

type FigureColumns = Pick<
  Selectable<CreatorPlatforms>,
  | 'followers'
  | 'following'
  | 'posts'
  | 'likes'
  | 'mean_views'
  | 'mean_likes'
  | 'mean_comments'
  | 'measured_posts'
>;

function figuresOf(row: FigureColumns) {
  return {
    followers: row.followers,
    following: row.following,
    posts: row.posts,
    likes: row.likes,
    meanViews: plain(row.mean_views),
    meanLikes: plain(row.mean_likes),
    meanComments: plain(row.mean_comments),
    measuredPosts: row.measured_posts,
  };
}

const plain = (value: string | null): string | null => (value === null ? null : plainDecimal(value));

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;

interface Range {
  from: string;
  to: string;
}

/** The days that are asked for, UTC; left out, they end today and are 90. */
function rangeOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: Date): Range {
  const last = to ?? now.toISOString().slice(0, 10);
  const first = new Date(Date.parse(last) - (USUAL_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  return { from: from ?? first, to: last };
}

/** An account's daily figures; days without a fetch are absent. Errors: `not_found`. */
export async function listSnapshots(tx: TenantTx, input: SnapshotsInput, now: Date): Promise<Snapshots> {
  const range = rangeOf(input, now);
  const [rows] = await Promise.all([
    selectSnapshots(tx, [input.creatorPlatformId], range),
    getCreatorPlatform(tx, input.creatorPlatformId),
  ]);
  return { ...range, snapshots: rows.map(toSnapshot) };
}

/** A creator's accounts in use with their figures and those of each day. Errors: `not_found`. */
export async function getCreatorMetrics(
  tx: TenantTx,
  input: CreatorMetricsInput,
  now: Date,
): Promise<CreatorMetrics> {
  const range = rangeOf(input, now);
  const platforms = await listCreatorPlatforms(tx, { creatorId: input.creatorId });
  const rows = await selectSnapshots(
    tx,
    platforms.map(({ id }) => id),
    range,
  );
  const of = (id: string) => rows.filter((row) => row.creator_platform_id === id).map(toSnapshot);
  return {
    creatorId: input.creatorId,
    ...range,
    platforms: platforms.map((platform) => ({ ...platform, snapshots: of(platform.id) })),
  };
}

async function selectSnapshots(tx: TenantTx, creatorPlatformIds: readonly string[], { from, to }: Range) {
  if (creatorPlatformIds.length === 0) return [];
  return tx
    .selectFrom('creator_platform_snapshots')
    .selectAll()
    .where('creator_platform_id', 'in', creatorPlatformIds)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .execute();
}

function toSnapshot(row: Selectable<CreatorPlatformSnapshots>): Snapshot {
  return {
    date: row.date,
    ...figuresOf(row),
    engagementRate: plain(row.engagement_rate),
    source: row.source,
    fetchedAt: row.fetched_at.toISOString(),
  };
}
