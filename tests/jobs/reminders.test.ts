import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { remindTasks } from '../../jobs/tasks/remind-tasks.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { markTask } from '../../server/domain/tasks/remind.ts';
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
/** Each test has the list to itself. */
afterEach(async () => {
  await world.ownerDb.pool.query('update tasks set is_active = false');
});

const idOf = (name: PersonName) => world.demo.people[name].userId;
const owner = () => caller(world, world.demo.people.owner.principal).tasks;
const at = (iso: string) => {
  clock.at = new Date(iso);
  return remindTasks(remindServices(world, clock));
};
const remindOn = (day: string, more: object = {}) =>
  owner().create({ title: 'Call Nadia', assigneeId: idOf('member'), remindOn: day, ...more });
const kinds = async (taskId: string) => (await noticesOf(world, taskId)).map(({ kind }) => kind);

describe('a reminder', () => {
  it('comes once its moment has passed in the agency’s zone, and once', async () => {
    const { id } = await remindOn('2026-06-01');
    expect(await at('2026-06-01T04:59:00Z')).toEqual({ reminded: 0, overdue: 0 });
    expect(await at('2026-06-01T05:00:00Z')).toEqual({ reminded: 1, overdue: 0 });
    expect(await at('2026-06-01T05:01:00Z')).toEqual({ reminded: 0, overdue: 0 });
    expect(await noticesOf(world, id)).toEqual([
      { kind: 'TASK_ASSIGNED', user_id: idOf('member'), actor_id: idOf('owner') },
      { kind: 'TASK_REMINDER', user_id: idOf('member'), actor_id: null },
    ]);
  });

  it('goes by the person’s own zone before the agency’s', async () => {
    await setTimeZone(world, idOf('member'), 'America/New_York');
    try {
      await remindOn('2026-06-01', { remindTime: '08:00' });
      expect((await at('2026-06-01T11:59:00Z')).reminded).toBe(0);
      expect((await at('2026-06-01T12:00:00Z')).reminded).toBe(1);
    } finally {
      await setTimeZone(world, idOf('member'), null);
    }
  });

  it('in a skipped hour comes at the gap’s end, and in a doubled hour in its first pass alone', async () => {
    await setTimeZone(world, idOf('member'), 'America/New_York');
    try {
      await remindOn('2026-03-08', { remindTime: '02:30' });
      expect((await at('2026-03-08T06:59:00Z')).reminded).toBe(0);
      expect((await at('2026-03-08T07:00:00Z')).reminded).toBe(1);
      await remindOn('2026-11-01', { remindTime: '01:30' });
      expect((await at('2026-11-01T05:29:00Z')).reminded).toBe(0);
      expect((await at('2026-11-01T05:30:00Z')).reminded).toBe(1);
      expect((await at('2026-11-01T06:30:00Z')).reminded).toBe(0);
    } finally {
      await setTimeZone(world, idOf('member'), null);
    }
  });

  it('that was missed while nobody ran is caught up, in pieces where there are many', async () => {
    const made = await Promise.all(['05', '03', '04'].map((day) => remindOn(`2026-06-${day}`)));
    clock.at = new Date('2026-07-01T00:00:00Z');
    const services = remindServices(world, clock);
    expect(await remindTasks(services, { most: 2 })).toEqual({ reminded: 2, overdue: 0 });
    // The longest waiting come first.
    expect(await Promise.all(made.map(({ id }) => kinds(id)))).toEqual([
      ['TASK_ASSIGNED'],
      ['TASK_ASSIGNED', 'TASK_REMINDER'],
      ['TASK_ASSIGNED', 'TASK_REMINDER'],
    ]);
    expect(await remindTasks(services, { most: 2 })).toEqual({ reminded: 1, overdue: 0 });
    expect(await remindTasks(services, { most: 2 })).toEqual({ reminded: 0, overdue: 0 });
  });

  it('comes once though several workers look at the same moment', async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => remindOn('2026-06-10')));
    clock.at = new Date('2026-06-10T06:00:00Z');
    const services = remindServices(world, clock);
    const done = await Promise.all([1, 2, 3].map(() => remindTasks(services)));
    expect(done.reduce((sum, { reminded }) => sum + reminded, 0)).toBe(made.length);
    for (const { id } of made) expect(await kinds(id)).toEqual(['TASK_ASSIGNED', 'TASK_REMINDER']);
  });

  it('is not lost to a run that dies before its transaction ends', async () => {
    const { id: taskId } = await remindOn('2026-06-11');
    clock.at = new Date('2026-06-11T06:00:00Z');
    const principal = jobPrincipal(world.demo.organizationId);
    const dying = withTenant(world.jobsDb, principal, 'write', async (tx) => {
      await markTask(tx, principal, { taskId, now: clock.at });
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await kinds(taskId)).toEqual(['TASK_ASSIGNED']);
    expect(await remindTasks(remindServices(world, clock))).toEqual({ reminded: 1, overdue: 0 });
    expect(await kinds(taskId)).toEqual(['TASK_ASSIGNED', 'TASK_REMINDER']);
  });

  it('that is moved comes again at its new moment', async () => {
    const { id: taskId } = await remindOn('2026-06-12');
    await at('2026-06-12T05:00:00Z');
    await owner().update({ taskId, remindOn: '2026-06-13' });
    expect((await at('2026-06-12T23:00:00Z')).reminded).toBe(0);
    expect((await at('2026-06-13T05:00:00Z')).reminded).toBe(1);
    await owner().update({ taskId, title: 'Call Nadia again' });
    expect((await at('2026-06-13T06:00:00Z')).reminded).toBe(0);
  });

  it('leaves the task’s version alone, so that nobody’s open form is stale', async () => {
    const { id: taskId, version } = await remindOn('2026-06-14');
    await at('2026-06-14T05:00:00Z');
    expect(await owner().update({ taskId, title: 'Saved', expectedVersion: version })).toMatchObject({
      title: 'Saved',
    });
  });

  it('of what is done, deleted or in a switched-off agency does not come', async () => {
    const done = await remindOn('2026-06-15');
    await owner().complete({ taskId: done.id });
    const deleted = await remindOn('2026-06-15');
    await owner().archive({ taskId: deleted.id });
    const theirs = caller(world, world.rival.people.owner.principal).tasks;
    await theirs.create({ title: 'Theirs', remindOn: '2026-06-15' });
    const switchTo = (isActive: boolean) =>
      world.ownerDb.pool.query('update organizations set is_active = $2 where id = $1', [
        world.rival.organizationId,
        isActive,
      ]);
    await switchTo(false);
    expect(await at('2026-06-15T05:00:00Z')).toEqual({ reminded: 0, overdue: 0 });
    await switchTo(true);
    expect(await at('2026-06-15T05:00:00Z')).toEqual({ reminded: 1, overdue: 0 });
  });

  it('of a task that is nobody’s goes to its owner', async () => {
    const { id } = await remindOn('2026-06-16', { assigneeId: null });
    await at('2026-06-16T05:00:00Z');
    expect(await noticesOf(world, id)).toEqual([
      { kind: 'TASK_REMINDER', user_id: idOf('owner'), actor_id: null },
    ]);
  });
});
