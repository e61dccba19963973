import { TZDate } from '@date-fns/tz';
import { type Breakdown, dashboardInput } from '../../../server/domain/metrics/dashboard-schema.ts';
import { instant } from '../../../server/domain/records/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readQuery } from '../../bridge/forms.server.ts';
import { addDays, flightRange, isDay, readDateRange } from '../../lib/date-range.ts';
import { filterNames, readAsked } from './figure-address.ts';
import { todayIn } from './range.ts';

export interface FiguresAsked {
  url: URL;
  now: Date;
  /** The page's own campaign: its figures alone, whatever the address says. */
  campaignId?: string;
  /** What the figures are cut by where the address does not say. */
  by: Breakdown;
  /** Where the address says none; the agency's own without it. */
  currency?: string | undefined;
  /** Of a page of one campaign: when it runs. */
  flightOf?: { startsOn: string | null; endsOn: string | null };
}

/** Everything that a page of figures shows, by one question to the dashboard, with the names of what narrows it. */
export async function readFigures(caller: Api, asked: FiguresAsked) {
  const { url, now } = asked;
  const { timeZone } = await caller.organizations.current();
  // The presets are days of the agency's calendar; the accounts' own days are inside the figures.
  const today = todayIn(timeZone, now);
  const flight = asked.flightOf ? flightRange(asked.flightOf, today) : null;
  const range = readDateRange(url.searchParams, today, { flight });
  const asOf = readAsOf(url.searchParams.get('asOf'), { timeZone, now });
  const { compare, ...question } = readAsked(url.searchParams);
  // To compare with days of one's own asks for the first of them.
  const canCompare = compare !== 'CUSTOM' || isDay(question.compareFrom);
  const input = readQuery(dashboardInput, {
    by: asked.by,
    ...(asked.currency !== undefined && { currency: asked.currency }),
    ...question,
    ...(canCompare && { compare }),
    ...{ from: range.from, to: range.to, asOf: asOf ?? undefined },
    ...(asked.campaignId !== undefined && { campaignIds: [asked.campaignId] }),
  });
  const [dashboard, names] = await Promise.all([
    caller.metrics.dashboard(input),
    caller.records.names({ ids: idsIn(input) }),
  ]);
  return { dashboard, input, range, flight, names, today, now: now.toISOString(), address: url.href };
}
export type FiguresData = Awaited<ReturnType<typeof readFigures>>;

/** The end of a past day in the agency's zone, or the very moment that a link names; null for now and later. */
export function readAsOf(
  value: string | null,
  { timeZone, now }: { timeZone: string; now: Date },
): string | null {
  const at = isDay(value) ? endOfDay(value, timeZone) : instant.safeParse(value).data;
  if (at === undefined) return null;
  const moment = new Date(at);
  return moment >= now ? null : moment.toISOString();
}

function endOfDay(day: string, timeZone: string): Date {
  const [year = 0, month = 1, date = 1] = addDays(day, 1).split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date, timeZone).getTime() - 1);
}

function idsIn(input: Readonly<Record<string, unknown>>): string[] {
  return filterNames
    .filter((name) => /Ids?$/.test(name))
    .flatMap((name) => input[name] ?? [])
    .filter((id): id is string => typeof id === 'string');
}
