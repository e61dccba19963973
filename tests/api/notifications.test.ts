import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../../server/api/root.ts';
import type { ProcedureMeta } from '../../server/api/trpc.ts';
import { permissions } from '../../server/auth/permissions.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import {
  caller,
  createWorld,
  type PersonName,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const idOf = (name: PersonName) => world.demo.people[name].userId;
const assign = (to: PersonName, title: string, more: object = {}) =>
  as('owner').tasks.create({ title, assigneeId: idOf(to), ...more });
const told = async (name: PersonName) => (await as(name).notifications.list({})).items;

describe('a notification', () => {
  test('tells whom somebody gave a task, and nobody of what they did themselves', async () => {
    const { id: taskId } = await assign('member', 'Prepare the deck');
    expect((await told('member'))[0]).toMatchObject({
      kind: 'TASK_ASSIGNED',
      text: 'owner of demo assigned you “Prepare the deck”',
      actorId: idOf('owner'),
      actorName: 'owner of demo',
      subject: { noun: 'task', id: taskId, name: 'Prepare the deck' },
      isRead: false,
      readAt: null,
    });
    await as('member').tasks.create({ title: 'My own' });
    expect((await told('member')).map(({ text }) => text).join()).not.toContain('My own');
    await as('admin').tasks.update({ taskId, assigneeId: idOf('unassigned') });
    expect((await told('unassigned'))[0]).toMatchObject({
      text: 'admin of demo assigned you “Prepare the deck”',
    });
    expect(await told('owner')).toEqual([]);
  });

  test('quotes nothing that its reader does not see any more', async () => {
    const { id: taskId } = await assign('unassigned', 'A secret name');
    await as('owner').tasks.update({ taskId, assigneeId: idOf('admin') });
    expect((await told('unassigned'))[0]).toMatchObject({
      text: 'owner of demo assigned you a task that you can’t see any more',
      subject: null,
    });
    expect(JSON.stringify(await told('unassigned'))).not.toContain('A secret name');
  });

  test('follows its subject: another title is told at once', async () => {
    const { id: taskId } = await assign('admin', 'Old title');
    await as('owner').tasks.update({ taskId, title: 'New title' });
    expect((await told('admin'))[0]).toMatchObject({ text: 'owner of demo assigned you “New title”' });
  });

  test('is its reader’s alone: colleagues, owners and other agencies have none of it', async () => {
    await assign('viewer', 'For the viewer alone');
    expect((await told('viewer')).length).toBeGreaterThan(0);
    for (const name of ['owner', 'member', 'client'] as const) {
      expect(JSON.stringify(await told(name))).not.toContain('For the viewer alone');
    }
    const theirs = caller(world, world.rival.people.owner.principal);
    expect(await theirs.notifications.list({})).toEqual({ items: [], nextCursor: null });
    expect(await theirs.notifications.unreadCount()).toBe(0);
  });

  test('of the job is nobody’s act', async () => {
    const { id: taskId } = await assign('admin', 'By the clock');
    await world.ownerDb.pool.query(
      `insert into notifications (organization_id, user_id, kind, task_id) values ($1, $2, 'TASK_OVERDUE', $3), ($1, $2, 'TASK_REMINDER', $3)`,
      [world.demo.organizationId, idOf('admin'), taskId],
    );
    const texts = (await told('admin')).map(({ text }) => text);
    expect(texts).toContain('“By the clock” is overdue');
    expect(texts).toContain('Reminder: “By the clock”');
  });
});

