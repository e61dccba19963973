import type { Access, AccountRef, DailyMetric, DayRange } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import { type CursorPage, walkPages } from '../paging.ts';
import type { Graph, GraphQuestion } from './graph.ts';
import { toDailyMetric } from './map.ts';
import { insightWire, read } from './wire.ts';

const DAILY_FIELDS = [
  ...['campaign_id', 'campaign_name', 'account_currency', 'spend', 'impressions', 'clicks'],
  ...['inline_link_clicks', 'reach', 'frequency', 'attribution_setting', 'actions', 'action_values'],
  ...['video_play_actions', 'video_p25_watched_actions', 'video_p50_watched_actions'],
  ...['video_p75_watched_actions', 'video_p100_watched_actions'],
].join(',');

const FULL_LIMIT = 500;
const LEAST_LIMIT = 25;

/** What is asked for a span's campaigns by day: the rows at once, or by POST for a report of them. */
export function dailyQuestion(access: Access, account: AccountRef, span: DayRange): GraphQuestion {
  return {
    path: `act_${account.nativeId}/insights`,
    params: {
      level: 'campaign',
      time_increment: '1',
      fields: DAILY_FIELDS,
      time_range: JSON.stringify({ since: span.from, until: span.to }),
    },
    token: access.accessToken,
    caller: access.caller,
    signal: access.signal,
  };
}

/** Every row of a question, to its last page. Errors: `isTooMuch` where even the smallest page was. */
export async function readRows(graph: Graph, question: GraphQuestion): Promise<DailyMetric[]> {
  const rows: DailyMetric[] = [];
  const fetchPage = shrinkingPages((limit, cursor) =>
    graph.page({ ...question, params: { ...question.params, limit: String(limit) } }, cursor),
  );
  for await (const items of walkPages('Meta', fetchPage)) {
    for (const item of items) rows.push(toDailyMetric(read(insightWire, item, 'insights')));
  }
  return rows;
}

type LimitedFetch = (limit: number, cursor: string | null) => Promise<CursorPage<unknown>>;

/** Halves the page where it was too much, and asks for full pages again after one that came. */
function shrinkingPages(fetchLimited: LimitedFetch) {
  return async (cursor: string | null): Promise<CursorPage<unknown>> => {
    for (let limit = FULL_LIMIT; ; limit = Math.floor(limit / 2)) {
      try {
        return await fetchLimited(limit, cursor);
      } catch (error) {
        const canShrink = error instanceof PlatformError && error.isTooMuch && limit / 2 >= LEAST_LIMIT;
        if (!canShrink) throw error;
      }
    }
  };
}
