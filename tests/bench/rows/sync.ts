import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { type Database, openDatabase } from '../../../db/client.ts';
import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../../server/auth/principal.ts';
import { accessTokenContext } from '../../../server/domain/ad-accounts/rules.ts';
import { requestSync } from '../../../server/domain/sync/commands.ts';
import { runSync } from '../../../server/domain/sync/run.ts';
import type { SyncServices } from '../../../server/domain/sync/services.ts';
import { loadTokenSealer } from '../../../server/domain/token-vault/tokens.ts';
import { createPlatforms } from '../../../server/integrations/registry.ts';
import { loadConfig } from '../../../server/kernel/config.ts';
import { createVault, Secret } from '../../../server/kernel/crypto.ts';
import { createLogger } from '../../../server/kernel/log.ts';
import { plusDays } from '../../../server/kernel/time-zones.ts';
import type { Row } from '../bench.ts';
import { interleave, type Line, median, meets, ratioOf } from '../measure.ts';
import { NEWEST_DAY } from '../seed-figures.ts';

const DAYS = 180;
const NATIVE_ID = '4200000000000001';
/** 20,000 rows a second on a machine where COPY reaches 353,000: absolute figures move with the machine. */
const GOAL = { atLeast: 0.057 };

const COLUMNS =
  'organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions, clicks, conversions, conversion_value, source, fetched_at';

/** A whole run of the product from a platform that costs nothing, beside COPY of as many rows into the same table. */
export const sync: Row = {
  name: 'sync',
  title: 'a sync from a stand-in over HTTP into the live table',
  async measure(bench) {
    const { dataset, options } = bench;
    const { url } = await bench.limit('ad-platform.ts');
    const ownerDb = openDatabase({
      url: dataset.ownerUrl,
      name: 'bench',
      maxConnections: 2,
      pipeline: false,
    });
    const jobsDb = openDatabase({ url: dataset.jobsUrl, name: 'bench', maxConnections: 4, pipeline: false });
    const job = jobPrincipal(dataset.owner.organizationId);
    try {
      const services = servicesOf(jobsDb, url);
      const adAccountId = await makeAccount(ownerDb, job, services);
      const clear = () => clearFigures(ownerDb, adAccountId);
      const turns = await interleave(
        {
          product: async () => {
            await clear();
            return timed(() => syncOnce(services, job, adAccountId));
          },
          copy: async () => {
            const lines = await linesOf(ownerDb, adAccountId);
            await clear();
            return timed(() => copyInto(ownerDb, lines));
          },
        },
        options.rounds + 1,
      );
      await ownerDb.pool.query('delete from ad_accounts where id = $1', [adAccountId]);
      // The first turn of each compiled its code.
      return [lineOf(turns.product.slice(1), turns.copy.slice(1))];
    } finally {
      await Promise.all([ownerDb.close(), jobsDb.close()]);
    }
  },
};

function servicesOf(jobsDb: Database, url: string): SyncServices {
  const log = createLogger({ name: 'bench', level: 'error' });
  const config = loadConfig({
    META_APP_ID: '1',
    META_APP_SECRET: 'bench',
    META_GRAPH_URL: url,
    TOKEN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  });
  return {
    jobsDb,
    log,
    vault: createVault(config.tokenEncryptionKeys),
    platforms: createPlatforms(config, { log }),
    now: () => new Date(`${NEWEST_DAY}T12:00:00Z`),
  };
}

