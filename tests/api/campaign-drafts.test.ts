import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { makeCreator } from '../support/creators.ts';
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

const recognition = {
  categories: ['beauty'],
  competitors: ['Sephora'],
  territories: ['AE'],
  hashtags: ['glow'],
  mentions: ['glow.ae'],
  links: ['glow.com/summer'],
};

const summer = {
  startsOn: '2026-06-01',
  endsOn: '2026-06-30',
  objective: 'REACH' as const,
  budget: { amount: '9000', currency: 'USD' },
};

async function dealOf(change: object) {
  const contact = await as('owner').contacts.create({
    ...{ firstName: 'Amal', lastName: 'Haddad', title: 'CMO', brandId: first() },
  });
  return as('owner').deals.create({
    ...{ name: 'Retainer', brandId: first(), contactId: contact.id, tags: ['vip'] },
    ...{ amount: { amount: '5000', currency: 'AED' }, expectedCloseOn: '2026-01-31' },
    ...change,
  });
}

describe('a campaign begun from a deal', () => {
  test('takes its name, brand, budget, dates and people over', async () => {
    const deal = await dealOf({ recurringType: 'MONTHLY' });
    const draft = await as('member').campaigns.draft({ dealId: deal.id });
    expect(draft).toMatchObject({
      name: 'Retainer',
      brandId: first(),
      dealId: deal.id,
      budget: { amount: '5000.00', currency: 'AED' },
      startsOn: '2026-01-31',
      endsOn: '2026-02-27',
      contacts: [{ contactId: deal.contactId, name: 'Amal Haddad', title: 'CMO' }],
      tags: ['vip'],
      carries: [],
      origin: { kind: 'DEAL', id: deal.id, name: 'Retainer' },
    });
  });

  test('runs as long as the deal comes again, from the day that is asked for', async () => {
    const ends = async (recurringType: string, startsOn: string) => {
      const { id: dealId } = await dealOf({ recurringType });
      return (await as('owner').campaigns.draft({ dealId, startsOn })).endsOn;
    };
    expect(await ends('MONTHLY', '2028-02-01')).toBe('2028-02-29');
    expect(await ends('QUARTERLY', '2026-01-15')).toBe('2026-04-14');
    expect(await ends('ANNUAL', '2026-01-01')).toBe('2026-12-31');
    expect(await ends('ONE_TIME', '2026-01-01')).toBeNull();
  });

  test('is for those who see the deal', async () => {
    const { id: dealId } = await as('owner').deals.create({
      name: 'Not theirs',
      brandId: world.demo.brands.second,
    });
    for (const other of [as('member'), as('client'), asRival()])
      expect(await refusedFields(other.campaigns.draft({ dealId }))).toEqual(['not_found']);
    expect(await refusedFields(as('viewer').campaigns.draft({ dealId }))).toEqual(['forbidden']);
    expect(await refusedFields(as('owner').campaigns.draft({ dealId: randomUUID() }))).toEqual(['not_found']);
  });
});

describe('a campaign begun from nothing', () => {
  test('is an empty form, of a client’s own brand for a client', async () => {
    const draft = await as('owner').campaigns.draft({});
    expect(draft).toMatchObject({ name: '', brandId: null, startsOn: null, origin: null });
    expect((await as('client').campaigns.draft({})).brandId).toBe(first());
  });
});

