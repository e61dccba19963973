import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformData, type PlatformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database());
  demo = platformData(world, world.demo);
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const campaign = (name = 'Ramadan', brandId?: string) =>
  as('owner').campaigns.create({ name, ...(brandId ? { brandId } : {}) });

describe('an ad account of a campaign', () => {
  test('is linked with its part of the budget, once', async () => {
    const { id: campaignId } = await campaign();
    const adAccountId = await demo.account({ name: 'Yen account', currency: 'JPY' });
    const link = await as('owner').campaignAdAccounts.create({
      campaignId,
      adAccountId,
      allocatedBudget: '5000',
    });
    expect(link).toMatchObject({
      ...{ campaignId, adAccountId, adAccountName: 'Yen account', platform: 'META', accountCurrency: 'JPY' },
      ...{ allocatedBudget: { amount: '5000', currency: 'JPY' }, status: 'NOT_STARTED', url: null },
    });
    expect(await as('viewer').campaignAdAccounts.list({ campaignId })).toEqual({
      items: [link],
      nextCursor: null,
    });
    const again = await refusal(as('owner').campaignAdAccounts.create({ campaignId, adAccountId }));
    expect([again.code, again.message]).toEqual([
      'conflict',
      'The campaign Ramadan is linked to Yen account already.',
    ]);
  });

  test('changes its budget and status, and tells of it', async () => {
    const { id: campaignId } = await campaign();
    const adAccountId = await demo.account();
    await as('owner').campaignAdAccounts.create({ campaignId, adAccountId });
    const changed = await as('owner').campaignAdAccounts.update({
      ...{ campaignId, adAccountId, status: 'ACTIVE', expectedVersion: 1 },
      allocatedBudget: { amount: '7.5', currency: 'USD' },
    });
    expect(changed).toMatchObject({
      status: 'ACTIVE',
      allocatedBudget: { amount: '7.50', currency: 'USD' },
      version: 2,
    });
    const stale = { campaignId, adAccountId, status: 'PAUSED' as const, expectedVersion: 1 };
    expect(await refusedFields(as('owner').campaignAdAccounts.update(stale))).toEqual(['precondition']);
    const { items } = await as('owner').activities.list({ campaignId });
    expect(items[0]?.metadata).toMatchObject({ changes: { status: { from: 'NOT_STARTED', to: 'ACTIVE' } } });
  });

  test('is linked by nobody who does not see it, and by no viewer or client', async () => {
    const { id: campaignId } = await campaign('First brand', world.demo.brands.first);
    const unseen = await demo.account({ brandId: world.demo.brands.second });
    const own = await demo.account({ brandId: world.demo.brands.first });
    const foreign = await platformData(world, world.rival).account();
    const link = (name: PersonName, adAccountId: string) =>
      as(name).campaignAdAccounts.create({ campaignId, adAccountId });
    expect(await refusedFields(link('member', unseen))).toEqual(['invalid', 'adAccountId']);
    expect(await refusedFields(link('owner', foreign))).toEqual(['invalid', 'adAccountId']);
    expect(await refusedFields(link('viewer', own))).toEqual(['forbidden']);
    expect(await refusedFields(link('client', own))).toEqual(['forbidden']);
    expect(await refusedFields(link('unassigned', own))).toEqual(['not_found']);
    expect(await link('member', own)).toMatchObject({ adAccountId: own });
    expect(await refusedFields(asRival('owner').campaignAdAccounts.list({ campaignId }))).toEqual([
      'not_found',
    ]);
  });

  test('is unlinked only when nothing of it is attached', async () => {
    const { id: campaignId } = await campaign();
    const adAccountId = await demo.account();
    const platformCampaignId = await demo.platformCampaign(adAccountId);
    const platformCampaignIds = [platformCampaignId];
    await as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds });
    const unlink = () => as('owner').campaignAdAccounts.delete({ campaignId, adAccountId });
    expect(await refusedFields(unlink())).toEqual(['conflict']);
    await as('owner').platformCampaigns.detach({ campaignId, platformCampaignIds });
    expect(await refusedFields(as('viewer').campaignAdAccounts.delete({ campaignId, adAccountId }))).toEqual([
      'forbidden',
    ]);
    expect(await unlink()).toMatchObject({ adAccountId });
    expect(await refusedFields(unlink())).toEqual(['not_found']);
    expect((await as('owner').campaignAdAccounts.list({ campaignId })).items).toEqual([]);
  });
});

