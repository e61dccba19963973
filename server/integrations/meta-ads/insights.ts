import type {
  Access,
  AccountDay,
  AccountRef,
  DailyMetric,
  DailyMetricsRequest,
  DayRange,
  PeriodReach,
} from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import { countDays, cutDays } from '../spans.ts';
import { dailyQuestion, readRows } from './daily-rows.ts';
import type { Graph } from './graph.ts';
import { toAccountDay, toPeriodReach } from './map.ts';
import { newReport, readPlan, uncovered } from './report-plan.ts';
import { reportedMetrics } from './reports.ts';
import { accountDayWire, reachWire, read } from './wire.ts';

const MOST_ROWS_A_PAGE = '500';
const MOST_DAYS_AT_ONCE = 31;

/**
 * Daily campaign rows. A span is handed on when all of its pages are there; where Meta cannot answer so much at once,
 * pages get smaller first, then the span is cut in two, down to one day, and a day that is still too much is asked for
 * as a report. Background work asks for reports from the start: they do not count against what a person waits for.
 */
export async function* dailyMetrics(
  graph: Graph,
  access: Access,
  account: AccountRef,
  { range, report: keeper }: DailyMetricsRequest,
): AsyncGenerator<DailyMetric[]> {
  const reports = readPlan(keeper?.reportId ?? null, range);
  if (keeper && access.caller?.isBackground === true && reports.length === 0)
    reports.push(...cutDays(range, MOST_DAYS_AT_ONCE).map(newReport));
  const spans = uncovered(range, reports).flatMap((span) => cutDays(span, MOST_DAYS_AT_ONCE));
  for (let span = spans.shift(); span; span = spans.shift()) {
    const rows = await readSpan(graph, access, account, span);
    const days = countDays(span);
    if (rows instanceof PlatformError) {
      if (days > 1) spans.unshift(...cutDays(span, Math.ceil(days / 2)));
      else if (keeper) reports.push(newReport(span));
      else throw rows;
    } else yield rows;
  }
  if (keeper && reports.length > 0) yield* reportedMetrics(graph, access, { account, reports, keeper });
}

/** The rows of a span; the error where even the smallest page of them was too much. */
async function readSpan(
  graph: Graph,
  access: Access,
  account: AccountRef,
  span: DayRange,
): Promise<DailyMetric[] | PlatformError> {
  try {
    return await readRows(graph, dailyQuestion(access, account, span));
  } catch (error) {
    if (error instanceof PlatformError && error.isTooMuch) return error;
    throw error;
  }
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
      limit: MOST_ROWS_A_PAGE,
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
    limit: MOST_ROWS_A_PAGE,
  };
  for await (const items of graph.list(`act_${account.nativeId}/insights`, params, access)) {
    yield items.map((item) => toAccountDay(read(accountDayWire, item, 'insights')));
  }
}
