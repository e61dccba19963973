import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costFigures, type CostFigure } from '../../server/domain/costs/schema.ts';
import { evaluate } from '../../server/domain/explanations/rules.ts';
import type { Formula } from '../../server/domain/explanations/schema.ts';
import { pacingFigures, type PacingFigure } from '../../server/domain/pacing/schema.ts';
import { type PlatformData, platformData, publishRates } from '../metrics/platform-data.ts';
import { makeCreator } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const NOW = new Date('2026-03-18T08:00:00Z');

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  demo = platformData(world, world.demo);
  await publishRates(world, { '2026-03-02': { USD: '1.10' } });
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const code = async (call: Promise<unknown>) => (await refusal(call)).code;

/** 1,000 of media that claims 3,000 and 200 of boosts, in AED. */
async function costly(): Promise<string> {
  const brandId = world.demo.brands.first;
  const { id: campaignId } = await as('owner').campaigns.create({ name: 'Costly', brandId });
  const adAccountId = await demo.account({ brandId });
  const media = await demo.platformCampaign(adAccountId, { campaignId });
  const boost = await demo.platformCampaign(adAccountId, { campaignId });
  await world.ownerDb.pool.query(`update platform_campaigns set is_boost = true where id = $1`, [boost]);
  await demo.day(media, { date: '2026-03-02', spend: '1000', conversions: '10', conversionValue: '3000' });
  await demo.day(boost, { date: '2026-03-03', spend: '200', conversions: null, conversionValue: null });
  return campaignId;
}

const amountsOf = (lines: { kind: string; amount: { amount: string } | null }[]) =>
  Object.fromEntries(lines.map(({ kind, amount }) => [kind, amount?.amount ?? null]));

describe('the cost stack', () => {
  test('adds media, boosts, other costs and the margin up to what the client pays', async () => {
    const campaignId = await costly();
    await as('member').costs.create({
      campaignId,
      date: '2026-03-04',
      description: 'Studio',
      amount: '300',
      currency: 'AED',
    });
    await as('admin').margins.create({ campaignId, kind: 'MARKUP', percent: '10', validFrom: '2026-01-01' });
    const stack = await as('viewer').costs.stack({ campaignIds: [campaignId], currency: 'AED' });
    expect(amountsOf(stack.lines)).toEqual({
      MEDIA: '1000.00',
      BOOST: '200.00',
      CREATOR: '0.00',
      OTHER: '300.00',
      COST: '1500.00',
      MARGIN: '150.00',
      CLIENT_COST: '1650.00',
    });
    expect(stack.claimed).toMatchObject({
      conversions: '10',
      conversionValue: { amount: '3000.00' },
      mediaRoas: '3',
      roas: '1.818182',
      cpa: '165',
    });
    expect(stack.truth).toMatchObject({ source: 'PLATFORMS', chosenBy: 'DEFAULT', roas: '1.818182' });
  });

  test('reckons a share of what the client pays, and the narrowest rule of a day', async () => {
    const campaignId = await costly();
    await as('admin').margins.create({ kind: 'MARKUP', percent: '50', validFrom: '2020-01-01' });
    await as('admin').margins.create({
      ...{ campaignId, kind: 'SHARE', percent: '20', appliesTo: ['MEDIA'], validFrom: '2026-01-01' },
    });
    const stack = await as('viewer').costs.stack({ campaignIds: [campaignId], currency: 'AED' });
    // 20 % of 1,250 on media; the agency's 50 % on boosts.
    expect(amountsOf(stack.lines)).toMatchObject({ MARGIN: '350.00', CLIENT_COST: '1550.00' });
  });

  test('takes the agency’s own results for true where the brand chose them, and null without any', async () => {
    const campaignId = await costly();
    await as('admin').costs.updateSettings({ brandId: world.demo.brands.first, valueSource: 'RESULTS' });
    const before = await as('viewer').costs.stack({ campaignIds: [campaignId], currency: 'AED' });
    expect(before.truth).toMatchObject({ source: 'RESULTS', chosenBy: 'BRAND', roas: null });
    expect(before.truth.reason).not.toBeNull();
    await world.ownerDb.pool.query(
      `insert into campaign_results (organization_id, campaign_id, date, origin, conversions, conversion_value, currency)
       values ($1, $2, '2026-03-05', 'Shop', 4, 2400, 'AED')`,
      [world.demo.organizationId, campaignId],
    );
    const after = await as('viewer').costs.stack({ campaignIds: [campaignId], currency: 'AED' });
    expect(after.truth).toMatchObject({
      conversions: '4',
      conversionValue: { amount: '2400.00' },
      origins: ['Shop'],
    });
    await as('admin').costs.updateSettings({ brandId: world.demo.brands.first, valueSource: null });
  });

  test('is the agency’s alone, and a stranger’s campaign is none', async () => {
    const campaignId = await costly();
    const ask = { campaignIds: [campaignId] };
    expect(await code(as('client').costs.stack(ask))).toBe('forbidden');
    const nonsense = await refusal(as('owner').costs.stack({ campaignIds: [randomUUID()] }));
    expect(nonsense.code).toBe('not_found');
    expect(await refusal(as('unassigned').costs.stack(ask))).toEqual(nonsense);
    expect(await refusal(asRival('owner').costs.stack(ask))).toEqual(nonsense);
  });
});