describe('a platform campaign', () => {
  test('is attached with its account’s link, and told of', async () => {
    const { id: campaignId } = await campaign('Attached');
    const adAccountId = await demo.account({ name: 'Of the platform' });
    const platformCampaignIds = [
      await demo.platformCampaign(adAccountId, { name: 'b' }),
      await demo.platformCampaign(adAccountId, { name: 'a' }),
    ];
    const { items } = await as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds });
    expect(items.map((item) => [item.name, item.campaignName, item.adAccountName])).toEqual([
      ['a', 'Attached', 'Of the platform'],
      ['b', 'Attached', 'Of the platform'],
    ]);
    expect((await as('owner').campaignAdAccounts.list({ campaignId })).items).toMatchObject([
      { adAccountId },
    ]);
    // Once more is no change, and no second story.
    await as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds });
    const stories = (await as('owner').activities.list({ campaignId })).items.map((item) => item.description);
    expect(stories).toEqual(['2 platform campaigns attached to Attached', 'Campaign Attached created']);
  });

  test('belongs to one campaign: a second one is refused by the first one’s name, and nothing is attached', async () => {
    const first = await campaign('The first');
    const second = await campaign('The second');
    const adAccountId = await demo.account();
    const taken = await demo.platformCampaign(adAccountId, { name: 'Taken', campaignId: first.id });
    const free = await demo.platformCampaign(adAccountId, { name: 'Free' });
    const refused = await refusal(
      as('owner').platformCampaigns.attach({ campaignId: second.id, platformCampaignIds: [free, taken] }),
    );
    expect([refused.code, refused.message]).toEqual([
      'conflict',
      'Taken is attached to The first; detach it there first.',
    ]);
    const list = await as('owner').platformCampaigns.list({ campaignId: second.id });
    expect(list.items).toEqual([]);
  });

  test('goes to one of two who attach it at the same moment', async () => {
    const [one, two] = [await campaign('One'), await campaign('Two')];
    const platformCampaignIds = [await demo.platformCampaign(await demo.account())];
    const attempts = await Promise.allSettled(
      [one, two].map(({ id: campaignId }) =>
        as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds }),
      ),
    );
    expect(attempts.map((attempt) => attempt.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is not attached to a campaign in the recycle bin', async () => {
    const { id: campaignId } = await campaign('Gone');
    await as('owner').campaigns.archive({ campaignId });
    const platformCampaignIds = [await demo.platformCampaign(await demo.account())];
    expect(
      await refusedFields(as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds })),
    ).toEqual(['conflict']);
  });

  test('is detached where it is attached, and keeps its figures', async () => {
    const { id: campaignId } = await campaign();
    const adAccountId = await demo.account();
    const attached = await demo.platformCampaign(adAccountId, { campaignId, name: 'In' });
    const loose = await demo.platformCampaign(adAccountId, { name: 'Out' });
    await demo.day(attached, { date: '2026-03-01', spend: '4' });
    const detach = (id: string) =>
      as('owner').platformCampaigns.detach({ campaignId, platformCampaignIds: [id] });
    expect(await refusedFields(detach(loose))).toEqual(['invalid', 'platformCampaignIds']);
    expect((await detach(attached)).items).toMatchObject([{ name: 'In', campaignId: null }]);
    const range = { campaignId, from: '2026-03-01', to: '2026-03-01' };
    expect((await as('owner').metrics.campaign(range)).totals.spend).toBeNull();
    await as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds: [attached] });
    expect((await as('owner').metrics.campaign(range)).totals.spend?.amount).toBe('4.00');
  });

  test('is attached and detached by a member within their brand alone, and by no viewer or client', async () => {
    const { first, second } = world.demo.brands;
    const { id: campaignId } = await campaign('First brand', first);
    const own = await demo.platformCampaign(await demo.account({ brandId: first }), { name: 'Own' });
    const other = await demo.platformCampaign(await demo.account({ brandId: second }), { name: 'Other' });
    const shared = await demo.platformCampaign(await demo.account(), { name: 'Shared', campaignId });
    const attach = (name: PersonName, id: string) =>
      as(name).platformCampaigns.attach({ campaignId, platformCampaignIds: [id] });
    const detach = (name: PersonName, id: string) =>
      as(name).platformCampaigns.detach({ campaignId, platformCampaignIds: [id] });
    for (const name of ['viewer', 'client'] as const) {
      expect(await refusedFields(attach(name, own))).toEqual(['forbidden']);
      expect(await refusedFields(detach(name, shared))).toEqual(['forbidden']);
    }
    expect(await refusedFields(attach('unassigned', own))).toEqual(['not_found']);
    expect(await refusedFields(attach('member', other))).toEqual(['invalid', 'platformCampaignIds.0']);
    expect((await attach('member', own)).items).toMatchObject([{ campaignId }]);
    expect((await detach('member', own)).items).toMatchObject([{ campaignId: null }]);
    // Without the campaign they would not see it any more: said before the database refuses it.
    const refused = await refusal(detach('member', shared));
    expect([refused.code, refused.message.includes('out of your sight')]).toEqual(['forbidden', true]);
  });

  test('of another agency is no more than a nonsense id', async () => {
    const { id: campaignId } = await campaign();
    const foreign = platformData(world, world.rival);
    const theirs = await foreign.platformCampaign(await foreign.account());
    for (const id of [theirs, randomUUID()]) {
      const attempt = as('owner').platformCampaigns.attach({ campaignId, platformCampaignIds: [id] });
      expect(await refusedFields(attempt)).toEqual(['invalid', 'platformCampaignIds.0']);
    }
    const own = await demo.platformCampaign(await demo.account());
    const attempt = asRival('owner').platformCampaigns.attach({ campaignId, platformCampaignIds: [own] });
    expect(await refusedFields(attempt)).toEqual(['not_found']);
  });

  test('is listed by account, by name, waiting or attached, and only to who may see it', async () => {
    const { id: campaignId } = await campaign('Lists', world.demo.brands.first);
    const adAccountId = await demo.account({ name: 'Shared by brands' });
    const attached = await demo.platformCampaign(adAccountId, { name: 'Summer 100%', campaignId });
    const waiting = await demo.platformCampaign(adAccountId, { name: 'summer 1000' });
    const ids = async (name: PersonName, input: object) =>
      (await as(name).platformCampaigns.list({ adAccountId, ...input })).items.map((item) => item.id);
    expect(await ids('viewer', {})).toEqual([attached, waiting]);
    expect(await ids('viewer', { isAttached: false })).toEqual([waiting]);
    expect(await ids('viewer', { isAttached: true })).toEqual([attached]);
    expect(await ids('viewer', { q: '100%' })).toEqual([attached]);
    expect(await ids('viewer', { q: 'SUMMER', sort: '-name' })).toEqual([waiting, attached]);
    expect(await ids('member', {})).toEqual([attached]);
    expect(await ids('unassigned', {})).toEqual([]);
    const first = await as('viewer').platformCampaigns.list({ adAccountId, limit: 1 });
    expect(await ids('viewer', { cursor: first.nextCursor })).toEqual([waiting]);
  });
});

