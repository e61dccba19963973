import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const person = { firstName: 'Lina', lastName: 'Haddad' };

describe('a new contact', () => {
  test('answers what was sent, both names as one, and its company’s name', async () => {
    const company = await as('owner').companies.create({ name: 'Acme' });
    const sent = {
      ...person,
      companyId: company.id,
      emails: ['Lina@Example.com', 'lina.h@example.org'],
      phones: ['+971 4 555 0101'],
      title: 'Head of Growth',
      type: 'CLIENT' as const,
      status: 'DO_NOT_CONTACT' as const,
    };
    const made = await as('owner').contacts.create({ ...sent, lastContactedAt: '2026-02-03T12:00:00+04:00' });
    expect(made).toMatchObject({
      ...sent,
      name: 'Lina Haddad',
      companyName: 'Acme',
      lastContactedAt: '2026-02-03T08:00:00.000Z',
      ownerId: world.demo.people.owner.userId,
    });
    expect(await as('viewer').contacts.byId({ contactId: made.id })).toEqual(made);
    for (const filter of [{ contactId: made.id }, { companyId: company.id }]) {
      const { items } = await as('owner').activities.list(filter);
      expect(items[0]).toMatchObject({ type: 'CONTACT_CREATED', description: 'Contact Lina Haddad created' });
    }
  });

  test('needs both names and takes no unknown field, no broken address', async () => {
    const create = (sent: object) => refusedFields(as('owner').contacts.create(sent as typeof person));
    expect(await create({ firstName: 'Lina' })).toEqual(['invalid', 'lastName']);
    expect(await create({ lastName: 'Haddad' })).toEqual(['invalid', 'firstName']);
    expect(await create({ ...person, email: 'lina@example.com' })).toEqual(['invalid', 'email']);
    expect(await create({ ...person, emails: ['lina'] })).toEqual(['invalid', 'emails.0']);
    expect(await create({ ...person, name: 'Lina' })).toEqual(['invalid', 'name']);
    expect(await create({ ...person, companyId: 'acme' })).toEqual(['invalid', 'companyId']);
  });

  test('is refused to a viewer', async () => {
    expect(await refusedFields(as('viewer').contacts.create(person))).toEqual(['forbidden']);
  });

  test('is refused at a company that its author does not see, is deleted, or is of another agency', async () => {
    const { second } = world.demo.brands;
    const sibling = await as('owner').companies.create({ name: 'Sibling', brandId: second });
    const foreign = await asRival('owner').companies.create({ name: 'Foreign' });
    const gone = await as('owner').companies.create({ name: 'Gone' });
    await as('owner').companies.archive({ companyId: gone.id });
    const at = (name: PersonName, companyId: string) =>
      refusal(as(name).contacts.create({ ...person, companyId }));
    const unseen = await at('owner', randomUUID());
    expect(unseen).toMatchObject({ code: 'invalid', issues: [{ path: 'companyId' }] });
    for (const name of ['member', 'client', 'unassigned'] as const)
      expect(await at(name, sibling.id)).toEqual(unseen);
    for (const { id } of [foreign, gone]) expect(await at('owner', id)).toEqual(unseen);
  });
});

