import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TruthDay } from '../../sandbox/control/truth.ts';
import {
  address,
  arm,
  BASE,
  isoPlus,
  micros,
  type Rig,
  shortToken,
  startRig,
  timeRange,
  truth,
  walk,
} from './meta-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z', seed: 5 });
});
afterEach(() => rig.server.close());

const accountId = (index: number) => rig.state.world.accounts[index]?.id ?? '';

async function seenOn(index: number, date: string, age: number): Promise<TruthDay[]> {
  // Noon in UTC lies on the same day in every zone of these accounts.
  const asOf = `${isoPlus(date, age)}T12:00:00Z`;
  return (await truth(accountId(index), { from: date, to: date, asOf })).days;
}

const conversionsOf = (days: TruthDay[]) => days.reduce((sum, day) => sum + Number(day.conversions), 0);

test('a day stands still once it is 28 days old, and not before', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 0xffff_ffff }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 200 }),
      async (seed, index, back) => {
        rig.state.reseed(seed);
        const date = isoPlus('2026-09-01', -back);
        const settled = await seenOn(index, date, 28);
        expect(await seenOn(index, date, 29)).toEqual(settled);
        expect(await seenOn(index, date, 400)).toEqual(settled);
        const shares = await Promise.all([1, 5, 14, 27, 28].map((age) => seenOn(index, date, age)));
        const conversions = shares.map(conversionsOf);
        expect(conversions).toEqual([...conversions].sort((left, right) => left - right));
        if (conversionsOf(settled) > (conversions[3] ?? 0)) moved += 1;
      },
    ),
    { numRuns: 30 },
  );
  expect(moved).toBeGreaterThan(0);
}, 60_000);

test('some spend is credited in the days after, and none is added', async () => {
  let credited = 0;
  for (let back = 0; back < 60; back += 1) {
    const date = isoPlus('2026-10-01', -back);
    const fresh = new Map((await seenOn(0, date, 1)).map((day) => [day.campaignId, micros(day.spend)]));
    for (const day of await seenOn(0, date, 28)) {
      expect(micros(day.spend)).toBeLessThanOrEqual(fresh.get(day.campaignId) ?? 0n);
      if (micros(day.spend) < (fresh.get(day.campaignId) ?? 0n)) credited += 1;
    }
  }
  expect(credited).toBeGreaterThan(5);
});

test('a row can vanish upstream', async () => {
  let vanished = 0;
  for (let back = 0; back < 160; back += 1) {
    const date = isoPlus('2026-10-01', -back);
    const later = new Set((await seenOn(0, date, 5)).map((day) => day.campaignId));
    vanished += (await seenOn(0, date, 1)).filter((day) => !later.has(day.campaignId)).length;
  }
  expect(vanished).toBeGreaterThan(0);
});

test('the same question about the same moment has one answer', async () => {
  const asOf = '2026-11-03T10:00:00Z';
  const range = { from: '2026-10-01', to: '2026-11-03', asOf };
  const first = await truth(accountId(2), range);
  rig.clock.now = new Date('2027-03-01T00:00:00Z');
  expect(await truth(accountId(2), range)).toEqual(first);
});

test('restate_days changes the named days from then on, for API and truth alike', async () => {
  const range = { from: '2026-09-01', to: '2026-09-10' };
  const before = await truth(accountId(0), range);
  const campaignId = before.days[0]?.campaignId ?? '';
  rig.clock.now = new Date('2026-11-20T10:00:00Z');
  const match = `2026-09-02..2026-09-03,${campaignId}`;
  expect((await arm({ platform: 'meta', kind: 'restate_days', match })).status).toBe(201);
  const after = await truth(accountId(0), range);
  const changed = after.days.filter(
    (day, index) => JSON.stringify(day) !== JSON.stringify(before.days[index]),
  );
  expect(changed.map(({ date }) => date)).toEqual(['2026-09-02', '2026-09-03']);
  expect(changed.every((day) => day.campaignId === campaignId)).toBe(true);
  expect(await truth(accountId(0), { ...range, asOf: '2026-11-20T09:59:00Z' })).toEqual(before);

  const params = { level: 'campaign', time_increment: '1', fields: 'spend,campaign_id', limit: '100' };
  const query = {
    ...params,
    time_range: timeRange(range.from, range.to),
    access_token: await shortToken('dana'),
  };
  const { rows } = await walk(address(`${accountId(0)}/insights`, query));
  expect(rows.map((row) => micros((row.spend as string | undefined) ?? '0'))).toEqual(
    after.days.map((day) => micros(day.spend)),
  );
  await fetch(`${BASE}/_faults`, { method: 'DELETE' });
  expect(await truth(accountId(0), range)).toEqual(before);
});

test('restate_days without a match changes the last 28 days of every account', async () => {
  const range = { from: '2026-10-01', to: '2026-11-19' };
  const before = await truth(accountId(0), range);
  await arm({ platform: 'meta', kind: 'restate_days' });
  const after = await truth(accountId(0), range);
  const changed = new Set(
    after.days.filter((day, i) => day.impressions !== before.days[i]?.impressions).map((d) => d.date),
  );
  expect([...changed].sort()[0]).toBe('2026-10-24');
  expect(changed.size).toBe(
    new Set(before.days.filter(({ date }) => date >= '2026-10-24').map((d) => d.date)).size,
  );
});

test('drop_campaign takes a campaign out of list, insights and truth', async () => {
  const range = { from: '2026-11-01', to: '2026-11-10' };
  const before = await truth(accountId(0), range);
  const campaignId = before.days[0]?.campaignId ?? '';
  await arm({ platform: 'meta', kind: 'drop_campaign', match: campaignId });
  const after = await truth(accountId(0), range);
  expect(after.days).toEqual(before.days.filter((day) => day.campaignId !== campaignId));
  const access_token = await shortToken('dana');
  const { rows } = await walk(address(`${accountId(0)}/campaigns`, { access_token, limit: '3' }));
  expect(rows.map(({ id }) => id)).not.toContain(campaignId);
  expect(rows.length).toBeGreaterThan(0);
  expect((await fetch(address(campaignId, { access_token }))).status).toBe(400);
});

test('a change of the world can wait for calls', async () => {
  const access_token = await shortToken('dana');
  const range = { from: '2026-11-01', to: '2026-11-10' };
  const before = await truth(accountId(0), range);
  await arm({ platform: 'meta', kind: 'drop_campaign', after: 2 });
  await fetch(address('me', { access_token }));
  await fetch(address('me', { access_token }));
  expect(await truth(accountId(0), range)).toEqual(before);
  await fetch(address('me', { access_token }));
  expect((await truth(accountId(0), range)).days.length).toBeLessThan(before.days.length);
});
