import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExplainInput } from '../../server/domain/metrics/dashboard-schema.ts';
import { publishRates } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { byHand, nodesOf } from './by-hand.ts';
import { DAYS, EARLIER, NOW, walkedWorld, type Walked } from './walked-world.ts';

const database = useTestDatabase();
let world: World;
let walked: Walked;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  walked = await walkedWorld(world);
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const rival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const explain = (input: Partial<ExplainInput> & Pick<ExplainInput, 'figure'>) =>
  as('owner').metrics.explain({ ...DAYS, ...input });

describe('an explanation', () => {
  test('says what it is of, by which formula, and rounds where the dashboard rounds', async () => {
    const { title, subtitle, words, formula } = await explain({
      figure: 'cpc',
      by: 'CAMPAIGN',
      key: walked.summer,
      platform: 'GOOGLE',
    });
    expect({ title, subtitle, words }).toEqual({
      title: 'CPC, the cost of a click',
      subtitle: 'Summer · Google Ads · 2026-03-02 – 2026-03-10',
      words: 'Spend ÷ clicks',
    });
    expect(formula).toMatchObject({ operation: 'DIVIDE', decimals: 6, unit: 'MONEY', currency: 'AED' });
    expect(formula.parts.map(({ label, operation, decimals }) => [label, operation, decimals])).toEqual([
      ['Spend', 'SUM', null],
      ['Clicks', 'SUM', null],
    ]);
  });

  test('names of each value the account, its zone and attribution, and when it was read', async () => {
    const { formula, sources } = await explain({ figure: 'spend', campaignIds: [walked.summer] });
    expect(sources).toEqual([
      {
        ...{ name: 'Meta', adAccountId: walked.accounts.dirhams, adAccountName: 'Dirhams' },
        ...{ timeZone: 'Asia/Dubai', attributionSetting: '7d_click,1d_view', syncRunId: null },
        ...{ fetchedFrom: '2026-03-03T12:00:00.000Z', fetchedTo: '2026-03-11T12:00:00.000Z' },
        ...{ rows: 4, isSandbox: false },
      },
      expect.objectContaining({
        name: 'Google Ads',
        adAccountName: 'Dollars',
        attributionSetting: null,
        rows: 2,
      }),
    ]);
    const leaves = nodesOf(formula).filter(
      ({ operation, sources: own }) => operation === null && own.length > 0,
    );
    expect(leaves.map(({ sources: own }) => own[0])).toContain(1);
  });

  test('shows the rate of a day with its parity or its publication, and who published it', async () => {
    const pegged = await explain({ figure: 'spend', adAccountId: walked.accounts.dollars });
    const [day] = pegged.formula.parts;
    expect(day).toMatchObject({ label: '2026-03-02', operation: 'PRODUCT', currency: 'AED' });
    expect(day?.parts).toMatchObject([
      { label: 'Dollars', currency: 'USD', value: '33.333333' },
      {
        ...{ label: '1 USD in AED', value: '3.6725', sources: [] },
        note: 'By parity',
      },
    ]);
    expect(pegged.notes).toContain('USD to AED: The UAE dirham is pegged at 3.6725 AED for 1 USD.');
    const { formula, sources } = await explain({ figure: 'spend', adAccountId: walked.accounts.euros });
    const rate = formula.parts.at(0)?.parts.at(1);
    expect(rate).toMatchObject({
      label: '1 EUR in AED',
      note: 'Published on 2026-03-02',
    });
    expect(sources[rate?.sources[0] ?? -1]).toMatchObject({ name: 'European Central Bank', rows: 3 });
  });

  test('keeps what has no rate in sight, and in no cost', async () => {
    const { formula, notes } = await explain({ figure: 'spend', campaignIds: [walked.winter] });
    const left = formula.parts.filter(({ value }) => value === null);
    expect(left.map(({ label, note }) => [label, note])).toEqual([
      ['2026-03-04', 'Left out: no rate from KWD to AED was published within 7 days before.'],
      ['2026-03-05', 'Left out: no rate from KWD to AED was published within 7 days before.'],
    ]);
    expect(notes).toContainEqual(expect.stringContaining('12.125 KWD of spend is left out of the total.'));
    const cpm = await explain({ figure: 'cpm', campaignIds: [walked.winter] });
    const [, impressions] = cpm.formula.parts;
    expect(impressions?.parts.flatMap(nodesOf).map(({ note }) => note)).not.toContain('Dinars');
  });

  test('says which part of a sum nobody tells, and that an unknown view makes all views unknown', async () => {
    const { formula, notes } = await explain({ figure: 'conversions', campaignIds: [walked.summer] });
    expect(notes).toContain(
      'The conversions and the CPA are without 1 of 4 campaign days of Dirhams, which tells none on them.',
    );
    expect(nodesOf(formula).map(({ note }) => note)).toContain('1 of 2 rows do not tell it');
    const views = await explain({ figure: 'videoViews50', campaignIds: [walked.summer] });
    expect(views.formula).toMatchObject({ operation: 'WHOLE_SUM', value: null });
  });

  test('says that platforms count one sale each for themselves, and what may still change', async () => {
    const { notes } = await explain({ figure: 'conversions' });
    expect(notes).toContainEqual(
      expect.stringMatching(/^Google Ads, Meta and TikTok each claim conversions/),
    );
    const { notes: ofSpend } = await explain({ figure: 'spend' });
    expect(ofSpend).not.toContainEqual(expect.stringContaining('claim conversions'));
    expect(ofSpend).toContainEqual(expect.stringMatching(/Dirhams.*: The days from/));
    const { formula } = await explain({ figure: 'spend', adAccountId: walked.accounts.dirhams });
    expect(formula.parts.at(-1)).toMatchObject({
      label: '2026-03-10',
      note: 'Dirhams · The day still runs',
    });
  });

  test('takes reach as it was given, of what is one alone, and says why there is none', async () => {
    const reach = async (input: Partial<ExplainInput>) =>
      (await explain({ figure: 'reach', ...input })).formula;
    const { summer, winter, accounts } = walked;
    const snow = { campaignIds: [winter], adAccountId: accounts.euros };
    expect(await reach(snow)).toMatchObject({ value: '1234', sources: [2] });
    expect(await reach({ adAccountId: accounts.dirhams })).toMatchObject({ value: '4321' });
    // The account's people are not those of the campaign's part of it.
    const part = await reach({ by: 'CAMPAIGN', key: summer, platform: 'META' });
    expect([part.value, part.note]).toEqual([null, expect.stringMatching(/^Several are behind/)]);
    expect((await reach({ by: 'DAY', key: '2026-03-02' })).note).toMatch(/^People of single days/);
    const film = await reach({ adAccountId: accounts.dollars });
    expect(film.note).toMatch(/^The platform was not asked for exactly these days/);
  });
});

