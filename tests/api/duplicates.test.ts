import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const pairsOf = async (contactId: string) =>
  (await as('owner').duplicates.ofContact({ contactId })).map(({ record, reasons }) => [
    record.id,
    ...reasons,
  ]);

describe('while somebody types', () => {
  test('a contact is met by mail, phone, handle and name, however each is written', async () => {
    const { id } = await as('owner').contacts.create({
      firstName: 'Zoë',
      lastName: 'Al-Mansouri',
      emails: ['Zoe@Studio.test'],
      phones: ['+971 50 998 7766'],
      linkedinUrl: 'https://ae.linkedin.com/in/zoe-m/',
      xHandle: '@ZoeM',
    });
    const met = async (typed: object) => {
      const found = await as('owner').duplicates.checkContact(typed);
      return found.filter(({ record }) => record.id === id).map(({ reasons }) => reasons[0]);
    };
    expect(await met({ emails: [' zoe@studio.TEST '] })).toEqual(['SAME_EMAIL']);
    expect(await met({ mobile: '050-998-7766' })).toEqual(['SAME_PHONE']);
    expect(await met({ xHandle: 'https://x.com/zoem' })).toEqual(['SAME_HANDLE']);
    expect(await met({ linkedinUrl: 'linkedin.com/in/Zoe-M' })).toEqual(['SAME_HANDLE']);
    expect(await met({ firstName: 'al mansouri', lastName: 'ZOE' })).toEqual(['SAME_NAME']);
    expect(await met({ firstName: 'Zoe', lastName: 'Al Mansoury' })).toEqual(['SIMILAR_NAME']);
    expect(await met({ firstName: 'Zoe', lastName: 'Smith' })).toEqual([]);
    expect(await met({})).toEqual([]);
    expect(await met({ emails: ['zoe@studio.test'], contactId: id })).toEqual([]);
  });

  test('a company is met by its domain and its name without its legal form, and by no free mail host', async () => {
    const { id } = await as('owner').companies.create({
      name: 'Palm Bakery L.L.C.',
      website: 'https://www.palm-bakery.test/menu',
    });
    const met = async (typed: object) => {
      const found = await as('owner').duplicates.checkCompany(typed);
      return found.filter(({ record }) => record.id === id).map(({ reasons }) => reasons[0]);
    };
    expect(await met({ domains: ['PALM-bakery.test'] })).toEqual(['SAME_DOMAIN']);
    expect(await met({ name: 'The Palm Bakery Ltd' })).toEqual(['SAME_NAME']);
    expect(await met({ name: 'Palm Bakeri' })).toEqual(['SIMILAR_NAME']);
    await as('owner').companies.create({ name: 'First', website: 'https://gmail.com' });
    expect(await as('owner').duplicates.checkCompany({ website: 'http://www.gmail.com' })).toEqual([]);
  });

  test('nobody is shown a record that they do not see, or that was deleted', async () => {
    const emails = [`${randomUUID()}@hidden.test`];
    const { id: contactId } = await as('owner').contacts.create({
      firstName: 'Hidden',
      lastName: 'One',
      emails,
      brandId: world.demo.brands.second,
    });
    const seenBy = async (api: ReturnType<typeof as>) =>
      (await api.duplicates.checkContact({ emails })).length;
    expect(await seenBy(as('owner'))).toBe(1);
    expect(await seenBy(as('viewer'))).toBe(1);
    for (const name of ['member', 'unassigned', 'client'] as const) expect(await seenBy(as(name))).toBe(0);
    expect(await seenBy(asRival('owner'))).toBe(0);
    await as('owner').contacts.archive({ contactId });
    expect(await seenBy(as('owner'))).toBe(0);
  });
});

