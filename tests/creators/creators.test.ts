import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateCreatorInput } from '../../server/domain/creators/schema.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { assign, makeContact, makeCreator } from './made.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const contact = (given = {}) => makeContact(as('owner'), given);
const creator = (given: Partial<CreateCreatorInput> = {}) => makeCreator(as('owner'), given);
const timelineOf = async (name: PersonName, creatorId: string) =>
  (await as(name).activities.list({ creatorId })).items.map(({ type }) => type);

describe('a new creator', () => {
  test('is a contact’s, answers what was sent, and makes the contact one of that type', async () => {
    const [person, agent] = [await contact({ firstName: 'Noor', lastName: 'Haddad' }), await contact()];
    const sent = {
      contactId: person.id,
      status: 'NEGOTIATION' as const,
      categories: ['beauty', 'food'],
      primaryPlatform: 'INSTAGRAM' as const,
      commissionPercent: '12.5',
      managerContactId: agent.id,
      estimatedReach: 4_000_000_000,
      tags: ['ramadan'],
      customFields: { shoeSize: 38 },
      externalId: 'erp-c-1',
      brandId: world.demo.brands.first,
    };
    const made = await as('member').creators.create({
      ...sent,
      contactId: await shownTo(person.id),
      managerContactId: await shownTo(agent.id),
    });
    expect(made).toMatchObject({
      ...sent,
      name: 'Noor Haddad',
      contact: { contactId: person.id, firstName: 'Noor', lastName: 'Haddad' },
      manager: { contactId: agent.id },
      totalFollowers: null,
      engagementRate: null,
      platforms: [],
      contractState: 'NONE',
      worksForOtherBrands: false,
      isChangeable: true,
      version: 1,
    });
    expect(await as('viewer').creators.byId({ creatorId: made.id })).toEqual(made);
    expect(await as('owner').contacts.byId({ contactId: person.id })).toMatchObject({ type: 'CREATOR' });
    expect(await timelineOf('member', made.id)).toEqual(['CREATOR_CREATED']);
    const ofContact = await as('owner').activities.list({ contactId: person.id });
    expect(ofContact.items.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['CREATOR_CREATED', 'CONTACT_UPDATED']),
    );
  });

  /** The member sees a contact of their brand. */
  async function shownTo(contactId: string): Promise<string> {
    await as('owner').contacts.update({ contactId, brandId: world.demo.brands.first });
    return contactId;
  }

  test('is of its contact’s brand unless said', async () => {
    const person = await contact({ brandId: world.demo.brands.second });
    const made = await as('owner').creators.create({ contactId: person.id });
    expect(made.brandId).toBe(world.demo.brands.second);
    expect(made.brandIds).toEqual([world.demo.brands.second]);
  });

  test('is never a second one of a contact, and the refusal names the first', async () => {
    const made = await creator();
    const again = as('owner').creators.create({ contactId: made.contactId });
    await expect(again).rejects.toMatchObject({ message: expect.stringContaining(made.id) as string });
    expect(await refusedFields(as('owner').creators.create({ contactId: made.contactId }))).toEqual([
      'conflict',
      'contactId',
    ]);
    await as('owner').creators.archive({ creatorId: made.id });
    await expect(as('owner').creators.create({ contactId: made.contactId })).rejects.toThrow(/recycle bin/);
  });

  test('is one of two made at once', async () => {
    const person = await contact();
    const outcomes = await Promise.allSettled([
      as('owner').creators.create({ contactId: person.id }),
      as('admin').creators.create({ contactId: person.id }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is refused with what does not fit, by its field', async () => {
    const person = await contact();
    const of = (input: object) =>
      refusedFields(as('owner').creators.create({ contactId: person.id, ...input }));
    expect(await of({ contactId: randomUUID() })).toEqual(['invalid', 'contactId']);
    expect(await of({ contactId: 'x' })).toEqual(['invalid', 'contactId']);
    expect(await of({ managerContactId: person.id })).toEqual(['invalid', 'managerContactId']);
    expect(await of({ managerContactId: randomUUID() })).toEqual(['invalid', 'managerContactId']);
    expect(await of({ commissionPercent: '101' })).toEqual(['invalid', 'commissionPercent']);
    expect(await of({ status: 'LAPSED' })).toEqual(['invalid', 'status']);
    expect(await of({ brandId: world.rival.brands.first })).toEqual(['invalid', 'brandId']);
    expect(await of({ totalFollowers: 1 })).toEqual(['invalid', 'totalFollowers']);
    const theirs = await makeContact(asRival('owner'));
    expect(await of({ contactId: theirs.id })).toEqual(['invalid', 'contactId']);
  });

  test('is refused to a viewer and to a client’s login', async () => {
    const person = await contact({ brandId: world.demo.brands.first });
    for (const name of ['viewer', 'client'] as const) {
      const refused = await refusedFields(as(name).creators.create({ contactId: person.id }));
      expect(refused[0]).toBe('forbidden');
    }
    const unseen = await refusedFields(as('unassigned').creators.create({ contactId: person.id }));
    expect(unseen).toEqual(['invalid', 'contactId']);
  });
});

describe('a creator', () => {
  test('is the same not_found for a foreign id, a nonsense one and one that is not the reader’s', async () => {
    const made = await creator();
    const theirs = await makeCreator(asRival('owner'));
    const of = (name: PersonName, creatorId: string) => refusedFields(as(name).creators.byId({ creatorId }));
    expect(await of('owner', theirs.id)).toEqual(await of('owner', randomUUID()));
    expect(await of('unassigned', made.id)).toEqual(['not_found']);
    expect(await of('member', made.id)).toEqual(['not_found']);
    expect(
      await refusedFields(as('owner').creators.update({ creatorId: theirs.id, status: 'SIGNED' })),
    ).toEqual(['not_found']);
  });

  test('changes the fields that are named, told with what they said before', async () => {
    const made = await creator({ commissionPercent: '10', categories: ['food'] });
    const changed = await as('owner').creators.update({
      creatorId: made.id,
      commissionPercent: '10.50',
      categories: ['Beauty ', 'food'],
      expectedVersion: made.version,
    });
    expect(changed).toMatchObject({ commissionPercent: '10.5', categories: ['beauty', 'food'], version: 2 });
    const history = await as('owner').creators.history({ creatorId: made.id });
    expect(history.items.map(({ field }) => field).sort()).toEqual(['categories', 'commissionPercent']);
    const same = await as('owner').creators.update({ creatorId: made.id, commissionPercent: '10.5' });
    expect(same.version).toBe(2);
    const stale = as('owner').creators.update({ creatorId: made.id, status: 'SIGNED', expectedVersion: 1 });
    expect(await refusedFields(stale)).toEqual(['precondition']);
  });

  test('of which two people changed the same field is a conflict, and of different ones is not', async () => {
    const made = await creator({ categories: ['food'] });
    await as('admin').creators.update({ creatorId: made.id, categories: ['sport'] });
    const change = (input: object) => as('owner').creators.update({ creatorId: made.id, ...input });
    expect(await refusedFields(change({ categories: ['beauty'], base: { categories: ['food'] } }))).toEqual([
      'conflict',
    ]);
    await change({ status: 'OUTREACH', base: { status: 'PROSPECT', categories: ['food'] } });
  });

  test('that moves tells the move, and that it signed', async () => {
    const made = await creator();
    const moved = await as('owner').creators.update({ creatorId: made.id, status: 'SIGNED' });
    expect(moved.statusChangedAt > made.statusChangedAt).toBe(true);
    expect(await timelineOf('owner', made.id)).toEqual([
      'CREATOR_SIGNED',
      'CREATOR_STATUS_CHANGED',
      'CREATOR_CREATED',
    ]);
    const stays = await as('owner').creators.update({ creatorId: made.id, status: 'SIGNED', tags: ['a'] });
    expect(stays.statusChangedAt).toBe(moved.statusChangedAt);
  });

  test('takes the contact’s new name', async () => {
    const made = await creator();
    await as('owner').contacts.update({ contactId: made.contactId, firstName: 'Layla', lastName: 'Said' });
    expect(await as('owner').creators.byId({ creatorId: made.id })).toMatchObject({ name: 'Layla Said' });
  });

  test('goes to the recycle bin and comes back', async () => {
    const made = await creator();
    const archived = await as('owner').creators.archive({ creatorId: made.id });
    expect(archived.isActive).toBe(false);
    const bin = await as('owner').creators.list({ deleted: true, contactId: made.contactId });
    expect(bin.items.map(({ id }) => id)).toEqual([made.id]);
    expect(await refusedFields(as('owner').creators.update({ creatorId: made.id, tags: ['x'] }))).toEqual([
      'conflict',
    ]);
    expect((await as('owner').creators.restore({ creatorId: made.id })).isActive).toBe(true);
    expect(await timelineOf('owner', made.id)).toEqual([
      'CREATOR_RESTORED',
      'CREATOR_DELETED',
      'CREATOR_CREATED',
    ]);
  });

  test('goes to the bin with its contact and comes back with it', async () => {
    const made = await creator();
    await as('owner').contacts.archive({ contactId: made.contactId });
    expect((await as('owner').creators.byId({ creatorId: made.id })).isActive).toBe(false);
    await expect(as('owner').creators.restore({ creatorId: made.id })).rejects.toThrow(/Restore the contact/);
    await as('owner').contacts.restore({ contactId: made.contactId });
    expect((await as('owner').creators.byId({ creatorId: made.id })).isActive).toBe(true);
  });

  test('that was in the bin before its contact stays there', async () => {
    const made = await creator();
    await as('owner').creators.archive({ creatorId: made.id });
    await as('owner').contacts.archive({ contactId: made.contactId });
    await as('owner').contacts.restore({ contactId: made.contactId });
    expect((await as('owner').creators.byId({ creatorId: made.id })).isActive).toBe(false);
  });
});

describe('a creator on a campaign of another brand', () => {
  async function shared() {
    const { first, second } = world.demo.brands;
    const made = await creator({ brandId: second, commissionPercent: '15', tags: ['vip'] });
    const campaign = await as('owner').campaigns.create({ name: 'Of the first', brandId: first });
    await assign(world, { campaignId: campaign.id, creatorId: made.id });
    return made;
  }

  test('is read by that brand’s people, who learn nothing of whose it is', async () => {
    const made = await shared();
    const seen = await as('member').creators.byId({ creatorId: made.id });
    expect(seen).toMatchObject({
      name: made.name,
      contact: null,
      brandId: null,
      brandIds: [world.demo.brands.first],
      worksForOtherBrands: true,
      isChangeable: false,
      commissionPercent: '15',
    });
    const whole = await as('owner').creators.byId({ creatorId: made.id });
    expect(whole.brandIds).toHaveLength(2);
    expect(whole.worksForOtherBrands).toBe(false);
  });

  test('is found by no question about the brand that the asker does not see', async () => {
    const made = await shared();
    const of = async (list: object) =>
      (await as('member').creators.list({ limit: 200, ...list })).items.map(({ id }) => id);
    const asked = (op: string, value?: unknown) =>
      JSON.stringify({ all: [{ field: 'brandId', op, ...(value ? { value } : {}) }] });
    expect(await of({ brandId: world.demo.brands.first })).toContain(made.id);
    expect(await of({ brandId: world.demo.brands.second })).not.toContain(made.id);
    expect(await of({ filter: asked('is', world.demo.brands.second) })).not.toContain(made.id);
    expect(await of({ filter: asked('notEmpty') })).not.toContain(made.id);
    expect(await timelineOf('member', made.id)).toEqual([]);
  });

  test('is changed by nobody who sees it through the campaign alone', async () => {
    const made = await shared();
    const refusals = [
      () => as('member').creators.update({ creatorId: made.id, status: 'SIGNED' }),
      () => as('member').creators.archive({ creatorId: made.id }),
      () => as('member').creators.restore({ creatorId: made.id }),
      () => as('client').creators.update({ creatorId: made.id, status: 'SIGNED' }),
    ];
    for (const refused of refusals) expect((await refusedFields(refused()))[0]).toBe('forbidden');
    await expect(as('member').creators.archive({ creatorId: made.id })).rejects.toThrow(/campaign of yours/);
  });

  test('shows a client’s login neither commission, contracts nor other clients', async () => {
    const made = await shared();
    const seen = await as('client').creators.byId({ creatorId: made.id });
    expect(seen).toMatchObject({
      commissionPercent: null,
      contractState: null,
      worksForOtherBrands: null,
      isChangeable: false,
    });
    const filter = JSON.stringify({ all: [{ field: 'commissionPercent', op: 'gte', value: 15 }] });
    expect((await as('client').creators.list({ filter })).items).toEqual([]);
    expect((await as('client').creators.list({ contractState: 'NONE' })).items).toEqual([]);
    expect((await as('member').creators.list({ filter })).items.map(({ id }) => id)).toContain(made.id);
  });

  test('is found by that brand’s people in the search and in the list', async () => {
    const made = await shared();
    await as('owner').contacts.update({
      contactId: made.contactId,
      firstName: 'Zubaydah',
      lastName: 'Quraishi',
    });
    for (const name of ['member', 'client', 'viewer'] as const) {
      const found = await as(name).search.records({ q: 'creator: zubaydah' });
      expect(found.items.map(({ type, id }) => [type, id])).toEqual([['creator', made.id]]);
      expect((await as(name).creators.list({ q: 'quraishi' })).items.map(({ id }) => id)).toEqual([made.id]);
    }
    expect((await as('unassigned').search.records({ q: 'zubaydah' })).items).toEqual([]);
    expect((await as('unassigned').creators.list({ q: 'quraishi' })).items).toEqual([]);
    expect((await asRival('owner').search.records({ q: 'zubaydah' })).items).toEqual([]);
  });
});
