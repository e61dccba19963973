import { randomUUID } from 'node:crypto';
import pg from 'pg';
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

const contact = (firstName: string, more: object = {}, who: PersonName = 'owner') =>
  as(who).contacts.create({ firstName, lastName: 'Haddad', ...more });
const twoContacts = async (left: object = {}, right: object = {}) => {
  const kept = await contact('Lina', left);
  const merged = await contact('Leena', right);
  return { contactId: kept.id, mergedContactId: merged.id };
};

describe('a merge of contacts', () => {
  test('keeps the kept record’s values, fills its empty ones and unites lists', async () => {
    const ids = await twoContacts(
      { title: 'CMO', emails: ['lina@a.test'], tags: ['vip'], customFields: {} },
      {
        title: 'Chief',
        department: 'Growth',
        emails: ['LINA@a.test', 'l@b.test'],
        tags: ['press'],
        phones: ['+971501112233'],
      },
    );
    const { contact: done, fields, mergeId } = await as('owner').merges.mergeContact(ids);
    expect(done).toMatchObject({
      title: 'CMO',
      department: 'Growth',
      emails: ['lina@a.test', 'l@b.test'],
      phones: ['+971501112233'],
      tags: ['vip', 'press'],
      isActive: true,
      mergedIntoId: null,
    });
    expect(mergeId).toEqual(expect.any(String));
    expect(fields.find(({ field }) => field === 'title')).toMatchObject({
      choice: 'keep',
      result: 'CMO',
      differs: true,
    });
    const gone = await as('owner').contacts.byId({ contactId: ids.mergedContactId });
    expect(gone).toMatchObject({ isActive: false, mergedIntoId: ids.contactId });
    const { items } = await as('owner').activities.list({ contactId: ids.contactId });
    expect(items[0]).toMatchObject({
      type: 'CONTACT_MERGED',
      description: 'Contact Leena Haddad merged into Lina Haddad',
    });
  });

  test('takes each field from whom it is chosen, and a list from one alone', async () => {
    const ids = await twoContacts(
      { title: 'CMO', emails: ['a@a.test'] },
      { title: 'CEO', emails: ['b@b.test'] },
    );
    const { contact: done } = await as('owner').merges.mergeContact({
      ...ids,
      choices: { title: 'merge', emails: 'merge', lastName: 'keep' },
    });
    expect(done).toMatchObject({ title: 'CEO', emails: ['b@b.test'], firstName: 'Lina' });
  });

  test('leaves somebody who is not to be contacted so', async () => {
    const ids = await twoContacts({}, { status: 'DO_NOT_CONTACT' });
    const { contact: done } = await as('owner').merges.mergeContact(ids);
    expect(done.status).toBe('DO_NOT_CONTACT');
  });

  test('makes the company of the merged one another company of the kept one', async () => {
    const [own, other] = await Promise.all([
      as('owner').companies.create({ name: 'Own' }),
      as('owner').companies.create({ name: 'Other' }),
    ]);
    const ids = await twoContacts({ companyId: own.id }, { companyId: other.id, title: 'Advisor' });
    const { contact: done } = await as('owner').merges.mergeContact(ids);
    expect(done.companyId).toBe(own.id);
    expect(done.associatedCompanies).toEqual([
      { companyId: other.id, companyName: 'Other', title: 'Advisor' },
    ]);
  });

  test('passes on an external id, which no two may have', async () => {
    const ids = await twoContacts({}, { externalId: `x-${randomUUID()}` });
    const { contact: done } = await as('owner').merges.mergeContact(ids);
    expect(done.externalId).toMatch(/^x-/);
    expect((await as('owner').contacts.byId({ contactId: ids.mergedContactId })).externalId).toBeNull();
  });

  test('tried without writing answers the same and changes nothing', async () => {
    const ids = await twoContacts({}, { title: 'CEO' });
    const tried = await as('owner').merges.mergeContact({ ...ids, dryRun: true });
    expect(tried).toMatchObject({ mergeId: null, contact: { title: null, version: 1 } });
    const { fields } = await as('owner').merges.mergeContact(ids);
    expect(fields).toEqual(tried.fields);
  });

  test('goes on one after another, and each leads to what is left', async () => {
    const a = await contact('A');
    const b = await contact('B');
    const c = await contact('C');
    await as('owner').merges.mergeContact({ contactId: b.id, mergedContactId: c.id });
    await as('owner').merges.mergeContact({ contactId: a.id, mergedContactId: b.id });
    expect(await as('owner').contacts.byId({ contactId: c.id })).toMatchObject({ mergedIntoId: a.id });
  });
});