describe('a boost', () => {
  const work = async (campaignId: string) => {
    const { rows } = await world.ownerDb.pool.query<{ id: string }>(
      `with c as (insert into contacts (organization_id, first_name, last_name) values ($1, 'Noor', 'Aziz') returning id),
            r as (insert into creators (organization_id, contact_id, name) select $1, id, 'Noor Aziz' from c returning id)
       insert into campaign_creators (organization_id, campaign_id, creator_id) select $1, $2, id from r returning id`,
      [world.demo.organizationId, campaignId],
    );
    return rows[0]?.id ?? '';
  };

  test('is marked with the creator’s work that it pays for, and is media again', async () => {
    const { id: campaignId } = await campaign('Boosted');
    const campaignCreatorId = await work(campaignId);
    const adAccountId = await demo.account();
    const platformCampaignIds = [await demo.platformCampaign(adAccountId, { name: 'Spark', campaignId })];
    const set = (isBoost: boolean, id: string | null = null) =>
      as('owner').platformCampaigns.setBoost({ platformCampaignIds, isBoost, campaignCreatorId: id });
    expect((await set(true, campaignCreatorId)).items).toMatchObject([
      { isBoost: true, campaignCreatorId, creatorName: 'Noor Aziz' },
    ]);
    await set(true, campaignCreatorId);
    expect((await as('owner').platformCampaigns.list({ campaignId, isBoost: true })).items).toHaveLength(1);
    expect((await set(false)).items).toMatchObject([
      { isBoost: false, campaignCreatorId: null, creatorName: null },
    ]);
    const { items } = await as('owner').activities.list({ campaignId });
    expect(items.map(({ description }) => description).slice(0, 2)).toEqual([
      'Spark of Boosted marked as media',
      'Spark of Boosted marked as boost',
    ]);
    await set(true, campaignCreatorId);
    await as('owner').platformCampaigns.detach({ campaignId, platformCampaignIds });
    const { items: loose } = await as('owner').platformCampaigns.list({ adAccountId });
    expect(loose).toMatchObject([{ isBoost: false, campaignCreatorId: null, attachedBy: null }]);
  });

  test('is refused where nothing is attached, of another campaign’s work, and to whoever may not', async () => {
    const { first } = world.demo.brands;
    const { id: campaignId } = await campaign('Refused boost', first);
    const { id: otherId } = await campaign('Other boost', first);
    const adAccountId = await demo.account({ brandId: first });
    const attached = await demo.platformCampaign(adAccountId, { campaignId });
    const loose = await demo.platformCampaign(adAccountId);
    const set = (name: PersonName, id: string, campaignCreatorId: string | null = null) =>
      as(name).platformCampaigns.setBoost({ platformCampaignIds: [id], isBoost: true, campaignCreatorId });
    expect(await refusedFields(set('owner', loose))).toEqual(['invalid', 'platformCampaignIds']);
    for (const id of [await work(otherId), randomUUID()]) {
      expect(await refusedFields(set('owner', attached, id))).toEqual(['invalid', 'campaignCreatorId']);
    }
    for (const name of ['viewer', 'client'] as const) {
      expect(await refusedFields(set(name, attached))).toEqual(['forbidden']);
    }
    expect(await refusedFields(set('unassigned', attached))).toEqual(['invalid', 'platformCampaignIds.0']);
    const rival = asRival('owner').platformCampaigns.setBoost({
      platformCampaignIds: [attached],
      isBoost: true,
    });
    expect(await refusedFields(rival)).toEqual(['invalid', 'platformCampaignIds.0']);
    const media = { platformCampaignIds: [attached], isBoost: false, campaignCreatorId: randomUUID() };
    expect(await refusedFields(as('owner').platformCampaigns.setBoost(media))).toEqual([
      'invalid',
      'campaignCreatorId',
    ]);
    expect((await set('member', attached)).items).toMatchObject([{ isBoost: true }]);
  });
});

test('the last 28 days of an account’s own zone are told with what was spent on them, and silence is not zero', async () => {
  const adAccountId = await demo.account({ brandId: world.demo.brands.first, timeZone: 'Asia/Dubai' });
  const platformCampaignIds = [
    await demo.platformCampaign(adAccountId),
    await demo.platformCampaign(adAccountId),
  ];
  const [spent = '', silent = ''] = platformCampaignIds;
  const ask = (name: PersonName) => as(name).platformCampaigns.recentSpend({ platformCampaignIds });
  const { from = '', to = '' } = (await ask('owner')).items[0] ?? {};
  for (const date of [from, to]) await demo.day(spent, { date, spend: '0.25' });
  await demo.day(spent, { date: '2020-01-01', spend: '100' });
  const { items } = await ask('client');
  expect(Object.fromEntries(items.map((item) => [item.platformCampaignId, item.spend]))).toEqual({
    [spent]: { amount: '0.500000', currency: 'AED' },
    [silent]: null,
  });
  expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(27);
  expect((await ask('unassigned')).items).toEqual([]);
});
