import { isoDay } from '../world/calendar.ts';
import { LIST_KINDS, type TiktokCall, type TiktokRoute } from './call.ts';
import { tooMuchData } from './failures.ts';
import { pageOf } from './paging.ts';
import { type ReportRow, writeMetrics } from './report-metrics.ts';
import { parseReport } from './report-query.ts';
import { reportRows } from './report-rows.ts';

const MOST_ON_PAGE = 1000;

function dimensionsOf({ account, campaign, day }: ReportRow): Record<string, string> {
  return {
    ...(campaign ? { campaign_id: campaign.id } : { advertiser_id: account.id }),
    // A day of the advertiser's zone, written as if it had a time.
    ...(day === null ? {} : { stat_time_day: `${isoDay(day)} 00:00:00` }),
  };
}

function report(call: TiktokCall) {
  const query = parseReport(call);
  if (call.fault?.kind === 'reduce_data') throw tooMuchData();
  return pageOf(call, reportRows(call.state.world, query, call.at), {
    most: MOST_ON_PAGE,
    write: (row) => ({ dimensions: dimensionsOf(row), metrics: writeMetrics(row, query.metrics) }),
  });
}

/** Source: report/integrated/get in the API for Business SDK. */
export const REPORT_ROUTES: readonly TiktokRoute[] = [
  {
    ...{ method: 'GET', path: 'report/integrated/get', answer: report },
    kinds: [...LIST_KINDS, 'reduce_data'],
  },
];
