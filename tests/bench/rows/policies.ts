import pg from 'pg';
import type { TenantScope } from '../../../db/tenant.ts';
import { listCompaniesInput } from '../../../server/domain/companies/schema.ts';
import { listCompanies } from '../../../server/domain/companies/queries.ts';
import { getBoard } from '../../../server/domain/deals/board.ts';
import { boardInput } from '../../../server/domain/deals/schema.ts';
import type { Bench, Row } from '../bench.ts';
import type { Statement } from '../limits/together.ts';
import { type Figure, interleave, type Line, meets, median, percentile, ratioOf } from '../measure.ts';
import { statementsOf } from '../statements.ts';

const GOALS = { OWNER: { atMost: 1.15 }, MEMBER: { atMost: 1.5 } } as const;

/** The same messages under the policies, and as a role without them whose statements name the organization. */
export const policies: Row = {
  name: 'policies',
  title: "the policies' cost",
  async measure(bench) {
    const lines: Line[] = [];
    for (const role of ['OWNER', 'MEMBER'] as const) {
      lines.push(await measureWork(bench, role, 'list'), await measureWork(bench, role, 'totals'));
    }
    return lines;
  },
};

type Work = 'list' | 'totals';

const works = {
  list: { label: '50 companies', table: 'companies', repeats: 100 },
  totals: { label: "the board's totals", table: 'deals', repeats: 15 },
} as const;

async function measureWork({ dataset, options }: Bench, role: 'OWNER' | 'MEMBER', work: Work): Promise<Line> {
  const scope = role === 'OWNER' ? dataset.owner : dataset.member;
  const { label, table, repeats } = works[work];
  const { opening, statement } = await recordStatement(dataset.appUrl, scope, work);
  const filtered = naming(statement, table, scope.organizationId);
  const on = await connect(dataset.appUrl);
  const off = await connect(dataset.ownerUrl);
  try {
    const once = (client: pg.Client, asked: Statement) => () => timed(client, { opening, asked, repeats });
    const subjects = { on: once(on, statement), off: once(off, filtered) };
    await interleave(subjects, 1);
    const turns = await interleave(subjects, Math.max(7, options.rounds));
    const ratio = ratioOf(turns.on.map(median), turns.off.map(median));
    return {
      row: 'policies',
      load: `${label}, ${role}`,
      unit: 'ms',
      product: figureOf(turns.on),
      limits: { 'no policies': figureOf(turns.off) },
      ratio,
      against: 'no policies',
      goal: GOALS[role],
      isMet: meets(ratio, GOALS[role]),
    };
  } finally {
    await Promise.all([on.end(), off.end()]);
  }
}

async function recordStatement(url: string, scope: TenantScope, work: Work) {
  const { opening, statements } = await statementsOf(url, scope, (tx) =>
    work === 'list' ? listCompanies(tx, listCompaniesInput.parse({})) : getBoard(tx, boardInput.parse({})),
  );
  const [statement] = statements;
  if (!statement) throw new Error('The product sent no statement.');
  return { opening, statement };
}

/** The statement with the filter that a policy would add, written out. Errors: where the statement has another shape. */
function naming({ text, values }: Statement, table: string, organizationId: string): Statement {
  const place = `from "${table}" where `;
  if (text.split(place).length !== 2) throw new Error(`This statement has no single ${place}: ${text}`);
  const filter = `"${table}"."organization_id" = $${values.length + 1}::uuid and `;
  return { text: text.replace(place, place + filter), values: [...values, organizationId] };
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
  { opening, asked, repeats }: { opening: Statement; asked: Statement; repeats: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const startedAt = performance.now();
    await Promise.all([
      client.query('begin read only'),
      client.query({ name: 'open', ...opening }),
      client.query({ name: 'asked', ...asked }),
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