describe('what rows said before', () => {
  test('is told per column of the figure, the newest first, with what they say since', async () => {
    const { restatements, restatementCount } = await explain({ figure: 'spend' });
    expect(restatementCount).toBe(4);
    const told = restatements.map(({ platformCampaignName, date, before, after, currency }) =>
      [platformCampaignName, date, before, after, currency].join(' '),
    );
    expect(told).toEqual([
      'Film 2026-03-03 4.44  USD',
      'Snow 2026-03-04 25 21.07 EUR',
      'Shop 2026-03-02 101 104.313131 AED',
      'Shop 2026-03-02 100.5 101 AED',
    ]);
  });

  test('leaves out what no column of the figure changed', async () => {
    const { restatements } = await explain({ figure: 'clicks', campaignIds: [walked.summer] });
    expect(restatements.map(({ label, before, after }) => [label, before, after])).toEqual([
      ['Clicks', '5', null],
      ['Clicks', '30', '37'],
    ]);
    const { restatements: ofBoth } = await explain({ figure: 'cpc', by: 'DAY', key: '2026-03-04' });
    expect(ofBoth.map(({ label }) => label)).toEqual(['Spend', 'Clicks']);
    expect(await explain({ figure: 'reach' })).toMatchObject({ restatements: [], restatementCount: 0 });
  });

  test('is what the figure of a past day is made of', async () => {
    const then = await explain({ figure: 'spend', by: 'DAY', key: '2026-03-02', asOf: EARLIER });
    const leaves = nodesOf(then.formula).filter(({ operation }) => operation === null);
    expect(leaves.map(({ value }) => value)).toContain('171.7');
    expect(then.restatements.map(({ before, after }) => [before, after])).toEqual([['100.5', '101']]);
    expect(then.notes[0]).toMatch(/^As the rows stood at 2026-03-08, 12:00 UTC\./);
  });
});