describe('a merge is refused', () => {
  test('to a viewer, to who does not see both, to another agency, as what is not there', async () => {
    const { first, second } = world.demo.brands;
    const ids = await twoContacts({ brandId: first }, { brandId: second });
    const merge = (name: PersonName) => refusal(as(name).merges.mergeContact(ids));
    expect((await merge('viewer')).code).toBe('forbidden');
    const none = await refusal(
      as('owner').merges.mergeContact({ contactId: ids.contactId, mergedContactId: randomUUID() }),
    );
    expect(none.code).toBe('not_found');
    for (const name of ['member', 'unassigned', 'client'] as const) expect(await merge(name)).toEqual(none);
    expect(await refusal(asRival('owner').merges.mergeContact(ids))).toEqual(none);
    for (const name of ['member', 'unassigned', 'client'] as const)
      expect(await refusal(as(name).merges.previewContact(ids))).toEqual(none);
    expect((await refusal(as('viewer').merges.previewContact(ids))).code).toBe('forbidden');
    expect(await as('owner').contacts.byId({ contactId: ids.contactId })).toMatchObject({ version: 1 });
  });

  test('of a record with itself, one in the bin, and one that was merged already', async () => {
    const ids = await twoContacts();
    const same = { contactId: ids.contactId, mergedContactId: ids.contactId };
    expect(await refusedFields(as('owner').merges.mergeContact(same))).toEqual([
      'invalid',
      'mergedContactId',
    ]);
    const binned = await contact('Binned');
    await as('owner').contacts.archive({ contactId: binned.id });
    const withBinned = { contactId: ids.contactId, mergedContactId: binned.id };
    expect(await refusedFields(as('owner').merges.mergeContact(withBinned))).toEqual(['conflict']);
    await as('owner').merges.mergeContact(ids);
    expect(await refusedFields(as('owner').merges.mergeContact(ids))).toEqual(['conflict']);
  });

  test('where either record moved on, and for a choice of no field', async () => {
    const ids = await twoContacts();
    const merge = (more: object) => refusedFields(as('owner').merges.mergeContact({ ...ids, ...more }));
    expect(await merge({ expectedVersion: 7 })).toEqual(['precondition']);
    expect(await merge({ expectedMergedVersion: 7 })).toEqual(['precondition']);
    expect(await merge({ choices: { organizationId: 'merge' } })).toEqual([
      'invalid',
      'choices.organizationId',
    ]);
    expect(await merge({ choices: { firstName: 'both' } })).toEqual(['invalid', 'choices.firstName']);
    expect(await merge({ surprise: 1 })).toEqual(['invalid', 'surprise']);
  });

  test('and the merged record does not come back from the bin, nor stand in it', async () => {
    const ids = await twoContacts();
    await as('owner').merges.mergeContact(ids);
    const { mergedContactId: contactId } = ids;
    expect(await refusedFields(as('owner').contacts.restore({ contactId }))).toEqual(['conflict']);
    const { items } = await as('owner').contacts.list({ deleted: true, limit: 200 });
    expect(items.map(({ id }) => id)).not.toContain(contactId);
  });

  test('where both have their own of what people work with', async () => {
    const ids = await twoContacts();
    const owner = new pg.Client({ connectionString: database().ownerUrl });
    await owner.connect();
    await owner.query(`create table profiles (organization_id uuid not null, id uuid not null default app.uuid_v7(), contact_id uuid not null,
      version integer not null default 1, primary key (organization_id, id), unique (organization_id, contact_id),
      foreign key (organization_id, contact_id) references contacts (organization_id, id))`);
    const add = (contactId: string) =>
      owner.query('insert into profiles (organization_id, contact_id) values ($1, $2)', [
        world.demo.organizationId,
        contactId,
      ]);
    await add(ids.contactId);
    await add(ids.mergedContactId);
    expect(await refusedFields(as('owner').merges.mergeContact(ids))).toEqual(['conflict']);
    expect(await as('owner').contacts.byId({ contactId: ids.mergedContactId })).toMatchObject({
      isActive: true,
    });
    await owner.query('delete from profiles where contact_id = $1', [ids.contactId]);
    await as('owner').merges.mergeContact(ids);
    const { rows } = await owner.query<{ contact_id: string }>('select contact_id from profiles');
    await owner.query('drop table profiles');
    await owner.end();
    expect(rows).toEqual([{ contact_id: ids.contactId }]);
  });
});

