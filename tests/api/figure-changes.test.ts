import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FigureChange } from '../../server/domain/metrics/changes-schema.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type Person, startSession, type World } from '../support/world.ts';
import { Doors } from './door.ts';

const database = useTestDatabase();
let world: World;
let doors: Doors;
/** Of the demo's first brand, of its second, and of the rival. */
let first: string;
let second: string;
let foreign: string;

beforeAll(async () => {
  world = await createWorld(database());
  doors = await Doors.open(world.services);
  first = await addAccount(world.demo.organizationId, world.demo.brands.first);
  second = await addAccount(world.demo.organizationId, world.demo.brands.second);
  foreign = await addAccount(world.rival.organizationId, world.rival.brands.first);
});
afterAll(async () => {
  await doors.close();
  await world.close();
});

async function addAccount(organizationId: string, brandId: string): Promise<string> {
  const { rows } = await world.ownerDb.pool.query<{ id: string }>(
    `insert into ad_accounts (organization_id, brand_id, platform, native_id, name, currency, time_zone, source)
     values ($1, $2, 'META', gen_random_uuid()::text, 'Account', 'AED', 'Asia/Dubai', 'SANDBOX') returning id`,
    [organizationId, brandId],
  );
  const [row] = rows;
  if (!row) throw new Error('No account was made.');
  return row.id;
}

async function move(adAccountId: string, status: string): Promise<void> {
  await world.ownerDb.pool.query(
    `update ad_accounts set sync_status = $2::sync_status, last_synced_at = clock_timestamp() where id = $1`,
    [adAccountId, status],
  );
}

/** Listens as a person until `enough` says so; the stream is closed then. */
async function hear(
  { principal }: Person,
  adAccountIds: string[],
  { after, until }: { after: () => Promise<void>; until: (heard: FigureChange[]) => boolean },
): Promise<FigureChange[]> {
  const told = await caller(world, principal).metrics.changes({ adAccountIds });
  const heard: FigureChange[] = [];
  let isStarted = false;
  for await (const change of told as AsyncIterable<FigureChange>) {
    heard.push(change);
    if (!isStarted) {
      isStarted = true;
      await after();
    }
    if (until(heard)) break;
  }
  return heard;
}

describe('a page that listens', () => {
  test('is told how its accounts stand and then of every move', async () => {
    const { owner } = world.demo.people;
    const heard = await hear(owner, [first], {
      // The connection that listens may come up after the first answer; what moves then is told all the same.
      after: async () => {
        await delay(200);
        await move(first, 'SYNCING');
      },
      until: (all) => all.some(({ hasMoved, isSyncing }) => hasMoved && isSyncing),
    });
    expect(heard[0]).toMatchObject({ adAccountId: first, hasMoved: false });
    expect(heard.at(-1)).toMatchObject({ adAccountId: first, hasMoved: true, isSyncing: true });
  });

  test('is told of days that were replaced while the run goes on', async () => {
    const { organizationId } = world.demo;
    const { rows } = await world.ownerDb.pool.query<{ id: string }>(
      `insert into sync_runs (organization_id, trigger, ad_account_id, status)
       values ($1, 'MANUAL', $2, 'SYNCING') returning id`,
      [organizationId, second],
    );
    const run = rows[0]?.id;
    await world.ownerDb.pool.query(
      `insert into sync_slices (organization_id, sync_run_id, slice_start, slice_end)
       values ($1, $2, '2026-01-01', '2026-01-07')`,
      [organizationId, run],
    );
    const heard = await hear(world.demo.people.owner, [second], {
      after: async () => {
        await world.ownerDb.pool.query(`update sync_slices set status = 'DONE' where sync_run_id = $1`, [
          run,
        ]);
      },
      until: (all) => all.some(({ hasMoved }) => hasMoved),
    });
    expect(heard.at(-1)?.adAccountId).toBe(second);
  });

  test('hears nothing of accounts that it does not see, whoever’s they are', async () => {
    const heard = await hear(world.demo.people.member, [first, second, foreign], {
      after: async () => {
        await move(foreign, 'SYNCING');
        await move(second, 'SUCCESS');
        await move(first, 'SUCCESS');
      },
      until: (all) =>
        all.some(({ adAccountId, hasMoved, isSyncing }) => adAccountId === first && hasMoved && !isSyncing),
    });
    expect([...new Set(heard.map(({ adAccountId }) => adAccountId))]).toEqual([first]);
  });

  test('says the ids alone on the channel, which has no tenant', async () => {
    const client = await world.appDb.pool.connect();
    const told: (string | undefined)[] = [];
    client.on('notification', ({ payload }) => told.push(payload));
    await client.query('listen figures_changed');
    await move(first, 'SYNCING');
    while (told.length === 0) {
      await delay(20);
      await client.query('select 1');
    }
    await client.query('unlisten figures_changed');
    client.release();
    expect(told).toEqual([first]);
  });
});

describe('the door of the stream', () => {
  const input = () => encodeURIComponent(JSON.stringify({ adAccountIds: [first] }));
  const address = () => `${doors.url}/api/trpc/metrics.changes?input=${input()}`;

  test('opens to a browser’s own page and tells at once', async () => {
    const cookie = `spokestack-session=${await startSession(world, world.demo.people.owner)}`;
    const stop = new AbortController();
    const answer = await fetch(address(), {
      headers: { cookie, accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' },
      signal: stop.signal,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(first)) text += (await reader?.read())?.value ?? '';
    stop.abort();
    expect(text).toContain('"hasMoved":false');
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['nobody knows where', {}],
  ])('stays shut to a page of %s', async (_name, from: Record<string, string>) => {
    const cookie = `spokestack-session=${await startSession(world, world.demo.people.owner)}`;
    const answer = await fetch(address(), { headers: { cookie, accept: 'text/event-stream', ...from } });
    expect(answer.status).toBe(403);
  });

  test('asks who is there', async () => {
    const answer = await fetch(address(), {
      headers: { accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' },
    });
    const text = await answer.text();
    expect(text).toContain('unauthenticated');
  });
});
