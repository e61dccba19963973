import { type Database, openDatabase } from '../../../db/client.ts';
import { withTenantClient } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../../server/auth/principal.ts';
import { ingestDailyMetrics } from '../../../server/domain/sync/ingest.ts';
import type { DailyMetric } from '../../../server/integrations/ad-platform.ts';
import { mergeDirectly } from '../limits/merge.ts';
import type { Row } from '../bench.ts';
import { interleave, type Line, meets, median, ratioOf } from '../measure.ts';
import { makeAccount, type Account } from './ingestion-account.ts';

const GOAL = { atLeast: 0.5 };
const CAMPAIGNS = 60;
const DAYS = 365;

type Kind = 'new' | 'restated' | 'unchanged';

const labels: Record<Kind, string> = {
  new: 'new rows',
  restated: 'restated, all changed',
  unchanged: 'restated, none changed',
};

/** An account's year into the live table, beside COPY and one MERGE of the same rows that writes what differs. */
export const ingestion: Row = {
  name: 'ingestion',
  title: 'daily figures into the live table',
  async measure({ dataset, options }) {
    const ownerDb = openDatabase({ url: dataset.ownerUrl, name: 'bench', maxConnections: 1 });
    const jobsDb = openDatabase({
      url: dataset.jobsUrl,
      name: 'bench',
      maxConnections: 2,
      pipeline: false,
      statementTimeoutMs: 120_000,
    });
    const job = jobPrincipal(dataset.owner.organizationId);
    const campaigns = Math.max(3, Math.round(CAMPAIGNS * Math.min(1, options.scale * 4)));
    const size = { campaigns, days: DAYS };
    const product = await makeAccount(ownerDb, job.organizationId, { name: 'ingest-product', ...size });
    const limit = await makeAccount(ownerDb, job.organizationId, { name: 'ingest-limit', ...size });
    try {
      const turns = await interleave(
        {
          product: () => takeTurn(ownerDb, product, (rows) => ingest(jobsDb, job, product, rows)),
          limit: () => takeTurn(ownerDb, limit, (rows) => mergeDirectly(jobsDb, job, limit, rows)),
        },
        options.rounds + 1,
      );
      // The first turn of each compiled its code.
      const counted = { product: turns.product.slice(1), limit: turns.limit.slice(1) };
      return (['new', 'restated', 'unchanged'] as const).map((kind) => lineOf(kind, counted));
    } finally {
      await Promise.all([product.remove(), limit.remove()]);
      await Promise.all([ownerDb.close(), jobsDb.close()]);
    }
  },
};

type Speeds = Record<Kind, number>;

/** Rows per second of each kind, one after the other on the same account. */
async function takeTurn(
  ownerDb: Database,
  account: Account,
  write: (rows: DailyMetric[]) => Promise<number>,
): Promise<Speeds> {
  await account.clear();
  const speeds: Speeds = { new: 0, restated: 0, unchanged: 0 };
  const steps = [
    ['new', account.rows('10.50'), account.rowCount],
    ['restated', account.rows('11.75'), account.rowCount],
    ['unchanged', account.rows('11.75'), 0],
  ] as const;
  for (const [kind, rows, expected] of steps) {
    const startedAt = performance.now();
    const written = await write(rows);
    speeds[kind] = (rows.length / (performance.now() - startedAt)) * 1000;
    if (written !== expected)
      throw new Error(`${kind}: ${written} rows were written instead of ${expected}.`);
  }
  // What autovacuum would do some time later falls into nobody's turn.
  await ownerDb.pool.query('vacuum (analyze) campaign_metrics');
  return speeds;
}

function ingest(db: Database, job: Principal, account: Account, rows: DailyMetric[]): Promise<number> {
  return withTenantClient(db, job, async (tx, client) => {
    const { written } = await ingestDailyMetrics(tx, client, {
      organizationId: job.organizationId,
      adAccountId: account.adAccountId,
      window: account.window,
      rows,
      campaignIds: account.campaignIds,
      source: 'API',
      syncRunId: null,
      fetchedAt: new Date(),
    });
    return written;
  });
}

function lineOf(kind: Kind, { product, limit }: Record<'product' | 'limit', Speeds[]>): Line {
  const of = (turns: readonly Speeds[]) => turns.map((speeds) => speeds[kind]);
  const figure = (turns: readonly Speeds[]) => ({
    median: median(of(turns)),
    p50Ms: null,
    p95Ms: null,
    cpuMs: null,
  });
  const ratio = ratioOf(of(product), of(limit));
  return {
    row: 'ingestion',
    load: labels[kind],
    unit: 'rows/s',
    product: figure(product),
    limits: { 'COPY and MERGE': figure(limit) },
    ratio,
    against: 'COPY and MERGE',
    goal: GOAL,
    isMet: meets(ratio, GOAL),
  };
}
