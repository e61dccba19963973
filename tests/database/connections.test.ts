import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { planForSums, planForValues, type TenantScope, type TenantTx, withTenant } from '../../db/tenant.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
let db: Database;
const scope: TenantScope = {
  organizationId: '01900000-0000-7000-8000-000000000001',
  userId: null,
  reach: 'all',
  brandIds: [],
};

beforeAll(() => {
  db = openDatabase({ url: database().appUrl, name: 'test', maxConnections: 1 });
});
afterAll(() => db.close());

const read = <T>(work: (tx: TenantTx) => Promise<T>) => withTenant(db, scope, 'read', work);

describe('a connection', () => {
  it('that breaks while in use fails its queries, and the next one serves', async () => {
    const broken = read((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx));
    await expect(broken).rejects.toThrow();
    const { rows } = await read((tx) => sql<{ one: number }>`select 1 as one`.execute(tx));
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('plans for the values of a question that asks for it, within its transaction alone', async () => {
    const mode = async (tx: TenantTx) => {
      const { rows } = await sql<{ mode: string }>`select current_setting('plan_cache_mode') as mode`.execute(
        tx,
      );
      return rows[0]?.mode;
    };
    const asked = await read(async (tx) => (await Promise.all([planForValues(tx), mode(tx)]))[1]);
    expect(asked).toBe('force_custom_plan');
    expect(await read(mode)).toBe('auto');
  });

  it('has its settings back after a question that sums many rows, also where two were asked at once', async () => {
    const settings = async (tx: TenantTx) => {
      const { rows } = await sql<{ memory: string; sort: string; mode: string }>`
        select current_setting('work_mem') as memory, current_setting('enable_sort') as sort,
               current_setting('plan_cache_mode') as mode`.execute(tx);
      return rows[0];
    };
    const [before, first, second, after] = await read(async (tx) => {
      await sql`select set_config('work_mem', '5MB', true)`.execute(tx);
      const before = await settings(tx);
      const ask = () => planForSums(tx, () => settings(tx));
      return [before, ...(await Promise.all([ask(), ask()])), await settings(tx)];
    });
    expect(before).toMatchObject({ memory: '5MB' });
    for (const during of [first, second])
      expect(during).toEqual({ memory: '32MB', sort: 'off', mode: 'force_custom_plan' });
    expect(after).toEqual(before);
  });
});
