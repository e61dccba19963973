import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let teamId: string;
const RANDOM = '00000000-0000-4000-8000-000000000000';

const as = (name: PersonName) => caller(world, world.demo.people[name].principal).savedViews;
const namesOf = async (name: PersonName) =>
  (await as(name).list({ noun: 'COMPANY' })).items.map((view) => view.name);

beforeAll(async () => {
  world = await createWorld(database());
  const { member, admin } = world.demo.people;
  const team = await caller(world, world.demo.people.owner.principal).teams.create({
    name: 'Gulf',
    userIds: [member.userId, admin.userId],
  });
  teamId = team.id;
});
afterAll(() => world.close());

describe('a saved view', () => {
  test('keeps a list’s query without a page’s place, in one order', async () => {
    const view = await as('member').create({
      noun: 'COMPANY',
      name: 'Kept',
      query: '?sort=-updatedAt&q=a+b&cursor=abc&trail=x&view=all&type=',
    });
    expect(view).toMatchObject({
      query: 'q=a+b&sort=-updatedAt',
      visibility: 'PRIVATE',
      ownerId: world.demo.people.member.userId,
      isChangeable: true,
      isStarred: false,
    });
    await as('member').delete({ savedViewId: view.id });
  });

  test('that is private is nobody else’s, owners and admins included', async () => {
    const { id } = await as('member').create({ noun: 'COMPANY', name: 'Mine alone' });
    for (const name of ['owner', 'admin', 'unassigned', 'viewer', 'client'] as const) {
      expect(await namesOf(name)).not.toContain('Mine alone');
      expect((await refusal(as(name).byId({ savedViewId: id }))).code).toBe('not_found');
    }
    expect((await refusal(as('owner').update({ savedViewId: id, name: 'x' }))).code).toBe('not_found');
    expect((await refusal(as('admin').delete({ savedViewId: id }))).code).toBe('not_found');
    expect((await refusal(as('unassigned').choose({ savedViewId: id, isStarred: true }))).code).toBe(
      'not_found',
    );
  });

  test('of a team is its members’', async () => {
    const view = await as('member').create({ noun: 'COMPANY', name: 'Of Gulf', visibility: 'TEAM', teamId });
    expect(view.teamName).toBe('Gulf');
    expect(await namesOf('admin')).toContain('Of Gulf');
    expect(await namesOf('unassigned')).not.toContain('Of Gulf');
    expect(await namesOf('owner')).not.toContain('Of Gulf');
    await expect(as('admin').update({ savedViewId: view.id, name: 'Of the Gulf' })).resolves.toMatchObject({
      name: 'Of the Gulf',
    });
  });

  test('of a team is shared by who is in it', async () => {
    const share = (name: PersonName, id: string | undefined) =>
      refusedFields(
        as(name).create({ noun: 'COMPANY', name: 'x', visibility: 'TEAM', ...(id ? { teamId: id } : {}) }),
      );
    expect(await share('unassigned', teamId)).toEqual(['invalid', 'teamId']);
    expect(await share('member', RANDOM)).toEqual(['invalid', 'teamId']);
    expect(await share('member', undefined)).toEqual(['invalid', 'teamId']);
    expect(await refusedFields(as('member').create({ noun: 'COMPANY', name: 'x', teamId }))).toEqual([
      'invalid',
      'teamId',
    ]);
  });

  test('of the agency is made, changed and deleted by owners and admins alone', async () => {
    const view = await as('admin').create({ noun: 'COMPANY', name: 'Everybody’s', visibility: 'AGENCY' });
    for (const name of ['owner', 'member', 'unassigned', 'viewer'] as const) {
      expect(await namesOf(name)).toContain('Everybody’s');
    }
    expect(await namesOf('client')).not.toContain('Everybody’s');
    expect(
      (await refusal(as('member').create({ noun: 'COMPANY', name: 'x', visibility: 'AGENCY' }))).code,
    ).toBe('forbidden');
    expect((await refusal(as('member').update({ savedViewId: view.id, name: 'x' }))).code).toBe('forbidden');
    expect((await refusal(as('member').delete({ savedViewId: view.id }))).code).toBe('forbidden');
    expect((await refusal(as('client').update({ savedViewId: view.id, name: 'x' }))).code).toBe('not_found');
    await expect(as('owner').update({ savedViewId: view.id, query: 'sort=name' })).resolves.toMatchObject({
      query: 'sort=name',
      version: 2,
    });
    await expect(as('member').byId({ savedViewId: view.id })).resolves.toMatchObject({ isChangeable: false });
  });

  test('of a client’s own login stays private', async () => {
    await expect(as('client').create({ noun: 'COMPANY', name: 'Ours' })).resolves.toMatchObject({
      visibility: 'PRIVATE',
    });
    for (const visibility of ['TEAM', 'AGENCY'] as const) {
      expect(
        (await refusal(as('client').create({ noun: 'COMPANY', name: 'x', visibility, teamId }))).code,
      ).toBe('forbidden');
    }
  });

  test('is not made, changed or chosen by a viewer', async () => {
    const { items } = await as('viewer').list({});
    const savedViewId = items[0]?.id ?? RANDOM;
    expect((await refusal(as('viewer').create({ noun: 'COMPANY', name: 'x' }))).code).toBe('forbidden');
    expect((await refusal(as('viewer').update({ savedViewId, name: 'x' }))).code).toBe('forbidden');
    expect((await refusal(as('viewer').choose({ savedViewId, isStarred: true }))).code).toBe('forbidden');
    expect((await refusal(as('viewer').delete({ savedViewId }))).code).toBe('forbidden');
  });

  test('of another agency answers as a random id does', async () => {
    const rival = caller(world, world.rival.people.owner.principal).savedViews;
    const theirs = await rival.create({ noun: 'DEAL', name: 'Theirs', visibility: 'AGENCY' });
    for (const savedViewId of [theirs.id, RANDOM]) {
      expect((await refusal(as('owner').byId({ savedViewId }))).code).toBe('not_found');
      expect((await refusal(as('owner').update({ savedViewId, name: 'x' }))).code).toBe('not_found');
      expect((await refusal(as('owner').choose({ savedViewId, isDefault: true }))).code).toBe('not_found');
      expect((await refusal(as('owner').delete({ savedViewId }))).code).toBe('not_found');
    }
  });

  test('that moved on since is not overwritten', async () => {
    const { id, version } = await as('member').create({ noun: 'DEAL', name: 'First' });
    await as('member').update({ savedViewId: id, name: 'Second', expectedVersion: version });
    const late = as('member').update({ savedViewId: id, name: 'Third', expectedVersion: version });
    expect((await refusal(late)).code).toBe('precondition');
    expect((await refusal(as('member').delete({ savedViewId: id, expectedVersion: version }))).code).toBe(
      'precondition',
    );
    await expect(as('member').delete({ savedViewId: id })).resolves.toEqual({ id, name: 'Second' });
  });

  test('takes no field that it does not know, and no query that is too long', async () => {
    const strange = { noun: 'DEAL', name: 'x', color: 'red' } as never;
    expect((await refusal(as('member').create(strange))).code).toBe('invalid');
    const long = as('member').create({ noun: 'DEAL', name: 'x', query: `q=${'x'.repeat(8001)}` });
    expect(await refusedFields(long)).toEqual(['invalid', 'query']);
    expect(await refusedFields(as('member').create({ noun: 'DEAL', name: '' }))).toEqual(['invalid', 'name']);
  });
});

