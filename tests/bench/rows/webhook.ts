import { createHmac, randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../../db/client.ts';
import { receiveWebhook, type ReceiveServices } from '../../../server/domain/webhooks/receive.ts';
import { loadConfig } from '../../../server/kernel/config.ts';
import type { Row } from '../bench.ts';
import { type Line, percentile } from '../measure.ts';

const SECRET = 'a secret of the bench';
interface Load {
  label: string;
  requests: number;
  senders: number;
  changes: number;
}

/** What stands between a sender and its answer: the check, one statement, the commit. The limit to keep is 500 ms. */
export const webhook: Row = {
  name: 'webhook',
  title: 'a webhook, from its bytes to stored',
  async measure({ dataset }) {
    const db = openDatabase({ url: dataset.appUrl, name: 'bench', maxConnections: 10 });
    const config = loadConfig({ META_APP_ID: '1', META_APP_SECRET: SECRET });
    const services = { config, db, now: () => new Date() };
    try {
      await measure(services, { label: 'warm-up', requests: 500, senders: 16, changes: 1 });
      return [
        await measure(services, { label: 'one change', requests: 4000, senders: 16, changes: 1 }),
        await measure(services, { label: '1,000 changes', requests: 100, senders: 1, changes: 1000 }),
      ];
    } finally {
      await db.close();
      await removeAll(dataset.ownerUrl);
    }
  },
};

async function measure(services: ReceiveServices, load: Load): Promise<Line> {
  const times: number[] = [];
  let left = load.requests;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      times.push(await sendOne(services, load.changes));
    }
  };
  await Promise.all(Array.from({ length: load.senders }, sender));
  return {
    row: 'webhook',
    load: `${load.label}, ${load.senders} at once, p99`,
    unit: 'ms',
    product: {
      median: percentile(times, 99),
      p50Ms: percentile(times, 50),
      p95Ms: percentile(times, 95),
      cpuMs: null,
    },
    limits: {},
    ratio: null,
    against: '',
    goal: null,
    isMet: null,
  };
}

async function sendOne(services: ReceiveServices, count: number): Promise<number> {
  const changes = Array.from({ length: count }, () => {
    const leadgen_id = BigInt(`0x${randomBytes(7).toString('hex')}`).toString();
    return { field: 'leadgen', value: { leadgen_id, page_id: '138124712925158', created_time: 1 } };
  });
  const body = Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: '1', changes }] }));
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const startedAt = performance.now();
  await receiveWebhook(services, { source: 'META', body, header: () => signature });
  return performance.now() - startedAt;
}

/** The rows that follow find the database as it was. */
async function removeAll(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('truncate webhook_deliveries');
  await client.query(`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'route-webhooks'`);
  await client.end();
}
