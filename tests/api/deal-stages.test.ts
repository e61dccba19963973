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

describe('the stages of a pipeline', () => {
  test('are the product’s own until the agency says otherwise', async () => {
    expect(await asRival('viewer').dealStages.list()).toEqual(
      [
        ['LEAD', 10],
        ['QUALIFIED', 30],
        ['PROPOSAL', 50],
        ['NEGOTIATION', 75],
        ['CLOSED', null],
      ].map(([stage, probability]) => ({
        stage,
        probability,
        staleAfterDays: null,
        requiredFields: [],
        version: 1,
      })),
    );
  });

  test('take what the agency says, one after the other, and tell of it', async () => {
    const first = await as('admin').dealStages.update({ stage: 'LEAD', probability: 5, expectedVersion: 1 });
    expect(first).toMatchObject({ probability: 5, staleAfterDays: null, version: 2 });
    const second = await as('owner').dealStages.update({ stage: 'LEAD', staleAfterDays: 14 });
    expect(second).toMatchObject({ probability: 5, staleAfterDays: 14, version: 3 });
    expect(await as('owner').dealStages.update({ stage: 'LEAD', staleAfterDays: 14 })).toEqual(second);
    expect(
      await refusal(as('owner').dealStages.update({ stage: 'LEAD', probability: 6, expectedVersion: 2 })),
    ).toMatchObject({ code: 'precondition' });
    const { items } = await as('owner').activities.list({ limit: 200 });
    expect(items.filter(({ type }) => type === 'PIPELINE_UPDATED')).toHaveLength(2);
    expect((await as('owner').deals.create({ name: 'At five' })).probability).toBe(5);
    expect((await as('owner').deals.board({})).columns[0]?.staleAfterDays).toBe(14);
    expect((await asRival('owner').dealStages.list())[0]).toMatchObject({ probability: 10, version: 1 });
    await as('owner').dealStages.update({ stage: 'LEAD', probability: 10, staleAfterDays: null });
  });

  test('are changed once by two who begin at once', async () => {
    const change = (probability: number) =>
      as('owner').dealStages.update({ stage: 'QUALIFIED', probability, expectedVersion: 1 });
    const results = await Promise.allSettled([change(31), change(32)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await as('owner').dealStages.update({ stage: 'QUALIFIED', probability: 30 });
  });

  test('refuse what does not fit them', async () => {
    const update = (sent: object) => refusedFields(as('owner').dealStages.update(sent as { stage: 'LEAD' }));
    expect(await update({ stage: 'CLOSED', probability: 40 })).toEqual(['invalid', 'probability']);
    expect(await update({ stage: 'CLOSED', staleAfterDays: 4 })).toEqual(['invalid', 'staleAfterDays']);
    expect(await update({ stage: 'LEAD', requiredFields: ['closeReason'] })).toEqual([
      'invalid',
      'requiredFields',
    ]);
    expect(await update({ stage: 'LEAD', requiredFields: ['customFields.nowhere'] })).toEqual([
      'invalid',
      'requiredFields',
    ]);
    expect(await update({ stage: 'LEAD', requiredFields: ['name'] })).toEqual([
      'invalid',
      'requiredFields.0',
    ]);
    expect(await update({ stage: 'LEAD', probability: 101 })).toEqual(['invalid', 'probability']);
    expect(await update({ stage: 'LEAD', color: 'red' })).toEqual(['invalid', 'color']);
  });

  test('are changed by owners and admins alone', async () => {
    for (const name of ['member', 'unassigned', 'viewer', 'client'] as const) {
      const change = as(name).dealStages.update({ stage: 'LEAD', probability: 1 });
      expect(await refusedFields(change)).toEqual(['forbidden']);
      const reason = as(name).dealStages.createCloseReason({ status: 'LOST', name: 'No' });
      expect(await refusedFields(reason)).toEqual(['forbidden']);
    }
  });
});

describe('what a stage asks for', () => {
  const need = (requiredFields: string[], stage: 'PROPOSAL' | 'CLOSED' = 'PROPOSAL') =>
    as('owner').dealStages.update({ stage, requiredFields: requiredFields as 'amount'[] });

  test('must be there before a deal is created in it or moved to it', async () => {
    await need(['amount', 'contactId']);
    const create = as('owner').deals.create({ name: 'Bare', stage: 'PROPOSAL' });
    expect(await refusedFields(create)).toEqual(['invalid', 'amount', 'contactId']);
    const { id: dealId } = await as('owner').deals.create({ name: 'Bare' });
    const refused = await refusal(as('owner').deals.move({ dealId, stage: 'PROPOSAL' }));
    expect(refused.message).toBe('Say the amount and choose the contact: stage Proposal asks for it.');
    expect(await as('owner').deals.byId({ dealId })).toMatchObject({ stage: 'LEAD', version: 1 });

    const contact = await as('owner').contacts.create({ firstName: 'A', lastName: 'B' });
    const fields = { amount: '12.50', contactId: contact.id };
    const moved = await as('owner').deals.move({ dealId, stage: 'PROPOSAL', fields });
    expect(moved).toMatchObject({ stage: 'PROPOSAL', amount: { amount: '12.50', currency: 'AED' } });
    const emptied = as('owner').deals.update({ dealId, amount: null });
    expect(await refusedFields(emptied)).toEqual(['invalid', 'amount']);
    expect(await as('owner').deals.update({ dealId, name: 'Filled' })).toMatchObject({ name: 'Filled' });
    await need([]);
    expect(await as('owner').deals.update({ dealId, amount: null })).toMatchObject({ amount: null });
  });

  test('leaves a deal that stood there without it as it is', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'Old', stage: 'PROPOSAL' });
    await need(['amount']);
    expect(await as('owner').deals.update({ dealId, name: 'Older' })).toMatchObject({ name: 'Older' });
    await need([]);
  });

  test('may be a field of the agency’s own and the reason of closing', async () => {
    await world.ownerDb.pool.query(
      `insert into custom_fields (organization_id, noun, key, label, kind) values ($1, 'DEAL', 'scope', 'Scope', 'TEXT')`,
      [world.demo.organizationId],
    );
    await need(['closeReason', 'customFields.scope'], 'CLOSED');
    const { id: dealId } = await as('owner').deals.create({ name: 'To close' });
    const close = (sent: object) =>
      as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST', ...sent });
    expect(await refusedFields(close({}))).toEqual(['invalid', 'closeReason', 'customFields.scope']);
    expect(await refusedFields(close({ reason: ' ' }))).toEqual([
      'invalid',
      'closeReason',
      'customFields.scope',
    ]);
    const closed = await close({ reason: 'Price', fields: { customFields: { scope: 'All' } } });
    expect(closed).toMatchObject({ closeReason: 'Price', customFields: { scope: 'All' } });
    await need([], 'CLOSED');
  });
});

