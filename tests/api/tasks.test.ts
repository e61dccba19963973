import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
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
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
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

describe('a new task', () => {
  test('needs a title alone, and is its author’s to do', async () => {
    const made = await as('member').tasks.create({ title: 'Send the brief' });
    expect(made).toMatchObject({
      title: 'Send the brief',
      assigneeId: idOf('member'),
      assigneeName: 'member of demo',
      ownerId: idOf('member'),
      createdById: idOf('member'),
      brandId: null,
      priority: 'MEDIUM',
      dueOn: null,
      dueAt: null,
      timeZone: 'Asia/Dubai',
      isShared: false,
      completed: false,
      completedAt: null,
      isOverdue: false,
      isActive: true,
      version: 1,
    });
    expect(await as('member').tasks.byId({ taskId: made.id })).toEqual(made);
    expect(await activitiesOf(made.id)).toEqual([
      { type: 'TASK_CREATED', audience: 'AGENCY', actor_id: idOf('member') },
    ]);
  });

  test('answers what was sent, with its moments in the assignee’s zone', async () => {
    const sent = {
      title: ' <b>“Größe”</b> ',
      description: 'First\nsecond',
      dueOn: '2026-05-21',
      dueTime: '09:30',
      remindOn: '2026-05-20',
      remindTime: '18:00',
      priority: 'URGENT' as const,
      tags: ['a', 'b'],
      customFields: { effort: 3 },
      externalId: 'erp-task-1',
      assigneeId: idOf('admin'),
      isShared: true,
    };
    const made = await newTask(sent);
    expect(made).toMatchObject({
      ...sent,
      dueAt: '2026-05-21T05:30:00.000Z',
      remindAt: '2026-05-20T14:00:00.000Z',
    });
    expect(await newTask({ dueOn: '2026-05-20', remindOn: '2026-05-20' })).toMatchObject({
      dueAt: '2026-05-20T20:00:00.000Z',
      remindAt: '2026-05-20T05:00:00.000Z',
      isOverdue: false,
    });
  });

  test('has the brand of its record, and on a deal alone the deal’s company and contact', async () => {
    const { first } = world.demo.brands;
    const company = await as('owner').companies.create({ name: 'Client', brandId: first });
    const contact = await as('owner').contacts.create({
      firstName: 'Nadia',
      lastName: 'Haddad',
      companyId: company.id,
    });
    const deal = await as('owner').deals.create({
      name: 'Summer',
      companyId: company.id,
      contactId: contact.id,
    });
    expect(await newTask({ dealId: deal.id })).toMatchObject({
      dealId: deal.id,
      dealName: 'Summer',
      companyId: company.id,
      companyName: 'Client',
      contactId: contact.id,
      contactName: 'Nadia Haddad',
      brandId: null,
    });
    expect(await newTask({ companyId: company.id })).toMatchObject({ brandId: first, contactId: null });
    expect(await newTask({ companyId: company.id, brandId: null })).toMatchObject({ brandId: null });
    expect(await newTask({ dealId: deal.id, companyId: null })).toMatchObject({ companyId: null });
  });

  test('is refused with what does not fit', async () => {
    const create = (sent: object) => refusedFields(newTask(sent));
    expect(await create({ title: '' })).toEqual(['invalid', 'title']);
    expect(await create({ titel: 'x' })).toEqual(['invalid', 'titel']);
    expect(await create({ dueOn: '2026-02-30' })).toEqual(['invalid', 'dueOn']);
    expect(await create({ dueOn: '2026-02-20', dueTime: '24:00' })).toEqual(['invalid', 'dueTime']);
    expect(await create({ dueTime: '10:00' })).toEqual(['invalid', 'dueOn']);
    expect(await create({ remindTime: '10:00' })).toEqual(['invalid', 'remindOn']);
    expect(await create({ recurrence: 'DAILY' })).toEqual(['invalid', 'dueOn']);
    expect(await create({ recurrence: 'HOURLY', dueOn: '2026-02-20' })).toEqual(['invalid', 'recurrence']);
    expect(await create({ priority: 'TOP' })).toEqual(['invalid', 'priority']);
    expect(await create({ organizationId: world.rival.organizationId })).toEqual([
      'invalid',
      'organizationId',
    ]);
  });

  test('is refused for people and records that its author does not see', async () => {
    const theirs = await asRival('owner').deals.create({ name: 'Theirs' });
    const own = await as('owner').companies.create({ name: 'The owner’s own' });
    expect(await refusedFields(newTask({ dealId: theirs.id }))).toEqual(['invalid', 'dealId']);
    expect(await refusedFields(newTask({ dealId: randomUUID() }))).toEqual(['invalid', 'dealId']);
    expect(await refusedFields(newTask({ assigneeId: world.rival.people.owner.userId }))).toEqual([
      'invalid',
      'assigneeId',
    ]);
    const byUnassigned = as('unassigned').tasks.create({ title: 'x', companyId: own.id });
    expect(await refusedFields(byUnassigned)).toEqual(['invalid', 'companyId']);
    const inSecond = as('member').tasks.create({ title: 'x', brandId: world.demo.brands.second });
    expect(await refusedFields(inSecond)).toEqual(['invalid', 'brandId']);
  });

  test('is given to a client’s own login only where that login reads it', async () => {
    const { first, second } = world.demo.brands;
    const assigneeId = idOf('client');
    expect(await refusedFields(newTask({ assigneeId }))).toEqual(['invalid', 'assigneeId']);
    expect(await refusedFields(newTask({ assigneeId, brandId: first }))).toEqual(['invalid', 'assigneeId']);
    expect(await refusedFields(newTask({ assigneeId, brandId: second, isShared: true }))).toEqual([
      'invalid',
      'assigneeId',
    ]);
    const made = await newTask({ assigneeId, brandId: first, isShared: true });
    const unshared = as('owner').tasks.update({ taskId: made.id, isShared: false });
    expect(await refusedFields(unshared)).toEqual(['invalid', 'assigneeId']);
    expect(await as('client').tasks.complete({ taskId: made.id })).toMatchObject({ completed: true });
  });

  test('is refused to a viewer, and leaves nothing', async () => {
    expect(await refusedFields(as('viewer').tasks.create({ title: 'By a viewer' }))).toEqual(['forbidden']);
    expect((await as('owner').tasks.list({ q: 'By a viewer' })).items).toEqual([]);
  });
});

