import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PlatformData, platformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { type Agency, caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: Agency;
let data: PlatformData;
let adAccountId: string;

beforeAll(async () => {
  world = await createWorld(database());
  ({ demo } = world);
  data = platformData(world, demo);
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);
const first = () => demo.brands.first;
const second = () => demo.brands.second;

/** An account of no brand, with a day of figures for each of its campaigns. */
beforeEach(async () => {
  adAccountId = await data.account({ name: 'Shared' });
  for (const name of ['ZAYNA | Summer', 'Barq – Launch', 'zayna retargeting', 'Brand safety']) {
    const platformCampaignId = await data.platformCampaign(adAccountId, { name });
    await data.day(platformCampaignId, { date: '2026-05-01', spend: '10', impressions: 100 });
  }
});

const rules = () => [
  { brandId: first(), match: 'STARTS_WITH' as const, pattern: 'zayna' },
  { brandId: second(), pattern: 'BARQ' },
];

const campaignsOf = async (name: PersonName) => {
  const { items } = await as(name).platformCampaigns.list({ adAccountId });
  return items.map((item) => item.name).sort();
};

describe('brand rules', () => {
  test('give campaigns to their brands, whatever their case, and keep their order', async () => {
    const replaced = await as('owner').brandRules.replace({ adAccountId, rules: rules() });
    expect(replaced.rules).toMatchObject([
      { position: 0, match: 'STARTS_WITH', pattern: 'zayna', brandId: first(), adAccountId },
      { position: 1, match: 'CONTAINS', pattern: 'BARQ', brandId: second() },
    ]);
    expect(await as('viewer').brandRules.list({ adAccountId })).toEqual(replaced);
    const { rows } = await world.ownerDb.pool.query<{ name: string; brand_id: string | null }>(
      'select name, brand_id from platform_campaigns where ad_account_id = $1 order by name',
      [adAccountId],
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.brand_id]))).toEqual({
      'Barq – Launch': second(),
      'Brand safety': null,
      'ZAYNA | Summer': first(),
      'zayna retargeting': first(),
    });
  });

  test('make a member and a client of one brand see the account, and of its campaigns and figures their own alone', async () => {
    expect((await refusal(as('member').adAccounts.byId({ adAccountId }))).code).toBe('not_found');
    await as('owner').brandRules.replace({ adAccountId, rules: rules() });
    for (const name of ['member', 'client'] as const) {
      const account = await as(name).adAccounts.byId({ adAccountId });
      expect(account.brandIds).toEqual([first()]);
      expect(await campaignsOf(name)).toEqual(['ZAYNA | Summer', 'zayna retargeting']);
      expect((await as(name).brandRules.list({ adAccountId })).rules).toHaveLength(1);
      const { total } = await seenFigures(name);
      expect(total).toBe(2);
    }
    expect((await as('owner').adAccounts.byId({ adAccountId })).brandIds.sort()).toEqual(
      [first(), second()].sort(),
    );
    expect(await campaignsOf('owner')).toHaveLength(4);
  });

  test('are followed by campaigns that come and that are renamed', async () => {
    await as('owner').brandRules.replace({ adAccountId, rules: rules() });
    const late = await data.platformCampaign(adAccountId, { name: 'Zayna winter' });
    const brandOf = async () => {
      const { rows } = await world.ownerDb.pool.query<{ brand_id: string | null }>(
        'select brand_id from platform_campaigns where id = $1',
        [late],
      );
      return rows[0]?.brand_id;
    };
    expect(await brandOf()).toBe(first());
    await world.ownerDb.pool.query(`update platform_campaigns set name = 'Old barq' where id = $1`, [late]);
    expect(await brandOf()).toBe(second());
    await as('owner').brandRules.replace({ adAccountId, rules: [] });
    expect(await brandOf()).toBeNull();
  });

  test('are previewed as the database will apply them, and nothing changes by that', async () => {
    const preview = await as('owner').brandRules.preview({
      adAccountId,
      rules: [...rules(), { brandId: first(), match: 'IS', pattern: 'brand safety' }],
    });
    expect(preview).toEqual({
      rules: [
        {
          campaignCount: 2,
          names: expect.arrayContaining(['ZAYNA | Summer', 'zayna retargeting']) as string[],
        },
        { campaignCount: 1, names: ['Barq – Launch'] },
        { campaignCount: 1, names: ['Brand safety'] },
      ],
      unmatched: { campaignCount: 0, names: [] },
    });
    expect((await as('owner').brandRules.list({ adAccountId })).rules).toEqual([]);
  });

  test('are tried in their order: the first that a name meets decides', async () => {
    const preview = await as('owner').brandRules.preview({
      adAccountId,
      rules: [
        { brandId: second(), match: 'ENDS_WITH', pattern: 'retargeting' },
        { brandId: first(), pattern: 'zayna' },
      ],
    });
    expect(preview.rules.map(({ campaignCount }) => campaignCount)).toEqual([1, 1]);
    expect(preview.unmatched.campaignCount).toBe(2);
  });

  test('are replaced over the version that was read alone, which moves with them', async () => {
    const { version } = await as('owner').adAccounts.byId({ adAccountId });
    const input = { adAccountId, rules: rules(), expectedVersion: version };
    const replaced = await as('admin').brandRules.replace(input);
    expect(replaced.version).toBe(version + 1);
    expect(await refusedFields(as('owner').brandRules.replace({ ...input, rules: [] }))).toEqual([
      'precondition',
    ]);
    const same = await as('owner').brandRules.replace({ ...input, expectedVersion: replaced.version });
    expect(same.version).toBe(replaced.version);
    expect(same.rules).toEqual(replaced.rules);
  });

  test.each(['replace', 'preview'] as const)('%s: are for who sees all brands', async (verb) => {
    const input = { adAccountId, rules: rules() };
    for (const name of ['viewer', 'client'] as const)
      expect((await refusal(as(name).brandRules[verb](input))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').brandRules[verb](input))).code).toBe('not_found');
    await as('owner').adAccounts.update({ adAccountId, brandId: first() });
    expect((await refusal(as('member').brandRules[verb](input))).code).toBe('forbidden');
  });

  test.each(['replace', 'preview'] as const)('%s: know no foreign account, brand or field', async (verb) => {
    const foreign = await refusal(as('owner', world.rival).brandRules[verb]({ adAccountId, rules: [] }));
    const none = await refusal(as('owner').brandRules[verb]({ adAccountId: randomUUID(), rules: [] }));
    expect([foreign.code, foreign.message]).toEqual([none.code, none.message]);
    const theirs = [{ brandId: world.rival.brands.first, pattern: 'x' }];
    expect(await refusedFields(as('owner').brandRules[verb]({ adAccountId, rules: theirs }))).toEqual([
      'invalid',
      'rules.0.brandId',
    ]);
    const strict = { adAccountId, rules: [{ brandId: first(), pattern: 'x', extra: 1 }] };
    expect((await refusal(as('owner').brandRules[verb](strict))).code).toBe('invalid');
    const empty = { adAccountId, rules: [{ brandId: first(), pattern: '  ' }] };
    expect((await refusal(as('owner').brandRules[verb](empty))).code).toBe('invalid');
  });

  test('take a percent sign and an underscore for what they are', async () => {
    const preview = await as('owner').brandRules.preview({
      adAccountId,
      rules: [
        { brandId: first(), pattern: '%' },
        { brandId: first(), pattern: 'zayna_' },
      ],
    });
    expect(preview.rules.map(({ campaignCount }) => campaignCount)).toEqual([0, 0]);
  });
});

async function seenFigures(name: PersonName): Promise<{ total: number }> {
  const { principal } = demo.people[name];
  const client = await world.appDb.pool.connect();
  try {
    await client.query('begin read only');
    await client.query(
      `select set_config('app.organization_id', $1, true), set_config('app.user_id', $2, true),
              set_config('app.scope', $3, true), set_config('app.brand_ids', $4, true)`,
      [principal.organizationId, principal.userId, principal.reach, `{${principal.brandIds.join(',')}}`],
    );
    const { rows } = await client.query<{ total: number }>(
      'select count(*)::int4 as total from campaign_metrics where ad_account_id = $1',
      [adAccountId],
    );
    return rows[0] ?? { total: 0 };
  } finally {
    await client.query('rollback');
    client.release();
  }
}
