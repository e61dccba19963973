import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freeSlug, slugOf } from '../../server/domain/organizations/rules.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, sessionCaller, signIn, startSession, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: keyof World['demo']['people']) => caller(world, world.demo.people[name].principal);

describe('brands', () => {
  test('are seen as far as the principal reaches', async () => {
    const { first, second } = world.demo.brands;
    const seen = async (name: Parameters<typeof as>[0]) => (await as(name).brands.list()).map(({ id }) => id);
    for (const name of ['owner', 'admin', 'viewer'] as const) {
      expect(await seen(name)).toEqual(expect.arrayContaining([first, second]));
    }
    expect(await seen('member')).toEqual([first]);
    expect(await seen('client')).toEqual([first]);
    expect(await seen('unassigned')).toEqual([]);
  });

  test('say who is assigned to them and who signs in for them', async () => {
    const brands = await as('owner').brands.list();
    const { member, client } = world.demo.people;
    expect(brands.find(({ id }) => id === world.demo.brands.first)).toMatchObject({
      assignedUserIds: [member.userId],
      clientUserIds: [client.userId],
    });
    expect(brands.find(({ id }) => id === world.demo.brands.second)).toMatchObject({
      assignedUserIds: [],
      clientUserIds: [],
    });
  });
});

describe('creating a brand', () => {
  test('makes it a child of the agency and tells the stream', async () => {
    const brand = await as('admin').brands.create({ name: 'Café Ünited & Söhne' });
    expect(brand).toMatchObject({ slug: 'cafe-united-sohne', isActive: true, version: 1 });
    const { rows } = await world.ownerDb.pool.query(
      `select o.type, o.parent_id, a.type as activity, a.actor_id from organizations o
         join activities a on a.organization_id = o.organization_id and a.brand_id = o.id where o.id = $1`,
      [brand.id],
    );
    expect(rows).toEqual([
      {
        type: 'BRAND',
        parent_id: world.demo.organizationId,
        activity: 'BRAND_CREATED',
        actor_id: world.demo.people.admin.userId,
      },
    ]);
  });

  test('numbers a suggested slug that is taken, and refuses a sent one', async () => {
    for (let number = 1; number <= 9; number += 1) {
      const { slug } = await as('owner').brands.create({ name: 'Twice' });
      expect(slug).toBe(number === 1 ? 'twice' : `twice-${number}`);
    }
    await expect(as('owner').brands.create({ name: 'Twice', slug: 'twice' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('takes the slug that another agency has', async () => {
    await caller(world, world.rival.people.owner.principal).brands.create({ name: 'Shared', slug: 'shared' });
    expect(await as('owner').brands.create({ name: 'Shared', slug: 'shared' })).toMatchObject({
      slug: 'shared',
    });
  });

  test('is refused to members, viewers and clients, and leaves nothing', async () => {
    for (const name of ['member', 'unassigned', 'viewer', 'client'] as const) {
      await expect(as(name).brands.create({ name: `By ${name}` })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const names = (await as('owner').brands.list()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('By '))).toEqual([]);
  });

  test('refuses unknown fields, an empty name and a bad slug', async () => {
    const { create } = as('owner').brands;
    for (const input of [
      { name: 'Mine', organizationId: world.rival.organizationId },
      { name: '' },
      { name: 'Bad', slug: 'Bad Slug' },
    ]) {
      await expect(create(input as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });
});

describe('changing a brand', () => {
  test('renames it once, with its version', async () => {
    const { id: brandId } = await as('owner').brands.create({ name: 'Old name' });
    const renamed = await as('owner').brands.update({ brandId, name: 'New name', expectedVersion: 1 });
    expect(renamed).toMatchObject({ name: 'New name', version: 2 });
    await expect(
      as('owner').brands.update({ brandId, name: 'Newer name', expectedVersion: 1 }),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect(await as('owner').brands.update({ brandId, name: 'New name' })).toMatchObject({ version: 2 });
  });

  test('answers a foreign brand, the agency’s own id and a random id alike', async () => {
    for (const brandId of [world.rival.brands.first, world.demo.organizationId, randomUUID()]) {
      await expect(as('owner').brands.update({ brandId, name: 'Taken over' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no such brand, or it is not yours to see.',
      });
    }
  });

  test('is refused to a member who is assigned to it', async () => {
    await expect(
      as('member').brands.update({ brandId: world.demo.brands.first, name: 'Mine' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('that deactivates it shuts its client out until it is active again', async () => {
    const { client } = world.rival.people;
    const owner = caller(world, world.rival.people.owner.principal);
    const token = await startSession(world, client);
    const brandId = world.rival.brands.first;
    await owner.brands.update({ brandId, isActive: false });
    await expect((await sessionCaller(world, token)).companies.list({})).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await owner.brands.update({ brandId, isActive: true });
    await expect((await sessionCaller(world, token)).companies.list({})).resolves.toBeDefined();
  });
});

describe('assigning a brand', () => {
  test('replaces its members, and holds from their next request', async () => {
    const { second } = world.demo.brands;
    const { unassigned } = world.demo.people;
    const assigned = await as('admin').brands.assign({ brandId: second, userIds: [unassigned.userId] });
    expect(assigned.assignedUserIds).toEqual([unassigned.userId]);
    expect((await signIn(world, unassigned)).principal?.brandIds).toEqual([second]);
    await as('admin').brands.assign({ brandId: second, userIds: [] });
    expect((await signIn(world, unassigned)).principal?.brandIds).toEqual([]);
  });

  test('that changes nothing tells nothing', async () => {
    const { id: brandId } = await as('owner').brands.create({ name: 'Quiet' });
    const userIds = [world.demo.people.member.userId, world.demo.people.member.userId];
    await as('owner').brands.assign({ brandId, userIds });
    await as('owner').brands.assign({ brandId, userIds });
    const { rows } = await world.ownerDb.pool.query(
      `select type from activities where brand_id = $1 order by created_at`,
      [brandId],
    );
    expect(rows).toEqual([{ type: 'BRAND_CREATED' }, { type: 'BRAND_ASSIGNED' }]);
  });

  test('refuses people whose role sees every brand, clients, and people of another agency', async () => {
    const { viewer, admin, client } = world.demo.people;
    for (const { userId } of [viewer, admin, client, world.rival.people.member]) {
      await expect(
        as('owner').brands.assign({ brandId: world.demo.brands.first, userIds: [userId] }),
      ).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: [{ path: 'userIds' }] } });
    }
    const brands = await as('owner').brands.list();
    expect(brands.find(({ id }) => id === world.demo.brands.first)?.assignedUserIds).toEqual([
      world.demo.people.member.userId,
    ]);
  });

  test('is refused to members, viewers and clients', async () => {
    for (const name of ['member', 'viewer', 'client'] as const) {
      const { userId } = world.demo.people[name];
      await expect(
        as(name).brands.assign({ brandId: world.demo.brands.first, userIds: [userId] }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('a suggested slug', () => {
  test('is ASCII, at most 63 characters, and never empty', () => {
    expect(slugOf('  L’Oréal — Middle East ')).toBe('l-oreal-middle-east');
    expect(slugOf('العلامة')).toBe('brand');
    expect(slugOf('x'.repeat(200)).length).toBeLessThanOrEqual(58);
    expect(freeSlug('a', new Set(['a', 'a-2']))).toBe('a-3');
  });
});
