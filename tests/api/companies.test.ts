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
const idOf = (name: PersonName) => world.demo.people[name].userId;

describe('a new company', () => {
  test('is owned by its author and answers what was sent, to the letter', async () => {
    const sent = {
      name: '  Größe & Söhne <b>"x"</b> \u{1F600} ',
      legalName: "O'Hara; drop table companies; --",
      domains: ['example.com'],
      website: 'https://example.com/a?b=c',
      size: 'SMALL' as const,
      tags: ['a', 'a b'],
      customFields: { employees: 12, vip: true, note: null, list: ['x'] },
      externalId: 'erp-1',
      country: 'Jordan',
    };
    const made = await as('member').companies.create(sent);
    expect(made).toMatchObject({
      ...sent,
      type: 'PROSPECT',
      ownerId: idOf('member'),
      createdById: idOf('member'),
      brandId: null,
      isActive: true,
      version: 1,
    });
    expect(await as('member').companies.byId({ companyId: made.id })).toEqual(made);
  });

  test('of a client is the brand’s, and owned by nobody of the agency', async () => {
    const made = await as('client').companies.create({ name: 'By the client' });
    expect(made).toMatchObject({
      brandId: world.demo.brands.first,
      ownerId: null,
      createdById: idOf('client'),
    });
  });

  test('is refused to a viewer, and leaves nothing', async () => {
    expect(await refusedFields(as('viewer').companies.create({ name: 'By a viewer' }))).toEqual([
      'forbidden',
    ]);
    expect((await as('owner').companies.list({ q: 'By a viewer' })).items).toEqual([]);
  });

  test('is refused without a name, with an unknown field, and with what does not fit', async () => {
    const create = (sent: object) => refusedFields(as('owner').companies.create(sent as { name: string }));
    expect(await create({})).toEqual(['invalid', 'name']);
    expect(await create({ name: '' })).toEqual(['invalid', 'name']);
    expect(await create({ name: 'a\0b' })).toEqual(['invalid', 'name']);
    expect(await create({ name: 'x', nmae: 'y' })).toEqual(['invalid', 'nmae']);
    expect(await create({ name: 'x', organizationId: world.rival.organizationId })).toEqual([
      'invalid',
      'organizationId',
    ]);
    expect(await create({ name: 'x', website: 'javascript:alert(1)' })).toEqual(['invalid', 'website']);
    expect(await create({ name: 'x', brandId: 'first' })).toEqual(['invalid', 'brandId']);
  });

  test('is refused in a brand that its author does not see, and with an owner of another agency', async () => {
    const { second } = world.demo.brands;
    const create = (name: PersonName, sent: object) =>
      refusedFields(as(name).companies.create({ name: 'x', ...sent }));
    expect(await create('member', { brandId: second })).toEqual(['invalid', 'brandId']);
    expect(await create('client', { brandId: second })).toEqual(['invalid', 'brandId']);
    expect(await create('owner', { brandId: world.rival.brands.first })).toEqual(['invalid', 'brandId']);
    expect(await create('owner', { brandId: world.demo.organizationId })).toEqual(['invalid', 'brandId']);
    expect(await create('owner', { ownerId: world.rival.people.owner.userId })).toEqual([
      'invalid',
      'ownerId',
    ]);
  });

  test('with the external id of another is a conflict', async () => {
    await as('owner').companies.create({ name: 'First', externalId: 'taken' });
    expect(
      await refusedFields(as('owner').companies.create({ name: 'Second', externalId: 'taken' })),
    ).toEqual(['conflict']);
    await expect(
      asRival('owner').companies.create({ name: 'Theirs', externalId: 'taken' }),
    ).resolves.toBeTruthy();
  });
});

