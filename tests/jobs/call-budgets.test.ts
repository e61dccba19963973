import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { withSystem } from '../../db/tenant.ts';
import { createCallBudget } from '../../server/domain/call-budgets/call-budget.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createHttp } from '../../server/integrations/http.ts';
import type { CallBudget, MeteredCall } from '../../server/integrations/pace.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const log = createLogger({ name: 'test', level: 'silent' });
let world: World;
/** Two processes: a web and a jobs, each with a pool and a budget of its own. */
let web: Database;
let budgets: [CallBudget, CallBudget];
const server = setupServer();

beforeAll(async () => {
  world = await createWorld(database());
  web = openDatabase({ url: database().appUrl, name: 'web', maxConnections: 4 });
  budgets = [createCallBudget(web, log), createCallBudget(world.jobsDb, log)];
  server.listen({ onUnhandledRequest: 'error' });
});
afterAll(async () => {
  server.close();
  await web.close();
  await world.close();
});

/** So slow that no test lives to see a token come back. */
const NEVER = 1e-6;
let account = '';
const caller = (isBackground = false) => ({ organizationId: world.demo.organizationId, isBackground });
const call = (change: Partial<MeteredCall> = {}): MeteredCall => ({
  platform: 'META',
  limits: { application: null, account: { burst: 3, perSecond: NEVER } },
  account,
  caller: caller(),
  ...change,
});
beforeEach(() => {
  account = randomUUID();
});

async function takeUntilRefused(budget: CallBudget, of: MeteredCall, most = 50): Promise<number> {
  for (let taken = 0; taken < most; taken += 1) {
    if ((await budget.take(of)).waitMs > 0) return taken;
  }
  return most;
}

describe('a platform’s limit', () => {
  it('is shared by all processes: together they take what one may', async () => {
    const [first, second] = budgets;
    expect((await first.take(call())).waitMs).toBe(0);
    expect((await second.take(call())).waitMs).toBe(0);
    expect((await first.take(call())).waitMs).toBe(0);
    expect((await second.take(call())).waitMs).toBeGreaterThan(0);
    expect((await first.take(call())).waitMs).toBeGreaterThan(0);
  });

  it('lets exactly its burst through, however many ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? budgets[0] : budgets[1]).take(call())),
    );
    expect(asked.filter(({ waitMs }) => waitMs === 0)).toHaveLength(3);
  });

  it('of one ad account is not that of another', async () => {
    await takeUntilRefused(budgets[0], call());
    expect((await budgets[0].take(call({ account: randomUUID() }))).waitMs).toBe(0);
  });

  it('that is not known holds nobody up', async () => {
    const limits = { application: null, account: null };
    expect(await takeUntilRefused(budgets[0], call({ limits }), 30)).toBe(30);
  });

  it('refills by the second', async () => {
    const limits = { application: null, account: { burst: 1, perSecond: 200 } };
    expect((await budgets[0].take(call({ limits }))).waitMs).toBe(0);
    await expect.poll(async () => (await budgets[0].take(call({ limits }))).waitMs).toBe(0);
  });
});

describe('the application’s limit', () => {
  it('keeps half of itself for the daily work: a backfill stops before it', async () => {
    const limits = { application: { burst: 20, perSecond: NEVER }, account: null };
    const of = (isBackground: boolean) =>
      call({ platform: 'PINTEREST', limits, caller: caller(isBackground) });
    expect(await takeUntilRefused(budgets[0], of(true))).toBe(10);
    expect(await takeUntilRefused(budgets[0], of(false))).toBe(10);
  });

  it('is shared evenly: an agency that asks much leaves the other its part', async () => {
    const limits = { application: { burst: 20, perSecond: NEVER }, account: null };
    const of = (organizationId: string) =>
      call({ platform: 'SNAPCHAT', limits, caller: { organizationId, isBackground: false } });
    const { demo, rival } = world;
    await budgets[0].take(of(rival.organizationId));
    expect(await takeUntilRefused(budgets[0], of(demo.organizationId))).toBe(10);
    expect(await takeUntilRefused(budgets[0], of(rival.organizationId))).toBe(9);
  });
});

