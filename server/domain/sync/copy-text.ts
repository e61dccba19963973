import type { DailyMetric } from '../../integrations/ad-platform.ts';

/** The stage's columns in the order in which a line carries them. Campaigns are named as their platform names them. */
export const STAGE_COLUMNS = [
  ...['native_campaign_id', 'campaign_name', 'date', 'currency', 'spend', 'impressions', 'clicks'],
  ...['conversions', 'conversion_value', 'video_views_25', 'video_views_50', 'video_views_75'],
  ...['video_views_100', 'video_starts', 'reach', 'frequency', 'attribution_setting', 'platform_data'],
];

/**
 * A row as a line of COPY's text format. Dates, codes and decimals passed their schema and hold nothing to escape; free
 * text and JSON may. Source: PostgreSQL, COPY, text format: tab between columns, \N for NULL, backslash before
 * backslash, tab and line ends.
 */
export function copyLine(row: DailyMetric): string {
  return (
    `${escapeText(row.nativeCampaignId)}\t${escapeText(row.campaignName)}\t` +
    `${row.date}\t${row.currency}\t${row.spend}\t${row.impressions}\t${row.clicks}\t` +
    `${orNull(row.conversions)}\t${orNull(row.conversionValue)}\t${orNull(row.videoViews25)}\t${orNull(row.videoViews50)}\t` +
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