/** A connected ad account of its own; what a killed run left is in the way. */
async function makeAccount(ownerDb: Database, job: Principal, services: SyncServices): Promise<string> {
  const { pool } = ownerDb;
  const { organizationId } = job;
  await pool.query('delete from ad_accounts where organization_id = $1 and native_id = $2', [
    organizationId,
    NATIVE_ID,
  ]);
  await pool.query(`delete from oauth_connections where organization_id = $1 and native_user_id = 'bench'`, [
    organizationId,
  ]);
  await pool.query('delete from data_keys where organization_id = $1', [organizationId]);
  const made = await pool.query<{ id: string }>(
    `insert into oauth_connections (organization_id, platform, native_user_id) values ($1, 'META', 'bench') returning id`,
    [organizationId],
  );
  const connectionId = made.rows[0]?.id ?? '';
  const sealed = await withTenant(ownerDb, job, 'write', async (tx) => {
    const sealer = await loadTokenSealer(tx, services.vault, organizationId);
    return sealer.seal(new Secret('bench'), accessTokenContext(organizationId, connectionId));
  });
  await pool.query('update oauth_connections set access_token = $2 where id = $1', [connectionId, sealed]);
  const account = await pool.query<{ id: string }>(
    `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone, connection_id)
     values ($1, 'META', $2, 'bench', 'USD', 'UTC', $3) returning id`,
    [organizationId, NATIVE_ID, connectionId],
  );
  return account.rows[0]?.id ?? '';
}

async function syncOnce(services: SyncServices, job: Principal, adAccountId: string): Promise<number> {
  const window = { from: plusDays(NEWEST_DAY, 1 - DAYS), to: NEWEST_DAY };
  const { organizationId } = job;
  const { syncRunId } = await withTenant(services.jobsDb, job, 'write', (tx) =>
    requestSync(tx, job, { adAccountId, trigger: 'MANUAL', window }),
  );
  const outcome = await runSync(services, { organizationId, syncRunId });
  if (outcome !== 'succeeded') throw new Error(`The bench's sync ${outcome}.`);
  return withTenant(services.jobsDb, job, 'read', async (tx) => {
    const run = await tx
      .selectFrom('sync_runs')
      .select('rows_written')
      .where('id', '=', syncRunId)
      .executeTakeFirstOrThrow();
    return run.rows_written;
  });
}

/** The same rows as COPY takes them, from what the product wrote. */
async function linesOf(ownerDb: Database, adAccountId: string): Promise<string[]> {
  const { rows } = await ownerDb.pool.query<{ line: string }>(
    `select concat_ws(E'\\t', ${COLUMNS}) as line from campaign_metrics where ad_account_id = $1`,
    [adAccountId],
  );
  return rows.map(({ line }) => `${line}\n`);
}

/** As the owner, whom no policy holds: COPY is refused on a table under one. */
async function copyInto(ownerDb: Database, lines: readonly string[]): Promise<number> {
  const client = await ownerDb.pool.connect();
  try {
    const chunks = Array.from({ length: Math.ceil(lines.length / 500) }, (_, index) =>
      lines.slice(index * 500, index * 500 + 500).join(''),
    );
    await pipeline(
      Readable.from(chunks),
      client.query(copyFrom(`copy campaign_metrics (${COLUMNS}) from stdin`)),
    );
    return lines.length;
  } finally {
    client.release();
  }
}

/** Takes the figures away; nothing of it is timed. */
async function clearFigures(ownerDb: Database, adAccountId: string): Promise<void> {
  for (const table of ['campaign_metrics', 'campaign_metric_revisions'])
    await ownerDb.pool.query(`delete from ${table} where ad_account_id = $1`, [adAccountId]);
  await ownerDb.pool.query('vacuum (analyze) campaign_metrics');
}

/** Rows a second. */
async function timed(work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const rows = await work();
  if (rows === 0) throw new Error('The bench moved no row.');
  return (rows / (performance.now() - startedAt)) * 1000;
}

function lineOf(product: readonly number[], copy: readonly number[]): Line {
  const figure = (speeds: readonly number[]) => ({
    median: median(speeds),
    p50Ms: null,
    p95Ms: null,
    cpuMs: null,
  });
  const ratio = ratioOf(product, copy);
  return {
    row: 'sync',
    load: `${DAYS} days, new`,
    unit: 'rows/s',
    product: figure(product),
    limits: { 'COPY into the table': figure(copy) },
    ratio,
    against: 'COPY into the table',
    goal: GOAL,
    isMet: meets(ratio, GOAL),
  };
}
