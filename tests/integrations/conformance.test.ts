import { randomUUID } from 'node:crypto';
import { Big } from 'big.js';
import fc from 'fast-check';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultOrder } from '../../sandbox/control/faults.ts';
import { createSandbox } from '../../sandbox/handlers.ts';
import {
  accountDay,
  accountListing,
  type AdPlatform,
  type AdPlatformId,
  campaignListing,
  dailyMetric,
  type Grant,
  periodReach,
  type ReportKeeper,
} from '../../server/integrations/ad-platform.ts';
import type { PlatformError } from '../../server/integrations/errors.ts';
import { createPlatforms } from '../../server/integrations/registry.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { TestClock } from '../support/meta.ts';
import {
  allow,
  APP_SECRETS,
  codeOf,
  drain,
  listAdAccounts,
  STAND_IN_URL,
  STAND_INS,
  type StandIn,
  standInConfig,
  trueAccounts,
  truthAt,
} from '../support/stand-ins.ts';

const config = standInConfig();
const clock = new TestClock();
const sandbox = createSandbox({ baseUrl: STAND_IN_URL, now: clock.now });
const server = setupServer(...sandbox.handlers);
const lines: string[] = [];
const waits: number[] = [];
const log = createLogger({
  name: 'test',
  level: 'trace',
  destination: { write: (line) => lines.push(line) },
});
const sleep = (ms: number) => {
  waits.push(ms);
  return Promise.resolve();
};
const registry = createPlatforms(config, { log, maxWaitMs: 90_000, sleep });

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  server.resetHandlers();
  sandbox.state.clearFaults();
});
afterAll(() => {
  server.close();
});

async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'PlatformError' });
  return error as PlatformError;
}

function standInOf(id: AdPlatformId): StandIn {
  const found = STAND_INS[id];
  if (!found)
    throw new Error(`${id} has no stand-in: write one, and its line in tests/support/stand-ins.ts.`);
  return found;
}

/** The calls for daily rows, as the sandbox wrote them down. */
function dailyCalls({ name, daily }: StandIn): number {
  const addressOf = ({ path, query }: { path: string; query: Record<string, string> }) =>
    [path, ...Object.entries(query).map(([key, value]) => `${key}=${value}`)].join('&');
  return sandbox.state.calls.list(name).filter((call) => addressOf(call).includes(daily)).length;
}

it('covers every platform of the registry', () => {
  expect(registry.list().map(({ id }) => id)).toEqual(Object.keys(STAND_INS));
  expect(registry.list().every(({ isOn, isStandIn }) => isOn && isStandIn)).toBe(true);
});