describe('a pause that a platform asks for', () => {
  it('holds every process, and no other ad account', async () => {
    await budgets[0].take(call());
    await budgets[0].note(call(), 'throttled', 60_000);
    expect((await budgets[1].take(call())).waitMs).toBeGreaterThan(30_000);
    expect((await budgets[1].take(call({ account: randomUUID() }))).waitMs).toBe(0);
  });
});

describe('the circuit of an ad account', () => {
  const free = { application: null, account: null };

  async function trouble(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      await budgets[0].take(call({ limits: free }));
      await budgets[0].note(call({ limits: free }), 'trouble', 0);
    }
  }

  it('opens after five failures in a row, for every process', async () => {
    await trouble(4);
    expect((await budgets[1].take(call({ limits: free }))).waitMs).toBe(0);
    await budgets[1].note(call({ limits: free }), 'trouble', 0);
    const refused = await budgets[1].take(call({ limits: free }));
    expect(refused).toMatchObject({ isResting: true });
    expect(refused.waitMs).toBeGreaterThan(0);
  });

  it('forgets failures with the first answer', async () => {
    await trouble(4);
    expect(await budgets[0].take(call({ limits: free }))).toMatchObject({ waitMs: 0, isTroubled: true });
    await budgets[0].note(call({ limits: free }), 'good', 0);
    await trouble(4);
    expect((await budgets[0].take(call({ limits: free }))).waitMs).toBe(0);
  });

  it('lets one call try once its minute is over, and closes when that is answered', async () => {
    await trouble(5);
    await withSystem(world.ownerDb, (tx) =>
      sql`update call_budgets set opened_until = now() - interval '1 second'
           where meter = ${`account:${account}`}`.execute(tx),
    );
    const tries = await Promise.all(Array.from({ length: 5 }, () => budgets[0].take(call({ limits: free }))));
    expect(tries.filter(({ waitMs }) => waitMs === 0)).toHaveLength(1);
    await budgets[0].note(call({ limits: free }), 'good', 0);
    expect((await budgets[1].take(call({ limits: free }))).waitMs).toBe(0);
  });
});

describe('a client', () => {
  const clientOf = (budget: CallBudget, answer: () => Response) => {
    let calls = 0;
    server.use(
      http.get('http://vendor.test/x', () => {
        calls += 1;
        return answer();
      }),
    );
    const client = createHttp(
      {
        name: 'The vendor',
        metered: { platform: 'META', limits: { application: null, account: { burst: 2, perSecond: NEVER } } },
        classify: ({ status }) =>
          status < 500 ? null : new PlatformError({ kind: 'retry', code: 'trouble', message: 'Trouble.' }),
      },
      { log, budget, sleep: () => Promise.resolve(), random: () => 0 },
    );
    const ask = () => client.json({ method: 'GET', url: 'http://vendor.test/x', meter: account });
    return { ask, calls: () => calls };
  };

  it('that may not call says when it goes on, and does not call', async () => {
    const { ask, calls } = clientOf(budgets[0], () => HttpResponse.json({}));
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ kind: 'retry', code: 'pace' });
    expect(calls()).toBe(2);
  });

  it('whose vendor fails five times in a row lets it rest', async () => {
    const unlimited: CallBudget = {
      take: (of) => budgets[0].take({ ...of, limits: { application: null, account: null } }),
      note: (of, outcome, pauseMs) => budgets[0].note(of, outcome, pauseMs),
    };
    const { ask, calls } = clientOf(unlimited, () => new HttpResponse('{}', { status: 500 }));
    await expect(ask()).rejects.toMatchObject({ code: 'trouble' });
    await expect(ask()).rejects.toMatchObject({ kind: 'retry', code: 'circuit' });
    expect(calls()).toBe(5);
  });
});
