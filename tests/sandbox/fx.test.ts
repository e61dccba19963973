import { afterAll, beforeAll, expect, test } from 'vitest';
import { arm, BASE, type Rig, startRig } from './meta-client.ts';

let rig: Rig;
beforeAll(() => {
  rig = startRig({ now: '2027-01-05T12:00:00Z' });
});
afterAll(() => rig.server.close());

interface RateDay {
  date: string;
  rates: Map<string, string>;
}

function readFile(xml: string): RateDay[] {
  return [...xml.matchAll(/<Cube time="([^"]+)">(.*?)<\/Cube>\n/g)].map(([, date = '', cubes = '']) => {
    const rates = [...cubes.matchAll(/currency="([A-Z]{3})" rate="([\d.]+)"/g)];
    return { date, rates: new Map(rates.map(([, currency = '', rate = '']) => [currency, rate])) };
  });
}

const file = async () => (await fetch(`${BASE}/fx/eurofxref.xml`)).text();

test("the file has the ECB's envelope and a sender of its own", async () => {
  const xml = await file();
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<gesmes:Envelope /);
  expect(xml).toContain('<gesmes:name>SpokeStack sandbox</gesmes:name>');
});

test('it goes on from the day after the last real one to today, on business days alone', async () => {
  const days = readFile(await file()).map(({ date }) => date);
  expect([days.at(-1), days[0]]).toEqual(['2026-04-14', '2027-01-05']);
  expect(days).toEqual([...days].sort().reverse());
  expect(days.filter((date) => [0, 6].includes(new Date(date).getUTCDay()))).toEqual([]);
  for (const closed of ['2026-05-01', '2026-12-25', '2027-01-01']) expect(days).not.toContain(closed);
  // From Tuesday 14 April 2026: 191 weekdays, less 1 May, 25 December and 1 January.
  expect(days.length).toBe(188);
});

test('rates walk gently, and ties hold', async () => {
  const days = readFile(await file());
  for (const [index, { rates }] of days.entries()) {
    const before = days[index + 1]?.rates;
    for (const [currency, rate] of rates) {
      const last = Number(before?.get(currency) ?? rate);
      expect(Math.abs(Number(rate) / last - 1)).toBeLessThan(0.006);
    }
    expect(Math.abs(Number(rates.get('DKK')) / 7.4727 - 1)).toBeLessThan(0.005);
    const dollars = Number(rates.get('HKD')) / Number(rates.get('USD'));
    expect(dollars).toBeGreaterThan(7.75);
    expect(dollars).toBeLessThan(7.85);
  }
  expect(days[0]?.rates.size).toBe(29);
});

test('a day keeps its rates for ever, in every world', async () => {
  const before = readFile(await file());
  rig.clock.now = new Date('2027-02-01T12:00:00Z');
  rig.state.reseed(1);
  const after = readFile(await file());
  expect(after.slice(-before.length)).toEqual(before);
  expect(after.length).toBeGreaterThan(before.length);
});

test('it can fail', async () => {
  await arm({ platform: 'fx', kind: 'error_500', times: 1 });
  expect((await fetch(`${BASE}/fx/eurofxref.xml`)).status).toBe(500);
  expect((await fetch(`${BASE}/fx/eurofxref.xml`)).status).toBe(200);
});
