import { type RawBuilder, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { divide } from '../records/decimals.ts';
import { isUndisclosed } from './queries.ts';
import type { CampaignFigures, CreatorFigures } from './schema.ts';

/** Decimals of a rate of engagement, as the columns that compute one piece's have. */
const RATE_DECIMALS = 8;

interface SumRow {
  pieces: number;
  views: number | null;
  likes: number | null;
  comments: number | null;
  engagements: number | null;
  rated_engagements: number | null;
  rated_views: number | null;
  untold_views: number;
  untold_likes: number;
  untold_comments: number;
}

/** Sums over pieces `c`; a rate's two parts are of the same pieces. */
function sums(isCounted: RawBuilder<unknown>) {
  const rated = sql`${isCounted} and c.views is not null and c.likes is not null and c.comments is not null`;
  return sql`
    count(*) filter (where ${isCounted})::int4 as pieces,
    sum(c.views) filter (where ${isCounted})::int8 as views,
    sum(c.likes) filter (where ${isCounted})::int8 as likes,
    sum(c.comments) filter (where ${isCounted})::int8 as comments,
    sum(c.likes + c.comments) filter (where ${isCounted})::int8 as engagements,
    sum(c.likes + c.comments) filter (where ${rated})::int8 as rated_engagements,
    sum(c.views) filter (where ${rated})::int8 as rated_views,
    count(*) filter (where ${isCounted} and c.views is null)::int4 as untold_views,
    count(*) filter (where ${isCounted} and c.likes is null)::int4 as untold_likes,
    count(*) filter (where ${isCounted} and c.comments is null)::int4 as untold_comments`;
}

function toSums(row: SumRow) {
  return {
    pieces: row.pieces,
    views: row.views,
    likes: row.likes,
    comments: row.comments,
    engagements: row.engagements,
    engagementRate: divide(row.rated_engagements, row.rated_views, RATE_DECIMALS),
    untold: { views: row.untold_views, likes: row.untold_likes, comments: row.untold_comments },
  };
}

/** What a campaign's confirmed contents came to, whole and for each creator. Errors: `not_found`. */
export async function figuresOfCampaign(tx: TenantTx, campaignId: string): Promise<CampaignFigures> {
  const isCounted = sql`cc.state = 'CONFIRMED'`;
  const [campaign, { rows }] = await Promise.all([
    tx.selectFrom('campaigns').select('id').where('id', '=', campaignId).executeTakeFirst(),
    sql<SumRow & { creator_id: string | null; creator_name: string; pending: number; undisclosed: number }>`
      select c.creator_id, max(r.name) as creator_name, ${sums(isCounted)},
             count(*) filter (where cc.state = 'PENDING')::int4 as pending,
             count(*) filter (where ${isCounted} and ${isUndisclosed})::int4 as undisclosed
        from campaign_contents cc
        join creator_contents c on c.organization_id = cc.organization_id and c.id = cc.creator_content_id
        join creators r on r.organization_id = c.organization_id and r.id = c.creator_id
       where cc.campaign_id = ${campaignId}::uuid and c.is_active
       group by grouping sets ((c.creator_id), ()) order by 2, 1`.execute(tx),
  ]);
  if (!campaign) throw notFound('campaign');
  const whole = rows.find(({ creator_id }) => creator_id === null);
  if (!whole) throw new Error('A sum over nothing is a row too.');
  const creators = rows.flatMap(({ creator_id: creatorId, creator_name: creatorName, pending, ...row }) =>
    creatorId === null ? [] : [{ creatorId, creatorName, pending, ...toSums(row) }],
  );
  return { ...toSums(whole), pending: whole.pending, undisclosed: whole.undisclosed, creators };
}

/** What a creator's contents came to by the month they were published in. Errors: `not_found`. */
export async function figuresOfCreator(
  tx: TenantTx,
  { creatorId, months }: { creatorId: string; months: number },
): Promise<CreatorFigures> {
  const [creator, { rows }] = await Promise.all([
    tx.selectFrom('creators').select('id').where('id', '=', creatorId).executeTakeFirst(),
    sql<SumRow & { month: string }>`
      select to_char(c.published_at at time zone o.time_zone, 'YYYY-MM') as month, ${sums(sql`true`)}
        from creator_contents c
        join organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
       where c.creator_id = ${creatorId}::uuid and c.is_active
         and c.published_at >= (date_trunc('month', now() at time zone o.time_zone)
                                - make_interval(months => ${months - 1}::integer)) at time zone o.time_zone
       group by 1 order by 1 desc`.execute(tx),
  ]);
  if (!creator) throw notFound('creator');
  return { months: rows.map(({ month, ...row }) => ({ month, ...toSums(row) })) };
}