describe('the reasons of closing', () => {
  const names = async () =>
    (await as('viewer').dealStages.closeReasons()).map(({ status, name }) => `${status} ${name}`);

  test('stand in their order, are renamed, moved and removed', async () => {
    const make = (status: 'WON' | 'LOST', name: string) =>
      as('owner').dealStages.createCloseReason({ status, name });
    const [price, timing, rival] = [
      await make('LOST', 'Price'),
      await make('LOST', 'Timing'),
      await make('LOST', 'A rival'),
    ];
    await make('WON', 'Price');
    expect(await names()).toEqual(['WON Price', 'LOST Price', 'LOST Timing', 'LOST A rival']);
    await as('admin').dealStages.updateCloseReason({ dealCloseReasonId: rival.id, position: 0 });
    await as('admin').dealStages.updateCloseReason({ dealCloseReasonId: timing.id, name: 'Bad timing' });
    expect(await names()).toEqual(['WON Price', 'LOST A rival', 'LOST Price', 'LOST Bad timing']);
    expect((await refusal(make('LOST', 'Price'))).code).toBe('conflict');
    const rename = as('owner').dealStages.updateCloseReason({ dealCloseReasonId: timing.id, name: 'Price' });
    expect(await refusedFields(rename)).toEqual(['conflict', 'name']);
    await as('owner').dealStages.deleteCloseReason({ dealCloseReasonId: price.id });
    expect(await names()).toEqual(['WON Price', 'LOST A rival', 'LOST Bad timing']);
  });

  test('of another agency are not there', async () => {
    const [reason] = await as('owner').dealStages.closeReasons();
    const dealCloseReasonId = reason?.id ?? '';
    const remove = (id: string) => asRival('owner').dealStages.deleteCloseReason({ dealCloseReasonId: id });
    const unseen = await refusal(remove(randomUUID()));
    expect(unseen).toMatchObject({ code: 'not_found' });
    expect(await refusal(remove(dealCloseReasonId))).toEqual(unseen);
    expect(await asRival('owner').dealStages.closeReasons()).toEqual([]);
  });
});
