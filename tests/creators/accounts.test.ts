import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusal, refusedFields } from '../support/refusal.ts';
import { newCreator, useCreatorWorld } from '../support/creator-world.ts';
import { caller, type PersonName } from '../support/world.ts';
import { assign } from './made.ts';

const creators = useCreatorWorld();
const { world } = creators;
const as = (name: PersonName) => caller(world(), world().demo.people[name].principal);

describe('an account by hand', () => {
  it('is written by its handle or its link, with what is known of it', async () => {
    const creatorId = await newCreator(world());
    const made = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'INSTAGRAM',
      handle: 'https://www.instagram.com/Noor.Cooks/?hl=en',
      followers: 845_800,
      posts: 0,
      statedEngagementRate: '0.034',
      statedEngagementBasis: 'REACH',
      figuresAt: '2026-05-01T00:00:00Z',
    });
    expect(made).toMatchObject({
      handle: 'Noor.Cooks',
      profileUrl: 'https://www.instagram.com/Noor.Cooks/',
      followers: 845_800,
      following: null,
      posts: 0,
      source: 'MANUAL',
      figuresAt: '2026-05-01T00:00:00.000Z',
      connectionState: 'NEVER',
      isConnected: false,
      engagement: { rate: '0.034', basis: 'REACH', origin: 'STATED' },
    });
    const creator = await as('owner').creators.byId({ creatorId });
    expect(creator.totalFollowers).toBe(845_800);
  });

  it('has its rate computed where its figures allow it', async () => {
    const creatorId = await newCreator(world());
    const made = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'TIKTOK',
      handle: '@computed',
      followers: 1000,
      meanLikes: '40',
      meanComments: '2.5',
      statedEngagementRate: '0.9',
      statedEngagementBasis: 'VIEWS',
    });
    expect(made.engagement).toEqual({
      rate: '0.0425',
      basis: 'FOLLOWERS',
      origin: 'COMPUTED',
      definition: '(mean likes + mean comments) / followers',
    });
  });

  it('has a figure taken away with null, and keeps what is not named', async () => {
    const creatorId = await newCreator(world());
    const api = as('owner');
    const made = await api.creatorPlatforms.create({
      creatorId,
      platform: 'TWITCH',
      handle: 'nulled',
      followers: 10,
      posts: 3,
    });
    const changed = await api.creatorPlatforms.update({ creatorPlatformId: made.id, followers: null });
    expect(changed).toMatchObject({ followers: null, posts: 3 });
  });

  it('keeps figures of before in the history and the newest as its own', async () => {
    const creatorId = await newCreator(world());
    const api = as('owner');
    const made = await api.creatorPlatforms.create({
      creatorId,
      platform: 'PINTEREST',
      handle: 'historic',
      followers: 300,
      figuresAt: '2026-05-18T09:00:00Z',
    });
    const creatorPlatformId = made.id;
    await api.creatorPlatforms.update({
      creatorPlatformId,
      followers: 100,
      figuresAt: '2026-05-02T09:00:00Z',
    });
    expect((await api.creatorPlatforms.byId({ creatorPlatformId })).followers).toBe(300);
    const { snapshots } = await api.creatorPlatforms.snapshots({
      creatorPlatformId,
      from: '2026-05-01',
      to: '2026-05-20',
    });
    expect(snapshots.map(({ date, followers }) => [date, followers])).toEqual([
      ['2026-05-02', 100],
      ['2026-05-18', 300],
    ]);
    const metrics = await api.creatorPlatforms.metrics({ creatorId, from: '2026-05-10', to: '2026-05-20' });
    expect(metrics.platforms[0]?.snapshots.map(({ date }) => date)).toEqual(['2026-05-18']);
  });

  it.each([
    [{ handle: 'two words' }, ['invalid', 'handle']],
    [{ handle: 'https://www.tiktok.com/@noor' }, ['invalid', 'handle']],
    [{ followers: -1 }, ['invalid', 'followers']],
    [{ followers: 1.5 }, ['invalid', 'followers']],
    [{ statedEngagementRate: '3.4%' }, ['invalid', 'statedEngagementRate']],
    [{ statedEngagementRate: '0.03' }, ['invalid', 'statedEngagementBasis']],
    [{ statedEngagementBasis: 'REACH' as const }, ['invalid', 'statedEngagementRate']],
    [{ figuresAt: '2026-06-01T00:00:00Z', followers: 1 }, ['invalid', 'figuresAt']],
    [{ unknown: 1 }, ['invalid', 'unknown']],
  ])('with %j is refused', async (given, refused) => {
    const creatorId = await newCreator(world());
    const create = as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'INSTAGRAM',
      handle: 'fine',
      ...given,
    });
    expect(await refusedFields(create)).toEqual(refused);
  });

  it('is one creator’s of the agency, whoever sees the other one, and another agency’s too', async () => {
    const { first } = world().demo.brands;
    const [creatorId, other, foreign] = [
      await newCreator(world()),
      await newCreator(world(), { brandId: first }),
      await newCreator(world(), { agency: world().rival }),
    ];
    const account = { platform: 'YOUTUBE', handle: 'OnlyOne' } as const;
    const made = await as('owner').creatorPlatforms.create({ creatorId, ...account });
    const taken = { ...account, handle: 'onlyone' };
    const byOwner = await refusal(as('owner').creatorPlatforms.create({ creatorId: other, ...taken }));
    expect(byOwner.code).toBe('conflict');
    expect(byOwner.message).toContain('Noor Number');
    const byMember = await refusal(as('member').creatorPlatforms.create({ creatorId: other, ...taken }));
    expect(byMember).toMatchObject({ code: 'conflict' });
    expect(byMember.message).toContain('another creator of the agency');
    const rival = caller(world(), world().rival.people.owner.principal);
    await rival.creatorPlatforms.create({ creatorId: foreign, ...account });
    await as('owner').creatorPlatforms.archive({ creatorPlatformId: made.id });
    await as('member').creatorPlatforms.create({ creatorId: other, ...taken });
    const back = await refusal(as('owner').creatorPlatforms.restore({ creatorPlatformId: made.id }));
    expect(back.code).toBe('conflict');
  });

  it('that moved on since it was read is not overwritten', async () => {
    const creatorId = await newCreator(world());
    const api = as('owner');
    const made = await api.creatorPlatforms.create({ creatorId, platform: 'TWITTER', handle: 'versioned' });
    const creatorPlatformId = made.id;
    await api.creatorPlatforms.update({
      creatorPlatformId,
      handle: 'versioned2',
      expectedVersion: made.version,
    });
    const stale = { creatorPlatformId, expectedVersion: made.version };
    expect((await refusal(api.creatorPlatforms.update({ ...stale, handle: 'versioned3' }))).code).toBe(
      'precondition',
    );
    expect((await refusal(api.creatorPlatforms.archive(stale))).code).toBe('precondition');
  });

  it('stands in the timeline of the creator', async () => {
    const creatorId = await newCreator(world());
    await as('owner').creatorPlatforms.create({ creatorId, platform: 'SNAPCHAT', handle: 'told.of' });
    const { items } = await as('owner').activities.list({ creatorId });
    expect(items.map(({ description }) => description)).toContain('Snapchat @told.of added');
  });
});

