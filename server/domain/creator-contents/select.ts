import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorContents } from '../../../db/types.ts';
import { engagementsOf, disclosureState } from './rules.ts';
import type { ContentMatch, CreatorContent } from './schema.ts';

/** Contents with what stands beside them, each as far as the reader sees that. */
export function selectContents(tx: TenantTx) {
  return tx
    .selectFrom('creator_contents as c')
    .innerJoin('creators as r', (join) =>
      join.onRef('r.organization_id', '=', 'c.organization_id').onRef('r.id', '=', 'c.creator_id'),
    )
    .innerJoin('creator_platforms as p', (join) =>
      join.onRef('p.organization_id', '=', 'c.organization_id').onRef('p.id', '=', 'c.creator_platform_id'),
    )
    .leftJoin('creator_content_media as m', (join) =>
      join.onRef('m.organization_id', '=', 'c.organization_id').onRef('m.creator_content_id', '=', 'c.id'),
    )
    .selectAll('c')
    .select(['r.name as creator_name', 'p.handle', 'm.lost_at as media_lost_at', 'm.error as media_error'])
    .select(matches().as('matches'));
}

/** The matches of a piece whose campaigns the reader sees, those that count first. */
function matches(): RawBuilder<ContentMatch[]> {
  return sql<ContentMatch[]>`coalesce((
    select jsonb_agg(jsonb_build_object(
             'campaignContentId', cc.id, 'campaignId', k.id, 'campaignName', k.name, 'state', cc.state,
             'reasons', cc.reasons, 'campaignDeliverableId', cc.campaign_deliverable_id,
             'decidedById', cc.decided_by_id, 'decidedByName', u.name,
             'decidedAt', to_char(cc.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'version', cc.version)
             order by cc.state = 'CONFIRMED' desc, cc.state = 'REJECTED', k.name, cc.id)
      from campaign_contents cc
      join campaigns k on k.organization_id = cc.organization_id and k.id = cc.campaign_id
      left join users u on u.id = cc.decided_by_id
     where cc.organization_id = c.organization_id and cc.creator_content_id = c.id), '[]')`;
}

export type ContentRow = Omit<Selectable<CreatorContents>, 'url_key' | 'phyllo_content_id'> & {
  creator_name: string;
  handle: string;
  media_lost_at: Date | null;
  media_error: string | null;
  matches: ContentMatch[];
};

export function toContent(row: ContentRow): CreatorContent {
  const { views, likes, comments, shares, saves, reach, impressions } = row;
  const isForCampaign = row.matches.some(({ state }) => state !== 'REJECTED');
  return {
    id: row.id,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    creatorPlatformId: row.creator_platform_id,
    platform: row.platform,
    handle: row.handle,
    nativeId: row.native_id,
    type: row.type,
    url: row.url,
    title: row.title,
    caption: row.caption,
    hashtags: row.hashtags,
    mentions: row.mentions,
    links: row.links,
    isLabelledSponsored: row.is_labelled_sponsored,
    durationSeconds: row.duration_seconds,
    thumbnailUrl: row.thumbnail_url,
    media: mediaOf(row),
    publishedAt: iso(row.published_at),
    expiresAt: iso(row.expires_at),
    ...{ views, likes, comments, shares, saves, reach, impressions },
    engagements: engagementsOf(row),
    engagementRate: row.engagement_rate === null ? null : trimmed(row.engagement_rate),
    source: row.source,
    figuresAt: iso(row.fetched_at),
    missingSince: iso(row.missing_since),
    disclosure: isForCampaign ? disclosure(row) : null,
    matches: row.matches,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function disclosure(row: ContentRow) {
  const { caption, type, disclosures } = row;
  return disclosureState({ caption, type, isLabelledSponsored: row.is_labelled_sponsored }, disclosures);
}

/** A story's copy; a story that nobody copied in its day is lost. */
function mediaOf(row: ContentRow): CreatorContent['media'] {
  if (row.type !== 'STORY' || row.source !== 'PHYLLO') return null;
  if (row.media_key) return { state: 'KEPT', contentType: row.media_content_type, error: null };
  const isPast = row.expires_at !== null && row.expires_at.getTime() <= Date.now();
  const isLost = row.media_lost_at !== null || isPast;
  return { state: isLost ? 'LOST' : 'WAITING', contentType: null, error: row.media_error };
}

const iso = (value: Date | null) => value?.toISOString() ?? null;

/** 0.05000000 is 0.05. */
function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