describe('a default view', () => {
  test('of a role is one of the agency’s, and takes the role from another', async () => {
    const make = (name: string, defaultFor: ('MEMBER' | 'VIEWER')[]) =>
      as('admin').create({ noun: 'CONTACT', name, visibility: 'AGENCY', defaultFor });
    const first = await make('First', ['MEMBER', 'VIEWER']);
    const second = await make('Second', ['MEMBER']);
    const of = async (savedViewId: string) => (await as('member').byId({ savedViewId })).defaultFor;
    expect([await of(first.id), await of(second.id)]).toEqual([['VIEWER'], ['MEMBER']]);
    await as('admin').update({ savedViewId: first.id, defaultFor: ['MEMBER'] });
    expect([await of(first.id), await of(second.id)]).toEqual([['MEMBER'], []]);
    const own = as('member').create({ noun: 'CONTACT', name: 'x', defaultFor: ['MEMBER'] });
    expect(await refusedFields(own)).toEqual(['invalid', 'defaultFor']);
  });

  test('is given up by a view that becomes private', async () => {
    const { id } = await as('admin').create({
      noun: 'DEAL',
      name: 'Once for all',
      visibility: 'AGENCY',
      defaultFor: ['VIEWER'],
    });
    await expect(as('admin').update({ savedViewId: id, visibility: 'PRIVATE' })).resolves.toMatchObject({
      visibility: 'PRIVATE',
      defaultFor: [],
    });
    expect((await refusal(as('owner').byId({ savedViewId: id }))).code).toBe('not_found');
  });

  test('of a person is one a noun, and nobody else’s', async () => {
    const make = (name: string, noun: 'COMPANY' | 'DEAL') => as('member').create({ noun, name });
    const [first, second, other] = [
      await make('A', 'COMPANY'),
      await make('B', 'COMPANY'),
      await make('C', 'DEAL'),
    ];
    for (const { id } of [first, other, second])
      await as('member').choose({ savedViewId: id, isDefault: true });
    const isDefault = async (savedViewId: string) => (await as('member').byId({ savedViewId })).isDefault;
    expect([await isDefault(first.id), await isDefault(second.id), await isDefault(other.id)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('and a star stay with the person who gave them', async () => {
    const { id } = await as('admin').create({ noun: 'TASK', name: 'Shared', visibility: 'AGENCY' });
    await as('member').choose({ savedViewId: id, isStarred: true });
    await expect(as('member').byId({ savedViewId: id })).resolves.toMatchObject({
      isStarred: true,
      isDefault: false,
    });
    await expect(as('admin').byId({ savedViewId: id })).resolves.toMatchObject({ isStarred: false });
    const starred = await as('member').list({ starred: true });
    expect(starred.items.map(({ name }) => name)).toEqual(['Shared']);
  });
});