describe('the explanation of each figure', () => {
  test('comes to the stack’s figure from its leaves', async () => {
    const campaignId = await costly();
    const ask = { campaignIds: [campaignId], currency: 'AED' };
    const stack = await as('viewer').costs.stack(ask);
    const shown: Partial<Record<CostFigure, string | null>> = {
      media: '1000',
      boosts: '200',
      clientCost: String(Number(amountsOf(stack.lines).CLIENT_COST)),
      mediaRoas: stack.claimed.mediaRoas,
      claimedRoas: stack.claimed.roas,
      claimedCpa: stack.claimed.cpa,
    };
    for (const figure of costFigures) {
      const { formula } = await as('viewer').costs.explain({ ...ask, figure });
      expect(evaluate(formula), figure).toBe(formula.value);
      if (figure in shown) expect(formula.value, figure).toBe(shown[figure]);
    }
  });

  test('names whom its leaves are from, their rates and what they said before', async () => {
    const brandId = world.demo.brands.first;
    const { id: campaignId } = await as('owner').campaigns.create({ name: 'In dollars', brandId });
    const adAccountId = await demo.account({ name: 'Euro account', currency: 'EUR', brandId });
    const media = await demo.platformCampaign(adAccountId, { campaignId });
    const boost = await demo.platformCampaign(adAccountId, { campaignId });
    await world.ownerDb.pool.query(`update platform_campaigns set is_boost = true where id = $1`, [boost]);
    for (const [of, spend] of [
      [media, '100'],
      [boost, '40'],
    ] as const) {
      await demo.day(of, { date: '2026-03-02', currency: 'EUR', spend, source: 'SANDBOX' });
      await world.ownerDb.pool.query(
        `insert into campaign_metric_revisions (organization_id, ad_account_id, platform_campaign_id, date, currency, spend,
           impressions, clicks, source, fetched_at, was_removed, replaced_at)
         values ($1, $2, $3, '2026-03-02', 'EUR', 90, 0, 0, 'SANDBOX', now(), false, now())`,
        [world.demo.organizationId, adAccountId, of],
      );
    }
    const given = { campaignId, date: '2026-03-02', description: 'Studio', amount: '10', currency: 'AED' };
    await as('member').costs.create(given);
    const ask = { campaignIds: [campaignId], currency: 'AED' };
    const stack = await as('viewer').costs.stack(ask);
    expect(stack.fx).toMatchObject([
      {
        ...{ base: 'EUR', quote: 'AED', firstDate: '2026-03-02', lastDate: '2026-03-02' },
        ...{ minRate: '4.03975', maxRate: '4.03975', firstPublishedOn: '2026-03-02' },
        sources: ['European Central Bank'],
      },
    ]);
    const told = await as('viewer').costs.explain({ ...ask, figure: 'media' });
    expect(told.sources).toMatchObject([
      { name: 'Meta', adAccountId, adAccountName: 'Euro account', timeZone: 'Asia/Dubai', rows: 1 },
      { name: 'European Central Bank', adAccountId: null },
    ]);
    expect(told.sources[0]).toMatchObject({ isSandbox: true });
    expect(told.restatements).toMatchObject([{ label: 'Spend', before: '90', after: '100' }]);
    const [own, rate] = told.formula.parts[0]?.parts ?? [];
    expect([own?.sources, rate?.sources]).toEqual([[0], [1]]);
    expect(rate).toMatchObject({
      label: '1 EUR in AED',
      note: 'Published on 2026-03-02 by European Central Bank.',
    });
    const whole = await as('viewer').costs.explain({ ...ask, figure: 'clientCost' });
    expect(whole.sources.map(({ name, rows }) => [name, rows])).toContainEqual(['Meta', 2]);
    expect(whole.sources.at(-1)?.name).toBe('The agency’s own record');
    expect(whole.restatementCount).toBe(2);
    const other = await as('viewer').costs.explain({ ...ask, figure: 'other' });
    expect([other.sources.length, other.restatements]).toEqual([1, []]);
  });

  test('of a pace comes to the pace', async () => {
    const campaignId = await costly();
    await world.ownerDb.pool.query(
      `update campaigns set budget = 5000, currency = 'AED', starts_on = '2026-03-01', ends_on = '2026-03-30' where id = $1`,
      [campaignId],
    );
    await world.ownerDb.pool.query(`update ad_accounts set newest_business_date = '2026-03-17'`);
    const pacing = await as('viewer').pacing.campaign({ campaignId });
    const shown: Record<PacingFigure, string | null | undefined> = {
      ...{ budget: pacing.budget, spent: pacing.spent, expected: pacing.expected, ratio: pacing.ratio },
      ...{ monthEnd: pacing.monthEnd?.amount, flightEnd: pacing.flightEnd?.amount },
      ...{ monthEndLow: pacing.monthEnd?.low, monthEndHigh: pacing.monthEnd?.high },
      ...{ flightEndLow: pacing.flightEnd?.low, flightEndHigh: pacing.flightEnd?.high },
      ...{ neededPerDay: pacing.neededPerDay, averagePerDay: pacing.averagePerDay },
    };
    const placesOf = (one: Formula): number[] => [...one.sources, ...one.parts.flatMap(placesOf)];
    for (const figure of pacingFigures) {
      const { formula, sources } = await as('viewer').pacing.explain({ campaignId, figure });
      expect(placesOf(formula).length, figure).toBeGreaterThan(0);
      for (const place of placesOf(formula)) expect(sources[place], figure).toBeDefined();
      expect(evaluate(formula), figure).toBe(formula.value);
      expect(formula.value, figure).toBe(shown[figure]);
    }
    const performance = await as('viewer').budgets.performance({ campaignId });
    expect(performance.total).toMatchObject({
      allocated: '5000.00',
      spent: '1200',
      remaining: '3800',
      share: '0.24',
    });
    expect(performance.kinds.map(({ key, spent }) => [key, spent])).toEqual([
      ['MEDIA', '1000'],
      ['BOOST', '200'],
    ]);
  });
});

