import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findApiKeyPrincipal } from '../../server/auth/api-keys.ts';
import { may } from '../../server/auth/principal.ts';
import { provisionPerson } from '../../server/domain/organizations/provision.ts';
import { useTestDatabase } from '../support/database.ts';
import {
  apiKey,
  caller,
  createWorld,
  sessionCaller,
  signIn,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

describe('a principal', () => {
  test('is found by its session as its membership says', async () => {
    for (const agency of [world.demo, world.rival]) {
      for (const person of Object.values(agency.people)) {
        expect((await signIn(world, person)).principal).toEqual(person.principal);
      }
    }
  });

  test('is found by its API key, a client’s within its brand', async () => {
    const { demo, services } = world;
    expect(await findApiKeyPrincipal(services.db, await apiKey(world, demo, 'ADMIN'))).toMatchObject({
      kind: 'API_KEY',
      organizationId: demo.organizationId,
      role: 'ADMIN',
      reach: 'all',
      brandIds: [],
    });
    const client = await apiKey(world, demo, 'MEMBER', demo.brands.first);
    expect(await findApiKeyPrincipal(services.db, client)).toMatchObject({
      role: 'MEMBER',
      reach: 'brand',
      brandId: demo.brands.first,
      brandIds: [demo.brands.first],
    });
  });

  test('is not found by a key that was altered, revoked or of a suspended agency', async () => {
    const { ownerDb, services, rival } = world;
    const key = await apiKey(world, rival, 'ADMIN');
    expect(await findApiKeyPrincipal(services.db, `${key}x`)).toBeNull();
    expect(await findApiKeyPrincipal(services.db, key.slice(4))).toBeNull();
    await ownerDb.pool.query('update organizations set is_active = false where id = $1', [
      rival.organizationId,
    ]);
    expect(await findApiKeyPrincipal(services.db, key)).toBeNull();
    await ownerDb.pool.query('update organizations set is_active = true where id = $1', [
      rival.organizationId,
    ]);
    expect(await findApiKeyPrincipal(services.db, key)).not.toBeNull();
    await ownerDb.pool.query('update api_keys set revoked_at = now() where organization_id = $1', [
      rival.organizationId,
    ]);
    expect(await findApiKeyPrincipal(services.db, key)).toBeNull();
  });
});

test('a client’s key of a brand that was deactivated finds nobody', async () => {
  const { demo, services } = world;
  const key = await apiKey(world, demo, 'MEMBER', demo.brands.second);
  const brands = caller(world, demo.people.owner.principal).brands;
  await brands.update({ brandId: demo.brands.second, isActive: false });
  expect(await findApiKeyPrincipal(services.db, key)).toBeNull();
  await brands.update({ brandId: demo.brands.second, isActive: true });
  expect(await findApiKeyPrincipal(services.db, key)).not.toBeNull();
});

describe('an account', () => {
  test('shows the person, their agencies and what they may do', async () => {
    const { member } = world.demo.people;
    const me = await (await sessionCaller(world, await startSession(world, member))).account.me();
    expect(me).toMatchObject({
      userId: member.userId,
      email: 'member@demo.test',
      memberships: [{ organizationId: world.demo.organizationId, slug: 'demo', role: 'MEMBER' }],
      current: {
        organization: { slug: 'demo', reportingCurrency: 'AED', timeZone: 'Asia/Dubai' },
        role: 'MEMBER',
        brandId: null,
        brands: [{ id: world.demo.brands.first, name: 'First of demo' }],
      },
    });
    expect(me.current?.permissions).toContain('deals.write');
    expect(me.current?.permissions).not.toContain('brands.write');
  });

  test('of a client offers nothing that is the agency’s own', async () => {
    const { client } = world.demo.people;
    const me = await (await sessionCaller(world, await startSession(world, client))).account.me();
    expect(me.current).toMatchObject({ brandId: world.demo.brands.first });
    expect(me.current?.permissions).not.toContain('ad-accounts.connect');
    expect(may(client.principal, 'imports.write')).toBe(false);
  });

  test('without an active membership has no agency, and reaches none', async () => {
    const { viewer } = world.rival.people;
    const token = await startSession(world, viewer);
    await world.ownerDb.pool.query('update memberships set is_active = false where user_id = $1', [
      viewer.userId,
    ]);
    const api = await sessionCaller(world, token);
    expect(await api.account.me()).toMatchObject({ memberships: [], current: null });
    await expect(api.companies.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a person of two agencies', () => {
  const both = async () => {
    const { userId } = await provisionPerson(world.ownerDb, world.rival.organizationId, {
      email: world.demo.people.owner.email,
      name: 'Another name',
      passwordHash: null,
      role: 'VIEWER',
      brandId: null,
      assignedBrandIds: [],
    }).catch(() => ({ userId: world.demo.people.owner.userId }));
    expect(userId).toBe(world.demo.people.owner.userId);
    return startSession(world, { userId });
  };

  test('starts in the first, switches, and has the other’s role from then on', async () => {
    const token = await both();
    const first = await (await sessionCaller(world, token)).account.me();
    expect(first.name).toBe('owner of demo');
    expect(first.memberships.map(({ slug, role }) => `${slug} ${role}`)).toEqual([
      'demo OWNER',
      'rival VIEWER',
    ]);
    expect(first.current).toMatchObject({ organization: { slug: 'demo' }, role: 'OWNER' });
    const { organizationId } = world.rival;
    await (await sessionCaller(world, token)).account.switchOrganization({ organizationId });
    const second = await sessionCaller(world, token);
    expect((await second.account.me()).current).toMatchObject({
      organization: { slug: 'rival' },
      role: 'VIEWER',
    });
    await expect(second.companies.create({ name: 'Written by a viewer' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('switches one session and leaves the others where they are', async () => {
    const [moved, stayed] = [await both(), await both()];
    const { organizationId } = world.rival;
    await (await sessionCaller(world, moved)).account.switchOrganization({ organizationId });
    expect((await world.services.sessions.find(stayed))?.principal?.organizationId).toBe(
      world.demo.organizationId,
    );
  });
});

test('nobody switches to an agency that is not theirs, and learns not whether it exists', async () => {
  const api = await sessionCaller(world, await startSession(world, world.demo.people.admin));
  const foreign = api.account.switchOrganization({ organizationId: world.rival.organizationId });
  const random = api.account.switchOrganization({ organizationId: 'ffffffff-ffff-4fff-8fff-ffffffffffff' });
  const [first, second] = await Promise.all([foreign, random].map((call) => call.catch(String)));
  expect(first).toBe(second);
  expect(first).toContain('There is no such organization');
});

test('members are listed to every role, and never another agency’s', async () => {
  const members = await caller(world, world.demo.people.viewer.principal).members.list();
  const emails = members.map(({ email }) => email);
  expect(emails).toContain('client@demo.test');
  expect(emails.every((email) => email?.endsWith('@demo.test'))).toBe(true);
  expect(JSON.stringify(members)).not.toContain('argon2');
});

test('a client sees its own logins and the agency’s people, not another brand’s logins', async () => {
  await provisionPerson(world.ownerDb, world.demo.organizationId, {
    email: 'sibling@demo.test',
    name: 'Sibling',
    passwordHash: null,
    role: 'VIEWER',
    brandId: world.demo.brands.second,
    assignedBrandIds: [],
  });
  const members = await caller(world, world.demo.people.client.principal).members.list();
  const emails = members.map(({ email }) => email);
  expect(emails).toContain('client@demo.test');
  expect(emails).toContain('owner@demo.test');
  expect(emails).not.toContain('sibling@demo.test');
});

test('the current organization is the principal’s own', async () => {
  const organization = await caller(world, world.rival.people.client.principal).organizations.current();
  expect(organization).toMatchObject({ id: world.rival.organizationId, slug: 'rival' });
});