describe('a task', () => {
  test('of another agency, of nobody here, and a nonsense id are one and the same answer', async () => {
    const { id: taskId } = await newTask({ brandId: world.demo.brands.second });
    const unseen = await refusal(as('owner').tasks.byId({ taskId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found', status: 404 });
    for (const ask of [asRival('owner'), as('member'), as('unassigned'), as('client')]) {
      expect(await refusal(ask.tasks.byId({ taskId }))).toEqual(unseen);
      expect(await refusal(ask.tasks.update({ taskId, title: 'Mine' }))).toEqual(unseen);
      expect(await refusal(ask.tasks.complete({ taskId }))).toEqual(unseen);
      expect(await refusal(ask.tasks.reopen({ taskId }))).toEqual(unseen);
      expect(await refusal(ask.tasks.archive({ taskId }))).toEqual(unseen);
      expect(await refusal(ask.tasks.restore({ taskId }))).toEqual(unseen);
    }
    expect(await as('viewer').tasks.byId({ taskId })).toMatchObject({ title: 'Call Nadia', version: 1 });
  });

  test('is changed by nobody who only reads', async () => {
    const { id: taskId } = await newTask();
    for (const call of [
      () => as('viewer').tasks.update({ taskId, title: 'x' }),
      () => as('viewer').tasks.complete({ taskId }),
      () => as('viewer').tasks.reopen({ taskId }),
      () => as('viewer').tasks.archive({ taskId }),
      () => as('viewer').tasks.restore({ taskId }),
    ]) {
      expect((await refusal(call())).code).toBe('forbidden');
    }
    expect(await as('owner').tasks.byId({ taskId })).toMatchObject({ version: 1, completed: false });
  });

  test('is seen through its record, and changed through it by nobody', async () => {
    const company = await as('unassigned').companies.create({ name: 'A member’s own' });
    const { id: taskId } = await newTask({ companyId: company.id });
    expect(await as('unassigned').tasks.byId({ taskId })).toMatchObject({ companyName: 'A member’s own' });
    for (const call of [
      () => as('unassigned').tasks.update({ taskId, title: 'x' }),
      () => as('unassigned').tasks.complete({ taskId }),
      () => as('unassigned').tasks.archive({ taskId }),
    ]) {
      expect(await refusal(call())).toMatchObject({ code: 'forbidden', message: /You may read this task/ });
    }
    expect(await as('owner').tasks.byId({ taskId })).toMatchObject({ version: 1 });
  });

  test('of the agency’s own is hidden from its client until it is shared', async () => {
    const { first } = world.demo.brands;
    const { id: taskId } = await newTask({ brandId: first });
    expect((await refusal(as('client').tasks.byId({ taskId }))).code).toBe('not_found');
    expect((await as('client').tasks.list({ brandId: first })).items.map(({ id }) => id)).not.toContain(
      taskId,
    );
    await as('owner').tasks.update({ taskId, isShared: true });
    expect(await as('client').tasks.byId({ taskId })).toMatchObject({ isShared: true });
    expect(await as('client').tasks.list({ brandId: first })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: taskId })]) as unknown,
    });
  });

  test('that a client makes is the brand’s and shared, and the agency’s people of the brand see it', async () => {
    const made = await as('client').tasks.create({ title: 'Please look' });
    expect(made).toMatchObject({ brandId: world.demo.brands.first, isShared: true, assigneeId: null });
    expect(await as('member').tasks.byId({ taskId: made.id })).toMatchObject({ title: 'Please look' });
  });

  test('is seen and done by its assignee, who cannot hand it on past their own sight', async () => {
    const { id: taskId } = await newTask({ assigneeId: idOf('unassigned') });
    await as('unassigned').tasks.update({ taskId, description: 'Began' });
    const handedOn = as('unassigned').tasks.update({ taskId, assigneeId: idOf('member') });
    expect((await refusal(handedOn)).code).toBe('forbidden');
    expect(await as('unassigned').tasks.complete({ taskId })).toMatchObject({
      completedById: idOf('unassigned'),
      completedByName: 'unassigned of demo',
    });
  });
});

