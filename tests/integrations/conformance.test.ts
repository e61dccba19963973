import fc from 'fast-check';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultOrder } from '../../sandbox/control/faults.ts';
import { createSandbox } from '../../sandbox/handlers.ts';
import {
  type Access,
  accountListing,
  type AdPlatform,
  type AdPlatformId,
  campaignListing,
  dailyMetric,
  periodReach,
} from '../../server/integrations/ad-platform.ts';
import type { PlatformError } from '../../server/integrations/errors.ts';
import { createPlatforms } from '../../server/integrations/registry.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { consent, TestClock, truthOf } from '../support/meta.ts';
import { META_TEST_URL } from '../support/world.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';

/** Settings that turn every platform on, each pointing at its stand-in. */
const config = loadConfig({
  META_APP_ID: SANDBOX_META_APP_ID,
  META_APP_SECRET: SANDBOX_META_APP_SECRET,
  META_GRAPH_URL: META_TEST_URL,
  META_DIALOG_URL: META_TEST_URL,
});

/** Where each platform's lists are asked for, so that the faults strike there. */
const CALLS: Partial<Record<AdPlatformId, { daily: string; host: string }>> = {
  META: { daily: 'insights', host: META_TEST_URL },
};

const clock = new TestClock();
const sandbox = createSandbox({ baseUrl: META_TEST_URL, now: clock.now });
const server = setupServer(...sandbox.handlers);
const lines: string[] = [];
const waits: number[] = [];
const log = createLogger({
  name: 'test',
  level: 'trace',
  destination: { write: (line) => lines.push(line) },
});
const registry = createPlatforms(config, {
  log,
  maxWaitMs: 90_000,
  sleep: (ms) => {
    waits.push(ms);
    return Promise.resolve();
  },
});

const ids = registry.list().flatMap(({ id, isOn, isStandIn }) => (isOn && isStandIn ? [id] : []));

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

async function drain<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'PlatformError' });
  return error as PlatformError;
}

it('covers every platform of the registry', () => {
  expect(ids).toEqual(Object.keys(CALLS));
});

