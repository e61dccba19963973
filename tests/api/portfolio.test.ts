import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlatformData, platformData, publishRates } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

// Wednesday 18 March 2026, noon in Dubai.
const NOW = new Date('2026-03-18T08:00:00Z');
const YESTERDAY = '2026-03-17';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  demo = platformData(world, world.demo);
  await publishRates(world, {
    '2026-03-13': { USD: '1.10' },
    '2026-03-16': { USD: '1.10' },
    '2026-03-17': { USD: '1.10' },
    '2026-03-18': { USD: '1.10' },
  });
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

interface Given {
  name: string;
  budget?: string;
  currency?: string;
  accountCurrency?: string;
  newest?: string | null;
  daily?: string;
  startsOn?: string;
  endsOn?: string;
  brandId?: string;
  status?: string;
}

/** An active campaign of 30 days with an account and spend on each day from its start through `newest`. */
async function running(given: Given) {
  const {
    budget = '3000',
    currency = 'AED',
    accountCurrency = 'AED',
    newest = YESTERDAY,
    daily = '100',
  } = given;
  const { startsOn = '2026-03-01', endsOn = '2026-03-30', status = 'ACTIVE' } = given;
  const brandId = given.brandId ?? world.demo.brands.first;
  const { id: campaignId } = await as('owner').campaigns.create({
    name: given.name,
    brandId,
    startsOn,
    endsOn,
  });
  await world.ownerDb.pool.query(
    `update campaigns set status = $2::campaign_status, budget = $3, currency = $4, status_changed_at = $5 where id = $1`,
    [campaignId, status, budget, currency, NOW],
  );
  const adAccountId = await demo.account({
    name: `Account of ${given.name}`,
    currency: accountCurrency,
    brandId,
    newest,
  });
  const platformCampaignId = await demo.platformCampaign(adAccountId, { campaignId });
  for (let day = startsOn; newest !== null && day <= newest && day <= endsOn; day = next(day))
    await demo.day(platformCampaignId, {
      ...{ date: day, currency: accountCurrency, spend: daily },
      conversions: '1',
      conversionValue: '250',
    });
  return { campaignId, adAccountId, platformCampaignId };
}

const next = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