describe('who may not write accounts', () => {
  const input = (creatorId: string) => ({ creatorId, platform: 'INSTAGRAM', handle: 'refused' }) as const;

  it.each([
    ['viewer', 'forbidden'],
    ['client', 'forbidden'],
    ['unassigned', 'not_found'],
  ] as const)('%s is refused as %s', async (name, code) => {
    const creatorId = await newCreator(world(), { brandId: world().demo.brands.first });
    const made = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'LINKEDIN',
      handle: `in-${randomUUID().slice(0, 8)}`,
    });
    const api = as(name).creatorPlatforms;
    const change = { creatorPlatformId: made.id };
    for (const call of [
      () => api.create(input(creatorId)),
      () => api.update({ ...change, followers: 1 }),
      () => api.archive(change),
      () => api.restore(change),
    ])
      expect((await refusal(call())).code).toBe(code);
  });

  it('another agency finds none of it, the same as of an id that is nobody’s', async () => {
    const creatorId = await newCreator(world());
    const made = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'TIKTOK',
      handle: 'foreign',
    });
    const rival = caller(world(), world().rival.people.owner.principal).creatorPlatforms;
    for (const ask of [
      (id: string) => rival.byId({ creatorPlatformId: id }),
      (id: string) => rival.update({ creatorPlatformId: id, followers: 1 }),
      (id: string) => rival.snapshots({ creatorPlatformId: id }),
      (id: string) => rival.audience({ creatorPlatformId: id }),
    ])
      expect(await refusal(ask(made.id))).toEqual(await refusal(ask(randomUUID())));
    for (const ask of [
      (id: string) => rival.metrics({ creatorId: id }),
      (id: string) => rival.list({ creatorId: id }),
      (id: string) => rival.combinedAudience({ creatorId: id }),
      (id: string) => rival.create(input(id)),
    ])
      expect(await refusal(ask(creatorId))).toEqual(await refusal(ask(randomUUID())));
  });

  it('who sees a creator through a campaign alone reads and does not write', async () => {
    const { first, second } = world().demo.brands;
    const creatorId = await newCreator(world(), { brandId: second });
    const campaign = await as('owner').campaigns.create({ name: 'Seen through', brandId: first });
    await assign(world(), { campaignId: campaign.id, creatorId });
    expect(await as('member').creatorPlatforms.list({ creatorId })).toEqual([]);
    expect((await refusal(as('member').creatorPlatforms.create(input(creatorId)))).code).toBe('forbidden');
  });
});
