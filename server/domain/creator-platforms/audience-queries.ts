import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorAudiences } from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import { cautionsOf, combine, type Shares, withSums } from './audience-rules.ts';
import type {
  Audience,
  AudienceHistory,
  CombinedAudience,
  CombinedAudienceInput,
} from './audience-schema.ts';
import { getCreatorPlatform, requireVisibleCreator } from './queries.ts';

const MOST_EARLIER = 24;

/** An account's newest audience and those before it. Errors: `not_found`. */
export async function getAudience(
  tx: TenantTx,
  creatorPlatformId: string,
  now: Date,
): Promise<AudienceHistory> {
  const [rows] = await Promise.all([
    tx
      .selectFrom('creator_audiences')
      .selectAll()
      .where('creator_platform_id', '=', creatorPlatformId)
      .where('kind', '=', 'FOLLOWERS')
      .orderBy('date', 'desc')
      .limit(MOST_EARLIER + 1)
      .execute(),
    getCreatorPlatform(tx, creatorPlatformId),
  ]);
  const [newest = null, ...earlier] = rows.map((row) => toAudience(row, now));
  return { newest, earlier };
}

function toAudience(row: Selectable<CreatorAudiences>, now: Date): Audience {
  return {
    creatorPlatformId: row.creator_platform_id,
    kind: row.kind,
    date: row.date,
    followers: row.followers,
    ...withSums(sharesOf(row)),
    source: row.source,
    fetchedAt: row.fetched_at.toISOString(),
    cautions: cautionsOf(row, now),
  };
}

type SharesColumns = Pick<Selectable<CreatorAudiences>, 'countries' | 'cities' | 'gender_ages'>;

/** The columns hold what ingestAudience wrote. */
function sharesOf({ countries, cities, gender_ages: genderAges }: SharesColumns): Shares {
  return { countries, cities, genderAges } as unknown as Shares;
}

interface Row extends SharesColumns {
  creator_platform_id: string;
  creator_id: string;
  creator_name: string;
  platform: CombinedAudience['included'][number]['platform'];
  handle: string;
  /** Of the audience's own day, else of now. */
  base: number | null;
  followers: number | null;
  date: string | null;
}

/**
 * The newest audiences of a creator's accounts, or of all creators of a campaign, as one. What is left out is named with
 * its reason. Errors: `not_found`.
 */
export async function combineAudiences(
  tx: TenantTx,
  input: CombinedAudienceInput,
  now: Date,
): Promise<CombinedAudience> {
  if (input.creatorId !== undefined) await requireVisibleCreator(tx, input.creatorId);
  else await requireCampaign(tx, input.campaignId);
  const rows = await selectNewest(tx, input);
  const usable = rows.flatMap((row) => {
    const { base, date } = row;
    return date === null || base === null || base === 0 ? [] : [{ row, followers: base, date }];
  });
  return {
    ...combine(usable.map(({ row, followers }) => ({ ...sharesOf(row), followers }))),
    followers: usable.reduce((sum, { followers }) => sum + followers, 0),
    included: usable.map(({ row, followers, date }) => ({
      ...accountOf(row),
      followers,
      date,
      cautions: cautionsOf({ followers: row.followers, kind: 'FOLLOWERS', date }, now),
    })),
    leftOut: rows.filter((row) => !usable.some((each) => each.row === row)).map(toLeftOut),
  };
}

async function requireCampaign(tx: TenantTx, campaignId: string | undefined): Promise<void> {
  const row = await tx
    .selectFrom('campaigns')
    .select('id')
    .where('id', '=', campaignId ?? null)
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
}

async function selectNewest(tx: TenantTx, { creatorId, campaignId }: CombinedAudienceInput): Promise<Row[]> {
  const chosen =
    creatorId === undefined
      ? sql`p.creator_id in (select l.creator_id from campaign_creators l
              where l.campaign_id = ${campaignId}::uuid and l.is_active)`
      : sql`p.creator_id = ${creatorId}::uuid`;
  const { rows } = await sql<Row>`
    select p.id as creator_platform_id, p.creator_id, c.name as creator_name, p.platform, p.handle, a.date, a.followers,
           coalesce(a.followers, p.followers) as base, a.countries, a.cities, a.gender_ages
      from creator_platforms p
      join creators c on c.organization_id = p.organization_id and c.id = p.creator_id and c.is_active
      left join lateral (
        select date, followers, countries, cities, gender_ages from creator_audiences a
         where a.organization_id = p.organization_id and a.creator_platform_id = p.id and a.kind = 'FOLLOWERS'
         order by a.date desc limit 1) a on true
     where p.is_active and ${chosen}
     order by p.followers desc nulls last, p.id`.execute(tx);
  return rows;
}

function accountOf(row: Row) {
  return {
    creatorPlatformId: row.creator_platform_id,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    platform: row.platform,
    handle: row.handle,
  };
}

function toLeftOut(row: Row): CombinedAudience['leftOut'][number] {
  if (row.date === null)
    return {
      ...accountOf(row),
      reason: 'NO_AUDIENCE',
      text: 'Its network tells of no audience, or not yet.',
    };
  return {
    ...accountOf(row),
    reason: 'NO_FOLLOWERS',
    text: 'How many follow it is not known, so its share cannot be weighed.',
  };
}