describe.each(ids)('%s', (id) => {
  const platform: AdPlatform = registry.get(id);
  const match = CALLS[id]?.daily ?? '';
  const arm = (order: Omit<FaultOrder, 'platform'>) =>
    sandbox.state.faults.arm({ platform: 'meta', match, ...order });
  let access: Access;

  beforeEach(async () => {
    waits.length = 0;
    lines.length = 0;
    const redirectUri = `http://spokestack.test/oauth/${platform.slug}/callback`;
    const answer = await consent(platform.authorizationUrl({ state: 's', redirectUri }));
    access = await platform.exchangeCode({ code: answer.get('code') ?? '', redirectUri });
  });

  async function adAccounts() {
    const listings = await drain(platform.listAccounts(access));
    return listings.flatMap(({ isManager, currency, timeZone, ...account }) =>
      isManager || currency === null || timeZone === null ? [] : { ...account, currency, timeZone },
    );
  }

  async function anAccount() {
    const [account] = await adAccounts();
    if (!account) throw new Error('The stand-in shows no account.');
    return account;
  }
  const range = { from: '2026-04-22', to: '2026-05-20' };
  const readDays = async () => drain(platform.dailyMetrics(access, await anAccount(), { range }));

  it('hands the state to the person’s browser and gets a grant with what it needs', async () => {
    const url = new URL(platform.authorizationUrl({ state: 'a b&c', redirectUri: 'http://x.test/cb' }));
    expect(url.searchParams.get('state')).toBe('a b&c');
    const answer = await consent(platform.authorizationUrl({ state: 's', redirectUri: 'http://x.test/cb' }));
    const code = answer.get('code') ?? '';
    const grant = await platform.exchangeCode({ code, redirectUri: 'http://x.test/cb' });
    expect(grant.scopes).toEqual(expect.arrayContaining([...platform.requiredScopes]));
    expect(String(grant.accessToken)).toBe('[redacted]');
    await failureOf(platform.exchangeCode({ code, redirectUri: 'http://x.test/cb' }));
  });

  it('lists accounts, campaigns, days and reach in the product’s own shapes', async () => {
    const accounts = await drain(platform.listAccounts(access));
    for (const account of accounts) expect(() => accountListing.parse(account)).not.toThrow();
    const account = await anAccount();
    const campaigns = await drain(platform.listCampaigns(access, account));
    expect(campaigns.length).toBeGreaterThan(2);
    for (const campaign of campaigns) expect(() => campaignListing.parse(campaign)).not.toThrow();
    const rows = await drain(platform.dailyMetrics(access, account, { range }));
    expect(rows.length).toBeGreaterThan(28);
    for (const row of rows) expect(() => dailyMetric.parse(row)).not.toThrow();
    const reaches = await platform.periodReach(access, account, range);
    expect(reaches.filter(({ nativeCampaignId }) => nativeCampaignId === null)).toHaveLength(1);
    for (const reach of reaches) expect(() => periodReach.parse(reach)).not.toThrow();
  });

  it('gives money exact to the micro, and no row for a day without delivery, in every world', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffff_ffff }), async (seed) => {
        sandbox.state.reseed(seed);
        for (const account of await adAccounts()) {
          const rows = await drain(platform.dailyMetrics(access, account, { range }));
          const truth = await truthOf(account.nativeId, range);
          const key = (day: { date: string }, campaignId: string) => `${day.date} ${campaignId}`;
          const found = new Map(rows.map((row) => [key(row, row.nativeCampaignId), row]));
          expect(found.size).toBe(truth.days.length);
          for (const day of truth.days) {
            const row = found.get(key(day, day.campaignId));
            expect(micros(row?.spend)).toBe(micros(day.spend));
            expect(micros(row?.conversionValue)).toBe(micros(day.conversionValue));
            expect(micros(row?.conversions)).toBe(micros(day.conversions));
            expect([row?.impressions, row?.clicks, row?.videoViews100, row?.currency]).toEqual([
              day.impressions,
              day.clicks,
              day.videoViews100,
              truth.currency,
            ]);
          }
        }
      }),
      { numRuns: 4 },
    );
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
    const asked = sandbox.state.calls.list('meta').filter(({ path }) => path.includes(match));
    expect(asked).toHaveLength(5);
  });

  it('honours the signal to slow down, and hands long waits back', async () => {
    arm({ kind: 'rate_limited', times: 1 });
    await readDays();
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(59_000);
    const hurried = createPlatforms(config, { log, maxWaitMs: 1000 }).get(id);
    arm({ kind: 'rate_limited', times: 1 });
    const account = await anAccount();
    const error = await failureOf(drain(hurried.dailyMetrics(access, account, { range })));
    expect(error).toMatchObject({ kind: 'retry' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(59_000);
    const next = await failureOf(drain(hurried.dailyMetrics(access, account, { range })));
    expect(next.retryAfterMs).toBeGreaterThan(50_000);
  });

  it('asks for less when it is told to, and gets the same', async () => {
    const all = await readDays();
    for (const times of [1, 4, 7, 13]) {
      arm({ kind: 'reduce_data', times });
      const rows = await readDays();
      expect(rows.length).toBe(all.length);
      expect(rows).toEqual(expect.arrayContaining(all));
      sandbox.state.clearFaults();
    }
  });

  it.each(['expired_token', 'revoked_grant'] as const)('knows a dead grant (%s)', async (kind) => {
    arm({ kind, times: 1 });
    const error = await failureOf(readDays());
    expect(error).toMatchObject({
      kind: 'reauthorize',
      grant: kind === 'expired_token' ? 'EXPIRED' : 'REVOKED',
    });
    expect(error.message).toMatch(/[Cc]onnect again/);
  });

  it('ends a grant for good, and takes one that is dead already for ended', async () => {
    const account = await anAccount();
    // Meta dates revocations to the second: a token of that second counts as given before.
    clock.advanceHours(0.01);
    await platform.revoke({ ...access, refreshToken: null });
    const error = await failureOf(drain(platform.dailyMetrics(access, account, { range })));
    expect(error.kind).toBe('reauthorize');
    await platform.revoke({ ...access, refreshToken: null });
    clock.advanceHours(0.01);
  });

  it('leaves out an account that is not there, and no other', async () => {
    const foreign = { nativeId: '1234567890', loginNativeId: null, currency: 'USD', timeZone: 'UTC' };
    const error = await failureOf(drain(platform.dailyMetrics(access, foreign, { range })));
    expect(error.kind).toBe('skip');
  });

  it('ends with the caller’s own reason when it is told to stop', async () => {
    const account = await anAccount();
    const stopping = new AbortController();
    arm({ kind: 'slow', delayMs: 300 });
    setTimeout(() => stopping.abort(new Error('the process stops')), 50);
    const work = drain(platform.dailyMetrics({ ...access, signal: stopping.signal }, account, { range }));
    await expect(work).rejects.toThrow('the process stops');
  });

  it('takes a page that is no list for broken', async () => {
    const account = await anAccount();
    const pattern = new RegExp(`^${CALLS[id]?.host ?? ''}/.*${match}`);
    for (const body of [{}, { data: 7 }, { data: [{ nothing: 'known' }] }, []]) {
      server.use(http.get(pattern, () => HttpResponse.json(body)));
      const error = await failureOf(drain(platform.dailyMetrics(access, account, { range })));
      expect(error).toMatchObject({ kind: 'stop', code: 'contract' });
    }
    server.use(http.get(pattern, () => HttpResponse.redirect('http://elsewhere.test/')));
    await failureOf(drain(platform.dailyMetrics(access, account, { range })));
  });

  it('writes no token, secret or code into a log line or an error', async () => {
    const token = access.accessToken.reveal();
    arm({ kind: 'error_500', times: 3 });
    await readDays();
    arm({ kind: 'expired_token', times: 1 });
    const error = await failureOf(readDays());
    const written = [...lines, error.message, error.vendorMessage, error.stack].join('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of [token, SANDBOX_META_APP_SECRET, 'access_token=EAAS']) {
      expect(written).not.toContain(secret);
    }
  });
});

function micros(amount: string | undefined): string {
  const [whole = '', fraction = ''] = (amount ?? 'none').split('.');
  return `${whole}${fraction.padEnd(6, '0')}`;
}
