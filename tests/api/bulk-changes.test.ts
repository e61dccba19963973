import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateBulkChangeInput } from '../../server/domain/bulk-changes/schema.ts';
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
const asRival = () => caller(world, world.rival.people.owner.principal);
const bulk = (input: CreateBulkChangeInput, name: PersonName = 'owner') => as(name).bulkChanges.create(input);

async function companies(names: readonly string[], fields: { brandId?: string; tags?: string[] } = {}) {
  const made = [];
  for (const name of names) made.push(await as('owner').companies.create({ name, ...fields }));
  return made.map(({ id }) => id);
}

const company = (companyId: string) => as('owner').companies.byId({ companyId });
const happened = async (companyId: string) =>
  (await as('owner').activities.list({ companyId })).items.map(({ type, metadata }) => ({ type, metadata }));

describe('a change of many records', () => {
  test('sets fields, adds and takes tags, and counts those that were so already', async () => {
    const recordIds = await companies(['One', 'Two'], { tags: ['old', 'kept'] });
    const [first = '', second = ''] = recordIds;
    await as('owner').companies.update({ companyId: second, type: 'CLIENT' });
    const change = { set: { type: 'CLIENT' }, addTags: ['new', 'kept'], removeTags: ['old'] };
    const done = await bulk({ noun: 'COMPANY', selection: { recordIds }, change });
    expect(done).toMatchObject({ matched: 2, changed: 2, unchanged: 0, refused: [] });
    expect(await company(first)).toMatchObject({ type: 'CLIENT', tags: ['kept', 'new'], version: 2 });
    const again = await bulk({ noun: 'COMPANY', selection: { recordIds }, change });
    expect(again).toEqual({ bulkChangeId: null, matched: 2, changed: 0, unchanged: 2, refused: [] });
  });

  test('is told on each record with what it said before', async () => {
    const [companyId = ''] = await companies(['Told']);
    const { bulkChangeId } = await bulk({
      noun: 'COMPANY',
      selection: { recordIds: [companyId] },
      change: { set: { industry: 'Food', customFields: { tier: 'A' } } },
    });
    expect((await happened(companyId))[0]).toEqual({
      type: 'COMPANY_UPDATED',
      metadata: {
        bulkChangeId,
        changes: { industry: { from: null, to: 'Food' }, 'customFields.tier': { from: null, to: 'A' } },
      },
    });
  });

  test('keeps the other fields of the agency’s own, and takes one away by null', async () => {
    const { id } = await as('owner').contacts.create({
      firstName: 'Own',
      lastName: 'Fields',
      customFields: { kept: 1, gone: 2 },
    });
    await bulk({
      noun: 'CONTACT',
      selection: { recordIds: [id] },
      change: { set: { customFields: { gone: null, made: 3 } } },
    });
    expect(await as('owner').contacts.byId({ contactId: id })).toMatchObject({
      customFields: { kept: 1, made: 3 },
    });
  });

  test('takes all that a list matches, and nothing where another number matches by now', async () => {
    await companies(['Listed 1', 'Listed 2', 'Not on it']);
    const selection = { list: { q: 'Listed ' }, expectedCount: 2 };
    const change = { addTags: ['from the list'] };
    expect(await bulk({ noun: 'COMPANY', selection, change })).toMatchObject({ matched: 2, changed: 2 });
    await companies(['Listed 3']);
    const { code } = await refusal(bulk({ noun: 'COMPANY', selection, change: { addTags: ['more'] } }));
    expect(code).toBe('conflict');
    const { items } = await as('owner').companies.list({ q: 'Listed ' });
    expect(items.filter(({ tags }) => tags.includes('more'))).toEqual([]);
  });

  test('deletes and restores; what is deleted is edited by nobody', async () => {
    const recordIds = await companies(['Bin 1', 'Bin 2']);
    const [first = ''] = recordIds;
    await as('owner').companies.archive({ companyId: first });
    const selection = { recordIds };
    expect(await bulk({ noun: 'COMPANY', selection, change: { archive: true } })).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
    expect(await bulk({ noun: 'COMPANY', selection, change: { set: { type: 'CLIENT' } } })).toMatchObject({
      changed: 0,
      refused: [
        { code: 'IN_RECYCLE_BIN', count: 2, recordIds: expect.arrayContaining(recordIds) as string[] },
      ],
    });
    const restored = { list: { deleted: true, q: 'Bin ' } };
    expect(await bulk({ noun: 'COMPANY', selection: restored, change: { restore: true } })).toMatchObject({
      changed: 2,
    });
    expect((await happened(first)).map(({ type }) => type).slice(0, 2)).toEqual([
      'COMPANY_RESTORED',
      'COMPANY_DELETED',
    ]);
  });

  test('of 1,200 records is one change', async () => {
    await world.ownerDb.pool.query(
      `insert into contacts (organization_id, first_name, last_name) select $1, 'Many', 'No ' || n from generate_series(1, 1200) n`,
      [world.demo.organizationId],
    );
    const done = await bulk({
      noun: 'CONTACT',
      selection: { list: { q: 'Many No ' }, expectedCount: 1200 },
      change: { set: { status: 'INACTIVE' } },
    });
    expect(done).toMatchObject({ matched: 1200, changed: 1200 });
    const undone = await as('owner').bulkChanges.undo({ bulkChangeId: done.bulkChangeId ?? '' });
    expect(undone).toEqual({ restored: 1200, refused: [] });
    expect(await as('owner').contacts.count({ q: 'Many No ', status: 'ACTIVE' })).toBe(1200);
  });

  test('above 10,000 records is refused with what to do', async () => {
    await world.ownerDb.pool.query(
      `insert into tasks (organization_id, title) select $1, 'Crowd ' || n from generate_series(1, 10001) n`,
      [world.rival.organizationId],
    );
    const call = asRival().bulkChanges.create({
      noun: 'TASK',
      selection: { list: { q: 'Crowd ' } },
      change: { addTags: ['x'] },
    });
    expect(await refusal(call)).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('Narrow the list') as string,
    });
  });
});

