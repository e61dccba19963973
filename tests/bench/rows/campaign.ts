import type { Bench, Row } from '../bench.ts';
import { compare, figureOf, warmUp } from '../http.ts';
import { type Line, meets, ratioOf } from '../measure.ts';
import { LONG_DAYS, NEWEST_DAY, YEAR_DAYS } from '../seed-figures.ts';
import { apiSubject, limitSubject } from './subjects.ts';

const GOAL = { atLeast: 0.5 };
const CONNECTIONS = 4;

/** A campaign's figures through the REST door, beside node:http and pg with the same statements. */
export const campaign: Row = {
  name: 'campaign',
  title: "a campaign's figures",
  async measure(bench) {
    const { campaigns } = bench.dataset;
    return [
      await measureRange(bench, 'year', campaigns.year),
      await measureRange(bench, 'long', campaigns.long),
    ];
  },
};

const ranges = {
  year: { from: firstDay(YEAR_DAYS), to: NEWEST_DAY, label: 'a year on 3 platforms' },
  long: { from: firstDay(LONG_DAYS), to: NEWEST_DAY, label: 'the long campaign, 37 months' },
};

/** What the row asks for; the statements are recorded with the same. */
export function rangeOf(name: keyof typeof ranges): { from: string; to: string } {
  const { from, to } = ranges[name];
  return { from, to };
}

async function measureRange(bench: Bench, name: keyof typeof ranges, campaignId: string): Promise<Line> {
  const { from, to, label } = ranges[name];
  const product = await apiSubject(bench, `/campaigns/${campaignId}/metrics?from=${from}&to=${to}`);
  const limit = await limitSubject(bench, 'node-pg.ts', name);
  await warmUp(bench.loader, [product, limit]);
  const load = { ...bench.options, connections: CONNECTIONS };
  const turns = await compare(bench.loader, { product, limit }, load);
  const ratio = ratioOf(
    turns.product.map((turn) => turn.perSecond),
    turns.limit.map((turn) => turn.perSecond),
  );
  return {
    row: 'campaign',
    load: `${label}, ${CONNECTIONS} connections`,
    unit: 'requests/s',
    product: figureOf(turns.product, 'requests/s'),
    limits: { 'node and pg': figureOf(turns.limit, 'requests/s') },
    ratio,
    against: 'node and pg',
    goal: GOAL,
    isMet: meets(ratio, GOAL),
  };
}

function firstDay(days: number): string {
  const day = new Date(`${NEWEST_DAY}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days + 1);
  return day.toISOString().slice(0, 10);
}
