import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import type { ListCreatorsInput } from '../../server/domain/creators/schema.ts';
import { dayIn } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { addAccount, addContract, assign, makeContact, makeCreator } from './made.ts';

const database = useTestDatabase();
let world: World;
/** The roster's people by their first names. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await createWorld(database());
  await makeRoster();
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

async function makeRoster(): Promise<void> {
  const { first, second } = world.demo.brands;
  const make = async (firstName: string, given = {}, brandId = first) => {
    const { id: contactId } = await makeContact(as('owner'), { firstName, lastName: 'Test', brandId });
    const made = await as('owner').creators.create({ contactId, ...given });
    ids[firstName] = made.id;
    return made.id;
  };
  const amal = await make('Amal', { categories: ['beauty'], status: 'SIGNED' });
  await addAccount(world, amal, {
    platform: 'INSTAGRAM',
    handle: 'amal.beauty',
    followers: 500_000,
    mean_likes: '9000',
    mean_comments: '1000',
    measured_posts: 12,
    is_verified: true,
    connection_state: 'SYNCED',
    source: 'PHYLLO',
    figures_at: new Date('2026-11-01T08:00:00Z'),
  });
  await addAccount(world, amal, { platform: 'TIKTOK', handle: 'amal.tt', followers: 20_000 });
  const badr = await make('Badr', { categories: ['cars', 'beauty'] });
  await addAccount(world, badr, {
    platform: 'YOUTUBE',
    handle: 'badr',
    followers: 80_000,
    stated_engagement_rate: '0.05',
    stated_engagement_basis: 'VIEWS',
  });
  await make('Celine', { status: 'OUTREACH' });
  const dina = await make('Dina', { status: 'SIGNED' }, second);
  await addAccount(world, dina, {
    platform: 'INSTAGRAM',
    handle: 'dina',
    followers: 90_000,
    is_verified: false,
  });
  const campaign = await as('owner').campaigns.create({ name: 'Ramadan', brandId: first });
  await assign(world, { campaignId: campaign.id, creatorId: dina });
}

const listed = async (input: Partial<ListCreatorsInput>, name: PersonName = 'owner') =>
  (await as(name).creators.list(input)).items.map((creator) => creator.name.split(' ')[0]);

describe('the roster', () => {
  test('shows each creator’s accounts in short, the largest first, with source and age', async () => {
    const creator = await as('owner').creators.byId({ creatorId: ids.Amal ?? '' });
    expect(creator).toMatchObject({
      totalFollowers: 520_000,
      engagementRate: '0.02',
      engagementBasis: 'FOLLOWERS',
      platforms: [
        {
          platform: 'INSTAGRAM',
          handle: 'amal.beauty',
          followers: 500_000,
          engagementRate: '0.02',
          engagementBasis: 'FOLLOWERS',
          isVerified: true,
          source: 'PHYLLO',
          figuresAt: '2026-11-01T08:00:00.000Z',
          connectionState: 'SYNCED',
        },
        {
          platform: 'TIKTOK',
          engagementRate: null,
          engagementBasis: null,
          isVerified: null,
          figuresAt: null,
        },
      ],
    });
    const stated = await as('owner').creators.byId({ creatorId: ids.Badr ?? '' });
    expect(stated).toMatchObject({ engagementRate: '0.05', engagementBasis: 'VIEWS' });
  });

  test('is narrowed by an account where a platform is named, and by the totals where none is', async () => {
    expect(await listed({ platform: 'INSTAGRAM' })).toEqual(['Amal', 'Dina']);
    expect(await listed({ followersFrom: 100_000 })).toEqual(['Amal']);
    expect(await listed({ platform: 'TIKTOK', followersFrom: 100_000 })).toEqual([]);
    expect(await listed({ platform: 'TIKTOK', followersTo: 20_000 })).toEqual(['Amal']);
    expect(await listed({ followersTo: 100_000 })).toEqual(['Badr', 'Dina']);
    expect(await listed({ engagementFrom: '0.03' })).toEqual(['Badr']);
    expect(await listed({ platform: 'INSTAGRAM', engagementTo: '0.02' })).toEqual(['Amal']);
    expect(await listed({ isVerified: true })).toEqual(['Amal']);
    expect(await listed({ isVerified: false, platform: 'INSTAGRAM' })).toEqual(['Dina']);
    expect(await listed({ connectionState: 'SYNCED' })).toEqual(['Amal']);
    expect(await listed({ isVerified: true, followersTo: 600_000 })).toEqual(['Amal']);
  });

  test('is narrowed by category, status, brand and the filter that every list takes', async () => {
    const { first, second } = world.demo.brands;
    expect(await listed({ category: 'Beauty' })).toEqual(['Amal', 'Badr']);
    expect(await listed({ status: 'SIGNED' })).toEqual(['Amal', 'Dina']);
    expect(await listed({ brandId: first })).toEqual(['Amal', 'Badr', 'Celine', 'Dina']);
    expect(await listed({ brandId: second })).toEqual(['Dina']);
    const filter = JSON.stringify({
      all: [
        { field: 'totalFollowers', op: 'gte', value: 80_000 },
        {
          any: [
            { field: 'categories', op: 'hasAny', value: ['cars'] },
            { field: 'status', op: 'is', value: 'SIGNED' },
          ],
        },
      ],
    });
    expect(await listed({ filter })).toEqual(['Amal', 'Badr', 'Dina']);
    expect(await as('owner').creators.categories({})).toEqual([
      { category: 'beauty', count: 2 },
      { category: 'cars', count: 1 },
    ]);
  });

  test('is narrowed by where an audience is', async () => {
    await withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'write', async (tx) => {
      const account = await tx
        .selectFrom('creator_platforms')
        .select('id')
        .where('handle', '=', 'badr')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('creator_audiences')
        .values({
          organization_id: world.demo.organizationId,
          creator_platform_id: account.id,
          date: '2026-11-01',
          countries: JSON.stringify([
            { code: 'AE', percent: '41.2' },
            { code: 'EG', percent: '9.9' },
          ]),
          source: 'PHYLLO',
          fetched_at: new Date(),
        })
        .execute();
    });
    expect(await listed({ audienceCountry: 'ae' })).toEqual(['Badr']);
    expect(await listed({ audienceCountry: 'EG' })).toEqual([]);
  });

  test('is sorted by figures, what is unknown at the end, and pages without losing anybody', async () => {
    expect(await listed({ sort: '-totalFollowers' })).toEqual(['Amal', 'Dina', 'Badr', 'Celine']);
    expect(await listed({ sort: 'totalFollowers' })).toEqual(['Badr', 'Dina', 'Amal', 'Celine']);
    expect((await listed({ sort: '-engagementRate' })).slice(0, 2)).toEqual(['Badr', 'Amal']);
    expect((await listed({ sort: 'status' }))[0]).toBe('Badr');
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as('owner').creators.list({ sort: '-totalFollowers', limit: 1, cursor });
      pages.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages).toEqual([ids.Amal, ids.Dina, ids.Badr, ids.Celine]);
  });

  test('counts each step of the pipeline, whichever one the list shows', async () => {
    expect(await as('owner').creators.statusCounts({ status: 'SIGNED' })).toEqual([
      { status: 'PROSPECT', count: 1 },
      { status: 'OUTREACH', count: 1 },
      { status: 'NEGOTIATION', count: 0 },
      { status: 'SIGNED', count: 2 },
      { status: 'INACTIVE', count: 0 },
    ]);
    expect(await as('owner').creators.count({ platform: 'INSTAGRAM' })).toBe(2);
    const between = await as('owner').creators.neighbours({ creatorId: ids.Badr ?? '' });
    expect(between).toEqual({ previousId: ids.Amal, nextId: ids.Celine, position: 2, total: 4 });
  });

  test('is found by a handle, with and without its mark', async () => {
    expect(await listed({ q: 'amal.beauty' })).toEqual(['Amal']);
    const found = await as('owner').search.records({ q: '@amal.tt' });
    expect(found.items).toEqual([
      { type: 'creator', id: ids.Amal, title: 'Amal Test', subtitle: '@amal.beauty · @amal.tt' },
    ]);
  });

  test('keeps views, and fields of the agency’s own', async () => {
    await as('admin').customFields.create({
      noun: 'CREATOR',
      label: 'Shoe size',
      key: 'shoe',
      kind: 'NUMBER',
    });
    await as('owner').creators.update({ creatorId: ids.Amal ?? '', customFields: { shoe: 38 } });
    const wrong = as('owner').creators.update({ creatorId: ids.Amal ?? '', customFields: { shoe: 'big' } });
    expect(await refusedFields(wrong)).toEqual(['invalid', 'customFields.shoe']);
    expect(await listed({ sort: '-customFields.shoe', limit: 1 })).toEqual(['Amal']);
    const view = await as('owner').savedViews.create({
      noun: 'CREATOR',
      name: 'Large',
      query: 'followersFrom=100000',
    });
    const frame = await as('owner').savedViews.frame({ noun: 'CREATOR', savedViewId: view.id, query: '' });
    expect([frame.query, frame.customFields.map(({ key }) => key)]).toEqual([
      'followersFrom=100000',
      ['shoe'],
    ]);
  });

  test('leaves as a file that names accounts as an import reads them', async () => {
    const { csv } = await as('owner').exports.creators({ q: 'Amal' });
    const [row] = parse(csv, { bom: true, columns: true }) as unknown as Record<string, string>[];
    expect(row).toMatchObject({
      Name: 'Amal Test',
      Status: 'SIGNED',
      Contact: 'Amal Test',
      'Instagram handle': 'amal.beauty',
      'Instagram followers': '500000',
      'Instagram engagement rate': '2%',
      'TikTok engagement rate': '',
      'YouTube handle': '',
    });
  });
});

describe('the contract state', () => {
  test('is of the contracts that the reader sees, and what ends soon is said first', async () => {
    const today = dayIn('Asia/Dubai', new Date());
    const inDays = (days: number) =>
      new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    const { first, second } = world.demo.brands;
    const of = (creatorId = '', contract = {}) => addContract(world, creatorId, contract);
    await of(ids.Amal, { brand_id: first, status: 'SIGNED', ends_on: inDays(400) });
    await of(ids.Amal, { brand_id: second, status: 'SIGNED', ends_on: inDays(30) });
    await of(ids.Badr, { brand_id: second, status: 'SENT' });
    await of(ids.Celine, { brand_id: first, status: 'SIGNED', ends_on: inDays(-1) });
    await of(ids.Dina, { brand_id: first, status: 'SIGNED' });
    const stateOf = async (name: PersonName, creatorId = '') => {
      const { contractState, contractEndsOn } = await as(name).creators.byId({ creatorId });
      return [contractState, contractEndsOn];
    };
    expect(await stateOf('owner', ids.Amal)).toEqual(['ENDING', inDays(30)]);
    expect(await stateOf('member', ids.Amal)).toEqual(['ACTIVE', inDays(400)]);
    expect(await stateOf('owner', ids.Badr)).toEqual(['DRAFT', null]);
    expect(await stateOf('member', ids.Badr)).toEqual(['NONE', null]);
    expect(await stateOf('client', ids.Amal)).toEqual([null, null]);
    expect(await listed({ contractState: 'ENDING' })).toEqual(['Amal']);
    expect(await listed({ contractState: 'ACTIVE' }, 'member')).toEqual(['Amal', 'Dina']);
    expect(await listed({ contractState: 'ENDED' })).toEqual(['Celine']);
    expect(await listed({ contractState: 'NONE' }, 'member')).toEqual(['Badr']);
    expect(await listed({ contractState: 'ACTIVE' }, 'client')).toEqual([]);
  });
});

describe('creators side by side', () => {
  test('stand in the order asked for, each with what the reader may see', async () => {
    await addContract(world, ids.Badr ?? '', {
      brand_id: world.demo.brands.second,
      fee_amount: '5000',
      fee_currency: 'AED',
      title: 'Autumn',
    });
    const asked = { creatorIds: [ids.Badr ?? '', ids.Amal ?? ''] };
    const { creators } = await as('owner').creators.compare(asked);
    expect(creators.map(({ name }) => name)).toEqual(['Badr Test', 'Amal Test']);
    expect(creators[0]).toMatchObject({
      fees: [{ title: 'Autumn', fee: { amount: '5000.00', currency: 'AED' } }],
      audiences: [{ date: '2026-11-01', countries: [{ code: 'AE', percent: '41.2' }, { code: 'EG' }] }],
      recentContents: { count: 0, meanViews: null, engagementRate: null },
    });
    expect(creators[1]?.accounts[0]).toMatchObject({
      meanLikes: '9000',
      meanComments: '1000',
      measuredPosts: 12,
    });
    expect((await as('member').creators.compare(asked)).creators[0]?.fees).toEqual([]);
  });

  test('are two to five, each once, and all of them the reader’s', async () => {
    const of = (creatorIds: string[], name: PersonName = 'owner') =>
      refusedFields(as(name).creators.compare({ creatorIds }));
    const [amal = '', badr = ''] = [ids.Amal, ids.Badr];
    expect(await of([amal])).toEqual(['invalid', 'creatorIds']);
    expect(await of([amal, amal])).toEqual(['invalid', 'creatorIds']);
    expect(await of([amal, badr], 'unassigned')).toEqual(['not_found']);
    const theirs = await makeCreator(caller(world, world.rival.people.owner.principal));
    expect(await of([amal, theirs.id])).toEqual(['not_found']);
  });

  test('tell means over the pieces that tell each figure', async () => {
    await withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'write', async (tx) => {
      const account = await tx
        .selectFrom('creator_platforms')
        .select('id')
        .where('handle', '=', 'dina')
        .executeTakeFirstOrThrow();
      const piece = (figures: { views?: number; likes?: number; comments?: number }) => ({
        organization_id: world.demo.organizationId,
        creator_id: ids.Dina ?? '',
        creator_platform_id: account.id,
        platform: 'INSTAGRAM' as const,
        type: 'REEL' as const,
        source: 'PHYLLO' as const,
        published_at: new Date(),
        ...figures,
      });
      await tx
        .insertInto('creator_contents')
        .values(piece({ views: 1000, likes: 50, comments: 10 }))
        .execute();
      await tx
        .insertInto('creator_contents')
        .values(piece({ likes: 100 }))
        .execute();
    });
    const { creators } = await as('owner').creators.compare({ creatorIds: [ids.Dina ?? '', ids.Amal ?? ''] });
    expect(creators[0]?.recentContents).toMatchObject({
      count: 2,
      meanViews: '1000',
      meanLikes: '75',
      meanComments: '10',
      engagementRate: '0.06',
    });
  });
});

describe('past fees', () => {
  test('are of the campaigns and contracts that the reader sees, a currency never added to another', async () => {
    const fees = [
      ['1000', 'AED'],
      ['3000', 'AED'],
      ['200', 'USD'],
    ] as const;
    for (const [fee_amount, fee_currency] of fees) {
      const campaign = await as('owner').campaigns.create({
        name: `At ${fee_amount}`,
        brandId: world.demo.brands.first,
      });
      await assign(world, {
        campaignId: campaign.id,
        creatorId: ids.Amal ?? '',
        fee: { fee_amount, fee_currency },
      });
    }
    const seen = await as('member').creators.feeHistory({ creatorId: ids.Amal ?? '' });
    expect(seen.items.map(({ title, fee }) => [title, fee]).sort()).toEqual([
      ['At 1000', { amount: '1000.00', currency: 'AED' }],
      ['At 200', { amount: '200.00', currency: 'USD' }],
      ['At 3000', { amount: '3000.00', currency: 'AED' }],
    ]);
    expect(seen.flat).toEqual([
      { currency: 'AED', count: 2, lowest: '1000', median: '1000', highest: '3000' },
      { currency: 'USD', count: 1, lowest: '200', median: '200', highest: '200' },
    ]);
    const refused = (name: PersonName) =>
      refusedFields(as(name).creators.feeHistory({ creatorId: ids.Amal ?? '' }));
    expect(await refused('client')).toEqual(['forbidden']);
    expect(await refused('unassigned')).toEqual(['not_found']);
  });
});