describe.each(registry.list().map(({ id }) => id))('%s', (id) => {
  const platform: AdPlatform = registry.get(id);
  const standIn = standInOf(id);
  const range = { from: '2026-04-22', to: '2026-05-20' };
  const redirectUri = `http://spokestack.test/oauth/${platform.slug}/callback`;
  const challenge = { codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' };
  const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  let grant: Grant;

  const arm = (order: Omit<FaultOrder, 'platform'>) =>
    sandbox.state.faults.arm({ platform: standIn.name, match: standIn.daily, ...order });
  const authorize = (state = 's') =>
    allow(platform.authorizationUrl({ state, redirectUri, ...(platform.takesPkce ? challenge : {}) }));
  const exchange = (code: string) =>
    platform.exchangeCode({ code, redirectUri, ...(platform.takesPkce ? { codeVerifier } : {}) });
  const adAccounts = () => listAdAccounts(platform, grant);

  async function anAccount() {
    const account = (await adAccounts()).find(({ isUsable }) => isUsable);
    if (!account) throw new Error('The stand-in shows no account.');
    return account;
  }
  const readDays = async () => drain(platform.dailyMetrics(grant, await anAccount(), { range }));

  beforeEach(async () => {
    waits.length = 0;
    lines.length = 0;
    grant = await exchange(codeOf(await authorize()));
  });

  it('hands the state to the person’s browser and gets a grant with what it needs', async () => {
    const answer = await authorize('a b&c');
    expect(answer.get('state')).toBe('a b&c');
    const given = await exchange(codeOf(answer));
    expect(given.scopes).toEqual(expect.arrayContaining([...platform.requiredScopes]));
    expect(given.nativeUserId).toBe(grant.nativeUserId);
    expect(JSON.stringify(given)).not.toContain(given.accessToken.reveal());
    // A code is good for one grant: asking again helps nobody.
    expect((await failureOf(exchange(codeOf(answer)))).kind).not.toBe('retry');
  });

  it('takes a code for nobody who does not hold what it was asked for with', async () => {
    const code = codeOf(await authorize());
    const exchanges = [platform.exchangeCode({ code: `${code}x`, redirectUri, codeVerifier })];
    if (platform.takesPkce)
      exchanges.push(platform.exchangeCode({ code, redirectUri, codeVerifier: 'x'.repeat(43) }));
    for (const work of exchanges) await failureOf(work);
  });

  it('lists accounts, campaigns, days and reach in the product’s own shapes', async () => {
    const listings = await drain(platform.listAccounts(grant));
    for (const listing of listings) expect(() => accountListing.parse(listing)).not.toThrow();
    const account = await anAccount();
    const campaigns = await drain(platform.listCampaigns(grant, account));
    expect(campaigns.length).toBeGreaterThan(2);
    for (const campaign of campaigns) expect(() => campaignListing.parse(campaign)).not.toThrow();
    const rows = await drain(platform.dailyMetrics(grant, account, { range }));
    expect(rows.length).toBeGreaterThan(28);
    for (const row of rows) expect(() => dailyMetric.parse(row)).not.toThrow();
    const known = new Set(campaigns.map(({ nativeId }) => nativeId));
    expect(rows.filter(({ nativeCampaignId }) => !known.has(nativeCampaignId))).toEqual([]);
    for (const day of await drain(platform.accountDays(grant, account, range)))
      expect(() => accountDay.parse(day)).not.toThrow();
    const reaches = await platform.periodReach(grant, account, range);
    expect(reaches.filter(({ nativeCampaignId }) => nativeCampaignId === null)).toHaveLength(1);
    for (const reach of reaches) expect(() => periodReach.parse(reach)).not.toThrow();
  });

  it('lists every account once, below its manager, in its own currency and zone', async () => {
    const listings = await drain(platform.listAccounts(grant));
    const ids = listings.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(ids.length);
    const managers = new Set(listings.flatMap((item) => (item.isManager ? [item.nativeId] : [])));
    expect(managers.size).toBeGreaterThan(0);
    const above = listings.flatMap((item) => [item.parentNativeId ?? [], item.loginNativeId ?? []].flat());
    expect(above.filter((managerId) => !managers.has(managerId))).toEqual([]);
    const truth = (await trueAccounts(standIn.name)).map(({ id: trueId, parentId, ...facts }) => {
      const { name, currency, timeZone } = facts;
      return [trueId.replace('act_', ''), name, currency, timeZone, parentId];
    });
    const found = listings.flatMap(({ isManager, nativeId, name, currency, timeZone, parentNativeId }) =>
      isManager ? [] : [[nativeId, name, currency, timeZone, parentNativeId]],
    );
    expect(truth).toEqual(expect.arrayContaining(found));
    expect(found.length).toBeGreaterThan(3);
  });

  it('gives money exact to the micro, and no row for a day without delivery, in every world', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffff_ffff }), async (seed) => {
        sandbox.state.reseed(seed);
        for (const account of await adAccounts()) {
          if (!account.isUsable && !standIn.keepsClosed) continue;
          const rows = await drain(platform.dailyMetrics(grant, account, { range }));
          const truth = await truthAt(standIn.name, account.nativeId, range);
          const sorted = rows.map(figuresOf).sort(byDay);
          expect(sorted).toEqual(truth.days.map(truthOf(truth.currency)).sort(byDay));
        }
      }),
      { numRuns: 4 },
    );
  });

  it('gives account days that are the sum of the campaigns', async () => {
    for (const account of await adAccounts()) {
      if (!account.isUsable && !standIn.keepsClosed) continue;
      const sums = new Map<string, { spend: Big; impressions: number; clicks: number }>();
      for (const row of await drain(platform.dailyMetrics(grant, account, { range }))) {
        const sum = sums.get(row.date) ?? { spend: new Big(0), impressions: 0, clicks: 0 };
        sums.set(row.date, {
          spend: sum.spend.plus(row.spend),
          impressions: sum.impressions + row.impressions,
          clicks: sum.clicks + row.clicks,
        });
      }
      const days = await drain(platform.accountDays(grant, account, range));
      expect(days.map(({ date }) => date).sort()).toEqual([...sums.keys()].sort());
      for (const { date, spend, impressions, clicks, currency } of days) {
        const sum = sums.get(date);
        expect([micros(spend), impressions, clicks]).toEqual([
          micros(sum?.spend.toFixed() ?? ''),
          sum?.impressions,
          sum?.clicks,
        ]);
        expect(currency).toBe(account.currency);
      }
    }
  });

  it('walks pages to the end, through empty ones', async () => {
    const all = await readDays();
    arm({ kind: 'empty_page_with_next', times: 5 });
    expect(await readDays()).toEqual(all);
  });

  it('stops at a list that never ends', async () => {
    arm({ kind: 'empty_page_with_next' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('repeats what was interrupted, a few times and no more', async () => {
    const all = await readDays();
    for (const kind of ['error_500', 'truncated_body'] as const) {
      arm({ kind, times: 2 });
      expect(await readDays()).toEqual(all);
    }
    expect(waits.length).toBe(4);
    sandbox.state.calls.clear();
    arm({ kind: 'error_500' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry' });
    expect(dailyCalls(standIn)).toBe(5);
  });

  it('honours the signal to slow down, and hands long waits back', async () => {
    arm({ kind: 'rate_limited', times: 1, delayMs: 60_000 });
    await readDays();
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(standIn.leastWaitMs);
    const hurried = createPlatforms(config, { log, maxWaitMs: 1000 }).get(id);
    const account = await anAccount();
    arm({ kind: 'rate_limited', times: 1, delayMs: 60_000 });
    const error = await failureOf(drain(hurried.dailyMetrics(grant, account, { range })));
    expect(error).toMatchObject({ kind: 'retry' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(standIn.leastWaitMs);
  });

  it('asks for less when it is told to, and gets the same', async () => {
    const all = await readDays();
    for (const times of standIn.cuts) {
      arm({ kind: 'reduce_data', times });
      const rows = await readDays();
      expect(rows.length).toBe(all.length);
      expect(rows).toEqual(expect.arrayContaining(all));
      sandbox.state.clearFaults();
    }
    arm({ kind: 'reduce_data' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry' });
  });

  it('goes on with a report that takes its time, and asks for none twice', async () => {
    const all = await readDays();
    const account = await anAccount();
    const keeper = new MemoryKeeper();
    const patient = { ...grant, caller: { organizationId: randomUUID(), isBackground: true } };
    // Each time another process: what it knows of the report is what was kept.
    const readReport = () => {
      const other = createPlatforms(config, { log, maxWaitMs: 90_000, sleep, now: clock.now }).get(id);
      return drain(other.dailyMetrics(patient, account, { range, report: keeper }));
    };
    sandbox.state.calls.clear();
    if (!standIn.hasReports) {
      expect(await readReport()).toEqual(all);
      return expect(keeper.kept).toEqual([]);
    }
    sandbox.state.faults.arm({ platform: standIn.name, kind: 'job_stuck', times: 1 });
    const asked = () =>
      sandbox.state.calls.list(standIn.name).filter(({ method }) => method === 'POST').length;
    expect(await failureOf(readReport())).toMatchObject({ kind: 'retry', isPending: true });
    expect(keeper.reportId).not.toBeNull();
    expect(await failureOf(readReport())).toMatchObject({ isPending: true });
    expect(asked()).toBe(1);
    clock.advanceHours(1.5);
    const rows = await readReport();
    expect(asked()).toBe(2);
    expect(keeper.reportId).toBeNull();
    expect(rows.map(figuresOf).sort(byDay)).toEqual((await readDays()).map(figuresOf).sort(byDay));
  });

  it.each(['expired_token', 'revoked_grant'] as const)('knows a dead grant (%s)', async (kind) => {
    const account = await anAccount();
    sandbox.state.calls.clear();
    arm({ kind, times: 1 });
    const error = await failureOf(drain(platform.dailyMetrics(grant, account, { range })));
    expect(error).toMatchObject({
      kind: 'reauthorize',
      grant: kind === 'expired_token' ? 'EXPIRED' : 'REVOKED',
    });
    expect(error.message).toMatch(/[Cc]onnect again/);
    expect(dailyCalls(standIn)).toBe(1);
  });

  it('renews an access that ran out, where it does, and no other', async () => {
    if (!platform.refresh) return expect(grant.refreshToken).toBeNull();
    const { refreshToken } = grant;
    if (!refreshToken) throw new Error('No refresh token was given.');
    clock.advanceHours(1.1);
    expect(await failureOf(adAccounts())).toMatchObject({ kind: 'reauthorize', grant: 'EXPIRED' });
    const renewed = await platform.refresh(refreshToken);
    const accounts = await listAdAccounts(platform, { ...grant, accessToken: renewed.accessToken });
    expect(accounts.length).toBeGreaterThan(0);
    await platform.revoke({ ...grant, refreshToken });
    expect(await failureOf(platform.refresh(refreshToken))).toMatchObject({
      kind: 'reauthorize',
      grant: 'REVOKED',
    });
  });

  it('ends a grant for good, and takes one that is dead already for ended', async () => {
    const account = await anAccount();
    // Meta dates revocations to the second: a token of that second counts as given before.
    clock.advanceHours(0.01);
    await platform.revoke(grant);
    const error = await failureOf(drain(platform.dailyMetrics(grant, account, { range })));
    expect(error.kind).toBe('reauthorize');
    await platform.revoke(grant);
    clock.advanceHours(0.01);
  });

  it('leaves out an account that is not there, and no other', async () => {
    const foreign = { nativeId: '1234567890', loginNativeId: null, currency: 'USD', timeZone: 'UTC' };
    const error = await failureOf(drain(platform.dailyMetrics(grant, foreign, { range })));
    expect(error.kind).toBe('skip');
  });

  it('ends with the caller’s own reason when it is told to stop', async () => {
    const account = await anAccount();
    const stopping = new AbortController();
    arm({ kind: 'slow', delayMs: 300 });
    setTimeout(() => stopping.abort(new Error('the process stops')), 50);
    const work = drain(platform.dailyMetrics({ ...grant, signal: stopping.signal }, account, { range }));
    await expect(work).rejects.toThrow('the process stops');
  });

  it('takes a page that is no list for broken', async () => {
    const account = await anAccount();
    const readAll = () => drain(platform.dailyMetrics(grant, account, { range }));
    for (const body of standIn.nonsense) {
      server.use(http[standIn.method](standIn.path, () => HttpResponse.json(body)));
      expect(await failureOf(readAll())).toMatchObject({ kind: 'stop', code: 'contract' });
    }
    server.use(http[standIn.method](standIn.path, () => HttpResponse.redirect('http://elsewhere.test/')));
    await failureOf(readAll());
  });

  it('writes no token, secret or code into a log line or an error', async () => {
    const code = codeOf(await authorize());
    const { accessToken, refreshToken } = await exchange(code);
    arm({ kind: 'error_500', times: 3 });
    await readDays();
    arm({ kind: 'expired_token', times: 1 });
    const error = await failureOf(readDays());
    const used = await failureOf(exchange(code));
    const written = [error, used].flatMap(({ message, vendorMessage, stack }) => [
      message,
      vendorMessage,
      stack,
    ]);
    const text = [...lines, ...written].join('\n');
    expect(lines.length).toBeGreaterThan(3);
    const secrets = [grant.accessToken, grant.refreshToken, accessToken, refreshToken];
    for (const secret of [...APP_SECRETS, code, ...secrets.flatMap((token) => token?.reveal() ?? [])])
      expect(text).not.toContain(secret);
  });
});

/** Keeps as the run's row in the database does. */
class MemoryKeeper implements ReportKeeper {
  reportId: string | null = null;
  readonly kept: (string | null)[] = [];

  keep(reportId: string | null): Promise<void> {
    this.reportId = reportId;
    this.kept.push(reportId);
    return Promise.resolve();
  }
}

interface Figures {
  key: string;
  currency: string;
  money: string[];
  counts: (number | null)[];
}

const byDay = (left: Figures, right: Figures): number => (left.key < right.key ? -1 : 1);

type Row = ReturnType<typeof dailyMetric.parse>;
type TruthDay = Awaited<ReturnType<typeof truthAt>>['days'][number];

function figuresOf(row: Row): Figures {
  const { impressions, clicks, videoViews25, videoViews50, videoViews75, videoViews100 } = row;
  return {
    key: `${row.date} ${row.nativeCampaignId}`,
    currency: row.currency,
    money: [micros(row.spend), micros(row.conversions), micros(row.conversionValue)],
    counts: [impressions, clicks, videoViews25, videoViews50, videoViews75, videoViews100],
  };
}

const truthOf =
  (currency: string) =>
  (day: TruthDay): Figures =>
    figuresOf({ ...day, currency, nativeCampaignId: day.campaignId } as unknown as Row);

function micros(amount: string): string {
  return new Big(amount).times(1_000_000).toFixed(0);
}
