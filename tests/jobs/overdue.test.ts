import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { remindTasks } from '../../jobs/tasks/remind-tasks.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { noticesOf, remindServices, setTimeZone } from './task-clock.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
});
afterAll(() => world.close());
afterEach(async () => {
  await world.ownerDb.pool.query('update tasks set is_active = false');
});

const idOf = (name: PersonName) => world.demo.people[name].userId;
const owner = () => caller(world, world.demo.people.owner.principal).tasks;
const at = (iso: string) => {
  clock.at = new Date(iso);
  return remindTasks(remindServices(world, clock));
};
const dueOn = (day: string, more: object = {}) =>
  owner().create({ title: 'Send the report', assigneeId: idOf('member'), dueOn: day, ...more });

async function overdueActivities(taskId: string) {
  const { rows } = await world.ownerDb.pool.query<Record<string, unknown>>(
    `select actor_kind, actor_id, deal_id, audience from activities where task_id = $1 and type = 'TASK_OVERDUE'`,
    [taskId],
  );
  return rows;
}

describe('a task', () => {
  it('is overdue when its day ends in the agency’s zone, told once to its assignee and its timeline', async () => {
    const deal = await caller(world, world.demo.people.owner.principal).deals.create({ name: 'Summer' });
    const { id: taskId } = await dueOn('2026-06-01', { dealId: deal.id });
    expect(await at('2026-06-01T19:59:00Z')).toEqual({ reminded: 0, overdue: 0 });
    expect(await owner().byId({ taskId })).toMatchObject({ isOverdue: false });
    expect(await at('2026-06-01T20:00:00Z')).toEqual({ reminded: 0, overdue: 1 });
    expect(await at('2026-06-02T20:00:00Z')).toEqual({ reminded: 0, overdue: 0 });
    expect(await owner().byId({ taskId })).toMatchObject({ isOverdue: true, version: 1 });
    expect((await noticesOf(world, taskId)).slice(1)).toEqual([
      { kind: 'TASK_OVERDUE', user_id: idOf('member'), actor_id: null },
    ]);
    expect(await overdueActivities(taskId)).toEqual([
      { actor_kind: 'JOB', actor_id: null, deal_id: deal.id, audience: 'AGENCY' },
    ]);
  });

  it('with a time is overdue at that time in its assignee’s own zone', async () => {
    await setTimeZone(world, idOf('member'), 'America/New_York');
    try {
      await dueOn('2026-06-01', { dueTime: '17:00' });
      expect((await at('2026-06-01T20:59:00Z')).overdue).toBe(0);
      expect((await at('2026-06-01T21:00:00Z')).overdue).toBe(1);
      await dueOn('2026-11-01', { dueTime: '01:30' });
      expect((await at('2026-11-01T05:29:00Z')).overdue).toBe(0);
      expect((await at('2026-11-01T05:30:00Z')).overdue).toBe(1);
    } finally {
      await setTimeZone(world, idOf('member'), null);
    }
  });

  it('stays overdue in lists and by itself while a doubled hour passes again', async () => {
    await setTimeZone(world, idOf('member'), 'America/New_York');
    try {
      const { id: taskId } = await dueOn('2026-11-01', { dueTime: '01:30' });
      await at('2026-11-01T05:30:00Z');
      for (const moment of ['2026-11-01T05:45:00Z', '2026-11-01T06:10:00Z', '2026-11-01T06:45:00Z']) {
        clock.at = new Date(moment);
        expect(await owner().byId({ taskId })).toMatchObject({ isOverdue: true });
        expect((await owner().list({ view: 'overdue' })).items.map(({ id }) => id)).toEqual([taskId]);
      }
    } finally {
      await setTimeZone(world, idOf('member'), null);
    }
  });

  it('whose due day moves is so no longer, and is told again when the new one passes', async () => {
    const { id: taskId } = await dueOn('2026-06-03');
    await at('2026-06-04T00:00:00Z');
    expect(await owner().update({ taskId, dueOn: '2026-06-10' })).toMatchObject({ isOverdue: false });
    expect((await at('2026-06-09T00:00:00Z')).overdue).toBe(0);
    expect((await at('2026-06-10T20:00:00Z')).overdue).toBe(1);
    expect((await overdueActivities(taskId)).length).toBe(2);
  });

  it('that goes to somebody whose clock is behind is overdue by theirs', async () => {
    await setTimeZone(world, idOf('admin'), 'Pacific/Pago_Pago');
    try {
      const { id: taskId } = await dueOn('2026-06-05');
      await at('2026-06-05T20:00:00Z');
      const moved = await owner().update({ taskId, assigneeId: idOf('admin') });
      expect(moved).toMatchObject({ isOverdue: false, dueAt: '2026-06-06T11:00:00.000Z' });
      expect((await at('2026-06-06T10:59:00Z')).overdue).toBe(0);
      expect((await at('2026-06-06T11:00:00Z')).overdue).toBe(1);
    } finally {
      await setTimeZone(world, idOf('admin'), null);
    }
  });

  it('is marked once though several workers look at the same moment', async () => {
    const made = await Promise.all(
      [1, 2, 3, 4, 5].map(() => dueOn('2026-06-07', { remindOn: '2026-06-07' })),
    );
    clock.at = new Date('2026-06-08T06:00:00Z');
    const done = await Promise.all([1, 2, 3].map(() => remindTasks(remindServices(world, clock))));
    const sum = (of: 'reminded' | 'overdue') => done.reduce((all, one) => all + one[of], 0);
    expect([sum('reminded'), sum('overdue')]).toEqual([made.length, made.length]);
    for (const { id } of made) {
      expect((await overdueActivities(id)).length).toBe(1);
      expect((await noticesOf(world, id)).map(({ kind }) => kind).sort()).toEqual([
        ...['TASK_ASSIGNED', 'TASK_OVERDUE', 'TASK_REMINDER'],
      ]);
    }
  });

  it('that was done in time is never overdue, and opened again it is', async () => {
    const { id: taskId } = await dueOn('2026-06-09');
    await owner().complete({ taskId });
    expect((await at('2026-06-20T00:00:00Z')).overdue).toBe(0);
    expect(await owner().reopen({ taskId })).toMatchObject({ isOverdue: true });
    expect((await at('2026-06-20T00:01:00Z')).overdue).toBe(1);
  });
});
