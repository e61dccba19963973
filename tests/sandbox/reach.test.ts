import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  address,
  type Fields,
  isoPlus,
  type Rig,
  shortToken,
  startRig,
  timeRange,
  walk,
} from './meta-client.ts';

let rig: Rig;
let access_token: string;
beforeAll(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
  access_token = await shortToken('dana');
});
afterAll(() => rig.server.close());

const reachOf = (row: Fields | undefined): number => Number(row?.reach ?? 0);
const sum = (rows: readonly Fields[]): number => rows.reduce((total, row) => total + reachOf(row), 0);

async function rows(
  index: number,
  since: string,
  until: string,
  params: Record<string, string>,
): Promise<Fields[]> {
  const fields = 'reach,frequency,impressions';
  const query = { ...params, fields, limit: '500', time_range: timeRange(since, until), access_token };
  return (await walk(address(`${rig.state.world.accounts[index]?.id}/insights`, query))).rows;
}

const cases = {
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  index: fc.integer({ min: 0, max: 7 }),
  back: fc.integer({ min: 0, max: 300 }),
  length: fc.integer({ min: 2, max: 40 }),
};

test('the reach of a period is less than the sum of its days and no less than its largest day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cases), async ({ seed, index, back, length }) => {
      rig.state.reseed(seed);
      const until = isoPlus('2026-11-18', -back);
      const since = isoPlus(until, -length);
      const days = await rows(index, since, until, { time_increment: '1' });
      const [period] = await rows(index, since, until, {});
      expect(reachOf(period)).toBeGreaterThanOrEqual(Math.max(0, ...days.map(reachOf)));
      expect(reachOf(period)).toBeLessThanOrEqual(sum(days) + days.length / 2);
      if (days.length > 1) expect(reachOf(period)).toBeLessThan(sum(days));
    }),
    { numRuns: 20 },
  );
});

test('the reach of an account is less than the sum of its campaigns', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cases), async ({ seed, index, back, length }) => {
      rig.state.reseed(seed);
      const until = isoPlus('2026-11-18', -back);
      const since = isoPlus(until, -length);
      const campaigns = await rows(index, since, until, { level: 'campaign' });
      const [account] = await rows(index, since, until, { level: 'account' });
      expect(reachOf(account)).toBeGreaterThanOrEqual(Math.max(0, ...campaigns.map(reachOf)));
      if (campaigns.length === 1) expect(reachOf(account)).toBe(sum(campaigns));
      if (campaigns.length > 1) expect(reachOf(account)).toBeLessThan(sum(campaigns));
    }),
    { numRuns: 20 },
  );
});

test('nobody is reached more often than there were impressions, and frequency is their ratio', async () => {
  for (const row of await rows(0, '2026-10-01', '2026-11-18', { level: 'campaign', time_increment: '1' })) {
    expect(reachOf(row)).toBeGreaterThan(0);
    expect(reachOf(row)).toBeLessThanOrEqual(Number(row.impressions));
    expect(Number(row.frequency)).toBeCloseTo(Number(row.impressions) / reachOf(row), 5);
  }
});