describe('a merge of companies', () => {
  test('moves its people and deals, and never makes a company stand under itself', async () => {
    const top = await as('owner').companies.create({ name: 'Top' });
    const merged = await as('owner').companies.create({ name: 'Merged', parentId: top.id });
    const between = await as('owner').companies.create({ name: 'Between', parentId: merged.id });
    const kept = await as('owner').companies.create({ name: 'Kept', parentId: between.id });
    const child = await as('owner').companies.create({ name: 'Child', parentId: merged.id });
    const { id: contactId } = await contact('At', { companyId: merged.id });
    const { company } = await as('owner').merges.mergeCompany({
      companyId: kept.id,
      mergedCompanyId: merged.id,
    });
    expect(company).toMatchObject({ parentId: between.id, name: 'Kept' });
    const parentOf = async (companyId: string) => (await as('owner').companies.byId({ companyId })).parentId;
    expect(await parentOf(between.id)).toBe(top.id);
    expect(await parentOf(child.id)).toBe(kept.id);
    expect(await as('owner').contacts.byId({ contactId })).toMatchObject({ companyId: kept.id });
  });

  test('is undone with its fields, its people, and what both had', async () => {
    const kept = await as('owner').companies.create({ name: 'Kept', domains: ['kept.test'] });
    const merged = await as('owner').companies.create({
      name: 'Gone',
      domains: ['gone.test'],
      industry: 'Beauty',
      externalId: `e-${randomUUID()}`,
    });
    const { id: contactId } = await contact('Works', { companyId: merged.id });
    const ids = { companyId: kept.id, mergedCompanyId: merged.id };
    const { mergeId } = await as('owner').merges.mergeCompany(ids);
    expect(await as('owner').merges.lastOfCompany({ companyId: kept.id })).toEqual({
      mergeId,
      mergedName: 'Gone',
    });
    await as('owner').companies.update({ companyId: kept.id, industry: 'Retail' });
    await as('owner').merges.undo({ mergeId: mergeId ?? '' });
    expect(await as('owner').companies.byId({ companyId: kept.id })).toMatchObject({
      domains: ['kept.test'],
      industry: 'Retail',
      externalId: null,
    });
    expect(await as('owner').companies.byId({ companyId: merged.id })).toMatchObject({
      isActive: true,
      mergedIntoId: null,
      industry: 'Beauty',
      externalId: merged.externalId,
    });
    expect(await as('owner').contacts.byId({ contactId })).toMatchObject({ companyId: merged.id });
    expect(await refusedFields(as('owner').merges.undo({ mergeId: mergeId ?? '' }))).toEqual(['conflict']);
  });
});

describe('undoing a merge', () => {
  test('is refused to a viewer, to who does not see it, and while the kept record is merged itself', async () => {
    const ids = await twoContacts(
      { brandId: world.demo.brands.second },
      { brandId: world.demo.brands.second },
    );
    const mergeId = (await as('owner').merges.mergeContact(ids)).mergeId ?? '';
    expect(await refusedFields(as('viewer').merges.undo({ mergeId }))).toEqual(['forbidden']);
    for (const name of ['member', 'unassigned', 'client'] as const)
      expect(await refusedFields(as(name).merges.undo({ mergeId }))).toEqual(['not_found']);
    expect(await refusedFields(asRival('owner').merges.undo({ mergeId }))).toEqual(['not_found']);
    const next = await contact('Next');
    await as('owner').merges.mergeContact({ contactId: next.id, mergedContactId: ids.contactId });
    expect(await refusedFields(as('owner').merges.undo({ mergeId }))).toEqual(['conflict']);
  });

  test('takes the other companies and ties of a contact apart again', async () => {
    const [own, other] = await Promise.all([
      as('owner').companies.create({ name: 'Own' }),
      as('owner').companies.create({ name: 'Other' }),
    ]);
    const ids = await twoContacts({ companyId: own.id }, { companyId: other.id });
    const { mergeId } = await as('owner').merges.mergeContact(ids);
    await as('owner').merges.undo({ mergeId: mergeId ?? '' });
    const [kept, merged] = await Promise.all(
      [ids.contactId, ids.mergedContactId].map((contactId) => as('owner').contacts.byId({ contactId })),
    );
    expect(kept).toMatchObject({ companyId: own.id, associatedCompanies: [] });
    expect(merged).toMatchObject({ companyId: other.id, associatedCompanies: [], isActive: true });
  });
});
