import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCreator } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const first = () => world.demo.brands.first;

async function planned(): Promise<string> {
  const { id: campaignId } = await as('owner').campaigns.create({
    ...{ name: 'Launch', brandId: first(), objective: 'CONVERSIONS', hashtags: ['glow'] },
    ...{ startsOn: '2026-06-15', endsOn: '2026-07-14', budget: { amount: '300', currency: 'USD' } },
  });
  const { creatorId } = await makeCreator(world, world.demo, { brandId: first() });
  const deliverables = [
    { platform: 'INSTAGRAM' as const, type: 'REEL' as const, count: 2, dueOn: '2026-06-20' },
    { platform: 'INSTAGRAM' as const, type: 'REEL' as const, count: 2, dueOn: '2026-06-20' },
  ];
  await as('owner').campaignCreators.assign({ campaignId, creatorId, deliverables });
  await as('owner').campaignMatchRules.replace({
    campaignId,
    rules: [{ namePattern: 'launch', nameMatch: 'CONTAINS', label: 'always-on' }],
  });
  const { id } = await as('owner').budgets.draft({ campaignId });
  const budgetVersionId = id ?? '';
  await as('owner').budgets.update({
    budgetVersionId,
    lines: [
      { kind: 'MEDIA', platform: 'META', month: '2026-06', amount: '100' },
      { kind: 'MEDIA', platform: 'META', month: '2026-07', amount: '100' },
      { kind: 'OTHER', amount: '100' },
    ],
  });
  await as('owner').budgets.approve({ budgetVersionId });
  return campaignId;
}

