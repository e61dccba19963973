import { type AdAccount } from '../world/accounts.ts';
import { addMonths, dayOf, firstOfMonth, weekdayOf } from '../world/calendar.ts';
import { type Campaign } from '../world/campaigns.ts';
import { accountMoment, campaignsOf } from '../world/world.ts';
import { effectiveStatusOf } from './campaigns.ts';
import { invalidParameter } from './failures.ts';
import { jsonParameter, listParameter } from './fields.ts';
import { filtersOf, matchesFilters } from './filters.ts';
import { type GraphCall } from './graph.ts';

export const WINDOWS = ['1d_click', '7d_click', '28d_click', '1d_view', '1d_ev'] as const;
export type Window = (typeof WINDOWS)[number];

/** Withdrawn on 2026-01-12: taken, and answered with nothing. */
const GONE_WINDOWS = ['7d_view', '28d_view', 'default'];

export interface InsightsQuery {
  account: AdAccount;
  campaigns: readonly Campaign[];
  level: 'account' | 'campaign';
  since: number;
  until: number;
  increment: number | 'monthly' | 'all_days';
  fields: readonly string[];
  windows: readonly Window[];
}

/** Insights reach back this far. Source: Marketing API insights, data retention. */
const RETENTION_MONTHS = 37;

type Range = readonly [since: number, until: number];

function presetRange(preset: string, today: number): Range {
  const yesterday = today - 1;
  const [, count] = /^last_(3|7|14|28|30|90)d$/.exec(preset) ?? [];
  if (count !== undefined) return [today - Number(count), yesterday];
  const month = firstOfMonth(today);
  const monday = today - ((weekdayOf(today) + 6) % 7);
  const presets: Record<string, Range> = {
    today: [today, today],
    yesterday: [yesterday, yesterday],
    this_month: [month, today],
    last_month: [addMonths(month, -1), month - 1],
    this_week_mon_today: [monday, today],
    last_week_mon_sun: [monday - 7, monday - 1],
    maximum: [addMonths(today, -RETENTION_MONTHS), today],
    data_maximum: [addMonths(today, -RETENTION_MONTHS), today],
  };
  const range = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
  if (!range) throw invalidParameter(`param date_preset ${preset} is not known`);
  return range;
}

function rangeOf(params: URLSearchParams, today: number): Range {
  const value = jsonParameter(params, 'time_range');
  if (value === undefined) return presetRange(params.get('date_preset') ?? 'last_30d', today);
  if (typeof value !== 'object' || value === null)
    throw invalidParameter('param time_range must be an object.');
  const { since, until } = value as Record<string, unknown>;
  const first = typeof since === 'string' ? dayOf(since) : undefined;
  const last = typeof until === 'string' ? dayOf(until) : undefined;
  if (first === undefined || last === undefined) {
    throw invalidParameter('param time_range must have since and until as YYYY-MM-DD.');
  }
  if (last < first) throw invalidParameter('param time_range: since must not be after until.');
  if (first < addMonths(today, -RETENTION_MONTHS)) {
    throw invalidParameter(
      `The start date of the time range cannot be beyond ${RETENTION_MONTHS} months from today`,
    );
  }
  return [first, last];
}

function incrementOf(params: URLSearchParams): InsightsQuery['increment'] {
  const text = params.get('time_increment') ?? 'all_days';
  if (text === 'all_days' || text === 'monthly') return text;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    throw invalidParameter('param time_increment must be all_days, monthly or a number from 1 to 90.');
  }
  return days;
}

function windowsOf(params: URLSearchParams): Window[] {
  const asked = listParameter(params, 'action_attribution_windows') ?? [];
  const wrong = asked.find(
    (name) => !GONE_WINDOWS.includes(name) && !WINDOWS.some((window) => window === name),
  );
  if (wrong !== undefined) throw invalidParameter(`param action_attribution_windows: ${wrong} is not known.`);
  return WINDOWS.filter((window) => asked.includes(window));
}

function levelOf(params: URLSearchParams, fallback: InsightsQuery['level']): InsightsQuery['level'] {
  const level = params.get('level') ?? fallback;
  if (level === 'account' || level === 'campaign') return level;
  throw invalidParameter(
    `param level ${level}: the sandbox has no ad sets and no ads, only account and campaign.`,
  );
}

function refuseUnknownCuts(params: URLSearchParams): void {
  for (const name of ['breakdowns', 'time_ranges', 'sort']) {
    const value = params.get(name);
    if (value !== null && value !== '' && value !== '[]') {
      throw invalidParameter(`param ${name} is not known to the sandbox.`);
    }
  }
}

/** The node that insights are asked of: an ad account, or one campaign of it. */
export interface InsightsNode {
  account: AdAccount;
  campaign: Campaign | null;
}

/** Reads an insights question. Days are the account's own; what the sandbox does not model is refused. */
export function parseInsights(call: GraphCall, params: URLSearchParams, node: InsightsNode): InsightsQuery {
  const { account, campaign } = node;
  refuseUnknownCuts(params);
  const filters = filtersOf(params);
  const world = call.state.world;
  const existing = campaign ? [campaign] : campaignsOf(world, account, call.at);
  const campaigns = existing.filter((candidate) => {
    const effective_status = effectiveStatusOf({ campaign: candidate, world, at: call.at });
    return matchesFilters(filters, { id: candidate.id, name: candidate.name, effective_status });
  });
  const [since, until] = rangeOf(params, accountMoment(account, call.at).day);
  return {
    ...{ account, campaigns, since, until },
    level: levelOf(params, campaign ? 'campaign' : 'account'),
    increment: incrementOf(params),
    fields: (params.get('fields') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    windows: windowsOf(params),
  };
}
