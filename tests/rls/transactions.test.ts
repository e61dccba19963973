import { initTRPC } from '@trpc/server';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../../db/client.ts';
import { type TenantTx, withTenant } from '../../db/tenant.ts';
import type { RequestContext } from '../../server/api/context.ts';
import { createCallerFactory, router, tenantProcedure } from '../../server/api/trpc.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { contextOf, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let narrow: Database;
beforeAll(async () => {
  world = await createWorld(database());
  narrow = openDatabase({ url: database().appUrl, name: 'test-narrow', maxConnections: 2 });
});
afterAll(async () => {
  await narrow.close();
  await world.close();
});

const owner = () => world.demo.people.owner.principal;
const nothing = z.strictObject({});

async function addCompany(tx: TenantTx, name: string): Promise<void> {
  await tx.insertInto('companies').values({ organization_id: world.demo.organizationId, name }).execute();
}

async function countOf(name: string): Promise<number> {
  const { rowCount } = await world.ownerDb.pool.query('select from companies where name = $1', [name]);
  return rowCount ?? 0;
}

describe('a mutation that fails', () => {
  const failing = router({
    throws: tenantProcedure('companies.write')
      .input(nothing)
      .output(nothing)
      .mutation(async ({ ctx }) => {
        await addCompany(ctx.tx, 'thrown');
        throw new Error('after the insert');
      }),
    answersWrong: tenantProcedure('companies.write')
      .input(nothing)
      .output(z.strictObject({ name: z.string() }))
      .mutation(async ({ ctx }) => {
        await addCompany(ctx.tx, 'answered wrong');
        return { name: 'x', secret: 'y' } as { name: string };
      }),
    reads: tenantProcedure('companies.read')
      .input(nothing)
      .output(nothing)
      .query(async ({ ctx }) => {
        await addCompany(ctx.tx, 'by a query');
        return {};
      }),
  });
  const caller = () => createCallerFactory(failing)(contextOf(world, { principal: owner() }));

  test('by an error leaves nothing behind', async () => {
    expect((await refusal(caller().throws({}))).code).toBe('internal');
    expect(await countOf('thrown')).toBe(0);
  });

  test('by an answer that does not fit its schema leaves nothing behind, and tells nothing of it', async () => {
    expect(await refusal(caller().answersWrong({}))).toMatchObject({ code: 'internal', issues: [] });
    expect(await countOf('answered wrong')).toBe(0);
  });

  test('by being a query is refused by the database', async () => {
    expect((await refusal(caller().reads({}))).code).toBe('forbidden');
    expect(await countOf('by a query')).toBe(0);
  });

  test('would commit without the guard, which shows that these tests can see it', async () => {
    const t = initTRPC.context<RequestContext>().create();
    const unguarded = t.procedure.use(({ next }) =>
      withTenant(world.appDb, owner(), 'write', (tx) => next({ ctx: { tx } })),
    );
    const twin = t.router({
      throws: unguarded.mutation(async ({ ctx }) => {
        await addCompany(ctx.tx, 'committed');
        throw new Error('after the insert');
      }),
    });
    await expect(t.createCallerFactory(twin)(contextOf(world)).throws()).rejects.toThrow();
    expect(await countOf('committed')).toBe(1);
  });
});

describe('connections that agencies share', () => {
  test('carry nothing from one to the next, whatever ends in the middle', async () => {
    const agencies = [world.demo, world.rival];
    for (const { organizationId } of agencies) {
      await world.ownerDb.pool.query(
        'insert into companies (organization_id, name) values ($1::uuid, $1::text)',
        [organizationId],
      );
    }
    const ask = async (turn: number) => {
      const agency = agencies[turn % 2] ?? world.demo;
      const mode = turn % 3 === 0 ? 'write' : 'read';
      const seen = await withTenant(narrow, agency.people.owner.principal, mode, async (tx) => {
        const rows = await tx.selectFrom('companies').select('organization_id').execute();
        if (turn % 5 === 0) throw new Error('abandoned');
        if (turn % 7 === 0) await sql`select 1 / 0`.execute(tx);
        return rows;
      }).catch(() => []);
      return seen.filter(({ organization_id }) => organization_id !== agency.organizationId).length;
    };
    const strangers = await Promise.all(Array.from({ length: 600 }, (_, turn) => ask(turn)));
    expect(strangers.reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  test('see no row again once their transaction is over', async () => {
    await withTenant(narrow, owner(), 'read', (tx) => tx.selectFrom('companies').select('id').execute());
    const after = await narrow.pool.query('select from companies');
    expect(after.rowCount).toBe(0);
  });

  test('cannot be used by work that outlived its transaction', async () => {
    const kept: TenantTx[] = [];
    await withTenant(narrow, owner(), 'read', (tx) => Promise.resolve(kept.push(tx)));
    await expect(kept[0]?.selectFrom('companies').select('id').execute()).rejects.toThrow(/has ended/);
  });
});