describe('pacing', () => {
  test('is spend per what the days through the last full one are to hold', async () => {
    const { campaignId } = await running({ name: 'Even' });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    // 17 of 30 even days: two full weeks of even spend weigh all weekdays alike.
    expect(pacing).toMatchObject({
      band: 'ON_PACE',
      through: YESTERDAY,
      budget: '3000',
      spent: '1700',
      tolerance: '0.1',
      daysLeft: 13,
      neededPerDay: '100',
      averagePerDay: '100',
    });
    expect(Number(pacing.expected)).toBeCloseTo(1700, 1);
    expect(Number(pacing.ratio)).toBeCloseTo(1, 4);
    expect(Number(pacing.flightEnd?.amount)).toBeCloseTo(3000, 1);
    expect(pacing.days).toHaveLength(30);
    expect(pacing.months).toMatchObject([{ month: '2026-03', isOfLines: false, band: 'ON_PACE' }]);
  });

  test('leaves the running day out and says so', async () => {
    const { campaignId, platformCampaignId, adAccountId } = await running({ name: 'Partial' });
    await world.ownerDb.pool.query(
      `update ad_accounts set newest_business_date = '2026-03-18' where id = $1`,
      [adAccountId],
    );
    await demo.day(platformCampaignId, { date: '2026-03-18', spend: '40' });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    expect(pacing).toMatchObject({ through: YESTERDAY, spent: '1700', spentAfter: '40' });
    expect(pacing.notes.join(' ')).toContain('40.00 AED came after that, on days that still run,');
  });

  test('tells over and under by the tolerance of the brand', async () => {
    const { campaignId } = await running({ name: 'Fast', daily: '115' });
    expect(await as('viewer').pacing.campaign({ campaignId })).toMatchObject({ band: 'OVER' });
    await world.ownerDb.pool.query(`update organizations set pacing_tolerance = 0.2 where id = $1`, [
      world.demo.brands.first,
    ]);
    expect(await as('viewer').pacing.campaign({ campaignId })).toMatchObject({
      band: 'ON_PACE',
      tolerance: '0.2',
    });
    await world.ownerDb.pool.query(`update organizations set pacing_tolerance = null where id = $1`, [
      world.demo.brands.first,
    ]);
    const slow = await running({ name: 'Slow', daily: '50' });
    expect(await as('viewer').pacing.campaign({ campaignId: slow.campaignId })).toMatchObject({
      band: 'UNDER',
    });
  });

  test('is silent while an account is late, and names it and since when', async () => {
    const { campaignId, adAccountId } = await running({ name: 'Late', newest: '2026-03-10', daily: '500' });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    expect(pacing.band).toBe('SILENT');
    expect(pacing.silentAccounts).toMatchObject([
      { adAccountId, state: 'STALE', newestBusinessDate: '2026-03-10' },
    ]);
    expect(pacing.reason).toBe(
      'Account of Late: newer figures should be here and are not. Its figures reach 10 March 2026.',
    );
  });

  test('is silent of spend that has no rate into the budget’s currency', async () => {
    const { campaignId } = await running({ name: 'Dinar', accountCurrency: 'KWD' });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    expect(pacing).toMatchObject({
      band: 'SILENT',
      leftOut: [{ amount: '1700', currency: 'KWD' }],
    });
  });

  test('converts spend into the budget’s currency by the rates of its days', async () => {
    const { campaignId } = await running({
      name: 'Dollar',
      accountCurrency: 'USD',
      daily: '10',
      budget: '1101.75',
    });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    expect(pacing.spent).toBe('624.325');
  });

  test('is of the flight’s days alone, and names what was spent before and after them', async () => {
    const { campaignId, platformCampaignId } = await running({
      name: 'Late attached',
      startsOn: '2026-03-10',
    });
    await demo.day(platformCampaignId, { date: '2026-03-02', spend: '5000' });
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    // 8 of 21 days of 3,000.
    expect(pacing).toMatchObject({ spent: '800', averagePerDay: '100' });
    expect(Number(pacing.ratio)).toBeLessThan(1);
    expect(Number(pacing.flightEnd?.amount)).toBeLessThan(2300);
    expect(pacing.days.find(({ date }) => date === '2026-03-10')?.spent).toBe('100');
    expect(pacing.notes).toContain(
      '5,000.00 AED was spent before the flight began on 10 March 2026 and is in no figure of this pace.',
    );
    for (const figure of ['spent', 'ratio', 'flightEnd', 'monthEnd'] as const) {
      const { formula, notes } = await as('viewer').pacing.explain({ campaignId, figure });
      const shown = { spent: pacing.spent, ratio: pacing.ratio };
      const ends = { flightEnd: pacing.flightEnd?.amount, monthEnd: pacing.monthEnd?.amount };
      expect(formula.value).toBe({ ...shown, ...ends }[figure]);
      expect(notes.join(' ')).toContain('before the flight began');
    }
    const { items } = await as('owner').portfolio.list({ campaignIds: [campaignId] });
    expect(items).toMatchObject([
      { spent: { amount: '5800.00' }, ownSpent: { amount: '5800.00' }, pacedSpent: { amount: '800.00' } },
    ]);
    const performance = await as('viewer').budgets.performance({ campaignId });
    expect(performance.total.spent).toBe('800');
    expect(performance.platforms.map(({ spent }) => spent)).toEqual(['800']);
  });

  test('says why nothing is judged without a budget, days or anything attached', async () => {
    const { id: campaignId } = await as('owner').campaigns.create({ name: 'Bare' });
    expect(await as('viewer').pacing.campaign({ campaignId })).toMatchObject({
      band: 'NO_BUDGET',
      spent: null,
      ratio: null,
    });
    await world.ownerDb.pool.query(`update campaigns set budget = 5, currency = 'AED' where id = $1`, [
      campaignId,
    ]);
    expect((await as('viewer').pacing.campaign({ campaignId })).band).toBe('NO_DATES');
    await world.ownerDb.pool.query(
      `update campaigns set starts_on = '2026-03-01', ends_on = '2026-03-31' where id = $1`,
      [campaignId],
    );
    expect((await as('viewer').pacing.campaign({ campaignId })).band).toBe('NOTHING_ATTACHED');
  });

  test('is refused to a client, and to strangers as if there were no campaign', async () => {
    const { campaignId } = await running({ name: 'Hidden' });
    expect((await refusal(as('client').pacing.campaign({ campaignId }))).code).toBe('forbidden');
    const nonsense = await refusal(as('owner').pacing.campaign({ campaignId: randomUUID() }));
    expect(nonsense.code).toBe('not_found');
    expect(await refusal(as('unassigned').pacing.campaign({ campaignId }))).toEqual(nonsense);
    expect(await refusal(asRival('owner').pacing.campaign({ campaignId }))).toEqual(nonsense);
  });
});

