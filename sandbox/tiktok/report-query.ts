import { type AdAccount } from '../world/accounts.ts';
import { dayOf } from '../world/calendar.ts';
import { seenAccount } from './advertisers.ts';
import { listParameter, needed, refuseOthers, type TiktokCall } from './call.ts';
import { invalidParameter } from './failures.ts';
import { PAGE_PARAMETERS } from './paging.ts';
import { type ReportFilter, reportFilter } from './report-filter.ts';
import { knownMetrics } from './report-metrics.ts';
import { REPORTING } from './scopes.ts';

export type ReportLevel = 'AUCTION_ADVERTISER' | 'AUCTION_CAMPAIGN';

export interface ReportQuery {
  account: AdAccount;
  level: ReportLevel;
  isDaily: boolean;
  /** The account's own days, both included. */
  from: number;
  to: number;
  metrics: readonly string[];
  isAsked: ReportFilter;
}

const PARAMETERS = [
  ...['advertiser_id', 'service_type', 'report_type', 'data_level', 'dimensions', 'metrics'],
  ...['start_date', 'end_date', 'filtering', 'query_mode', ...PAGE_PARAMETERS],
];

/** Source: report/integrated/get; the text of the first refusal as connectors have met it. */
const MOST_DAYS_BY_DAY = 30;
const MOST_DAYS = 365;

const ID_OF_LEVEL: Record<ReportLevel, string> = {
  AUCTION_ADVERTISER: 'advertiser_id',
  AUCTION_CAMPAIGN: 'campaign_id',
};

function oneOf(
  call: TiktokCall,
  name: string,
  { choices, fallback }: { choices: string[]; fallback?: string },
) {
  const value = call.query.get(name) ?? fallback ?? needed(call, name);
  if (choices.includes(value)) return value;
  throw invalidParameter(`${name}: the sandbox knows ${choices.join(' and ')} alone, not ${value}.`);
}

function levelOf(call: TiktokCall): ReportLevel {
  oneOf(call, 'report_type', { choices: ['BASIC'] });
  oneOf(call, 'service_type', { choices: ['AUCTION'], fallback: 'AUCTION' });
  return oneOf(call, 'data_level', { choices: Object.keys(ID_OF_LEVEL) }) as ReportLevel;
}

/** Whether rows are by day. The other dimension must be that of the level. */
function isByDay(call: TiktokCall, level: ReportLevel): boolean {
  const dimensions = listParameter(call, 'dimensions') ?? [];
  const wanted = ID_OF_LEVEL[level];
  const other = dimensions.find((name) => name !== wanted && name !== 'stat_time_day');
  if (other !== undefined)
    throw invalidParameter(`dimension ${other} does not match data_level ${level} in the sandbox`);
  if (!dimensions.includes(wanted)) throw invalidParameter(`dimensions: ${wanted} is needed at ${level}.`);
  return dimensions.includes('stat_time_day');
}

function daysOf(call: TiktokCall, isDaily: boolean): { from: number; to: number } {
  const from = dayOf(needed(call, 'start_date'));
  const to = dayOf(needed(call, 'end_date'));
  if (from === undefined || to === undefined) {
    throw invalidParameter('start_date and end_date: must be days as YYYY-MM-DD.');
  }
  if (to < from) throw invalidParameter('end_date: must not be earlier than start_date.');
  const days = to - from + 1;
  if (isDaily && days > MOST_DAYS_BY_DAY) {
    throw invalidParameter(`max time span is ${MOST_DAYS_BY_DAY} days when use stat_time_day`);
  }
  if (days > MOST_DAYS) throw invalidParameter(`max time span is ${MOST_DAYS} days`);
  return { from, to };
}

/** Reads a report's question. Days are the advertiser's own; what the sandbox does not model is refused. */
export function parseReport(call: TiktokCall): ReportQuery {
  refuseOthers(call, PARAMETERS);
  const account = seenAccount(call, needed(call, 'advertiser_id'), REPORTING);
  const level = levelOf(call);
  const isDaily = isByDay(call, level);
  const metrics = listParameter(call, 'metrics') ?? ['spend', 'impressions'];
  return {
    ...{ account, level, isDaily, ...daysOf(call, isDaily) },
    metrics: knownMetrics(metrics, level),
    isAsked: reportFilter(call, level),
  };
}
