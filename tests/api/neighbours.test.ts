import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

describe('a walk through a list of companies', () => {
  const sorts = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;
  const list = { q: 'Walk' };

  beforeAll(async () => {
    // Equal names stand in the order of their ids.
    for (const name of ['Walk b', 'Walk a', 'Walk b', 'Walk d', 'Walk c']) {
      await as('owner').companies.create({ name, type: 'CLIENT' });
    }
    await as('owner').companies.create({ name: 'Elsewhere' });
  });

  test.each(sorts)('by %s meets every row once, in the list’s own order, and comes back', async (sort) => {
    const rows = (await as('owner').companies.list({ ...list, sort })).items.map(({ id }) => id);
    expect(rows).toHaveLength(5);
    for (const [index, companyId] of rows.entries()) {
      expect(await as('owner').companies.neighbours({ companyId, list: { ...list, sort } })).toEqual({
        previousId: rows[index - 1] ?? null,
        nextId: rows[index + 1] ?? null,
        position: index + 1,
        total: 5,
      });
    }
  });

  test('goes on from a record that its filter shows no longer', async () => {
    const sorted = { ...list, sort: 'name' as const, type: 'CLIENT' as const };
    const rows = (await as('owner').companies.list(sorted)).items.map(({ id }) => id);
    await as('owner').companies.update({ companyId: rows[2] ?? '', type: 'VENDOR' });
    const place = await as('owner').companies.neighbours({ companyId: rows[2] ?? '', list: sorted });
    expect(place).toEqual({ previousId: rows[1], nextId: rows[3], position: null, total: null });
  });

  test('shows its reader their own rows alone', async () => {
    const { id: companyId } = await as('unassigned').companies.create({ name: 'Walk ba' });
    expect(await as('unassigned').companies.neighbours({ companyId, list })).toEqual({
      previousId: null,
      nextId: null,
      position: 1,
      total: 1,
    });
    expect(await as('viewer').companies.neighbours({ companyId, list })).toMatchObject({ total: 6 });
  });

  test('begins at no record of another agency, of another’s, or of nobody’s, with one answer', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Unseen' });
    const unseen = await refusal(as('owner').companies.neighbours({ companyId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found' });
    const rival = caller(world, world.rival.people.owner.principal);
    expect(await refusal(rival.companies.neighbours({ companyId }))).toEqual(unseen);
    for (const name of ['unassigned', 'client'] as const) {
      expect(await refusal(as(name).companies.neighbours({ companyId }))).toEqual(unseen);
    }
  });
});

test('a walk through deals passes those without an amount in the list’s own order', async () => {
  for (const amount of [null, '10', '30', null, '20']) {
    await as('owner').deals.create({ name: 'Paid', amount });
  }
  for (const sort of ['amount', '-amount', 'expectedCloseOn', '-expectedCloseOn'] as const) {
    const list = { q: 'Paid', sort };
    const rows = (await as('owner').deals.list(list)).items.map(({ id }) => id);
    const walked: (string | null)[] = [rows[0] ?? null];
    for (let at = rows[0] ?? null; at !== null;) {
      at = (await as('owner').deals.neighbours({ dealId: at, list })).nextId;
      walked.push(at);
    }
    expect(walked).toEqual([...rows, null]);
  }
});

test('a walk through contacts keeps to the filter', async () => {
  for (const lastName of ['A', 'B', 'C']) {
    await as('owner').contacts.create({
      firstName: 'Kept',
      lastName,
      status: lastName === 'B' ? 'CHURNED' : 'ACTIVE',
    });
  }
  const list = { q: 'Kept', status: 'ACTIVE' as const };
  const [first, second] = (await as('owner').contacts.list(list)).items.map(({ id }) => id);
  const place = await as('owner').contacts.neighbours({ contactId: first ?? '', list });
  expect(place).toEqual({ previousId: null, nextId: second, position: 1, total: 2 });
});

test('a walk on the board keeps to its column, from the top', async () => {
  const made = [];
  for (const stage of ['LEAD', 'PROPOSAL', 'PROPOSAL'] as const) {
    made.push((await as('owner').deals.create({ name: 'On the board', stage })).id);
  }
  const [, lower, upper] = made;
  const ask = { list: { q: 'On the board' }, board: true };
  expect(await as('owner').deals.neighbours({ dealId: upper ?? '', ...ask })).toEqual({
    previousId: null,
    nextId: lower,
    position: 1,
    total: 2,
  });
  const unseen = await refusal(as('unassigned').deals.neighbours({ dealId: upper ?? '', ...ask }));
  expect(unseen).toEqual(await refusal(as('owner').deals.neighbours({ dealId: randomUUID(), ...ask })));
});