describe('a template', () => {
  test('keeps a campaign’s plan without its days, accounts and people', async () => {
    const fromCampaignId = await planned();
    const template = await as('member').campaignTemplates.create({ fromCampaignId, name: 'Product launch' });
    expect(template).toMatchObject({
      name: 'Product launch',
      brandId: null,
      createdByName: 'member of demo',
      plan: {
        ...{
          objective: 'CONVERSIONS',
          durationDays: 30,
          budget: '300.00',
          currency: 'USD',
          hashtags: ['glow'],
        },
        deliverables: [{ platform: 'INSTAGRAM', type: 'REEL', count: 2, dueAfterDays: 5 }],
        rules: [{ namePattern: 'launch', nameMatch: 'CONTAINS', label: 'always-on', isBoost: false }],
        budgetSplit: [
          { kind: 'MEDIA', platform: 'META', month: 0, percent: '33.3333' },
          { kind: 'MEDIA', platform: 'META', month: 1, percent: '33.3333' },
          { kind: 'OTHER', platform: null, month: null, percent: '33.3333' },
        ],
      },
    });
    expect(JSON.stringify(template.plan)).not.toContain('2026');
  });

  test('makes campaigns, with its rules and its split where they are asked for', async () => {
    const { id: campaignTemplateId } = await as('owner').campaignTemplates.create({
      ...{ fromCampaignId: await planned(), name: 'For all' },
    });
    const draft = await as('member').campaigns.draft({ campaignTemplateId, startsOn: '2027-01-31' });
    expect(draft).toMatchObject({
      ...{ name: 'For all', objective: 'CONVERSIONS', startsOn: '2027-01-31', endsOn: '2027-03-01' },
      ...{ budget: { amount: '300.00', currency: 'USD' }, hashtags: ['glow'] },
      carries: [
        { part: 'rules', count: 1 },
        { part: 'budget', count: 3 },
      ],
      origin: { kind: 'TEMPLATE', id: campaignTemplateId, name: 'For all' },
    });
    const made = await as('member').campaigns.create({
      ...{
        name: 'From it',
        brandId: first(),
        campaignTemplateId,
        include: ['rules', 'budget', 'recognition'],
      },
      ...{ startsOn: '2027-01-31', endsOn: '2027-03-01', budget: { amount: '1000', currency: 'JPY' } },
    });
    expect(made).toMatchObject({ campaignTemplateId, hashtags: ['glow'], leftOut: [] });
    const campaignId = made.id;
    expect((await as('member').campaignMatchRules.list({ campaignId })).rules).toMatchObject([
      { namePattern: 'launch', label: 'always-on' },
    ]);
    const { standing } = await as('member').budgets.list({ campaignId });
    expect(standing?.lines).toMatchObject([
      { kind: 'MEDIA', platform: 'META', month: '2027-01', amount: '333' },
      { kind: 'MEDIA', platform: 'META', month: '2027-02', amount: '333' },
      { kind: 'OTHER', month: null, amount: '333' },
    ]);
    expect((await as('client').campaigns.byId({ campaignId })).campaignTemplateId).toBeNull();
  });

  test('is listed by name for its brand and for all, and put away', async () => {
    const fromCampaignId = await planned();
    const tag = randomUUID();
    const make = (name: string, brandId: string | null) =>
      as('owner').campaignTemplates.create({ fromCampaignId, name: `${tag} ${name}`, brandId });
    const all = await make('a', null);
    const own = await make('b', first());
    await make('c', world.demo.brands.second);
    const names = async (who: PersonName, input: object = {}) =>
      (await as(who).campaignTemplates.list({ q: tag, ...input })).items.map(({ name }) => name.slice(-1));
    expect(await names('owner')).toEqual(['a', 'b', 'c']);
    expect(await names('member')).toEqual(['a', 'b']);
    expect(await names('owner', { brandId: first() })).toEqual(['a', 'b']);
    const { id: campaignTemplateId } = own;
    await as('owner').campaignTemplates.archive({ campaignTemplateId });
    expect(await names('owner', { brandId: first() })).toEqual(['a']);
    expect(await names('owner', { deleted: true })).toEqual(['b']);
    const using = as('owner').campaigns.create({ name: 'x', campaignTemplateId });
    expect(await refusedFields(using)).toEqual(['invalid', 'campaignTemplateId']);
    expect((await as('owner').campaignTemplates.restore({ campaignTemplateId })).isActive).toBe(true);
    expect((await as('owner').campaignTemplates.byId({ campaignTemplateId: all.id })).name).toBe(`${tag} a`);
  });

  test('is changed by whoever made it and by admins', async () => {
    const fromCampaignId = await planned();
    const { id: campaignTemplateId } = await as('owner').campaignTemplates.create({
      fromCampaignId,
      name: 'A',
    });
    const rename = (who: PersonName, change: object = {}) =>
      as(who).campaignTemplates.update({ campaignTemplateId, name: 'B', ...change });
    expect(await refusedFields(rename('member'))).toEqual(['forbidden']);
    expect(await refusedFields(as('member').campaignTemplates.archive({ campaignTemplateId }))).toEqual([
      'forbidden',
    ]);
    expect(await rename('admin', { expectedVersion: 1 })).toMatchObject({ name: 'B', version: 2 });
    expect(await refusedFields(rename('admin', { expectedVersion: 1 }))).toEqual(['precondition']);
    expect((await rename('admin')).version).toBe(2);
    const mine = await as('member').campaignTemplates.create({ fromCampaignId, name: 'Mine' });
    const own = { campaignTemplateId: mine.id, description: 'Ours' };
    expect((await as('member').campaignTemplates.update(own)).description).toBe('Ours');
    const foreign = { ...own, brandId: world.demo.brands.second };
    expect(await refusedFields(as('member').campaignTemplates.update(foreign))).toEqual([
      'invalid',
      'brandId',
    ]);
  });

  test('is the agency’s own', async () => {
    const fromCampaignId = await planned();
    const { id: campaignTemplateId } = await as('owner').campaignTemplates.create({
      fromCampaignId,
      name: 'A',
    });
    expect(await refusedFields(as('client').campaignTemplates.list({}))).toEqual(['forbidden']);
    expect(await refusedFields(as('client').campaignTemplates.byId({ campaignTemplateId }))).toEqual([
      'forbidden',
    ]);
    expect(await refusedFields(as('client').campaigns.draft({ campaignTemplateId }))).toEqual(['not_found']);
    expect(await refusedFields(as('viewer').campaignTemplates.create({ fromCampaignId, name: 'x' }))).toEqual(
      ['forbidden'],
    );
    for (const other of [as('unassigned'), asRival()]) {
      const make = (id: string) => other.campaignTemplates.create({ fromCampaignId: id, name: 'x' });
      expect(await refusedFields(make(fromCampaignId))).toEqual(['not_found']);
      expect(await refusedFields(make(randomUUID()))).toEqual(['not_found']);
    }
    expect(await refusedFields(asRival().campaignTemplates.byId({ campaignTemplateId }))).toEqual([
      'not_found',
    ]);
    const misfit = { fromCampaignId, name: 'x', plan: {} };
    expect(await refusedFields(as('owner').campaignTemplates.create(misfit))).toEqual(['invalid', 'plan']);
  });
});
