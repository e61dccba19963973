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

async function activitiesOf(taskId: string) {
  const { rows } = await world.ownerDb.pool.query<{
    type: string;
    audience: string;
    actor_id: string | null;
  }>('select type, audience, actor_id from activities where task_id = $1 order by id', [taskId]);
  return rows;
}

describe('a task that repeats', () => {
  const open = async (q: string) => (await as('owner').tasks.list({ q, completed: false })).items;

  test('brings its next when it is done, once however often and by how many', async () => {
    const made = await newTask({
      title: 'Weekly report',
      dueOn: '2026-05-18',
      dueTime: '16:00',
      remindOn: '2026-05-17',
      recurrence: 'WEEKLY',
      tags: ['report'],
      externalId: 'weekly-1',
      assigneeId: idOf('admin'),
    });
    const done = await Promise.all(
      (['owner', 'admin', 'owner'] as const).map((name) => as(name).tasks.complete({ taskId: made.id })),
    );
    const [next, ...others] = await open('Weekly report');
    expect(others).toEqual([]);
    expect(new Set(done.map(({ nextTaskId }) => nextTaskId))).toEqual(new Set([next?.id]));
    expect(next).toMatchObject({
      dueOn: '2026-05-25',
      dueTime: '16:00',
      remindOn: '2026-05-24',
      recurrence: 'WEEKLY',
      tags: ['report'],
      externalId: null,
      assigneeId: idOf('admin'),
      createdById: idOf('owner'),
      completed: false,
    });
    expect((await activitiesOf(next?.id ?? '')).map(({ type }) => type)).toEqual(['TASK_CREATED']);
  });

  test('makes up for none that was missed, and counts today in its assignee’s zone', async () => {
    const daily = { title: 'Daily look', dueOn: '2026-04-01', recurrence: 'DAILY' };
    clock.at = new Date('2026-05-20T21:30:00Z');
    const made = await newTask(daily);
    await as('owner').tasks.complete({ taskId: made.id });
    expect((await open('Daily look')).map(({ dueOn }) => dueOn)).toEqual(['2026-05-21']);
  });

  test('keeps the 31st as its day, and the others where one is moved alone', async () => {
    clock.at = new Date('2026-01-20T10:30:00Z');
    const first = await newTask({ title: 'Invoices', dueOn: '2026-01-31', recurrence: 'MONTHLY' });
    await as('owner').tasks.complete({ taskId: first.id });
    const [second] = await open('Invoices');
    expect(second?.dueOn).toBe('2026-02-28');
    await as('owner').tasks.update({ taskId: second?.id ?? '', dueOn: '2026-03-05' });
    await as('owner').tasks.complete({ taskId: second?.id ?? '' });
    const [third] = await open('Invoices');
    expect(third?.dueOn).toBe('2026-03-31');
    await as('owner').tasks.update({ taskId: third?.id ?? '', dueOn: '2026-03-15', movesSeries: true });
    await as('owner').tasks.complete({ taskId: third?.id ?? '' });
    expect((await open('Invoices')).map(({ dueOn }) => dueOn)).toEqual(['2026-04-15']);
  });

  test('that is opened again puts its next away, and takes it back when it is done', async () => {
    const made = await newTask({ title: 'Standup', dueOn: '2026-05-20', recurrence: 'WEEKDAYS' });
    const done = await as('owner').tasks.complete({ taskId: made.id });
    await as('owner').tasks.update({ taskId: done.nextTaskId ?? '', description: 'Kept' });
    await as('owner').tasks.reopen({ taskId: made.id });
    expect((await open('Standup')).map(({ id }) => id)).toEqual([made.id]);
    await as('owner').tasks.complete({ taskId: made.id });
    expect(await open('Standup')).toMatchObject([
      { id: done.nextTaskId, description: 'Kept', dueOn: '2026-05-21' },
    ]);
  });

  test('ends where its repeating is taken away, and begins anew from its due day where it changes', async () => {
    const made = await newTask({ title: 'Ends', dueOn: '2026-05-20', recurrence: 'DAILY' });
    await as('owner').tasks.update({ taskId: made.id, recurrence: null });
    expect(await as('owner').tasks.complete({ taskId: made.id })).toMatchObject({ nextTaskId: null });
    const turned = await newTask({ title: 'Turns', dueOn: '2026-05-20', recurrence: 'DAILY' });
    await as('owner').tasks.update({ taskId: turned.id, dueOn: '2026-05-22', recurrence: 'WEEKLY' });
    await as('owner').tasks.complete({ taskId: turned.id });
    expect((await open('Turns')).map(({ dueOn }) => dueOn)).toEqual(['2026-05-29']);
    const undated = as('owner').tasks.update({ taskId: (await open('Turns'))[0]?.id ?? '', dueOn: null });
    expect(await refusedFields(undated)).toEqual(['invalid', 'dueOn']);
  });
});
