import type { Access, AccountDay, AccountRef, DailyMetric, DayRange, PeriodReach } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import { countDays, cutDays } from '../spans.ts';
import type { Tiktok } from './api.ts';
import { DAILY_METRICS, toAccountDay, toDailyMetric, toPeriodReach } from './map.ts';
import { accountDayWire, dailyWire, pageWire, reachWire, read } from './wire.ts';

/** Spans by the day, the widest that TikTok takes first, then what is tried where even that was too much. */
const SPANS_DAYS = [30, 7, 1] as const;
/** The longest period without a day among the dimensions. Source: /report/integrated/get/, start_date. */
export const MOST_REACH_DAYS = 365;

interface Report {
  level: 'AUCTION_ADVERTISER' | 'AUCTION_CAMPAIGN';
  dimensions: readonly string[];
  metrics: readonly string[];
  range: DayRange;
  filters?: readonly Filter[];
}

interface Filter {
  field_name: string;
  filter_type: 'IN';
  /** JSON within JSON. */
  filter_value: string;
}

const REPORT = 'report/integrated/get/';
/** Deleted campaigns are left out of a report, and their spend with them, unless they are asked for. */
const DELETED_TOO = filterOf('campaign_status', 'STATUS_ALL');
/** TopView campaigns are in no report but one that asks for them alone. Source: /report/integrated/get/, service_type. */
const TOP_VIEW = 'RESERVATION_TOP_VIEW';

/**
 * Daily campaign rows. A span is handed on when all of its pages are there; where TikTok cannot answer so much at once
 * it is cut smaller, down to one day.
 */
export async function* dailyMetrics(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
  range: DayRange,
): AsyncGenerator<DailyMetric[]> {
  const questions = await campaignFilters(tiktok, access, account);
  const spans = cutDays(range, SPANS_DAYS[0]);
  for (let span = spans.shift(); span; span = spans.shift()) {
    const rows = await readSpan(tiktok, access, account, { span, questions });
    if (rows === null) spans.unshift(...smaller(span));
    else if (rows.length > 0) yield rows;
  }
}

/** null: it was too much, and fewer days can be asked for. */
async function readSpan(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
  { span, questions }: { span: DayRange; questions: readonly (readonly Filter[])[] },
): Promise<DailyMetric[] | null> {
  const rows: DailyMetric[] = [];
  try {
    for (const filters of questions) {
      const items = await run(tiktok, access, account, {
        level: 'AUCTION_CAMPAIGN',
        dimensions: ['campaign_id', 'stat_time_day'],
        metrics: DAILY_METRICS,
        range: span,
        filters,
      });
      rows.push(...mapped(items, (item) => toDailyMetric(read(dailyWire, item, REPORT), account)));
    }
    return rows;
  } catch (error) {
    if (error instanceof PlatformError && error.isTooMuch && span.from < span.to) return null;
    throw error;
  }
}

function smaller(span: DayRange): DayRange[] {
  const days = countDays(span);
  return cutDays(span, SPANS_DAYS.find((step) => step < days) ?? 1);
}

/** The account's own totals by day, which hold every kind of campaign. */
export async function* accountDays(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
  range: DayRange,
): AsyncGenerator<AccountDay[]> {
  for (const span of cutDays(range, SPANS_DAYS[0])) {
    const items = await run(tiktok, access, account, {
      level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_day'],
      metrics: ['spend', 'impressions', 'clicks'],
      range: span,
    });
    yield mapped(items, (item) => toAccountDay(read(accountDayWire, item, REPORT), account));
  }
}

/** Reach of exactly this period, each person counted once in it. A longer one than TikTok gives has none. */
export async function periodReach(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
  period: DayRange,
): Promise<PeriodReach[]> {
  if (countDays(period) > MOST_REACH_DAYS) return [];
  const reports: Pick<Report, 'level' | 'dimensions' | 'filters'>[] = [
    { level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id'] },
  ];
  for (const filters of await campaignFilters(tiktok, access, account))
    reports.push({ level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id'], filters });
  const found: PeriodReach[] = [];
  for (const report of reports) {
    const metrics = ['reach', 'frequency'];
    const items = await run(tiktok, access, account, { ...report, metrics, range: period });
    found.push(...mapped(items, (item) => toPeriodReach(read(reachWire, item, REPORT))));
  }
  return found;
}

/** The filters of each report that is needed to hold every campaign: a second one where TopView was bought. */
async function campaignFilters(
  tiktok: Tiktok,
  access: Access,
  account: AccountRef,
): Promise<(readonly Filter[])[]> {
  const path = 'campaign/get/';
  const filtering = { primary_status: 'STATUS_ALL', buying_types: [TOP_VIEW] };
  const answer = await tiktok.askAs(access, {
    path,
    params: { advertiser_id: account.nativeId, filtering, fields: ['campaign_id'], page: 1, page_size: 1 },
    advertiserId: account.nativeId,
  });
  const { list, page_info: info } = read(pageWire, answer, path);
  const hasTopView = list.length > 0 || (info.total_number ?? 0) > 0;
  return hasTopView ? [[DELETED_TOO], [DELETED_TOO, filterOf('buying_type', TOP_VIEW)]] : [[DELETED_TOO]];
}

function filterOf(field: string, value: string): Filter {
  return { field_name: field, filter_type: 'IN', filter_value: JSON.stringify([value]) };
}

function run(tiktok: Tiktok, access: Access, account: AccountRef, report: Report): Promise<unknown[]> {
  const { level, dimensions, metrics, range, filters } = report;
  const params = {
    advertiser_id: account.nativeId,
    service_type: 'AUCTION',
    report_type: 'BASIC',
    data_level: level,
    dimensions,
    metrics,
    start_date: range.from,
    end_date: range.to,
    ...(filters ? { filtering: filters } : {}),
  };
  return tiktok.list(access, { path: REPORT, params, advertiserId: account.nativeId });
}

function mapped<T>(items: readonly unknown[], toOurs: (item: unknown) => T | null): T[] {
  return items.flatMap((item) => {
    const ours = toOurs(item);
    return ours === null ? [] : [ours];
  });
}
