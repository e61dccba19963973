import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSharedReads } from '../../server/api/shared-reads.ts';
import type { TenantTx } from '../../db/tenant.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const owner = () => world.demo.people.owner.principal;
const transactionOf = async (tx: TenantTx) => {
  const { rows } = await sql<{ backend: number; startedAt: string; mode: string }>`
    select pg_backend_pid() as backend, now()::text as "startedAt", current_setting('transaction_read_only') as mode`.execute(
    tx,
  );
  return rows[0];
};

test('procedures that run together share one READ ONLY transaction; the next has another', async () => {
  const reads = createSharedReads(world.appDb);
  const [first, second] = await Promise.all([reads(owner(), transactionOf), reads(owner(), transactionOf)]);
  expect(second).toEqual(first);
  expect(first?.mode).toBe('on');
  const third = await reads(owner(), transactionOf);
  expect(third?.startedAt).not.toBe(first?.startedAt);
});

test('principals never share', async () => {
  const reads = createSharedReads(world.appDb);
  const agencyOf = async (tx: TenantTx) => {
    const { rows } = await sql<{ id: string }>`select app.organization_id() as id`.execute(tx);
    return rows[0]?.id;
  };
  const rival = world.rival.people.owner.principal;
  const found = await Promise.all([
    reads(owner(), agencyOf),
    reads(rival, agencyOf),
    reads(owner(), agencyOf),
  ]);
  expect(found).toEqual([world.demo.organizationId, world.rival.organizationId, world.demo.organizationId]);
});

test('an SQL error of one is its own: the others are answered', async () => {
  const reads = createSharedReads(world.appDb);
  const fails = (tx: TenantTx) => sql`select 1 / 0`.execute(tx);
  const [failed, answered] = await Promise.allSettled([
    reads(owner(), fails),
    reads(owner(), async (tx) => {
      await sql`select pg_sleep(0)`.execute(tx);
      return transactionOf(tx);
    }),
  ]);
  expect(failed.status).toBe('rejected');
  expect(answered).toMatchObject({ status: 'fulfilled', value: { mode: 'on' } });
  expect(await reads(owner(), transactionOf)).toMatchObject({ mode: 'on' });
});

test('a refusal of one ends nothing for the others', async () => {
  const reads = createSharedReads(world.appDb);
  const [refused, answered] = await Promise.allSettled([
    reads(owner(), () => Promise.reject(new Error('not there'))),
    reads(owner(), transactionOf),
  ]);
  expect([refused.status, answered.status]).toEqual(['rejected', 'fulfilled']);
});

test('more readers than connections wait for no one that waits for them', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const reads = createSharedReads(world.appDb);
      const both = await Promise.all([reads(owner(), transactionOf), reads(owner(), transactionOf)]);
      return both.every((one) => one?.mode === 'on');
    }),
  );
  expect(answers.every(Boolean)).toBe(true);
});
