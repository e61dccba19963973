import { type AdAccount } from '../world/accounts.ts';
import { firstOfMonth, addMonths, isoDay } from '../world/calendar.ts';
import { type Campaign } from '../world/campaigns.ts';
import { type DayFigures } from '../world/figures.ts';
import { reachOf, sumOf } from '../world/totals.ts';
import { deliveries, type Delivery, type World } from '../world/world.ts';
import { type InsightsQuery, type Window } from './insights-query.ts';
import { type Entry } from './paging.ts';

/** Figures of one entity over one span, before they are written in Meta's words. */
export interface InsightRow {
  account: AdAccount;
  campaign: Campaign | null;
  from: number;
  to: number;
  totals: DayFigures;
  windows: readonly Window[];
}

interface Span {
  from: number;
  to: number;
}

/** The span of the question that a day falls in. */
function spanOf(query: InsightsQuery, day: number): Span {
  const { since, until, increment } = query;
  if (increment === 'all_days') return { from: since, to: until };
  if (increment === 'monthly') {
    const first = firstOfMonth(day);
    return { from: Math.max(since, first), to: Math.min(until, addMonths(first, 1) - 1) };
  }
  const from = day - ((day - since) % increment);
  return { from, to: Math.min(until, from + increment - 1) };
}

/** The rows of an insights question, oldest first. What delivered nothing has no row. */
export function insightRows(world: World, query: InsightsQuery, asOf: Date): Entry<InsightRow>[] {
  const { account, campaigns, since, until, level, windows } = query;
  const groups = new Map<string, { span: Span; campaign: Campaign | null; deliveries: Delivery[] }>();
  for (const delivery of deliveries(world, { account, campaigns, from: since, to: until, asOf })) {
    const span = spanOf(query, delivery.day);
    const campaign = level === 'campaign' ? delivery.campaign : null;
    const key = `${isoDay(span.from)}|${String(campaign?.ordinal ?? 0).padStart(5, '0')}`;
    const group = groups.get(key);
    if (group) group.deliveries.push(delivery);
    else groups.set(key, { span, campaign, deliveries: [delivery] });
  }
  const entries = [...groups].map(([key, { span, campaign, deliveries: parts }]) => {
    const totals = { ...sumOf(parts), reach: reachOf(parts, account, campaign) };
    return { key, value: { account, campaign, ...span, totals, windows } };
  });
  return entries.sort((left, right) => (left.key < right.key ? -1 : 1));
}