describe('a margin rule', () => {
  test('is one of its days, also where two are made at once', async () => {
    const campaignId = await costly();
    const rule = { campaignId, kind: 'MARKUP', percent: '10', validFrom: '2026-01-01' } as const;
    const made = await Promise.allSettled([1, 2, 3].map(() => as('admin').margins.create(rule)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await as('viewer').margins.list({ campaignId });
    expect(items.filter((item) => item.campaignId === campaignId)).toHaveLength(1);
  });
});

describe('a creator’s fee', () => {
  test('is a cost of the campaign and stands against its plan', async () => {
    const brandId = world.demo.brands.first;
    const { id: campaignId } = await as('owner').campaigns.create({ name: 'With a creator', brandId });
    const { creatorId, creatorPlatformId } = await makeCreator(world, world.demo, { brandId });
    await as('owner').campaignCreators.assign({
      ...{ campaignId, creatorId, fee: '1000' },
      deliverables: [{ platform: 'INSTAGRAM', type: 'REEL', count: 2 }],
    });
    await world.ownerDb.pool.query(
      `with piece as (
         insert into creator_contents (organization_id, creator_id, creator_platform_id, platform, type, native_id, source, published_at)
         values ($1, $2, $3, 'INSTAGRAM', 'REEL', $4, 'MANUAL', '2026-03-05T12:00:00Z') returning id)
       insert into campaign_contents (organization_id, campaign_id, creator_content_id, state)
       select $1, $5, id, 'CONFIRMED' from piece`,
      [world.demo.organizationId, creatorId, creatorPlatformId, randomUUID(), campaignId],
    );
    const ask = { campaignIds: [campaignId], currency: 'AED' };
    const { lines } = await as('viewer').costs.stack(ask);
    expect(amountsOf(lines)).toMatchObject({ CREATOR: '500.00', COST: '500.00' });
    expect(lines.find(({ kind }) => kind === 'CREATOR')?.committed).toEqual({
      ...{ amount: '1000.00', currency: 'AED' },
    });
    const told = await as('viewer').costs.explain({ ...ask, figure: 'creators' });
    expect([evaluate(told.formula), told.sources.map(({ name }) => name)]).toEqual([
      '500',
      ['The agency’s own record'],
    ]);
    const { creators, kinds } = await as('viewer').budgets.performance({ campaignId });
    expect(creators.map(({ spent, forecast }) => [spent, forecast])).toEqual([['500', '1000']]);
    expect(kinds.find(({ key }) => key === 'CREATOR')).toMatchObject({ spent: '500', forecast: '1000' });
  });
});

describe('costs, margins and settings are refused', () => {
  test('to who may not, to strangers and to who read an older version', async () => {
    const campaignId = await costly();
    const given = { campaignId, date: '2026-03-04', description: 'Van', amount: '-5', currency: 'AED' };
    const cost = await as('member').costs.create(given);
    const ref = { campaignCostId: cost.id };
    expect(await code(as('viewer').costs.create(given))).toBe('forbidden');
    expect(await code(as('client').costs.list({ campaignId }))).toBe('forbidden');
    expect(await code(as('unassigned').costs.create(given))).toBe('not_found');
    expect(await code(asRival('owner').costs.update({ ...ref, amount: '1' }))).toBe('not_found');
    expect(await code(as('member').costs.update({ ...ref, amount: '1', expectedVersion: 9 }))).toBe(
      'precondition',
    );
    expect(
      await code(as('member').margins.create({ kind: 'MARKUP', percent: '1', validFrom: '2026-01-01' })),
    ).toBe('forbidden');
    expect(await code(as('member').costs.updateSettings({ valueSource: 'RESULTS' }))).toBe('forbidden');
    expect(await code(as('client').costs.settings({}))).toBe('forbidden');
    await as('member').costs.archive(ref);
    expect((await as('member').costs.list({ campaignId })).items).toEqual([]);
  });
});