describe('many days', () => {
  test('stand by month and day, and none is dropped', async () => {
    const { rows } = await world.ownerDb.pool.query<{ id: string }>(
      `insert into platform_campaigns (organization_id, ad_account_id, native_id, name)
       select $1, a, gen_random_uuid()::text, 'Long' from unnest($2::uuid[]) as a returning id`,
      [world.demo.organizationId, [walked.accounts.dirhams, walked.accounts.euros]],
    );
    await world.ownerDb.pool.query(
      `insert into campaign_metrics (organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions,
         clicks, source, fetched_at)
       select p.organization_id, p.ad_account_id, p.id, d::date, a.currency, 1.25, 10, 3, 'API', now()
         from platform_campaigns p join ad_accounts a on a.id = p.ad_account_id,
              generate_series('2024-01-01'::date, '2025-12-31', interval '1 day') d
        where p.id = any ($1)`,
      [rows.map(({ id }) => id)],
    );
    await publishRates(world, Object.fromEntries(everyFifthDay().map((day) => [day, { USD: '1.1' }])));
    const years = { from: '2024-01-01', to: '2025-12-31' };
    const { totals } = await as('owner').metrics.dashboard(years);
    const { formula, notes } = await as('owner').metrics.explain({ ...years, figure: 'spend' });
    expect(formula.parts.map(({ label }) => label)).toHaveLength(24);
    expect(formula.parts.flatMap(({ parts }) => parts)).toHaveLength(731 * 2);
    expect(byHand(formula)?.toFixed()).toBe(totals.spend?.amount.replace(/0+$/, '').replace(/\.$/, ''));
    expect(notes).toContainEqual(expect.stringMatching(/^731 days of several accounts/));
    const clicks = await as('owner').metrics.explain({ ...years, figure: 'clicks' });
    expect(byHand(clicks.formula)?.toNumber()).toBe(731 * 6);
    expect(clicks.formula.parts[0]?.parts[0]).toMatchObject({ sources: [0, 1], note: '2 accounts' });
  });
});

function everyFifthDay(): string[] {
  return Array.from({ length: 147 }, (_, at) =>
    new Date(Date.UTC(2024, 0, 1 + at * 5)).toISOString().slice(0, 10),
  );
}

describe('who does not see a figure', () => {
  test('sees nothing of what it is made of: no value, no source, no name, no past', async () => {
    const { summer, winter, accounts } = walked;
    const foreign = await rival('owner').metrics.explain({ ...DAYS, figure: 'spend', campaignIds: [summer] });
    const nonsense = await rival('owner').metrics.explain({
      ...DAYS,
      figure: 'spend',
      campaignIds: [randomUUID()],
    });
    expect(foreign).toEqual(nonsense);
    expect(foreign).toMatchObject({ sources: [], restatements: [], restatementCount: 0 });
    expect(foreign.formula).toMatchObject({ value: null, parts: [] });
    for (const key of [summer, accounts.dollars]) {
      const row = await rival('owner').metrics.explain({ ...DAYS, figure: 'spend', by: 'AD_ACCOUNT', key });
      expect(JSON.stringify(row)).not.toMatch(/Summer|Dollars|Shop/);
    }
    // The member and the client are of the first brand: Winter, with its accounts, is the second's.
    for (const name of ['member', 'client', 'unassigned'] as const) {
      const answer = await as(name).metrics.explain({
        ...DAYS,
        figure: 'cpa',
        campaignIds: [winter],
        adAccountId: accounts.euros,
      });
      expect(JSON.stringify(answer)).not.toMatch(/Winter|Snow|Euros|Dinars|1234/);
      expect(answer.sources).toEqual([]);
    }
  });

  test('is told of its own part of an account that brands share', async () => {
    const dashboard = await as('member').metrics.dashboard(DAYS);
    for (const name of ['member', 'client'] as const) {
      const { formula, sources, restatements } = await as(name).metrics.explain({ ...DAYS, figure: 'spend' });
      expect(byHand(formula)?.toFixed()).toBe(dashboard.totals.spend?.amount);
      expect(sources.flatMap(({ adAccountName }) => adAccountName ?? []).sort()).toEqual([
        'Dirhams',
        'Dollars',
      ]);
      expect(restatements.map(({ platformCampaignName }) => platformCampaignName)).not.toContain('Snow');
    }
  });

  test('may be a viewer, who reads all of it', async () => {
    expect(await as('viewer').metrics.explain({ ...DAYS, figure: 'roas' })).toEqual(
      await explain({ figure: 'roas' }),
    );
  });
});

describe('a question', () => {
  test.each([
    ['of a day that is not in the range', { by: 'DAY', key: '2026-04-01' }, 'key'],
    ['of a day that is none', { by: 'DAY', key: 'Monday' }, 'key'],
    ['of a comparison that nobody asked for', { isCompared: true }, 'isCompared'],
    ['of a range that ends before it begins', { from: '2026-03-09', to: '2026-03-01' }, 'to'],
  ] as const)('%s is refused in words', async (_, input, field) => {
    expect(await refusedFields(explain({ figure: 'spend', ...input }))).toEqual(['invalid', field]);
  });

  test('of something else is refused', async () => {
    const stray: object = { figure: 'spend', organizationId: world.demo.organizationId };
    await expect(as('owner').metrics.explain(stray as ExplainInput)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
