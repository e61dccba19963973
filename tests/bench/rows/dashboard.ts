import type { DashboardInput } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { Bench, Row } from '../bench.ts';
import { compare, figureOf, warmUp } from '../http.ts';
import { type Line, meets, median, ratioOf } from '../measure.ts';
import { limitSubject, pageSubject } from './subjects.ts';
import { rangeOf } from './campaign.ts';

const RATIO_GOAL = { atLeast: 0.5 };
const GOAL_MS = 400;
const TIME_GOAL = { atMost: 1 };

const questions = {
  dashboard: { by: 'CAMPAIGN' },
  dashboardCompared: { by: 'CAMPAIGN', compare: 'YEAR' },
} as const satisfies Record<string, Partial<DashboardInput>>;
export type DashboardQuestion = keyof typeof questions;

/** What the row asks for; the statements are recorded with the same. */
export function dashboardQuestion(name: DashboardQuestion) {
  return { ...rangeOf('year'), ...questions[name] };
}

/** Every campaign of the agency over a year on three platforms, in one request of a page's live part. */
export const dashboard: Row = {
  name: 'dashboard',
  title: 'the dashboard',
  async measure(bench) {
    return [
      ...(await measureQuestion(bench, 'dashboard', 'all campaigns, a year')),
      ...(await measureQuestion(bench, 'dashboardCompared', 'the same, compared with a year ago')),
    ];
  },
};

async function measureQuestion(bench: Bench, name: DashboardQuestion, label: string): Promise<Line[]> {
  const input = encodeURIComponent(JSON.stringify(dashboardQuestion(name)));
  const product = await pageSubject(bench, `/api/trpc/metrics.dashboard?input=${input}`);
  const limit = await limitSubject(bench, 'node-pg.ts', name);
  // Eight of these at once would meet the database's time limit on a busy machine.
  await warmUp(bench.loader, [product, limit], 1);
  const turns = await compare(bench.loader, { product, limit }, { ...bench.options, connections: 1 });
  const ratio = ratioOf(
    turns.product.map((turn) => turn.perSecond),
    turns.limit.map((turn) => turn.perSecond),
  );
  const p95Ms = median(turns.product.map((turn) => turn.p95Ms));
  const ofGoal = p95Ms / GOAL_MS;
  const shared = { row: 'dashboard', limits: { 'node and pg': figureOf(turns.limit, 'requests/s') } };
  return [
    {
      ...shared,
      load: `${label}, 1 connection`,
      unit: 'requests/s',
      product: figureOf(turns.product, 'requests/s'),
      ratio,
      against: 'node and pg',
      goal: RATIO_GOAL,
      isMet: meets(ratio, RATIO_GOAL),
    },
    {
      ...shared,
      load: `${label}, p95`,
      unit: 'ms',
      product: { ...figureOf(turns.product, 'ms'), median: p95Ms },
      ratio: ofGoal,
      against: `${GOAL_MS} ms`,
      goal: TIME_GOAL,
      isMet: meets(ofGoal, TIME_GOAL),
    },
  ];
}