describe('a company', () => {
  test('of another agency, of another’s, and a nonsense id are one and the same answer', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'The owner’s own' });
    const { id: second } = await as('owner').companies.create({
      name: 'S',
      brandId: world.demo.brands.second,
    });
    const unseen = await refusal(as('owner').companies.byId({ companyId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found', status: 404 });
    expect(await refusal(asRival('owner').companies.byId({ companyId }))).toEqual(unseen);
    for (const name of ['unassigned', 'member', 'client'] as const) {
      expect(await refusal(as(name).companies.byId({ companyId }))).toEqual(unseen);
      expect(await refusal(as(name).companies.byId({ companyId: second }))).toEqual(unseen);
      expect(await refusal(as(name).companies.update({ companyId, name: 'Mine' }))).toEqual(unseen);
      expect(await refusal(as(name).companies.archive({ companyId }))).toEqual(unseen);
    }
    expect(await as('viewer').companies.byId({ companyId })).toMatchObject({ name: 'The owner’s own' });
  });

  test('is seen by a member as author, as owner and by its brand', async () => {
    const { first } = world.demo.brands;
    const branded = await as('owner').companies.create({ name: 'Branded', brandId: first });
    const handed = await as('owner').companies.create({ name: 'Handed over', ownerId: idOf('unassigned') });
    await expect(as('member').companies.byId({ companyId: branded.id })).resolves.toBeTruthy();
    await expect(as('client').companies.byId({ companyId: branded.id })).resolves.toBeTruthy();
    await expect(as('unassigned').companies.byId({ companyId: handed.id })).resolves.toBeTruthy();
    expect((await as('unassigned').companies.list({})).items.map(({ id }) => id)).toEqual([handed.id]);
    expect(await as('unassigned').companies.count({})).toBe(1);
  });
});

describe('changing a company', () => {
  test('changes the fields that were sent, and tells from what to what', async () => {
    const made = await as('owner').companies.create({ name: '2.0', industry: 'Retail', tags: ['a'] });
    const changed = await as('owner').companies.update({ companyId: made.id, name: '2.00', industry: null });
    expect(changed).toEqual({
      ...made,
      name: '2.00',
      industry: null,
      version: 2,
      updatedAt: changed.updatedAt,
    });
    const { items } = await as('owner').activities.list({ companyId: made.id });
    expect(items.map(({ type }) => type)).toEqual(['COMPANY_UPDATED', 'COMPANY_CREATED']);
    expect(items[0]?.metadata).toEqual({
      changes: { name: { from: '2.0', to: '2.00' }, industry: { from: 'Retail', to: null } },
    });
  });

  test('to what it is already writes nothing and tells nothing', async () => {
    const made = await as('owner').companies.create({ name: 'Same', customFields: { a: 1, b: ['x'] } });
    const same = await as('owner').companies.update({
      companyId: made.id,
      name: 'Same',
      customFields: { b: ['x'], a: 1 },
    });
    expect(same).toEqual(made);
    expect((await as('owner').activities.list({ companyId: made.id })).items).toHaveLength(1);
  });

  test('that somebody else changed since is refused, and changes nothing', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Read' });
    await as('owner').companies.update({ companyId, name: 'Changed', expectedVersion: 1 });
    for (const late of [
      () => as('owner').companies.update({ companyId, name: 'Late', expectedVersion: 1 }),
      () => as('owner').companies.archive({ companyId, expectedVersion: 1 }),
    ]) {
      expect(await refusal(late())).toMatchObject({ code: 'precondition', status: 412 });
    }
    expect(await as('owner').companies.byId({ companyId })).toMatchObject({
      name: 'Changed',
      isActive: true,
    });
  });

  test('is refused to a viewer and to a foreign agency', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Kept' });
    expect(await refusedFields(as('viewer').companies.update({ companyId, name: 'x' }))).toEqual([
      'forbidden',
    ]);
    expect(await refusedFields(asRival('owner').companies.update({ companyId, name: 'x' }))).toEqual([
      'not_found',
    ]);
    expect(await as('owner').companies.byId({ companyId })).toMatchObject({ name: 'Kept', version: 1 });
  });

  test('whose owner has left still works, and giving it to somebody who left does not', async () => {
    const leaver = idOf('unassigned');
    const { id: companyId } = await as('owner').companies.create({ name: 'Left behind', ownerId: leaver });
    const other = await as('owner').companies.create({ name: 'Other' });
    const setActive = (isActive: boolean) =>
      world.ownerDb.pool.query('update memberships set is_active = $2 where user_id = $1', [
        leaver,
        isActive,
      ]);
    await setActive(false);
    try {
      const changed = await as('owner').companies.update({ companyId, ownerId: leaver, name: 'Renamed' });
      expect(changed).toMatchObject({ name: 'Renamed', ownerId: leaver });
      expect(
        await refusedFields(as('owner').companies.update({ companyId: other.id, ownerId: leaver })),
      ).toEqual(['invalid', 'ownerId']);
    } finally {
      await setActive(true);
    }
  });

  test('cannot take it out of its client’s own brand', async () => {
    const { id: companyId } = await as('client').companies.create({ name: 'Of the brand' });
    expect(await refusedFields(as('client').companies.update({ companyId, brandId: null }))).toEqual([
      'forbidden',
    ]);
    expect(await as('client').companies.byId({ companyId })).toMatchObject({
      brandId: world.demo.brands.first,
    });
  });
});

