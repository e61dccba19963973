import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultOrder } from '../../sandbox/control/faults.ts';
import { createSandbox } from '../../sandbox/handlers.ts';
import type { Access, AccountRef, DailyMetric, ReportKeeper } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createPlatforms } from '../../server/integrations/registry.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { consent, TestClock, truthOf } from '../support/meta.ts';
import { drain, listAdAccounts } from '../support/stand-ins.ts';
import { META_TEST_URL } from '../support/world.ts';

const clock = new TestClock();
const sandbox = createSandbox({ baseUrl: META_TEST_URL, now: clock.now });
const server = setupServer(...sandbox.handlers);
const config = loadConfig({
  META_APP_ID: SANDBOX_META_APP_ID,
  META_APP_SECRET: SANDBOX_META_APP_SECRET,
  META_GRAPH_URL: META_TEST_URL,
  META_DIALOG_URL: META_TEST_URL,
});
const log = createLogger({ name: 'test', level: 'silent' });
const waits: number[] = [];

/** A client of its own, as the process that takes the work over has one. */
const newClient = () =>
  createPlatforms(config, {
    log,
    maxWaitMs: 90_000,
    now: clock.now,
    sleep: (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      return Promise.resolve();
    },
  }).get('META');

/** Keeps what a slice would keep, and everything that was ever kept. */
class Keeper implements ReportKeeper {
  reportId: string | null = null;
  readonly kept: (string | null)[] = [];

  keep(reportId: string | null): Promise<void> {
    this.reportId = reportId;
    this.kept.push(reportId);
    return Promise.resolve();
  }
}

const range = { from: '2026-03-01', to: '2026-03-30' };
let access: Access;
let account: AccountRef;

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  const meta = newClient();
  const redirectUri = 'http://spokestack.test/oauth/meta/callback';
  const answer = await consent(meta.authorizationUrl({ state: 's', redirectUri }));
  const grant = await meta.exchangeCode({ code: answer.get('code') ?? '', redirectUri });
  const caller = { organizationId: '018f0000-0000-7000-8000-000000000001', isBackground: true };
  access = { accessToken: grant.accessToken, nativeUserId: grant.nativeUserId, caller };
  const [first] = await listAdAccounts(meta, access);
  if (!first) throw new Error('The stand-in shows no account.');
  account = first;
});
beforeEach(() => {
  waits.length = 0;
  sandbox.state.calls.clear();
});
afterEach(() => {
  server.resetHandlers();
  sandbox.state.clearFaults();
});
afterAll(() => {
  server.close();
});

const arm = (order: Omit<FaultOrder, 'platform'>) => sandbox.state.faults.arm({ platform: 'meta', ...order });
const callsBy = (method: string) => sandbox.state.calls.list('meta').filter((call) => call.method === method);
const read = (report: ReportKeeper, days = range, client = newClient()) =>
  drain(client.dailyMetrics(access, account, { range: days, report }));
const atOnce = (days = range) => {
  const foreground = { ...access, caller: undefined };
  return drain(newClient().dailyMetrics(foreground, account, { range: days }));
};
const sorted = (rows: readonly DailyMetric[]) =>
  rows.toSorted((a, b) => `${a.date} ${a.nativeCampaignId}`.localeCompare(`${b.date} ${b.nativeCampaignId}`));

async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}