describe('a change of many deals', () => {
  const deal = async (name: string, fields: object = {}) =>
    (await as('owner').deals.create({ name, ...fields })).id;

  test('moves them to the top of the column in their order, with what happened to each', async () => {
    const standing = await deal('Standing', { stage: 'PROPOSAL' });
    const below = await deal('Below');
    const above = await deal('Above');
    const done = await bulk({
      noun: 'DEAL',
      selection: { recordIds: [below, above] },
      change: { set: { stage: 'PROPOSAL', ownerId: world.demo.people.admin.userId } },
    });
    expect(done).toMatchObject({ changed: 2, refused: [] });
    const column = await as('owner').deals.boardColumn({ stage: 'PROPOSAL' });
    expect(column.items.map(({ id }) => id)).toEqual([above, below, standing]);
    expect(await as('owner').deals.byId({ dealId: above })).toMatchObject({
      stage: 'PROPOSAL',
      probability: 50,
    });
    const { items } = await as('owner').activities.list({ dealId: above });
    expect(items.map(({ type }) => type).sort()).toEqual([
      'DEAL_CREATED',
      'DEAL_STAGE_CHANGED',
      'DEAL_UPDATED',
    ]);
  });

  test('closes them as won or lost and for a reason, never as neither', async () => {
    const recordIds = [await deal('Closing 1'), await deal('Closing 2')];
    const close = (set: object) =>
      bulk({ noun: 'DEAL', selection: { recordIds }, change: { set: { ...set } } });
    expect(await refusedFields(close({ stage: 'CLOSED' }))).toEqual(['invalid', 'change.set.status']);
    expect(await refusedFields(close({ stage: 'LEAD', status: 'WON' }))).toEqual([
      'invalid',
      'change.set.status',
    ]);
    expect(await refusedFields(close({ status: 'WON' }))).toEqual(['invalid', 'change.set.status']);
    expect(await refusedFields(close({ reason: 'Price' }))).toEqual(['invalid', 'change.set.reason']);
    expect(await close({ stage: 'CLOSED', status: 'LOST', reason: 'Price' })).toMatchObject({ changed: 2 });
    expect(await as('owner').deals.byId({ dealId: recordIds[0] ?? '' })).toMatchObject({
      stage: 'CLOSED',
      status: 'LOST',
      closeReason: 'Price',
      probability: 0,
      closedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    });
  });

  test('refuses those that lack what the stage asks for, and moves the others', async () => {
    await as('owner').dealStages.update({ stage: 'NEGOTIATION', requiredFields: ['amount'] });
    const poor = await deal('Poor');
    const rich = await deal('Rich', { amount: { amount: '10.00', currency: 'AED' } });
    const done = await bulk({
      noun: 'DEAL',
      selection: { recordIds: [poor, rich] },
      change: { set: { stage: 'NEGOTIATION' } },
    });
    expect(done).toMatchObject({
      changed: 1,
      refused: [{ code: 'STAGE_FIELDS', count: 1, recordIds: [poor] }],
    });
    expect(done.refused[0]?.reason).toContain('Say the amount');
    expect(await as('owner').deals.byId({ dealId: rich })).toMatchObject({ stage: 'NEGOTIATION' });
  });

  test('is undone with stage, place, probability and day', async () => {
    const dealId = await deal('Back again', { stage: 'QUALIFIED', probability: 42 });
    const before = await as('owner').deals.byId({ dealId });
    const { bulkChangeId } = await bulk({
      noun: 'DEAL',
      selection: { recordIds: [dealId] },
      change: { set: { stage: 'CLOSED', status: 'WON' } },
    });
    await as('owner').bulkChanges.undo({ bulkChangeId: bulkChangeId ?? '' });
    const { version, updatedAt, ...after } = await as('owner').deals.byId({ dealId });
    expect({ ...after, version: before.version, updatedAt: before.updatedAt }).toEqual(before);
    expect(version).toBe(before.version + 2);
    expect(updatedAt).not.toBe(before.updatedAt);
  });
});