describe('the recycle bin', () => {
  test('hides a company from lists and brings it back, each told once', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Binned' });
    expect(await as('owner').companies.archive({ companyId })).toMatchObject({ isActive: false, version: 2 });
    expect(await as('owner').companies.archive({ companyId })).toMatchObject({ isActive: false, version: 2 });
    expect((await as('owner').companies.list({ q: 'Binned' })).items).toEqual([]);
    expect((await as('owner').companies.list({ q: 'Binned', deleted: true })).items).toHaveLength(1);
    expect(await as('owner').companies.restore({ companyId })).toMatchObject({ isActive: true, version: 3 });
    expect((await as('owner').companies.list({ q: 'Binned' })).items).toHaveLength(1);
    const { items } = await as('owner').activities.list({ companyId });
    expect(items.map(({ type }) => type)).toEqual(['COMPANY_RESTORED', 'COMPANY_DELETED', 'COMPANY_CREATED']);
  });

  test('is closed to a viewer', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Not binned' });
    expect(await refusedFields(as('viewer').companies.archive({ companyId }))).toEqual(['forbidden']);
    expect(await refusedFields(as('viewer').companies.restore({ companyId }))).toEqual(['forbidden']);
  });
});

describe('the list of companies', () => {
  test('is paged without a gap or a double in every sort', async () => {
    for (let index = 0; index < 7; index += 1) {
      await as('owner').companies.create({ name: `Paged ${'cbaBACc'[index]}`, externalId: `paged-${index}` });
    }
    for (const sort of ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const) {
      const whole = (await as('owner').companies.list({ q: 'Paged', sort, limit: 200 })).items;
      const paged = [];
      let cursor: string | undefined;
      do {
        const page = await as('owner').companies.list({ q: 'Paged', sort, limit: 2, cursor });
        paged.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(paged).toEqual(whole);
      expect(whole).toHaveLength(7);
    }
    const byName = (await as('owner').companies.list({ q: 'Paged' })).items.map(({ name }) =>
      name.toLowerCase(),
    );
    expect(byName).toEqual([...byName].sort());
  });

  test('refuses a cursor of another sort and one that was made up', async () => {
    const { nextCursor } = await as('owner').companies.list({ limit: 1 });
    const list = (cursor: string) => as('owner').companies.list({ limit: 1, sort: '-name', cursor });
    expect(await refusedFields(list(nextCursor ?? ''))).toEqual(['invalid', 'cursor']);
    expect(await refusedFields(list('bm9uc2Vuc2U'))).toEqual(['invalid', 'cursor']);
  });

  test('takes wildcards for letters', async () => {
    await as('owner').companies.create({ name: '100% wild_card\\' });
    const found = async (q: string) => (await as('owner').companies.list({ q })).items.length;
    expect([await found('100%'), await found('d_c'), await found('w_d'), await found('10%w')]).toEqual([
      1, 1, 0, 0,
    ]);
    expect(await found('card\\')).toBe(1);
  });

  test('gives what changed since a moment', async () => {
    const { id, updatedAt } = await as('owner').companies.create({ name: 'Newest' });
    const { items } = await as('owner').companies.list({ updatedSince: updatedAt });
    expect(items.map((item) => item.id)).toContain(id);
    const later = new Date(Date.parse(updatedAt) + 60_000).toISOString();
    expect((await as('owner').companies.list({ updatedSince: later })).items).toEqual([]);
  });

  test('shows a foreign agency nothing', async () => {
    const theirs = (await asRival('owner').companies.list({ limit: 200 })).items.map(({ name }) => name);
    expect(theirs).toEqual(['Theirs']);
    expect((await asRival('viewer').companies.list({ brandId: world.demo.brands.first })).items).toEqual([]);
  });
});

describe('a company’s parent', () => {
  test('is named beside its id, and leads to the companies under it', async () => {
    const group = await as('owner').companies.create({ name: 'Group' });
    const made = await as('owner').companies.create({ name: 'Under it', parentId: group.id });
    expect(made).toMatchObject({ parentId: group.id, parentName: 'Group' });
    const { items } = await as('owner').companies.list({ parentId: group.id });
    expect(items.map(({ id }) => id)).toEqual([made.id]);
    const freed = await as('owner').companies.update({ companyId: made.id, parentId: null });
    expect(freed).toMatchObject({ parentId: null, parentName: null });
  });

  test('is never itself, nor a company under it, however deep and whoever sees it', async () => {
    const top = await as('member').companies.create({ name: 'Top' });
    const hidden = await as('owner').companies.create({ name: 'Hidden between', parentId: top.id });
    const low = await as('owner').companies.create({
      name: 'Low',
      parentId: hidden.id,
      ownerId: idOf('member'),
    });
    for (const parentId of [top.id, low.id]) {
      const call = as('member').companies.update({ companyId: top.id, parentId });
      expect(await refusedFields(call)).toEqual(['invalid', 'parentId']);
    }
  });

  test('of two companies at one moment makes no ring', async () => {
    const [a, b] = [
      await as('owner').companies.create({ name: 'Ring a' }),
      await as('owner').companies.create({ name: 'Ring b' }),
    ];
    const outcomes = await Promise.allSettled([
      as('owner').companies.update({ companyId: a.id, parentId: b.id }),
      as('owner').companies.update({ companyId: b.id, parentId: a.id }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is refused where its author sees none', async () => {
    const hidden = (await as('owner').companies.create({ name: 'Not theirs' })).id;
    const theirs = (await asRival('owner').companies.create({ name: 'Theirs' })).id;
    for (const parentId of [hidden, theirs, randomUUID()]) {
      const call = as('unassigned').companies.create({ name: 'x', parentId });
      expect(await refusedFields(call)).toEqual(['invalid', 'parentId']);
    }
  });
});

describe('the domains of a company', () => {
  test('are lower-cased and stand once', async () => {
    const made = await as('owner').companies.create({ name: 'x', domains: ['Acme.COM', 'acme.com', 'b.ae'] });
    expect(made.domains).toEqual(['acme.com', 'b.ae']);
  });

  test('are its own: one that many share is refused, and one that stays is not asked about', async () => {
    const refused = await refusal(
      as('owner').companies.create({ name: 'x', domains: ['acme.ae', 'GMail.com'] }),
    );
    expect(refused).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('gmail.com') as unknown,
    });
    expect(refused.issues.map(({ path }) => path)).toEqual(['domains']);
  });

  test('find the company of a mail address, and only for who sees it', async () => {
    const { id } = await as('owner').companies.create({ name: 'By domain', domains: ['by-domain.example'] });
    const found = { id, name: 'By domain', domain: 'by-domain.example' };
    for (const address of ['lina@by-domain.example', 'x@Mail.By-Domain.example', 'by-domain.example']) {
      expect(await as('viewer').companies.byDomain({ address })).toEqual([found]);
      expect(await as('unassigned').companies.byDomain({ address })).toEqual([]);
      expect(await asRival('owner').companies.byDomain({ address })).toEqual([]);
    }
    for (const address of ['x@gmail.com', 'example', '', '@']) {
      expect(await as('owner').companies.byDomain({ address })).toEqual([]);
    }
  });
});