describe('changing a contact', () => {
  test('tells what changed, and moves its name with its parts', async () => {
    const made = await as('member').contacts.create({ ...person, lastContactedAt: '2026-02-03T08:00:00Z' });
    const changed = await as('member').contacts.update({
      contactId: made.id,
      lastName: 'Haddad-Roy',
      emails: ['l@example.com'],
      lastContactedAt: '2026-02-03T12:00:00+04:00',
      expectedVersion: 1,
    });
    expect(changed).toMatchObject({ name: 'Lina Haddad-Roy', emails: ['l@example.com'], version: 2 });
    const { items } = await as('member').activities.list({ contactId: made.id });
    expect(items[0]).toMatchObject({ type: 'CONTACT_UPDATED', actorId: world.demo.people.member.userId });
    expect(Object.keys(items[0]?.metadata.changes ?? {})).toEqual(['emails', 'last_name']);
  });

  test('is refused to a viewer, to who does not see it, to a stale reader, and to a sibling’s company', async () => {
    const { id: contactId } = await as('owner').contacts.create({
      ...person,
      brandId: world.demo.brands.first,
    });
    const sibling = await as('owner').companies.create({ name: 'S', brandId: world.demo.brands.second });
    const update = (name: PersonName, sent: object = { title: 'x' }) =>
      refusedFields(as(name).contacts.update({ contactId, ...sent }));
    expect(await update('viewer')).toEqual(['forbidden']);
    expect(await update('unassigned')).toEqual(['not_found']);
    expect(await refusedFields(asRival('owner').contacts.update({ contactId, title: 'x' }))).toEqual([
      'not_found',
    ]);
    expect(await update('owner', { title: 'x', expectedVersion: 7 })).toEqual(['precondition']);
    for (const name of ['member', 'client'] as const) {
      expect(await update(name, { companyId: sibling.id })).toEqual(['invalid', 'companyId']);
    }
    expect(await as('owner').contacts.byId({ contactId })).toMatchObject({ version: 1, companyId: null });
  });

  test('at a company that was deleted since still works', async () => {
    const company = await as('owner').companies.create({ name: 'Closed down' });
    const { id: contactId } = await as('owner').contacts.create({ ...person, companyId: company.id });
    await as('owner').companies.archive({ companyId: company.id });
    const changed = await as('owner').contacts.update({
      contactId,
      companyId: company.id,
      title: 'Former CEO',
    });
    expect(changed).toMatchObject({ title: 'Former CEO', companyId: company.id });
  });
});

describe('deleting a contact', () => {
  test('hides it and is undone, and is refused to a viewer', async () => {
    const { id: contactId } = await as('owner').contacts.create({ firstName: 'Omar', lastName: 'Binned' });
    expect(await refusedFields(as('viewer').contacts.archive({ contactId }))).toEqual(['forbidden']);
    expect(await refusedFields(as('unassigned').contacts.archive({ contactId }))).toEqual(['not_found']);
    await as('owner').contacts.archive({ contactId, expectedVersion: 1 });
    expect((await as('owner').contacts.list({ q: 'binned' })).items).toEqual([]);
    expect(await as('owner').contacts.restore({ contactId })).toMatchObject({ isActive: true, version: 3 });
    const { items } = await as('owner').activities.list({ contactId });
    expect(items.map(({ type }) => type)).toEqual(['CONTACT_RESTORED', 'CONTACT_DELETED', 'CONTACT_CREATED']);
  });
});

describe('the list of contacts', () => {
  test('filters by company, type and status, and counts the same', async () => {
    const company = await as('owner').companies.create({ name: 'Listed' });
    const make = (firstName: string, more: object) =>
      as('owner').contacts.create({ firstName, lastName: 'Listed', companyId: company.id, ...more });
    await make('A', { type: 'CLIENT' });
    await make('B', { status: 'CHURNED' });
    await as('owner').contacts.create({ firstName: 'C', lastName: 'Elsewhere' });
    const names = async (filter: object) => {
      const { items } = await as('owner').contacts.list({ companyId: company.id, ...filter });
      expect(await as('owner').contacts.count({ companyId: company.id, ...filter })).toBe(items.length);
      return items.map(({ firstName }) => firstName);
    };
    expect(await names({})).toEqual(['A', 'B']);
    expect(await names({ type: 'CLIENT' })).toEqual(['A']);
    expect(await names({ status: 'CHURNED' })).toEqual(['B']);
    expect(await names({ q: 'b LIST' })).toEqual(['B']);
  });

  test('shows a client its brand’s contacts, without the name of a company that is not', async () => {
    const hidden = await as('owner').companies.create({ name: 'Not the brand’s' });
    const { id } = await as('owner').contacts.create({
      firstName: 'For',
      lastName: 'Client',
      brandId: world.demo.brands.first,
      companyId: hidden.id,
    });
    const { items } = await as('client').contacts.list({});
    expect(items.map(({ brandId }) => brandId)).toEqual(items.map(() => world.demo.brands.first));
    expect(items.find((item) => item.id === id)).toMatchObject({ companyId: hidden.id, companyName: null });
    expect((await asRival('owner').contacts.list({})).items).toEqual([]);
    expect((await as('unassigned').contacts.list({})).items).toEqual([]);
  });
});

