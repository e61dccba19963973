import { randomUUID } from 'node:crypto';
import { Big } from 'big.js';
import fc from 'fast-check';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  accountDay,
  accountListing,
  campaignListing,
  dailyMetric,
  type DailyMetric,
  type Grant,
  periodReach,
  type ReportKeeper,
} from '../../server/integrations/ad-platform.ts';
import type { CallBudget, CallOutcome, MeteredCall, Permit } from '../../server/integrations/pace.ts';
import type { TruthDay } from '../support/meta.ts';
import { trueAccounts, truthOn } from '../support/platforms.ts';
import {
  drain,
  failureOf,
  listAdAccounts,
  STAND_IN_IDS,
  Subject,
  useStandIns,
} from '../support/stand-ins.ts';

const { sandbox, server, clock, waits, open } = useStandIns();
const registry = open();
const range = { from: '2026-04-22', to: '2026-05-20' };

it('covers every platform of the registry', () => {
  expect(registry.list().map(({ id }) => id)).toEqual(STAND_IN_IDS);
  expect(registry.list().every(({ isOn, isStandIn }) => isOn && isStandIn)).toBe(true);
});

describe.each(STAND_IN_IDS)('%s', (id) => {
  const subject = new Subject(registry.get(id), sandbox);
  const { platform, standIn } = subject;
  let grant: Grant;
  const readDays = async () => drain(platform.dailyMetrics(grant, await subject.anAccount(grant), { range }));

  beforeEach(async () => {
    grant = await subject.connect();
  });

  it('lists accounts, campaigns, days and reach in the product’s own shapes', async () => {
    const listings = await drain(platform.listAccounts(grant));
    for (const listing of listings) expect(() => accountListing.parse(listing)).not.toThrow();
    const account = await subject.anAccount(grant);
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
        for (const account of await listAdAccounts(platform, grant)) {
          if (!account.isUsable && !standIn.keepsClosed) continue;
          const rows = await drain(platform.dailyMetrics(grant, account, { range }));
          const question = { platform: standIn.name, accountId: account.nativeId, ...range };
          const truth = await truthOn(question);
          const sorted = rows.map(figuresOf).sort(byDay);
          expect(sorted).toEqual(truth.map(truthOf(account.currency)).sort(byDay));
        }
      }),
      { numRuns: 4 },
    );
  });

  it('gives account days that are the sum of the campaigns', async () => {
    for (const account of await listAdAccounts(platform, grant)) {
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
    subject.arm({ kind: 'empty_page_with_next', times: 5 });
    expect(await readDays()).toEqual(all);
  });

  it('stops at a list that never ends', async () => {
    subject.arm({ kind: 'empty_page_with_next' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('repeats what was interrupted, a few times and no more', async () => {
    const all = await readDays();
    for (const kind of ['error_500', 'truncated_body'] as const) {
      subject.arm({ kind, times: 2 });
      expect(await readDays()).toEqual(all);
    }
    expect(waits.length).toBe(4);
    sandbox.state.calls.clear();
    subject.arm({ kind: 'error_500' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry' });
    expect(subject.dailyCalls()).toBe(5);
  });

  it('honours the signal to slow down, and hands long waits back', async () => {
    subject.arm({ kind: 'rate_limited', times: 1, delayMs: 60_000 });
    await readDays();
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(standIn.leastWaitMs);
    const hurried = open({ maxWaitMs: 1000 }).get(id);
    const account = await subject.anAccount(grant);
    subject.arm({ kind: 'rate_limited', times: 1, delayMs: 60_000 });
    const error = await failureOf(drain(hurried.dailyMetrics(grant, account, { range })));
    expect(error).toMatchObject({ kind: 'retry' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(standIn.leastWaitMs);
  });

  it('takes every call from the limits that all processes share, and tells them of a pause', async () => {
    const budget = new MemoryBudget();
    const shared = open({ budget }).get(id);
    const caller = { organizationId: randomUUID(), isBackground: false };
    const account = await subject.anAccount(grant);
    sandbox.state.calls.clear();
    subject.arm({ kind: 'rate_limited', times: 1, delayMs: 60_000 });
    await drain(shared.dailyMetrics({ ...grant, caller }, account, { range }));
    const { limits } = shared;
    const charged = { platform: id, limits, account: account.nativeId, caller };
    const made = sandbox.state.calls.list(standIn.name).length;
    expect(budget.taken).toEqual(Array(made).fill(charged));
    // Meta says it in its headers and in the error.
    expect(new Set(budget.noted.map(({ outcome }) => outcome))).toEqual(new Set(['throttled']));
    const pauses = budget.noted.map(({ pauseMs }) => pauseMs);
    expect(Math.max(...pauses)).toBeGreaterThanOrEqual(standIn.leastWaitMs);
  });

  it('asks for less when it is told to, and gets the same', async () => {
    const all = await readDays();
    for (const times of standIn.cuts) {
      subject.arm({ kind: 'reduce_data', times });
      const rows = await readDays();
      expect(rows.length).toBe(all.length);
      expect(rows).toEqual(expect.arrayContaining(all));
      sandbox.state.clearFaults();
    }
    subject.arm({ kind: 'reduce_data' });
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry' });
  });

  it('goes on with a report that takes its time, and asks for none twice', async () => {
    const all = await readDays();
    const account = await subject.anAccount(grant);
    const keeper = new MemoryKeeper();
    const patient = { ...grant, caller: { organizationId: randomUUID(), isBackground: true } };
    // Each time another process: what it knows of the report is what was kept.
    const readReport = () => {
      const other = open({ now: clock.now }).get(id);
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

  it('leaves out an account that is not there, and no other', async () => {
    const foreign = { nativeId: '1234567890', loginNativeId: null, currency: 'USD', timeZone: 'UTC' };
    const error = await failureOf(drain(platform.dailyMetrics(grant, foreign, { range })));
    expect(error.kind).toBe('skip');
  });

  it('ends with the caller’s own reason when it is told to stop', async () => {
    const account = await subject.anAccount(grant);
    const stopping = new AbortController();
    subject.arm({ kind: 'slow', delayMs: 300 });
    setTimeout(() => stopping.abort(new Error('the process stops')), 50);
    const work = drain(platform.dailyMetrics({ ...grant, signal: stopping.signal }, account, { range }));
    await expect(work).rejects.toThrow('the process stops');
  });

  it('takes a page that is no list for broken', async () => {
    const account = await subject.anAccount(grant);
    const readAll = () => drain(platform.dailyMetrics(grant, account, { range }));
    for (const body of standIn.nonsense) {
      server.use(http[standIn.method](standIn.path, () => HttpResponse.json(body)));
      expect(await failureOf(readAll())).toMatchObject({ kind: 'stop', code: 'contract' });
    }
    server.use(http[standIn.method](standIn.path, () => HttpResponse.redirect('http://elsewhere.test/')));
    await failureOf(readAll());
  });
});

/** Gives way to every call, and remembers them. */
class MemoryBudget implements CallBudget {
  readonly taken: MeteredCall[] = [];
  readonly noted: { outcome: CallOutcome; pauseMs: number }[] = [];

  take(call: MeteredCall): Promise<Permit> {
    this.taken.push(call);
    return Promise.resolve({ waitMs: 0, isResting: false, isTroubled: false });
  }

  note(_call: MeteredCall, outcome: CallOutcome, pauseMs: number): Promise<void> {
    this.noted.push({ outcome, pauseMs });
    return Promise.resolve();
  }
}

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

function figuresOf(row: DailyMetric): Figures {
  const { impressions, clicks, videoViews25, videoViews50, videoViews75, videoViews100 } = row;
  return {
    key: `${row.date} ${row.nativeCampaignId}`,
    currency: row.currency,
    // The truth knows that a campaign of which TikTok tells no payments had none.
    money: [row.spend, row.conversions ?? '0', row.conversionValue ?? '0'].map(micros),
    counts: [impressions, clicks, videoViews25, videoViews50, videoViews75, videoViews100],
  };
}

const truthOf =
  (currency: string) =>
  (day: TruthDay): Figures =>
    figuresOf({ ...day, currency, nativeCampaignId: day.campaignId } as unknown as DailyMetric);

function micros(amount: string): string {
  return new Big(amount).times(1_000_000).toFixed(0);
}