describe('the list', () => {
  test('pages by key, newest first, and shows the unread alone where asked', async () => {
    for (let count = 0; count < 7; count += 1) await assign('client', `Shared ${count}`, shared());
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as('client').notifications.list({ limit: 3, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual((await told('client')).map(({ id }) => id));
    expect(paged.length).toBe(7);
    await as('client').notifications.markRead({ notificationIds: paged.slice(0, 5) });
    const { items } = await as('client').notifications.list({ unread: true });
    expect(items.map(({ id }) => id)).toEqual(paged.slice(5));
  });

  const shared = () => ({ brandId: world.demo.brands.first, isShared: true });
});

describe('marking as read', () => {
  test('is of one’s own alone, some or all, and a viewer’s as well', async () => {
    await assign('viewer', 'First');
    await assign('viewer', 'Second');
    const before = await as('viewer').notifications.unreadCount();
    expect(before).toBeGreaterThanOrEqual(2);
    const [newest] = await told('viewer');
    const notificationIds = [newest?.id ?? ''];
    expect(await as('viewer').notifications.markRead({ notificationIds })).toBe(before - 1);
    expect((await told('viewer'))[0]).toMatchObject({ id: newest?.id, isRead: true });
    expect(await as('viewer').notifications.markRead({ all: true })).toBe(0);
    expect((await told('viewer')).every(({ isRead }) => isRead)).toBe(true);
  });

  test('passes over another’s, another agency’s and nobody’s, one like the other', async () => {
    await assign('member', 'Mine to read');
    const [mine] = await told('member');
    const notificationIds = [mine?.id ?? ''];
    await as('owner').notifications.markRead({ notificationIds });
    await caller(world, world.rival.people.owner.principal).notifications.markRead({ notificationIds });
    expect(await as('owner').notifications.markRead({ notificationIds: [randomUUID()] })).toBe(0);
    expect((await told('member'))[0]).toMatchObject({ id: mine?.id, isRead: false });
  });

  test('says which: some or all, and never both or neither', async () => {
    const mark = (sent: object) => refusedFields(as('owner').notifications.markRead(sent));
    expect(await mark({})).toEqual(['invalid', 'notificationIds']);
    expect(await mark({ all: true, notificationIds: [randomUUID()] })).toEqual([
      'invalid',
      'notificationIds',
    ]);
    expect(await mark({ all: false })).toContain('all');
    expect(await mark({ notificationIds: [] })).toEqual(['invalid', 'notificationIds']);
    expect(await mark({ all: true, userId: randomUUID() })).toEqual(['invalid', 'userId']);
  });

  test('is the one change within an agency that a viewer may make', () => {
    const readers = new Set(
      Object.entries(permissions)
        .filter(([, roles]) => (roles as readonly string[]).includes('VIEWER'))
        .map(([permission]) => permission),
    );
    const procedures = Object.entries(
      appRouter._def.procedures as unknown as Record<
        string,
        { _def: { type: string; meta?: ProcedureMeta } }
      >,
    );
    const open = procedures
      .filter(([, { _def }]) => _def.type === 'mutation' && readers.has(_def.meta?.permission ?? ''))
      .map(([path]) => path)
      .filter((path) => !path.startsWith('account.'));
    expect(open).toEqual(['notifications.markRead']);
  });
});

describe('a person’s time zone', () => {
  test('is set by themselves, told with their account, and taken back', async () => {
    const me = await sessionCaller(world, await startSession(world, world.demo.people.viewer));
    expect(await me.account.me()).toMatchObject({ timeZone: null });
    await me.account.setTimeZone({ timeZone: 'America/New_York' });
    expect(await me.account.me()).toMatchObject({ timeZone: 'America/New_York' });
    const other = await sessionCaller(world, await startSession(world, world.demo.people.member));
    expect(await other.account.me()).toMatchObject({ timeZone: null });
    await me.account.setTimeZone({ timeZone: null });
    expect(await me.account.me()).toMatchObject({ timeZone: null });
  });

  test('is one that there is', async () => {
    const me = await sessionCaller(world, await startSession(world, world.demo.people.viewer));
    const set = (timeZone: unknown) =>
      refusedFields(me.account.setTimeZone({ timeZone } as { timeZone: string }));
    for (const wrong of ['Mars/Olympus', '', '+02:00', 'UTC; drop table users', 4]) {
      expect(await set(wrong)).toEqual(['invalid', 'timeZone']);
    }
    expect(await me.account.me()).toMatchObject({ timeZone: null });
  });

  test('that any machine’s calendar knows is known to the database', async () => {
    const { rows } = await world.ownerDb.pool.query<{ name: string }>('select name from pg_timezone_names');
    const known = new Set(rows.map(({ name }) => name));
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !known.has(name))).toEqual([]);
  });

  test('is asked of nobody without a session', async () => {
    expect((await refusal(as('owner').account.setTimeZone({ timeZone: 'UTC' }))).code).toBe(
      'unauthenticated',
    );
  });
});