describe('the portfolio', () => {
  test('says of each campaign what its own page says', async () => {
    const { items } = await as('owner').portfolio.list({});
    expect(items.length).toBeGreaterThan(5);
    for (const item of items) {
      const pacing = await as('owner').pacing.campaign({ campaignId: item.campaignId });
      expect([item.band, item.ratio, item.expected?.amount ?? null, item.projection]).toEqual([
        pacing.band,
        pacing.ratio,
        pacing.expected === null ? null : item.expected?.amount,
        pacing.flightEnd,
      ]);
      if (pacing.expected !== null) expect(Number(item.expected?.amount)).toBe(Number(pacing.expected));
      if (pacing.spent !== null) expect(Number(item.pacedSpent?.amount)).toBe(Number(pacing.spent));
    }
  });

  test('sums the ratio of a set and averages none', async () => {
    const big = await running({ name: 'Roll big', budget: '30000', daily: '900' });
    const small = await running({ name: 'Roll small', budget: '300', daily: '20' });
    const campaignIds = [big.campaignId, small.campaignId];
    const rollup = await as('owner').portfolio.rollup({ campaignIds });
    const { items } = await as('owner').portfolio.list({ campaignIds });
    const sum = (values: (string | undefined)[]) => values.reduce((all, one) => all + Number(one), 0);
    const expected = sum(items.map((item) => item.expected?.amount));
    expect(Number(rollup.spent?.amount)).toBe(17 * 920);
    expect(Number(rollup.ratio)).toBeCloseTo((17 * 920) / expected, 5);
    expect(rollup).toMatchObject({ campaigns: 2, pacedCampaigns: 2, budget: { amount: '30300.00' } });
    expect(rollup.roas).toBe(items.length === 2 ? '0.543478' : '');
  });

  test('filters by brand, owner, platform, status, band and name, and sorts', async () => {
    const second = world.demo.brands.second;
    const other = await running({ name: 'Zeta of second', brandId: second, daily: '300' });
    const list = async (input: object) =>
      (await as('owner').portfolio.list(input)).items.map(({ name }) => name);
    expect(await list({ brandId: second })).toEqual(['Zeta of second']);
    expect(await list({ q: 'Zeta' })).toEqual(['Zeta of second']);
    expect(await list({ band: 'OVER', brandId: second })).toEqual(['Zeta of second']);
    expect(await list({ band: 'UNDER', brandId: second })).toEqual([]);
    expect(await list({ platform: 'GOOGLE' })).toEqual([]);
    expect(await list({ status: 'DRAFT' })).toEqual(['Bare']);
    expect(await list({ ownerId: randomUUID() })).toEqual([]);
    expect((await list({ sort: '-spent' }))[0]).toBe('Roll big');
    expect((await list({ sort: 'name' }))[0]).toBe('Bare');
    expect(other.campaignId).toBeTruthy();
    const page = await as('owner').portfolio.list({ limit: 2 });
    expect(page.items).toHaveLength(2);
    expect(page.totals.campaigns).toBe(page.more + 2);
  });

  test('shows a member their brands, a rival nothing and a client no budget and no pace', async () => {
    const names = async (who: PersonName) => (await as(who).portfolio.list({})).items.map(({ name }) => name);
    expect(await names('member')).not.toContain('Zeta of second');
    expect(await names('member')).toContain('Even');
    expect(await names('unassigned')).toEqual([]);
    expect((await asRival('owner').portfolio.list({})).items).toEqual([]);
    const client = await as('client').portfolio.list({});
    expect(client.items.length).toBeGreaterThan(0);
    for (const item of client.items)
      expect(item).toMatchObject({
        budget: null,
        ownSpent: null,
        expected: null,
        ratio: null,
        band: null,
        projection: null,
      });
    expect(client.totals).toMatchObject({ budget: null, expected: null, ratio: null, byBand: [] });
  });
});

describe('exceptions', () => {
  test('name what is off its pace, late, over and waits for the reader', async () => {
    const waiting = await running({ name: 'Waiting', status: 'PENDING_APPROVAL' });
    await running({ name: 'Overdue end', startsOn: '2026-02-20', endsOn: '2026-03-12' });
    const { items, counts } = await as('admin').portfolio.exceptions({});
    const of = (kind: string) => items.filter((item) => item.kind === kind);
    expect(of('FIGURES_STALE').map(({ campaignName }) => campaignName)).toContain('Late');
    expect(of('OFF_PACE').map(({ campaignName }) => campaignName)).toContain('Slow');
    expect(of('OVER_AND_OPEN')).toMatchObject([{ campaignName: 'Overdue end', date: '2026-03-12' }]);
    expect(of('PENDING_APPROVAL')).toMatchObject([{ campaignId: waiting.campaignId }]);
    expect(counts.find(({ kind }) => kind === 'PENDING_APPROVAL')?.count).toBe(1);
    const toMember = await as('member').portfolio.exceptions({ kind: 'PENDING_APPROVAL' });
    expect(toMember.items).toEqual([]);
  });

  test('tell a client of no pace, budget, creator or contract', async () => {
    const { items } = await as('client').portfolio.exceptions({});
    const told = new Set(items.map(({ kind }) => kind));
    for (const kind of ['OFF_PACE', 'PENDING_APPROVAL', 'BUDGET_PENDING', 'DISAGREES', 'CONTRACT_ENDING'])
      expect(told).not.toContain(kind);
  });
});
