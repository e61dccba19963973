import type { DailyMetric } from '../../integrations/ad-platform.ts';

/** The stage's columns in the order in which a line carries them. */
export const STAGE_COLUMNS = [
  ...['platform_campaign_id', 'date', 'currency', 'spend', 'impressions', 'clicks', 'conversions'],
  ...['conversion_value', 'video_views_25', 'video_views_50', 'video_views_75', 'video_views_100'],
  ...['video_starts', 'reach', 'frequency', 'attribution_setting', 'platform_data'],
];

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Rows as COPY's text format, in chunks. Source: PostgreSQL, COPY, text format: tab between columns, \N for NULL,
 * backslash before backslash, tab and line ends.
 * Errors: where a row's campaign is not among `campaignIds`.
 */
export function* copyText(
  rows: Iterable<DailyMetric>,
  campaignIds: ReadonlyMap<string, string>,
): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    const campaignId = campaignIds.get(row.nativeCampaignId);
    if (campaignId === undefined) throw new Error(`Campaign ${row.nativeCampaignId} has no row to refer to.`);
    chunk += lineOf(row, campaignId);
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

/** Dates, codes and decimals passed their schema and hold nothing to escape; free text and JSON may. */
function lineOf(row: DailyMetric, campaignId: string): string {
  return (
    `${campaignId}\t${row.date}\t${row.currency}\t${row.spend}\t${row.impressions}\t${row.clicks}\t` +
    `${row.conversions}\t${row.conversionValue}\t${orNull(row.videoViews25)}\t${orNull(row.videoViews50)}\t` +
    `${orNull(row.videoViews75)}\t${orNull(row.videoViews100)}\t${orNull(row.videoStarts)}\t${orNull(row.reach)}\t` +
    `${orNull(row.frequency)}\t${row.attributionSetting === null ? '\\N' : escapeText(row.attributionSetting)}\t` +
    `${row.platformData === null ? '\\N' : escapeText(JSON.stringify(row.platformData))}\n`
  );
}

function orNull(value: number | string | null): number | string {
  return value ?? '\\N';
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '') : text;
}
