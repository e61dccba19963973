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

describe('the stream', () => {
  test('says who did what to which record, newest first or oldest first, in pages', async () => {
    const company = await as('member').companies.create({ name: 'Streamed' });
    for (const name of ['One', 'Two', 'Three'])
      await as('member').companies.update({ companyId: company.id, name });
    const read = async (sort: 'createdAt' | '-createdAt') => {
      const items = [];
      let cursor: string | undefined;
      do {
        const page = await as('owner').activities.list({ companyId: company.id, sort, limit: 3, cursor });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return items;
    };
    const oldest = await read('createdAt');
    expect(oldest.map(({ description }) => description)).toEqual([
      'Company Streamed created',
      'Company One changed',
      'Company Two changed',
      'Company Three changed',
    ]);
    expect(await read('-createdAt')).toEqual(oldest.toReversed());
    expect(oldest[0]).toMatchObject({
      actorKind: 'USER',
      actorId: world.demo.people.member.userId,
      actorName: 'member of demo',
      companyId: company.id,
    });
  });

  test('of a record is seen as far as the record is', async () => {
    const brandId = world.demo.brands.first;
    const branded = await as('owner').deals.create({ name: 'Branded', brandId });
    const plain = await as('owner').deals.create({ name: 'Plain' });
    const handed = await as('owner').deals.create({
      name: 'Handed',
      ownerId: world.demo.people.unassigned.userId,
    });
    const told = async (name: PersonName, dealId: string) =>
      (await as(name).activities.list({ dealId })).items.length;
    expect([await told('viewer', branded.id), await told('viewer', plain.id)]).toEqual([1, 1]);
    expect([await told('member', branded.id), await told('member', plain.id)]).toEqual([1, 0]);
    expect([await told('client', branded.id), await told('client', plain.id)]).toEqual([1, 0]);
    expect([await told('unassigned', handed.id), await told('unassigned', branded.id)]).toEqual([1, 0]);
    expect((await asRival('owner').activities.list({ dealId: branded.id })).items).toEqual([]);
  });

  test('of a foreign agency and of a nonsense id is empty, and an unknown filter is refused', async () => {
    expect((await as('owner').activities.list({ dealId: randomUUID() })).items).toEqual([]);
    const demo = new Set((await as('owner').activities.list({ limit: 200 })).items.map(({ id }) => id));
    const { items } = await asRival('owner').activities.list({ limit: 200 });
    expect(items.filter(({ id }) => demo.has(id))).toEqual([]);
    expect(await refusedFields(as('owner').activities.list({ actorId: 'x' } as object))).toEqual([
      'invalid',
      'actorId',
    ]);
    expect(await refusedFields(as('owner').activities.list({ limit: 201 }))).toEqual(['invalid', 'limit']);
  });

  test('cannot be rewritten or shortened by the serving roles', async () => {
    await as('owner').companies.create({ name: 'Told' });
    for (const db of [world.appDb, world.jobsDb]) {
      for (const statement of [`update activities set description = 'x'`, 'delete from activities']) {
        await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });
});

test('a change that fails tells nothing', async () => {
  await as('owner').companies.create({ name: 'First', externalId: 'told-1' });
  const before = (await as('owner').activities.list({})).items[0]?.id;
  expect(await refusedFields(as('owner').companies.create({ name: 'Second', externalId: 'told-1' }))).toEqual(
    ['conflict'],
  );
  expect((await as('owner').activities.list({})).items[0]?.id).toBe(before);
});

describe('an entry', () => {
  test('is of the kinds that are asked for, and an unknown kind is refused by name', async () => {
    const deal = await as('owner').deals.create({ name: 'Kinds' });
    await as('owner').deals.update({ dealId: deal.id, name: 'Kinds of it' });
    await as('owner').notes.create({ dealId: deal.id, content: 'Noted' });
    const task = await as('owner').tasks.create({ title: 'Call', dealId: deal.id });
    const types = async (kinds?: string) =>
      (await as('owner').activities.list({ dealId: deal.id, kinds })).items.map(({ type }) => type);
    expect(await types()).toEqual(['TASK_CREATED', 'NOTE_ADDED', 'DEAL_UPDATED', 'DEAL_CREATED']);
    expect(await types('changes')).toEqual(['DEAL_UPDATED']);
    expect(await types('notes, tasks')).toEqual(['TASK_CREATED', 'NOTE_ADDED']);
    expect(await types('mail')).toEqual([]);
    expect(await refusedFields(as('owner').activities.list({ kinds: 'notes,gossip' }))).toEqual([
      'invalid',
      'kinds',
    ]);
    const [entry] = (await as('owner').activities.list({ dealId: deal.id })).items;
    expect(entry).toMatchObject({
      taskId: task.id,
      task: { title: 'Call', completedAt: null, isActive: true },
    });
  });

  test('about a note shows it as it is now, and one about a task too', async () => {
    const deal = await as('owner').deals.create({ name: 'Now' });
    const note = await as('owner').notes.create({ dealId: deal.id, content: 'Before' });
    const task = await as('owner').tasks.create({ title: 'Open', dealId: deal.id });
    await as('owner').notes.update({ noteId: note.id, content: 'After' });
    await as('owner').tasks.complete({ taskId: task.id });
    const shown = async () => (await as('owner').activities.list({ dealId: deal.id })).items;
    const added = (await shown()).find(({ type }) => type === 'NOTE_ADDED');
    expect(added?.note).toMatchObject({ content: 'After', version: 2 });
    const created = (await shown()).find(({ type }) => type === 'TASK_CREATED');
    expect(created?.task?.completedAt).toEqual(expect.any(String));
    await as('owner').notes.archive({ noteId: note.id });
    const gone = (await shown()).find(({ type }) => type === 'NOTE_ADDED');
    expect(gone).toMatchObject({ noteId: note.id, note: null });
    expect(JSON.stringify(await shown())).not.toContain('Before');
  });

  test('about a deal and a note on it stands on the timelines of its company and its contact', async () => {
    const company = await as('owner').companies.create({ name: 'Parent' });
    const contact = await as('owner').contacts.create({
      firstName: 'A',
      lastName: 'B',
      companyId: company.id,
    });
    const deal = await as('owner').deals.create({
      name: 'Child',
      companyId: company.id,
      contactId: contact.id,
    });
    await as('owner').notes.create({ dealId: deal.id, content: 'On the deal' });
    await as('owner').notes.create({ contactId: contact.id, content: 'On the contact' });
    const notes = async (of: object) =>
      (await as('owner').activities.list({ ...of, kinds: 'notes' })).items.map(({ note }) => note?.content);
    expect(await notes({ companyId: company.id })).toEqual(['On the contact', 'On the deal']);
    expect(await notes({ contactId: contact.id })).toEqual(['On the contact', 'On the deal']);
    expect(await notes({ dealId: deal.id })).toEqual(['On the deal']);
  });

  test('names what its ids mean, of those that the reader sees', async () => {
    const { userId: memberId } = world.demo.people.member;
    const brandId = world.demo.brands.first;
    const deal = await as('owner').deals.create({ name: 'Handed on', brandId });
    await as('owner').deals.update({ dealId: deal.id, ownerId: memberId });
    const [entry] = (await as('member').activities.list({ dealId: deal.id })).items;
    expect(entry?.names).toMatchObject({ [memberId]: 'member of demo' });
  });
});