describe('the other companies of a contact', () => {
  const company = async (name: string) => (await as('owner').companies.create({ name })).id;

  test('are answered by name, each with the title there, and count as places of work', async () => {
    const [first, zeta, alpha] = [await company('First'), await company('Zeta'), await company('Alpha')];
    const made = await as('owner').contacts.create({
      ...person,
      companyId: first,
      associatedCompanies: [{ companyId: zeta, title: 'Adviser' }, { companyId: alpha }],
    });
    expect(made.associatedCompanies).toEqual([
      { companyId: alpha, companyName: 'Alpha', title: null },
      { companyId: zeta, companyName: 'Zeta', title: 'Adviser' },
    ]);
    for (const companyId of [first, zeta, alpha]) {
      const { items } = await as('owner').contacts.list({ companyId });
      expect(items.map(({ id }) => id)).toEqual([made.id]);
      expect(await as('owner').contacts.count({ companyId })).toBe(1);
    }
  });

  test('are said anew with a change, which moves the version and tells what they were', async () => {
    const [old, next] = [await company('Old'), await company('New')];
    const { id: contactId } = await as('owner').contacts.create({
      ...person,
      associatedCompanies: [{ companyId: old }],
    });
    const same = { contactId, associatedCompanies: [{ companyId: old }] };
    expect((await as('owner').contacts.update(same)).version).toBe(1);
    const changed = await as('owner').contacts.update({
      contactId,
      associatedCompanies: [{ companyId: next, title: 'CFO' }],
    });
    expect(changed).toMatchObject({
      version: 2,
      associatedCompanies: [{ companyName: 'New', title: 'CFO' }],
    });
    const { items } = await as('owner').activities.list({ contactId });
    expect(items[0]?.metadata).toMatchObject({
      changes: {
        associated_companies: {
          from: [{ companyId: old, title: null }],
          to: [{ companyId: next, title: 'CFO' }],
        },
      },
    });
    expect((await as('owner').contacts.update({ contactId, title: 'x' })).associatedCompanies).toHaveLength(
      1,
    );
    const stale = as('owner').contacts.update({ contactId, associatedCompanies: [], expectedVersion: 1 });
    expect((await refusal(stale)).code).toBe('precondition');
  });

  test('that two people changed are asked about', async () => {
    const { id: contactId } = await as('owner').contacts.create(person);
    const [one, two] = [await company('One'), await company('Two')];
    const change = (companyId: string) =>
      as('owner').contacts.update({
        contactId,
        associatedCompanies: [{ companyId }],
        base: { associatedCompanies: [] },
      });
    await change(one);
    expect(await refusal(change(two))).toMatchObject({
      code: 'conflict',
      conflicts: [{ field: 'associatedCompanies', current: [{ companyId: one, title: null }] }],
    });
  });

  test('are refused twice, and where their author sees none, at their place in the list', async () => {
    const own = (await as('member').companies.create({ name: 'Own' })).id;
    const hidden = await company('Hidden');
    const theirs = (await asRival('owner').companies.create({ name: 'Theirs' })).id;
    for (const companyId of [hidden, theirs, randomUUID()]) {
      const associatedCompanies = [{ companyId: own }, { companyId }];
      const call = as('member').contacts.create({ ...person, associatedCompanies });
      const [code, field] = await refusedFields(call);
      expect([code, field]).toEqual([
        'invalid',
        expect.stringMatching(/^associatedCompanies\.\d\.companyId$/),
      ]);
    }
    const twice = [{ companyId: own }, { companyId: own }];
    expect(
      (await refusedFields(as('member').contacts.create({ ...person, associatedCompanies: twice })))[0],
    ).toBe('invalid');
  });
});
