import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../../db/client.ts';
import { type TenantScope, withTenantClient } from '../../../db/tenant.ts';
import type { DailyMetric } from '../../../server/integrations/ad-platform.ts';

const FIGURES = [
  ...['currency', 'spend', 'impressions', 'clicks', 'conversions', 'conversion_value', 'video_views_25'],
  ...['video_views_50', 'video_views_75', 'video_views_100', 'video_starts', 'reach', 'frequency'],
  ...['attribution_setting', 'platform_data'],
];
const COLUMNS = ['platform_campaign_id', 'date', ...FIGURES];
const CHUNK_ROWS = 500;

const STAGE = `create temporary table bench_stage (
  platform_campaign_id uuid, date date, currency char(3), spend numeric(18,6), impressions bigint, clicks bigint,
  conversions numeric(18,6), conversion_value numeric(18,6), video_views_25 bigint, video_views_50 bigint,
  video_views_75 bigint, video_views_100 bigint, video_starts bigint, reach bigint, frequency numeric(12,6),
  attribution_setting text, platform_data jsonb) on commit drop`;

const of = (alias: string, names: readonly string[]) => names.map((name) => `${alias}.${name}`).join(', ');

const MERGE = `
  merge into campaign_metrics m using bench_stage s
     on m.organization_id = $1::uuid and m.platform_campaign_id = s.platform_campaign_id and m.date = s.date
   when matched and (${of('m', FIGURES)}) is distinct from (${of('s', FIGURES)}) then
     update set ${FIGURES.map((name) => `${name} = s.${name}`).join(', ')}, fetched_at = now()
   when not matched then
     insert (organization_id, ad_account_id, ${COLUMNS.join(', ')}, source, fetched_at)
     values ($1::uuid, $2::uuid, ${of('s', COLUMNS)}, 'API', now())`;

/**
 * The least that writes the same rows under the same policy: COPY into a temporary table, and one MERGE that writes what
 * differs. It keeps no revision, and takes away nothing that the platform no longer speaks of.
 */
export function mergeDirectly(
  db: Database,
  scope: TenantScope,
  { adAccountId, campaignIds }: { adAccountId: string; campaignIds: ReadonlyMap<string, string> },
  rows: readonly DailyMetric[],
): Promise<number> {
  return withTenantClient(db, scope, async (_tx, client) => {
    await client.query(STAGE);
    const sink = client.query(copyFrom(`copy bench_stage (${COLUMNS.join(', ')}) from stdin`));
    await pipeline(Readable.from(linesOf(rows, campaignIds)), sink);
    const { rowCount } = await client.query(MERGE, [scope.organizationId, adAccountId]);
    return rowCount ?? 0;
  });
}

function* linesOf(rows: readonly DailyMetric[], campaignIds: ReadonlyMap<string, string>): Generator<string> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    let chunk = '';
    for (const row of rows.slice(start, start + CHUNK_ROWS)) chunk += lineOf(row, campaignIds);
    yield chunk;
  }
}

/** The bench's own rows hold nothing to escape. */
function lineOf(row: DailyMetric, campaignIds: ReadonlyMap<string, string>): string {
  const { videoViews25, videoViews50, videoViews75, videoViews100, videoStarts } = row;
  const videos = `${videoViews25}\t${videoViews50}\t${videoViews75}\t${videoViews100}\t${videoStarts}`;
  const { spend, impressions, clicks, conversions, conversionValue } = row;
  const delivery = `${row.currency}\t${spend}\t${impressions}\t${clicks}\t${conversions}\t${conversionValue}`;
  const rest = `${row.reach}\t${row.frequency}\t${row.attributionSetting}\t${JSON.stringify(row.platformData)}`;
  return `${campaignIds.get(row.nativeCampaignId)}\t${row.date}\t${delivery}\t${videos}\t${rest}\n`;
}