describe('a change of many tasks', () => {
  test('gives them to somebody, who is told, and refuses those that are read through a record alone', async () => {
    const { member } = world.demo.people;
    const { id: companyId } = await as('owner').companies.create({
      name: 'With tasks',
      brandId: world.demo.brands.first,
    });
    const ours = await as('member').tasks.create({ title: 'Ours', companyId });
    const theirs = await as('owner').tasks.create({ title: 'Theirs', companyId, brandId: null });
    await world.ownerDb.pool.query('update tasks set brand_id = null, owner_id = null where id = $1', [
      theirs.id,
    ]);
    const selection = { recordIds: [ours.id, theirs.id] };
    const done = await bulk({ noun: 'TASK', selection, change: { set: { priority: 'URGENT' } } }, 'member');
    expect(done).toMatchObject({ changed: 1, refused: [{ code: 'NOT_YOURS', recordIds: [theirs.id] }] });
    await bulk({
      noun: 'TASK',
      selection,
      change: { set: { assigneeId: member.userId, dueOn: '2030-01-31' } },
    });
    expect(await as('owner').tasks.byId({ taskId: theirs.id })).toMatchObject({
      assigneeId: member.userId,
      dueOn: '2030-01-31',
    });
    const { items } = await as('member').notifications.list({});
    expect(items.filter(({ kind }) => kind === 'TASK_ASSIGNED')).toHaveLength(1);
  });
});

describe('undoing', () => {
  test('gives back what nobody changed since, and says how many were', async () => {
    const recordIds = await companies(['Undo 1', 'Undo 2', 'Undo 3'], { tags: ['a'] });
    const [first = '', second = ''] = recordIds;
    const { bulkChangeId } = await bulk({
      noun: 'COMPANY',
      selection: { recordIds },
      change: { set: { type: 'VENDOR', customFields: { x: 1 } }, addTags: ['b'] },
    });
    await as('admin').companies.update({ companyId: second, city: 'Muscat' });
    const undone = await as('owner').bulkChanges.undo({ bulkChangeId: bulkChangeId ?? '' });
    expect(undone).toMatchObject({
      restored: 2,
      refused: [{ code: 'CHANGED_SINCE', count: 1, recordIds: [second] }],
    });
    expect(await company(first)).toMatchObject({ type: 'PROSPECT', tags: ['a'], customFields: {} });
    expect(await company(second)).toMatchObject({ type: 'VENDOR', city: 'Muscat' });
    expect((await happened(first))[0]).toMatchObject({ type: 'COMPANY_UPDATED', metadata: { isUndo: true } });
    expect((await refusal(as('owner').bulkChanges.undo({ bulkChangeId: bulkChangeId ?? '' }))).code).toBe(
      'conflict',
    );
  });

  test('is its author’s alone, and for a minute', async () => {
    const recordIds = await companies(['Late']);
    const change = { set: { type: 'VENDOR' } };
    const { bulkChangeId } = await bulk({ noun: 'COMPANY', selection: { recordIds }, change });
    const undo = (name: PersonName) =>
      refusal(as(name).bulkChanges.undo({ bulkChangeId: bulkChangeId ?? '' }));
    const none = await refusal(as('admin').bulkChanges.undo({ bulkChangeId: randomUUID() }));
    expect(await undo('admin')).toEqual(none);
    expect(none.code).toBe('not_found');
    expect((await undo('viewer')).code).toBe('forbidden');
    expect(await refusal(asRival().bulkChanges.undo({ bulkChangeId: bulkChangeId ?? '' }))).toEqual(none);
    await world.ownerDb.pool.query(
      `update bulk_changes set created_at = now() - interval '61 seconds' where id = $1`,
      [bulkChangeId],
    );
    expect((await undo('owner')).code).toBe('conflict');
    expect(await company(recordIds[0] ?? '')).toMatchObject({ type: 'VENDOR' });
  });
});