describe('the queue', () => {
  test('groups those that may be one under the eldest, the likeliest first, and follows each change', async () => {
    const mail = `${randomUUID()}@group.test`;
    const make = (firstName: string, more: object) =>
      as('owner').contacts.create({ firstName, lastName: 'Grouped', ...more });
    const a = await make('Sara', { emails: [mail] });
    const b = await make('Sara', { emails: [mail] });
    const c = await make('Sarah', { emails: [mail] });
    const group = async () =>
      (await as('owner').duplicates.list({ limit: 100 })).items.find(({ id }) => id === a.id);
    expect((await group())?.others.map(({ record }) => record.id)).toEqual([b.id, c.id]);
    expect((await group())?.others[0]).toMatchObject({ reasons: ['SAME_EMAIL', 'SAME_NAME'], score: 0.96 });
    const all = (await as('owner').duplicates.list({ limit: 100 })).items;
    expect(all.map(({ id }) => id)).not.toContain(b.id);
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).sort((x, y) => y - x));
    await as('owner').contacts.update({
      contactId: c.id,
      emails: ['other@group.test'],
      firstName: 'Boris',
      lastName: 'Else',
    });
    expect((await group())?.others.map(({ record }) => record.id)).toEqual([b.id]);
    await as('owner').contacts.archive({ contactId: b.id });
    expect(await group()).toBeUndefined();
    await as('owner').contacts.restore({ contactId: b.id });
    expect((await group())?.others.map(({ record }) => record.id)).toEqual([b.id]);
  });

  test('forgets a pair that somebody said is two, until they take it back, also after a merge', async () => {
    const mail = `${randomUUID()}@two.test`;
    const make = (firstName: string) =>
      as('owner').contacts.create({ firstName, lastName: 'Twofold', emails: [mail] });
    const [a, b] = [await make('Ali'), await make('Ali')];
    const [pair] = await as('owner').duplicates.ofContact({ contactId: a.id });
    const duplicatePairId = pair?.duplicatePairId ?? '';
    for (const name of ['member', 'unassigned', 'client'] as const)
      expect(await refusedFields(as(name).duplicates.dismiss({ duplicatePairId }))).toEqual(['not_found']);
    expect(await refusedFields(as('viewer').duplicates.dismiss({ duplicatePairId }))).toEqual(['forbidden']);
    expect(await refusedFields(asRival('owner').duplicates.dismiss({ duplicatePairId }))).toEqual([
      'not_found',
    ]);
    await as('owner').duplicates.dismiss({ duplicatePairId });
    await as('owner').duplicates.dismiss({ duplicatePairId });
    expect(await pairsOf(a.id)).toEqual([]);
    const dismissed = (await as('owner').duplicates.list({ dismissed: true })).items;
    expect(dismissed.map(({ id }) => id)).toContain(a.id);
    const c = await make('Aly');
    await as('owner').duplicates.dismiss({
      duplicatePairId:
        (await as('owner').duplicates.ofContact({ contactId: c.id }))[0]?.duplicatePairId ?? '',
    });
    await as('owner').duplicates.restore({ duplicatePairId });
    expect(await pairsOf(a.id)).toContainEqual([b.id, 'SAME_EMAIL', 'SAME_NAME']);
  });

  test('takes a value that many share for no sign', async () => {
    const phone = '+97144440000';
    const ids: string[] = [];
    for (let n = 0; n < 22; n += 1) {
      const name = randomUUID().replaceAll('-', '').replaceAll(/\d/g, 'x');
      ids.push((await as('owner').contacts.create({ firstName: name, lastName: name, phones: [phone] })).id);
    }
    expect(await pairsOf(ids.at(-1) ?? '')).toEqual([]);
    expect((await pairsOf(ids[1] ?? '')).length).toBeGreaterThan(0);
  });

  test('shows a member the pairs whose both records they see, and pages through all once', async () => {
    const mail = `${randomUUID()}@brand.test`;
    const make = (brandId: string) =>
      as('owner').contacts.create({ firstName: 'Mona', lastName: 'Shared', emails: [mail], brandId });
    const { first, second } = world.demo.brands;
    const [a, b, hidden] = [await make(first), await make(first), await make(second)];
    const members = (await as('member').duplicates.list({ limit: 100 })).items.find(({ id }) => id === a.id);
    expect(members?.others.map(({ record }) => record.id)).toEqual([b.id]);
    expect(await refusedFields(as('member').duplicates.ofContact({ contactId: hidden.id }))).toEqual([
      'not_found',
    ]);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await as('owner').duplicates.list({ limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const whole = await as('owner').duplicates.list({ limit: 200 });
    expect(seen).toEqual(whole.items.map(({ id }) => id));
    const strong = await as('owner').duplicates.list({ limit: 200, minScore: 0.9 });
    expect(strong.items.length).toBeLessThanOrEqual(whole.items.length);
    expect(strong.items.every(({ score }) => score >= 0.9)).toBe(true);
  });
});
