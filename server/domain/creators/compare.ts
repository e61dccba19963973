import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { divide, plain } from '../records/decimals.ts';
import { toMoney } from '../records/money.ts';
import type {
  ComparedCreator,
  CompareCreatorsInput,
  CreatorComparison,
  RecentContents,
} from './compare-schema.ts';
import { selectCreators, toCreator } from './select.ts';

/** Creators side by side, each figure with its source and age. Errors: `not_found` where one is none of the reader's. */
export async function compareCreators(
  tx: TenantTx,
  { creatorIds }: CompareCreatorsInput,
): Promise<CreatorComparison> {
  const rows = await selectCreators(tx).where('creators.id', 'in', creatorIds).execute();
  const byId = new Map(rows.map((row) => [row.id, toCreator(row)]));
  const [accounts, audiences, contents, fees, blocks] = await Promise.all([
    accountsOf(tx, creatorIds),
    audiencesOf(tx, creatorIds),
    contentsOf(tx, creatorIds),
    feesOf(tx, creatorIds),
    blocksOf(tx, creatorIds),
  ]);
  const creators = creatorIds.map((asked): ComparedCreator => {
    const creator = byId.get(asked.toLowerCase());
    if (!creator) throw notFound('creator');
    const { id } = creator;
    return {
      id,
      name: creator.name,
      status: creator.status,
      categories: creator.categories,
      totalFollowers: creator.totalFollowers,
      engagementRate: creator.engagementRate,
      engagementBasis: creator.engagementBasis,
      accounts: creator.platforms.flatMap((account) => {
        const more = accounts.get(account.creatorPlatformId);
        return more ? [{ ...account, ...more }] : [];
      }),
      audiences: audiences.get(id) ?? [],
      recentContents: contents.get(id) ?? NONE,
      contractState: creator.contractState,
      contractEndsOn: creator.contractEndsOn,
      fees: fees.get(id) ?? [],
      blocks: blocks.get(id) ?? [],
    };
  });
  return { creators };
}

async function accountsOf(tx: TenantTx, creatorIds: readonly string[]) {
  const rows = await tx
    .selectFrom('creator_platforms')
    .select(['id', 'following', 'posts', 'mean_views', 'mean_likes', 'mean_comments', 'measured_posts'])
    .where('creator_id', 'in', [...creatorIds])
    .where('is_active', '=', true)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        following: row.following,
        posts: row.posts,
        meanViews: row.mean_views && plain(row.mean_views),
        meanLikes: row.mean_likes && plain(row.mean_likes),
        meanComments: row.mean_comments && plain(row.mean_comments),
        measuredPosts: row.measured_posts,
      },
    ]),
  );
}

type Audience = ComparedCreator['audiences'][number];

async function audiencesOf(
  tx: TenantTx,
  creatorIds: readonly string[],
): Promise<ReadonlyMap<string, Audience[]>> {
  const { rows } = await sql<Omit<Audience, 'fetchedAt'> & { creatorId: string; fetchedAt: Date }>`
    select p.creator_id as "creatorId", p.id as "creatorPlatformId", a.date::text as date, a.followers, a.countries,
           a.cities, a.gender_ages as "genderAges", a.source, a.fetched_at as "fetchedAt"
      from creator_platforms p
      cross join lateral (select * from creator_audiences n
        where n.organization_id = p.organization_id and n.creator_platform_id = p.id and n.kind = 'FOLLOWERS'
        order by n.date desc limit 1) a
     where p.creator_id = any (${[...creatorIds]}::uuid[]) and p.is_active
     order by p.followers desc nulls last, p.platform`.execute(tx);
  return grouped(rows, ({ creatorId, ...row }) => [
    creatorId,
    { ...row, fetchedAt: row.fetchedAt.toISOString() },
  ]);
}

const NONE: RecentContents = {
  count: 0,
  meanViews: null,
  meanLikes: null,
  meanComments: null,
  engagementRate: null,
  newestAt: null,
};

interface Sums {
  creator_id: string;
  count: number;
  views: string | null;
  views_told: number;
  likes: string | null;
  likes_told: number;
  comments: string | null;
  comments_told: number;
  engagements: string | null;
  viewed: string | null;
  newest_at: Date | null;
}

async function contentsOf(
  tx: TenantTx,
  creatorIds: readonly string[],
): Promise<ReadonlyMap<string, RecentContents>> {
  const isWhole = sql`where c.views is not null and c.likes is not null and c.comments is not null`;
  const { rows } = await sql<Sums>`
    select c.creator_id, count(*)::int as count,
           sum(c.views)::text as views, count(c.views)::int as views_told,
           sum(c.likes)::text as likes, count(c.likes)::int as likes_told,
           sum(c.comments)::text as comments, count(c.comments)::int as comments_told,
           (sum(c.likes + c.comments) filter (${isWhole}))::text as engagements,
           (sum(c.views) filter (${isWhole}))::text as viewed, max(c.published_at) as newest_at
      from creator_contents c
     where c.creator_id = any (${[...creatorIds]}::uuid[]) and c.is_active
       and c.published_at >= now() - interval '90 days'
     group by c.creator_id`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.creator_id,
      {
        count: row.count,
        meanViews: divide(row.views, row.views_told, 2),
        meanLikes: divide(row.likes, row.likes_told, 2),
        meanComments: divide(row.comments, row.comments_told, 2),
        engagementRate: divide(row.engagements, row.viewed, 8),
        newestAt: row.newest_at?.toISOString() ?? null,
      },
    ]),
  );
}

async function feesOf(tx: TenantTx, creatorIds: readonly string[]) {
  const rows = await tx
    .selectFrom('creator_contracts')
    .select(['id', 'creator_id', 'title', 'fee_amount', 'fee_currency', 'starts_on', 'ends_on', 'status'])
    .where('creator_id', 'in', [...creatorIds])
    .where('is_active', '=', true)
    .where('fee_amount', 'is not', null)
    .orderBy(sql`coalesce(starts_on, created_at::date)`, 'desc')
    .orderBy('id', 'desc')
    .execute();
  const priced = rows.flatMap((row) => {
    const fee = toMoney(row.fee_amount, row.fee_currency);
    return fee ? [{ ...row, fee }] : [];
  });
  return grouped(priced, (row) => [
    row.creator_id,
    {
      creatorContractId: row.id,
      title: row.title,
      fee: row.fee,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      status: row.status,
    },
  ]);
}

async function blocksOf(tx: TenantTx, creatorIds: readonly string[]) {
  const rows = await tx
    .selectFrom('creator_blocks')
    .leftJoin('organizations', 'organizations.id', 'creator_blocks.brand_id')
    .select([
      'creator_blocks.id',
      'creator_blocks.creator_id',
      'creator_blocks.brand_id',
      'reason',
      'organizations.name',
    ])
    .where('creator_blocks.creator_id', 'in', [...creatorIds])
    .orderBy('creator_blocks.created_at', 'desc')
    .execute();
  return grouped(rows, (row) => [
    row.creator_id,
    { creatorBlockId: row.id, brandId: row.brand_id, brandName: row.name, reason: row.reason },
  ]);
}

function grouped<R, V>(rows: readonly R[], entryOf: (row: R) => [string, V]): ReadonlyMap<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const row of rows) {
    const [key, value] = entryOf(row);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