describe('a change of a task', () => {
  test('touches what it names, and is told with before and after', async () => {
    const { id: taskId } = await newTask({ dueOn: '2026-05-22', dueTime: '10:00' });
    const changed = await as('owner').tasks.update({ taskId, title: 'Call Nadia back', dueTime: '10:00' });
    expect(changed).toMatchObject({ title: 'Call Nadia back', dueTime: '10:00', version: 2 });
    const { rows } = await world.ownerDb.pool.query<{ metadata: unknown }>(
      `select metadata from activities where task_id = $1 and type = 'TASK_UPDATED'`,
      [taskId],
    );
    expect(rows).toEqual([
      { metadata: { changes: { title: { from: 'Call Nadia', to: 'Call Nadia back' } } } },
    ]);
    expect(await as('owner').tasks.update({ taskId, title: 'Call Nadia back' })).toMatchObject({
      version: 2,
    });
    expect(await as('owner').tasks.update({ taskId, dueOn: null })).toMatchObject({
      dueOn: null,
      dueTime: null,
    });
  });

  test('on an old version is refused, and on different fields both win', async () => {
    const { id: taskId } = await newTask();
    await as('admin').tasks.update({ taskId, priority: 'HIGH', expectedVersion: 1 });
    const stale = { taskId, title: 'Mine', expectedVersion: 1 };
    expect((await refusal(as('owner').tasks.update(stale))).code).toBe('precondition');
    expect((await refusal(as('owner').tasks.complete({ taskId, expectedVersion: 1 }))).code).toBe(
      'precondition',
    );
    expect((await refusal(as('owner').tasks.archive({ taskId, expectedVersion: 1 }))).code).toBe(
      'precondition',
    );
    const both = await as('owner').tasks.update({ ...stale, base: { title: 'Call Nadia' } });
    expect(both).toMatchObject({ title: 'Mine', priority: 'HIGH' });
    const clash = as('owner').tasks.update({ taskId, priority: 'LOW', base: { priority: 'MEDIUM' } });
    expect(await refusal(clash)).toMatchObject({
      code: 'conflict',
      conflicts: [{ field: 'priority', base: 'MEDIUM', current: 'HIGH', yours: 'LOW' }],
    });
  });

  test('moves it to the recycle bin and back, told each time', async () => {
    const { id: taskId } = await newTask();
    expect(await as('owner').tasks.archive({ taskId })).toMatchObject({ isActive: false });
    expect((await as('owner').tasks.list({ q: 'Call', deleted: true })).items.map(({ id }) => id)).toContain(
      taskId,
    );
    expect((await refusal(as('owner').tasks.complete({ taskId }))).code).toBe('conflict');
    expect(await as('owner').tasks.restore({ taskId })).toMatchObject({ isActive: true });
    await as('owner').tasks.restore({ taskId });
    expect((await activitiesOf(taskId)).map(({ type }) => type)).toEqual([
      'TASK_CREATED',
      'TASK_DELETED',
      'TASK_RESTORED',
    ]);
  });

  test('completes it and opens it again, by command or by field, once', async () => {
    const { id: taskId } = await newTask({ isShared: true });
    const done = await as('owner').tasks.update({ taskId, completed: true });
    expect(done).toMatchObject({
      completed: true,
      completedAt: '2026-05-20T10:30:00.000Z',
      completedById: idOf('owner'),
      nextTaskId: null,
    });
    expect(await as('admin').tasks.complete({ taskId })).toEqual(done);
    expect(await as('owner').tasks.update({ taskId, completed: false, title: 'Again' })).toMatchObject({
      completed: false,
      completedAt: null,
      completedById: null,
      title: 'Again',
    });
    expect(await activitiesOf(taskId)).toEqual(
      ['TASK_CREATED', 'TASK_COMPLETED', 'TASK_UPDATED', 'TASK_REOPENED'].map((type) => ({
        type,
        audience: 'EVERYONE',
        actor_id: idOf('owner'),
      })),
    );
  });
});