describe('a copy', () => {
  test('begins right after the other and runs as long', async () => {
    const { id, name } = await as('owner').campaigns.create({
      name: 'Summer',
      brandId: first(),
      ...summer,
      ...recognition,
    });
    const draft = await as('owner').campaigns.draft({ copyOf: id });
    expect(draft).toMatchObject({
      ...recognition,
      name: 'Summer (copy)',
      objective: 'REACH',
      budget: { amount: '9000.00', currency: 'USD' },
      startsOn: '2026-07-01',
      endsOn: '2026-07-30',
      carries: [{ part: 'recognition', count: 6 }],
      origin: { kind: 'CAMPAIGN', id, name },
    });
    const later = await as('owner').campaigns.draft({ copyOf: id, startsOn: '2027-01-01' });
    expect([later.startsOn, later.endsOn]).toEqual(['2027-01-01', '2027-01-30']);
    for (const other of [as('unassigned'), asRival()])
      expect(await refusedFields(other.campaigns.draft({ copyOf: id }))).toEqual(['not_found']);
  });

  test('takes creators, rules, budget and recognition along, their days moved', async () => {
    const origin = await as('owner').campaigns.create({
      name: 'Full',
      brandId: first(),
      ...summer,
      ...recognition,
    });
    const creator = await makeCreator(world, world.demo, { brandId: first() });
    const work = await as('owner').campaignCreators.assign({
      ...{ campaignId: origin.id, creatorId: creator.creatorId, role: 'UGC', feeType: 'FLAT' },
      ...{ fee: '700', currency: 'USD', status: 'ACCEPTED', startsOn: '2026-06-05', note: 'Morning light' },
      deliverables: [
        { platform: 'INSTAGRAM', type: 'REEL', count: 2, dueOn: '2026-06-10', revisionRounds: 1 },
      ],
    });
    await as('owner').campaignMatchRules.replace({
      campaignId: origin.id,
      rules: [{ namePattern: 'full_', nameMatch: 'STARTS_WITH', platform: 'META' }],
    });
    const plan = await as('owner').budgets.draft({ campaignId: origin.id });
    const budgetVersionId = plan.id ?? '';
    await as('owner').budgets.update({
      budgetVersionId,
      lines: [
        { kind: 'MEDIA', platform: 'META', month: '2026-06', amount: '6000' },
        { kind: 'CREATOR', campaignCreatorId: work.id, amount: '1000' },
      ],
    });
    await as('owner').budgets.approve({ budgetVersionId });
    expect((await as('owner').campaigns.draft({ copyOf: origin.id })).carries).toEqual([
      { part: 'rules', count: 1 },
      { part: 'creators', count: 1 },
      { part: 'budget', count: 2 },
      { part: 'recognition', count: 6 },
    ]);
    const copy = await as('owner').campaigns.create({
      ...{ name: 'Full again', brandId: first(), copyOf: origin.id },
      ...{ startsOn: '2026-08-01', endsOn: '2026-08-30', budget: { amount: '4500', currency: 'USD' } },
      include: ['rules', 'creators', 'budget', 'recognition'],
    });
    expect(copy).toMatchObject({ ...recognition, copiedFromId: origin.id, status: 'DRAFT', leftOut: [] });
    const campaignId = copy.id;
    const { items } = await as('owner').campaignCreators.list({ campaignId });
    expect(items).toMatchObject([
      {
        ...{ creatorId: creator.creatorId, status: 'PENDING', role: 'UGC', feeType: 'FLAT' },
        ...{ fee: { amount: '700.00', currency: 'USD' }, startsOn: '2026-08-05', note: 'Morning light' },
        deliverables: [{ type: 'REEL', count: 2, dueOn: '2026-08-10', revisionRounds: 1 }],
      },
    ]);
    expect((await as('owner').campaignMatchRules.list({ campaignId })).rules).toMatchObject([
      { namePattern: 'full_', nameMatch: 'STARTS_WITH', platform: 'META' },
    ]);
    const { standing } = await as('owner').budgets.list({ campaignId });
    expect(standing?.lines).toMatchObject([
      { kind: 'MEDIA', platform: 'META', month: '2026-08', amount: '3000.00' },
      { kind: 'CREATOR', campaignCreatorId: items[0]?.id, amount: '500.00' },
    ]);
  });

  test('leaves out whom a block refuses, and says why', async () => {
    const origin = await as('owner').campaigns.create({ name: 'Blocked', brandId: first() });
    const creator = await makeCreator(world, world.demo, { brandId: first(), name: 'Rima Said' });
    const { creatorId } = creator;
    await as('owner').campaignCreators.assign({ campaignId: origin.id, creatorId });
    await as('owner').creatorBlocks.create({ creatorId, brandId: first(), reason: 'Was rude on set' });
    const copy = await as('owner').campaigns.create({
      ...{ name: 'Blocked again', brandId: first(), copyOf: origin.id, include: ['creators', 'budget'] },
    });
    expect(copy.leftOut).toEqual([
      {
        part: 'creators',
        name: 'Rima Said',
        reason: 'Rima Said is blocked for this brand: Was rude on set',
      },
    ]);
    expect((await as('owner').campaignCreators.list({ campaignId: copy.id })).items).toEqual([]);
  });

  test('says that a split needs a budget, and takes nothing that nobody asked for', async () => {
    const origin = await as('owner').campaigns.create({
      name: 'Split',
      brandId: first(),
      ...summer,
      ...recognition,
    });
    const { id } = await as('owner').budgets.draft({ campaignId: origin.id });
    const budgetVersionId = id ?? '';
    await as('owner').budgets.update({ budgetVersionId, lines: [{ kind: 'MEDIA', amount: '1' }] });
    await as('owner').budgets.approve({ budgetVersionId });
    const copy = (include: readonly ('budget' | 'recognition')[]) =>
      as('owner').campaigns.create({ name: 'Bare', copyOf: origin.id, include: [...include] });
    expect((await copy(['budget'])).leftOut).toMatchObject([{ part: 'budget' }]);
    expect(await copy([])).toMatchObject({ hashtags: [], leftOut: [], copiedFromId: origin.id });
    const own = await as('owner').campaigns.create({
      ...{ name: 'Own words', copyOf: origin.id, include: ['recognition'], hashtags: ['mine'] },
    });
    expect([own.hashtags, own.mentions]).toEqual([['mine'], ['glow.ae']]);
  });

  test('is made of what its author sees, and takes what is theirs to make', async () => {
    const { id } = await as('owner').campaigns.create({ name: 'Theirs', brandId: world.demo.brands.second });
    for (const copyOf of [id, randomUUID()])
      expect(await refusedFields(as('member').campaigns.create({ name: 'x', copyOf }))).toEqual([
        'invalid',
        'copyOf',
      ]);
    const mine = await as('owner').campaigns.create({ name: 'The client’s', brandId: first() });
    for (const part of ['creators', 'rules', 'budget'] as const)
      expect(
        await refusedFields(as('client').campaigns.create({ name: 'x', copyOf: mine.id, include: [part] })),
      ).toEqual(['forbidden', 'include']);
    const both = { name: 'x', copyOf: mine.id, campaignTemplateId: randomUUID() };
    expect(await refusedFields(as('owner').campaigns.create(both))).toEqual([
      'invalid',
      'campaignTemplateId',
    ]);
  });
});