describe('who changes many records', () => {
  test('is no viewer', async () => {
    const recordIds = await companies(['Read alone']);
    const call = bulk({ noun: 'COMPANY', selection: { recordIds }, change: { archive: true } }, 'viewer');
    expect((await refusal(call)).code).toBe('forbidden');
  });

  test('reaches what is theirs; another’s and nobody’s are one', async () => {
    const [ours = '', theirs = ''] = [
      ...(await companies(['Of the first'], { brandId: world.demo.brands.first })),
      ...(await companies(['Of the second'], { brandId: world.demo.brands.second })),
    ];
    const foreign = (await asRival().companies.create({ name: 'Foreign' })).id;
    const nobodys = randomUUID();
    const selection = { recordIds: [ours, theirs, foreign, nobodys] };
    for (const name of ['member', 'client'] as const) {
      const done = await bulk({ noun: 'COMPANY', selection, change: { addTags: [name] } }, name);
      expect(done).toMatchObject({ matched: 4, changed: 1 });
      expect(done.refused).toEqual([
        {
          code: 'NOT_FOUND',
          reason: 'Not there any more, or not yours to see.',
          count: 3,
          recordIds: [theirs, foreign, nobodys],
        },
      ]);
    }
    const none = await bulk({ noun: 'COMPANY', selection, change: { archive: true } }, 'unassigned');
    expect(none).toMatchObject({ changed: 0, refused: [{ count: 4 }] });
    expect(await company(theirs)).toMatchObject({ tags: [], isActive: true });
    expect(await asRival().companies.byId({ companyId: foreign })).toMatchObject({
      tags: [],
      isActive: true,
    });
    const all = await bulk(
      { noun: 'COMPANY', selection: { list: {} }, change: { addTags: ['z'] } },
      'unassigned',
    );
    expect(all).toMatchObject({ matched: 0, changed: 0 });
  });

  test('gives no record out of their own sight, nor to whom they do not see', async () => {
    const [brandless = ''] = await companies(['Handed'], {});
    await as('owner').companies.update({ companyId: brandless, ownerId: world.demo.people.member.userId });
    const give = (set: object) =>
      bulk({ noun: 'COMPANY', selection: { recordIds: [brandless] }, change: { set: { ...set } } }, 'member');
    expect(await give({ ownerId: world.demo.people.admin.userId })).toMatchObject({
      changed: 0,
      refused: [{ code: 'OUT_OF_REACH', count: 1 }],
    });
    expect(await refusedFields(give({ brandId: world.demo.brands.second }))).toEqual([
      'invalid',
      'change.set.brandId',
    ]);
    expect(await refusedFields(give({ ownerId: world.rival.people.owner.userId }))).toEqual([
      'invalid',
      'change.set.ownerId',
    ]);
  });

  test('says one thing that is known: unknown fields and two acts at once are refused', async () => {
    const [recordId = ''] = await companies(['Strict']);
    const selection = { recordIds: [recordId] };
    const send = (change: object, more: object = {}) =>
      refusedFields(bulk({ noun: 'COMPANY', selection, change, ...more }));
    expect(await send({})).toEqual(['invalid', 'change']);
    expect(await send({ set: {} })).toEqual(['invalid', 'change']);
    expect(await send({ set: { stage: 'LEAD' } })).toEqual(['invalid', 'change.set.stage']);
    expect(await send({ set: { type: 'NOTHING' } })).toEqual(['invalid', 'change.set.type']);
    expect(await send({ archive: true, restore: true })).toEqual(['invalid', 'change']);
    expect(await send({ archive: true, addTags: ['x'] })).toEqual(['invalid', 'change']);
    expect(await send({ addTags: [] })).toEqual(['invalid', 'change.addTags']);
    expect(await send({ addTags: ['x'], more: 1 })).toEqual(['invalid', 'change.more']);
    expect(await send({ archive: true }, { noun: 'CAMPAIGN' })).toEqual(['invalid', 'noun']);
    expect(await send({ archive: true }, { selection: { list: { cursor: 'x' } } })).toEqual([
      'invalid',
      'selection.list.cursor',
    ]);
    expect(await send({ archive: true }, { selection: { list: { nonsense: 'x' } } })).toEqual([
      'invalid',
      'selection.list.nonsense',
    ]);
    expect(await send({ archive: true }, { selection: { recordIds: [] } })).toEqual([
      'invalid',
      'selection.recordIds',
    ]);
  });
});
