import { addDays, format, parseISO, differenceInCalendarDays } from 'date-fns';
import type { Access, AccountDay, AccountRef, DailyMetric, DayRange, PeriodReach } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { CursorPage } from '../paging.ts';
import { walkPages } from '../paging.ts';
import type { Graph } from './graph.ts';
import { toAccountDay, toDailyMetric, toPeriodReach } from './map.ts';
import { accountDayWire, insightWire, reachWire, read } from './wire.ts';

const DAILY_FIELDS = [
  ...['campaign_id', 'campaign_name', 'account_currency', 'spend', 'impressions', 'clicks'],
  ...['inline_link_clicks', 'reach', 'frequency', 'attribution_setting', 'actions', 'action_values'],
  ...['video_play_actions', 'video_p25_watched_actions', 'video_p50_watched_actions'],
  ...['video_p75_watched_actions', 'video_p100_watched_actions'],
].join(',');

const FULL_LIMIT = 500;
const LEAST_LIMIT = 25;
const MOST_DAYS_AT_ONCE = 31;

/**
 * Daily campaign rows. A span is handed on when all of its pages are there; where Meta cannot answer so much at once,
 * pages get smaller first, then the span is cut in two, down to one day.
 */
export async function* dailyMetrics(
  graph: Graph,
  access: Access,
  account: AccountRef,
  range: DayRange,
): AsyncGenerator<DailyMetric[]> {
  const spans = cut(range, MOST_DAYS_AT_ONCE);
  for (let span = spans.shift(); span; span = spans.shift()) {
    const rows = await readSpan(graph, access, account, span);
    if (rows) yield rows;
    else spans.unshift(...halves(span));
  }
}

/** null: even the smallest page was too much, and the span can be cut. */
async function readSpan(
  graph: Graph,
  access: Access,
  account: AccountRef,
  span: DayRange,
): Promise<DailyMetric[] | null> {
  const question = {
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
  const rows: DailyMetric[] = [];
  const fetchPage = shrinkingPages((limit, cursor) =>
    graph.page({ ...question, params: { ...question.params, limit: String(limit) } }, cursor),
  );
  try {
    for await (const items of walkPages('Meta', fetchPage)) {
      for (const item of items) rows.push(toDailyMetric(read(insightWire, item, 'insights')));
    }
    return rows;
  } catch (error) {
    if (error instanceof PlatformError && error.isTooMuch && span.from < span.to) return null;
    throw error;
  }
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

/** Reach of exactly this period: asked of Meta for it, since reach does not add up over days or campaigns. */
export async function periodReach(
  graph: Graph,
  access: Access,
  account: AccountRef,
  period: DayRange,
): Promise<PeriodReach[]> {
  const found: PeriodReach[] = [];
  for (const level of ['account', 'campaign']) {
    const params = {
      level,
      fields: level === 'account' ? 'reach,frequency' : 'campaign_id,reach,frequency',
      time_range: JSON.stringify({ since: period.from, until: period.to }),
      limit: String(FULL_LIMIT),
    };
    for await (const items of graph.list(`act_${account.nativeId}/insights`, params, access)) {
      for (const item of items) found.push(toPeriodReach(read(reachWire, item, 'insights')));
    }
  }
  return found;
}

/** The account's own totals by day. */
export async function* accountDays(
  graph: Graph,
  access: Access,
  account: AccountRef,
  range: DayRange,
): AsyncGenerator<AccountDay[]> {
  const params = {
    level: 'account',
    time_increment: '1',
    fields: 'account_currency,spend,impressions,inline_link_clicks',
    time_range: JSON.stringify({ since: range.from, until: range.to }),
    limit: String(FULL_LIMIT),
  };
  for await (const items of graph.list(`act_${account.nativeId}/insights`, params, access)) {
    yield items.map((item) => toAccountDay(read(accountDayWire, item, 'insights')));
  }
}

function cut({ from, to }: DayRange, days: number): DayRange[] {
  const spans: DayRange[] = [];
  for (let start = from; start <= to; start = plusDays(start, days)) {
    const end = plusDays(start, days - 1);
    spans.push({ from: start, to: end < to ? end : to });
  }
  return spans;
}

function halves({ from, to }: DayRange): [DayRange, DayRange] {
  const middle = plusDays(from, Math.floor(differenceInCalendarDays(parseISO(to), parseISO(from)) / 2));
  return [
    { from, to: middle },
    { from: plusDays(middle, 1), to },
  ];
}

function plusDays(day: string, days: number): string {
  return format(addDays(parseISO(day), days), 'yyyy-MM-dd');
}
