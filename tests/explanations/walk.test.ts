import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../server/domain/explanations/schema.ts';
import {
  breakdowns,
  type Dashboard,
  type DashboardInput,
  type ExplainInput,
  type FigureName,
  figureNames,
  type FigureSet,
} from '../../server/domain/metrics/dashboard-schema.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { byHand, nodesOf } from './by-hand.ts';
import { DAYS, EARLIER, NOW, walkedWorld, type Walked } from './walked-world.ts';

const database = useTestDatabase();
let world: World;
let walked: Walked;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  walked = await walkedWorld(world);
});
afterAll(() => world.close());

const api = () => caller(world, world.demo.people.owner.principal);

type Asked = Partial<DashboardInput>;
interface Figure {
  set: FigureSet;
  of: Pick<ExplainInput, 'by' | 'key' | 'isCompared'>;
}

/** Every set of figures that a dashboard shows, and how its explanations are asked for. */
function setsOf({ totals, compared, days, rows, by }: Dashboard): Figure[] {
  const pair = (set: FigureSet, other: FigureSet | null, of: Partial<Figure['of']>) => [
    { set, of: { ...of, isCompared: false } },
    ...(other ? [{ set: other, of: { ...of, isCompared: true } }] : []),
  ];
  const ofDays = by === 'DAY' ? days : [];
  return [
    ...pair(totals, compared, {}),
    ...ofDays.flatMap((day) => pair(day, day.compared, { by: 'DAY', key: day.date })),
    ...rows.flatMap((row) => pair(row, row.compared, { by, key: row.key })),
  ];
}

/** One of each way in which a figure comes about. */
const KINDS = ['spend', 'conversions', 'reach', 'cpm', 'cpa', 'roas', 'videoViews50'] as const;

/** Asks of every figure of a dashboard what it is made of, and finds it in the leaves. How many were found. */
async function walk(
  asked: Asked,
  names: readonly FigureName[] = figureNames,
): Promise<{ figures: number; known: number }> {
  const dashboard = await api().metrics.dashboard(asked);
  const {
    sortBy: _sortBy,
    limit: _limit,
    by: _by,
    ...scope
  } = { sortBy: null, limit: null, by: null, ...asked };
  const figures = setsOf(dashboard).flatMap(({ set, of }) =>
    names.map((figure) => ({ figure, set, input: { ...scope, ...of, figure } })),
  );
  let known = 0;
  for (let at = 0; at < figures.length; at += 8) {
    await Promise.all(
      figures.slice(at, at + 8).map(async ({ figure, set, input }) => {
        const explanation = await api().metrics.explain(input);
        const shown = set[figure];
        const value = shown !== null && typeof shown === 'object' ? shown.amount : shown;
        expect
          .soft(byHand(explanation.formula)?.toFixed() ?? null, JSON.stringify(input))
          .toBe(value === null ? null : plain(String(value)));
        expectConsistent(explanation, JSON.stringify(input));
        if (value !== null) known += 1;
      }),
    );
  }
  return { figures: figures.length, known };
}

function plain(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** Each node says what its parts come to, and each leaf that holds rows says whom it is from. */
function expectConsistent({ formula, sources }: Explanation, input: string) {
  for (const node of nodesOf(formula)) {
    expect(node.value, input).toBe(byHand(node)?.toFixed() ?? null);
    for (const source of node.sources) expect(sources[source], input).toBeDefined();
    const isGiven = node.operation !== null || /^1 [A-Z]{3} in|^Per thousand|^Reach$/.test(node.label);
    if (!isGiven) expect(node.sources, `${node.label} of ${input}`).not.toEqual([]);
  }
}

describe('every figure of a dashboard is found in the leaves of its explanation, to the last digit', () => {
  test.each(breakdowns)(
    'by %s, with what it is compared with',
    async (by) => {
      const { figures, known } = await walk({ ...DAYS, by, compare: 'PREVIOUS' });
      expect(figures).toBeGreaterThanOrEqual(figureNames.length * 4);
      expect(known).toBeGreaterThan(20);
    },
    120_000,
  );

  test.each(['USD', 'EUR', 'KWD'])(
    'in %s',
    async (currency) => {
      expect((await walk({ ...DAYS, by: 'CAMPAIGN', currency }, KINDS)).known).toBeGreaterThan(9);
    },
    120_000,
  );

  test('as it stood on a past day', async () => {
    const then = await api().metrics.dashboard({ ...DAYS, asOf: EARLIER });
    const now = await api().metrics.dashboard(DAYS);
    expect(then.totals.spend).not.toEqual(now.totals.spend);
    expect((await walk({ ...DAYS, by: 'PLATFORM_CAMPAIGN', asOf: EARLIER }, KINDS)).known).toBeGreaterThan(
      20,
    );
  }, 120_000);

  test('narrowed by every filter', async () => {
    const { summer, accounts } = walked;
    const filters: Asked[] = [
      { campaignIds: [summer] },
      { brandId: world.demo.brands.second },
      { platform: 'GOOGLE' },
      { adAccountId: accounts.euros },
      { isAttached: false },
      { status: 'DRAFT', isAttached: true },
    ];
    for (const filter of filters) await walk({ ...DAYS, ...filter, by: 'AD_ACCOUNT', limit: 1 }, KINDS);
  }, 120_000);
});
