import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
});
afterAll(() => world.close());
/** 14:30 in Dubai, the agency's zone, on a Wednesday. */
beforeEach(() => {
  clock.at = new Date('2026-05-20T10:30:00Z');
});

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const idOf = (name: PersonName) => world.demo.people[name].userId;
const newTask = (sent: object = {}) => as('owner').tasks.create({ title: 'Call Nadia', ...sent });

describe('the list of tasks', () => {
  const titles = async (
    input: Parameters<ReturnType<typeof as>['tasks']['list']>[0],
    name: PersonName = 'admin',
  ) => (await as(name).tasks.list({ q: 'L:', ...input })).items.map(({ title }) => title.slice(2));

  beforeAll(async () => {
    const mine = { assigneeId: idOf('admin') };
    await newTask({ ...mine, title: 'L:yesterday', dueOn: '2026-05-19', priority: 'LOW' });
    await newTask({ ...mine, title: 'L:today', dueOn: '2026-05-20' });
    await newTask({ ...mine, title: 'L:noon', dueOn: '2026-05-20', dueTime: '12:00', priority: 'URGENT' });
    await newTask({ ...mine, title: 'L:evening', dueOn: '2026-05-20', dueTime: '18:00' });
    await newTask({ ...mine, title: 'L:next week', dueOn: '2026-05-27', remindOn: '2026-05-20' });
    await newTask({ ...mine, title: 'L:tomorrow', dueOn: '2026-05-21', priority: 'HIGH' });
    await newTask({ ...mine, title: 'L:undated' });
    await newTask({ ...mine, title: 'L:done', dueOn: '2026-05-18', completed: true });
    await newTask({ assigneeId: idOf('owner'), title: 'L:another’s', dueOn: '2026-05-19' });
    await newTask({ assigneeId: null, title: 'L:nobody’s', dueOn: '2026-05-30' });
  });

  test('goes by due moment, those with a time first in their day, those without a day at the end', async () => {
    expect(await titles({ assigneeId: idOf('admin'), completed: false })).toEqual([
      ...['yesterday', 'noon', 'evening', 'today', 'tomorrow', 'next week', 'undated'],
    ]);
    expect(await titles({ assigneeId: idOf('admin'), completed: false, sort: '-dueOn' })).toEqual([
      ...['next week', 'tomorrow', 'today', 'evening', 'noon', 'yesterday', 'undated'],
    ]);
  });

  test('pages by key under every sort without losing or repeating any', async () => {
    const sorts = [
      'dueOn',
      '-dueOn',
      'priority',
      '-priority',
      'completedAt',
      '-completedAt',
      'name',
      '-updatedAt',
    ] as const;
    for (const sort of sorts) {
      const whole = await titles({ sort, limit: 200 });
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await as('admin').tasks.list({ q: 'L:', sort, limit: 3, cursor });
        paged.push(...page.items.map(({ title }) => title.slice(2)));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([sort, paged]).toEqual([sort, whole]);
    }
  });

  test('shows a person’s day: what is due or to be remembered, and what has no day', async () => {
    expect(await titles({ view: 'myDay' })).toEqual([
      ...['yesterday', 'noon', 'evening', 'today', 'next week', 'undated'],
    ]);
    expect(await titles({ view: 'myDay' }, 'owner')).toEqual(['another’s']);
    expect(await titles({ view: 'myDay' }, 'viewer')).toEqual([]);
  });

  test('tells overdue from upcoming by the clock of each task', async () => {
    expect(await titles({ view: 'overdue' })).toEqual(['yesterday', 'another’s', 'noon']);
    expect(await titles({ view: 'upcoming' })).toEqual(['tomorrow', 'next week', 'nobody’s']);
    const marked = (await as('admin').tasks.list({ q: 'L:' })).items.filter(({ isOverdue }) => isOverdue);
    expect(marked.map(({ title }) => title)).toEqual(['L:yesterday', 'L:another’s', 'L:noon']);
    clock.at = new Date('2026-05-20T20:00:00Z');
    expect(await titles({ view: 'overdue' })).toEqual(['yesterday', 'another’s', 'noon', 'evening', 'today']);
  });

  test('is filtered by assignee, priority, state and days, and counted so', async () => {
    expect(await titles({ assigneeId: idOf('owner') })).toEqual(['another’s']);
    expect(await titles({ priority: 'URGENT' })).toEqual(['noon']);
    expect(await titles({ completed: true })).toEqual(['done']);
    expect(await titles({ dueFrom: '2026-05-21', dueTo: '2026-05-27' })).toEqual(['tomorrow', 'next week']);
    expect(await as('admin').tasks.count({ q: 'L:', completed: false })).toBe(9);
    expect(await as('admin').tasks.count({ q: 'L:', view: 'overdue' })).toBe(3);
    expect(await titles({}, 'unassigned')).toEqual([]);
    expect(await refusedFields(as('admin').tasks.list({ state: 'open' } as object))).toEqual([
      'invalid',
      'state',
    ]);
  });
});

describe('a person’s own zone', () => {
  test('is that of the days of their tasks; without one the agency’s is', async () => {
    await world.ownerDb.pool.query(`update users set time_zone = 'America/New_York' where id = $1`, [
      idOf('member'),
    ]);
    const made = await newTask({ assigneeId: idOf('member'), dueOn: '2026-05-20', dueTime: '14:00' });
    expect(made).toMatchObject({
      timeZone: 'America/New_York',
      dueAt: '2026-05-20T18:00:00.000Z',
      isOverdue: false,
    });
    const moved = await as('owner').tasks.update({ taskId: made.id, assigneeId: idOf('owner') });
    expect(moved).toMatchObject({
      timeZone: 'Asia/Dubai',
      dueAt: '2026-05-20T10:00:00.000Z',
      isOverdue: true,
    });
    expect(
      (await as('owner').tasks.list({ view: 'overdue', q: 'Call' })).items.map(({ id }) => id),
    ).toContain(made.id);
  });
});