describe('an asynchronous report', () => {
  it('serves background work, and says what is said at once', async () => {
    const keeper = new Keeper();
    const rows = await read(keeper);
    expect(sorted(rows)).toEqual(sorted(await atOnce()));
    const truth = await truthOf(account.nativeId, range);
    expect(rows).toHaveLength(truth.days.length);
    expect(callsBy('POST')).toHaveLength(1);
    expect(keeper.reportId).toBeNull();
  });

  it('is not asked for where a person waits, or where nobody keeps its id', async () => {
    const foreground = { ...access, caller: { organizationId: 'x', isBackground: false } };
    await drain(newClient().dailyMetrics(foreground, account, { range, report: new Keeper() }));
    await drain(newClient().dailyMetrics(access, account, { range }));
    expect(callsBy('POST')).toHaveLength(0);
  });

  it('is kept before it is waited for', async () => {
    const keeper = new Keeper();
    const polls: (string | null)[] = [];
    server.use(
      http.get(new RegExp(`${META_TEST_URL}/v[\\d.]+/\\d+$`), () => {
        polls.push(keeper.reportId);
        return undefined;
      }),
    );
    await read(keeper);
    expect(polls.length).toBeGreaterThan(2);
    expect(polls.every((kept) => kept?.startsWith('2026-03-01..2026-03-30=6') === true)).toBe(true);
  });

  it('is read only when all hundred percent are there', async () => {
    await read(new Keeper());
    const refused = sandbox.state.calls.list('meta').filter(({ status }) => status === 400);
    expect(refused).toEqual([]);
  });

  it('that takes longer is waited for a bounded time, and goes on in another process', async () => {
    const keeper = new Keeper();
    arm({ kind: 'job_stuck', times: 1 });
    const error = await failureOf(read(keeper));
    expect(error).toMatchObject({
      kind: 'retry',
      code: 'report_pending',
      isPending: true,
      retryAfterMs: 30_000,
    });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(20_000);
    const kept = keeper.reportId;
    expect(kept).toMatch(/=\d+@\d+!0$/);
    expect(await failureOf(read(keeper))).toMatchObject({ isPending: true });
    expect(keeper.reportId).toBe(kept);
    expect(callsBy('POST')).toHaveLength(1);
  });

  it('is asked for once though the process is killed at any of its calls', async () => {
    const whole = sorted(await atOnce());
    for (let after = 1; after <= 5; after += 1) {
      const keeper = new Keeper();
      sandbox.state.calls.clear();
      const killed = new AbortController();
      let calls = 0;
      server.use(
        http.all(`${META_TEST_URL}/*`, () => {
          calls += 1;
          if (calls === after + 1) killed.abort(new Error('the process ended'));
          return undefined;
        }),
      );
      const dying = { ...access, signal: killed.signal };
      await expect(
        drain(newClient().dailyMetrics(dying, account, { range, report: keeper })),
      ).rejects.toThrow('the process ended');
      server.resetHandlers();
      expect(sorted(await read(keeper))).toEqual(whole);
      expect(callsBy('POST')).toHaveLength(1);
      expect(keeper.reportId).toBeNull();
    }
  });

  it('that was skipped is asked for again', async () => {
    arm({ kind: 'job_skipped', times: 1 });
    expect(await read(new Keeper())).toHaveLength((await atOnce()).length);
    expect(callsBy('POST')).toHaveLength(2);
  });

  it('that is always skipped is an error in the end, and nothing is kept', async () => {
    const keeper = new Keeper();
    arm({ kind: 'job_skipped' });
    expect(await failureOf(collect(keeper))).toMatchObject({
      kind: 'retry',
      code: 'report_skipped',
      isPending: false,
    });
    expect(callsBy('POST')).toHaveLength(4);
    expect(keeper.reportId).toBeNull();
  });

  it('that failed is asked for once more as it is', async () => {
    arm({ kind: 'job_failed', times: 1 });
    expect(sorted(await read(new Keeper()))).toEqual(sorted(await atOnce()));
    expect(callsBy('POST')).toHaveLength(2);
  });

  it('that failed twice has its days cut in two', async () => {
    const keeper = new Keeper();
    arm({ kind: 'job_failed', times: 2 });
    const rows = await collect(keeper);
    expect(sorted(rows)).toEqual(sorted(await atOnce()));
    expect(keeper.kept.some((kept) => kept?.split(' ').length === 2)).toBe(true);
    expect(callsBy('POST')).toHaveLength(4);
  });

  it('of a single day that fails twice is a real error', async () => {
    const keeper = new Keeper();
    arm({ kind: 'job_failed' });
    const day = { from: '2026-03-05', to: '2026-03-05' };
    expect(await failureOf(read(keeper, day))).toMatchObject({
      kind: 'retry',
      isPending: false,
      code: '-2/2490547',
    });
    expect(callsBy('POST')).toHaveLength(2);
    expect(keeper.reportId).toBeNull();
  });

  it('that makes no progress for an hour counts as failed', async () => {
    const keeper = new Keeper();
    arm({ kind: 'job_stuck', times: 1 });
    await failureOf(read(keeper));
    clock.advanceHours(1.1);
    expect(sorted(await read(keeper))).toEqual(sorted(await atOnce()));
    expect(callsBy('POST')).toHaveLength(2);
  });

  it('that Meta no longer knows, or that waited a day to be read, is asked for again', async () => {
    for (const lose of [
      (keeper: Keeper) => (keeper.reportId = keeper.reportId?.replace(/=\d+/, '=600000000000000') ?? null),
      () => {
        clock.advanceHours(25);
      },
    ]) {
      const keeper = new Keeper();
      sandbox.state.calls.clear();
      arm({ kind: 'job_stuck', times: 1 });
      await failureOf(read(keeper));
      lose(keeper);
      await read(keeper);
      expect(callsBy('POST')).toHaveLength(2);
    }
  });

  it('whose rows are too much is cut in two, and its other half is not asked for again', async () => {
    arm({ kind: 'reduce_data', times: 5, match: '/6' });
    const keeper = new Keeper();
    expect(sorted(await collect(keeper))).toEqual(sorted(await atOnce()));
    expect(callsBy('POST')).toHaveLength(3);
  });

  it('of other days than those that are asked for is of no use', async () => {
    const keeper = new Keeper();
    for (const text of ['2026-01-01..2026-01-30=6123@1!0', 'something else', '']) {
      await keeper.keep(text);
      sandbox.state.calls.clear();
      await read(keeper);
      expect(callsBy('POST')).toHaveLength(1);
    }
  });

  it('makes the one day that is too much at once', async () => {
    const foreground = { ...access, caller: { organizationId: 'x', isBackground: false } };
    const days = { from: '2026-03-05', to: '2026-03-06' };
    const whole = sorted(await atOnce(days));
    const keeper = new Keeper();
    sandbox.state.calls.clear();
    // Two days by five sizes of a page, then the first of them by five.
    arm({ kind: 'reduce_data', times: 10, match: 'act_' });
    const rows = await drain(newClient().dailyMetrics(foreground, account, { range: days, report: keeper }));
    expect(sorted(rows)).toEqual(whole);
    expect(callsBy('POST')).toHaveLength(1);
    expect(keeper.kept[0]).toMatch(/^2026-03-05\.\.2026-03-05=/);
    expect(keeper.reportId).toBeNull();
  });

  it('of an account that is no longer shared is no report', async () => {
    const foreign = { ...account, nativeId: '1234567890' };
    const keeper = new Keeper();
    const work = drain(newClient().dailyMetrics(access, foreign, { range, report: keeper }));
    expect((await failureOf(work)).kind).toBe('skip');
    expect(keeper.kept).toEqual([]);
  });

  it('answers a number for an id, or a failure without words, and is understood', async () => {
    let polls = 0;
    server.use(
      http.post(/\/insights$/, () => HttpResponse.json({ report_run_id: 612345678901234 })),
      http.get(/\/612345678901234$/, () => {
        polls += 1;
        return HttpResponse.json({
          id: '612345678901234',
          async_status: 'Job Failed',
          async_percent_completion: 0,
        });
      }),
    );
    const day = { from: '2026-03-05', to: '2026-03-05' };
    expect(await failureOf(read(new Keeper(), day))).toMatchObject({ kind: 'retry', code: 'report_failed' });
    expect(polls).toBe(2);
  });

  it.each([
    ['too large', { error_code: -3, error_subcode: 1504045 }, { kind: 'retry', isTooMuch: true }],
    ['not permitted', { error_code: 100, error_subcode: 3191001 }, { kind: 'skip' }],
    ['a wrong question', { error_code: 2, error_subcode: 1504041 }, { kind: 'stop' }],
  ])('that failed for being %s is not repeated as it is', async (_what, reason, verdict) => {
    server.use(
      http.post(/\/insights$/, () => HttpResponse.json({ report_run_id: '6777' })),
      http.get(/\/6777$/, () =>
        HttpResponse.json({ async_status: 'Job Failed', async_percent_completion: 0, ...reason }),
      ),
    );
    const keeper = new Keeper();
    const day = { from: '2026-03-05', to: '2026-03-05' };
    expect(await failureOf(read(keeper, day))).toMatchObject(verdict);
    expect(callsBy('POST')).toHaveLength(0);
    expect(keeper.reportId).toBeNull();
  });
});

/** Comes back as often as it takes, as the engine does; the rows of the round that was whole. */
async function collect(keeper: Keeper): Promise<DailyMetric[]> {
  for (let round = 1; ; round += 1) {
    try {
      return await read(keeper);
    } catch (error) {
      if (!(error instanceof PlatformError) || !error.isPending || round > 10) throw error;
    }
  }
}
