import pg from 'pg';
import { searchInput } from '../../../server/domain/search/schema.ts';
import { searchRecords } from '../../../server/domain/search/queries.ts';
import type { Bench, Row } from '../bench.ts';
import type { Statement } from '../limits/together.ts';
import { type Figure, interleave, type Line, meets, median, percentile, ratioOf } from '../measure.ts';
import { statementsOf } from '../statements.ts';

const GOAL = { atMost: 2 };
const REPEATS = 20;

/** What people type, by the way that finds it: see seed.ts for the names. */
const questions = {
  'the beginning of a name': 'moha',
  'the beginnings of two words': 'lay zen',
  'part of a word': 'ghar',
  'a mail address': 'person77@company-77.example',
  'a word with a typo': 'jonathn',
  'what nobody is called': 'xqzvy',
} as const;

/** The search over an agency's records under the policies, and the same messages from a role without them. */
export const search: Row = {
  name: 'search',
  title: 'the search',
  async measure(bench) {
    const lines: Line[] = [];
    for (const role of ['OWNER', 'MEMBER'] as const)
      for (const [label, q] of Object.entries(questions))
        lines.push(await measureQuestion(bench, role, { label, q }));
    return lines;
  },
};

async function measureQuestion(
  { dataset, options }: Bench,
  role: 'OWNER' | 'MEMBER',
  { label, q }: { label: string; q: string },
): Promise<Line> {
  const scope = role === 'OWNER' ? dataset.owner : dataset.member;
  const asked = await statementsOf(dataset.appUrl, scope, (tx) =>
    searchRecords(tx, searchInput.parse({ q })),
  );
  const on = await connect(dataset.appUrl);
  const off = await connect(dataset.ownerUrl);
  try {
    const subjects = { on: () => timed(on, asked), off: () => timed(off, asked) };
    await interleave(subjects, 1);
    const turns = await interleave(subjects, Math.max(5, options.rounds));
    const ratio = ratioOf(turns.on.map(median), turns.off.map(median));
    return {
      row: 'search',
      load: `${label}, ${role}`,
      unit: 'ms',
      product: figureOf(turns.on),
      limits: { 'no policies': figureOf(turns.off) },
      ratio,
      against: 'no policies',
      goal: GOAL,
      isMet: meets(ratio, GOAL),
    };
  } finally {
    await Promise.all([on.end(), off.end()]);
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'spokestack-bench',
    pipeline: true,
  });
  await client.connect();
  return client;
}

async function timed(
  client: pg.Client,
  { opening, statements }: { opening: Statement; statements: readonly Statement[] },
): Promise<number[]> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const startedAt = performance.now();
    await Promise.all([
      client.query('begin read only'),
      client.query({ name: 'open', ...opening }),
      ...statements.map((statement, index) => client.query({ name: `asked-${index}`, ...statement })),
      client.query('commit'),
    ]);
    times.push(performance.now() - startedAt);
  }
  return times;
}

function figureOf(turns: readonly number[][]): Figure {
  const p50Ms = median(turns.map(median));
  const p95Ms = median(turns.map((times) => percentile(times, 95)));
  return { median: p50Ms, p50Ms, p95Ms, cpuMs: null };
}
