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

describe('a team', () => {
  test('has its members by name, and is seen by all of the agency and by no client', async () => {
    const made = await as('admin').teams.create({ name: 'Sales', userIds: [idOf('viewer'), idOf('member')] });
    expect(made.members.map(({ userId }) => userId)).toEqual([idOf('member'), idOf('viewer')]);
    expect(await as('viewer').teams.list({})).toContainEqual(made);
    expect(await as('unassigned').teams.list({ mine: true })).toEqual([]);
    expect(await as('member').teams.list({ mine: true })).toEqual([made]);
    expect(await refusedFields(as('client').teams.list({}))).toEqual(['forbidden']);
    expect(await asRival('owner').teams.list({})).toEqual([]);
  });

  test('takes people in and lets them go, and tells of it once', async () => {
    const { id: teamId, version } = await as('owner').teams.create({ name: 'Growth' });
    const userId = idOf('unassigned');
    const first = await as('owner').teams.addMember({ teamId, userId });
    expect(first.version).toBe(version + 1);
    expect(await as('owner').teams.addMember({ teamId, userId })).toEqual(first);
    expect((await as('owner').teams.removeMember({ teamId, userId })).members).toEqual([]);
    const { items } = await as('owner').activities.list({ q: 'Team Growth' });
    expect(items.map(({ type }) => type)).toEqual(['TEAM_UPDATED', 'TEAM_UPDATED', 'TEAM_CREATED']);
    expect((await as('client').activities.list({ q: 'Team Growth' })).items).toEqual([]);
  });

  test('is refused a name that another has, whatever its case', async () => {
    await as('owner').teams.create({ name: 'Media' });
    expect(await refusedFields(as('owner').teams.create({ name: 'MEDIA' }))).toEqual(['conflict', 'name']);
    const { id: teamId } = await as('owner').teams.create({ name: 'Other media' });
    expect(await refusedFields(as('owner').teams.update({ teamId, name: 'media' }))).toEqual([
      'conflict',
      'name',
    ]);
    expect((await as('owner').teams.update({ teamId, name: 'OTHER media' })).name).toBe('OTHER media');
  });

  test('takes no client and nobody of another agency', async () => {
    const { id: teamId } = await as('owner').teams.create({ name: 'Staff alone' });
    for (const userId of [idOf('client'), world.rival.people.owner.userId, randomUUID()]) {
      const call = as('owner').teams.addMember({ teamId, userId });
      expect(await refusedFields(call)).toEqual(['invalid', 'userIds']);
    }
  });

  test('is made, changed and deleted by owners and admins alone, and by nobody of another agency', async () => {
    const { id: teamId } = await as('owner').teams.create({ name: 'Guarded' });
    for (const name of ['member', 'unassigned', 'viewer', 'client'] as const) {
      expect(await refusedFields(as(name).teams.create({ name: 'x' }))).toEqual(['forbidden']);
      expect(await refusedFields(as(name).teams.update({ teamId, name: 'x' }))).toEqual(['forbidden']);
      expect(await refusedFields(as(name).teams.delete({ teamId }))).toEqual(['forbidden']);
    }
    for (const foreign of [teamId, randomUUID()]) {
      const calls = [
        () => asRival('owner').teams.update({ teamId: foreign, name: 'x' }),
        () => asRival('owner').teams.delete({ teamId: foreign }),
        () => asRival('owner').teams.addMember({ teamId: foreign, userId: world.rival.people.owner.userId }),
      ];
      for (const call of calls) expect((await refusal(call())).code).toBe('not_found');
    }
  });

  test('is refused with a version that moved on', async () => {
    const { id: teamId } = await as('owner').teams.create({ name: 'Stale' });
    await as('owner').teams.update({ teamId, name: 'Newer', expectedVersion: 1 });
    const stale = as('owner').teams.update({ teamId, name: 'Older', expectedVersion: 1 });
    expect((await refusal(stale)).code).toBe('precondition');
  });

  test('that is deleted is gone with its members', async () => {
    const { id: teamId } = await as('owner').teams.create({ name: 'Gone', userIds: [idOf('member')] });
    await as('owner').teams.delete({ teamId });
    expect((await as('owner').teams.list({})).map(({ id }) => id)).not.toContain(teamId);
    expect((await refusal(as('owner').teams.delete({ teamId }))).code).toBe('not_found');
  });
});
