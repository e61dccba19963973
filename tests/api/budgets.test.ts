import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlatformData, platformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database());
  demo = platformData(world, world.demo);
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

const FLIGHT = { startsOn: '2026-03-10', endsOn: '2026-05-09' };

async function campaign(given: { budget?: string } = {}): Promise<string> {
  const { id } = await as('owner').campaigns.create({
    name: 'Planned',
    brandId: world.demo.brands.first,
    currency: 'AED',
    ...FLIGHT,
    ...given,
  });
  return id;
}

/** A draft of this total with these lines. */
async function draftOf(campaignId: string, total: string, lines: { amount: string }[] = []) {
  const { id } = await as('member').budgets.draft({ campaignId });
  const budgetVersionId = id ?? '';
  const draft = await as('member').budgets.update({
    budgetVersionId,
    total: { amount: total, currency: 'AED' },
    lines: lines.map((line) => ({ kind: 'MEDIA' as const, ...line })),
  });
  return { budgetVersionId, version: draft.version };
}

describe('a budget', () => {
  test('that was entered on the campaign stands as version 0 and is kept once another is begun', async () => {
    const campaignId = await campaign();
    await world.ownerDb.pool.query(`update campaigns set budget = 900, currency = 'AED' where id = $1`, [
      campaignId,
    ]);
    const before = await as('viewer').budgets.list({ campaignId });
    expect(before.standing).toMatchObject({
      id: null,
      number: 0,
      status: 'APPROVED',
      total: { amount: '900.00' },
    });
    const draft = await as('member').budgets.draft({ campaignId });
    expect(draft).toMatchObject({ number: 2, status: 'DRAFT', total: { amount: '900.00', currency: 'AED' } });
    const after = await as('viewer').budgets.list({ campaignId });
    expect(after.items.map(({ number, status }) => [number, status])).toEqual([
      [2, 'DRAFT'],
      [1, 'APPROVED'],
    ]);
    expect(after.standing).toMatchObject({ number: 1, total: { amount: '900.00', currency: 'AED' } });
  });

  test('stands once it is approved, supersedes the one before and is told from what to what', async () => {
    const campaignId = await campaign();
    const first = await draftOf(campaignId, '1000');
    await as('admin').budgets.approve({ budgetVersionId: first.budgetVersionId });
    const second = await draftOf(campaignId, '1500.50');
    await as('member').budgets.submit({ budgetVersionId: second.budgetVersionId });
    const approved = await as('owner').budgets.approve({ budgetVersionId: second.budgetVersionId });
    expect(approved).toMatchObject({ status: 'APPROVED', approvedByName: 'owner of demo' });
    const list = await as('viewer').budgets.list({ campaignId });
    expect(list.items.map(({ number, status }) => [number, status])).toEqual([
      [2, 'APPROVED'],
      [1, 'SUPERSEDED'],
    ]);
    expect((await as('viewer').campaigns.byId({ campaignId })).budget).toEqual({
      amount: '1500.50',
      currency: 'AED',
    });
    const told = await as('viewer').activities.list({ campaignId, limit: 50 });
    expect(told.items.map(({ description }) => description)).toContain(
      'Budget 2 of Planned approved: from 1,000.00 AED to 1,500.50 AED',
    );
    const toClient = await as('client').activities.list({ campaignId, limit: 50 });
    expect(JSON.stringify(toClient)).not.toContain('1,500.50');
  });

  test('keeps its lines within the total to the cent and says by how much they are over', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100', [{ amount: '60' }, { amount: '40' }]);
    const lines = [
      { kind: 'MEDIA' as const, amount: '60' },
      { kind: 'OTHER' as const, amount: '40.01' },
    ];
    const refused = await refusal(as('member').budgets.update({ budgetVersionId, lines }));
    expect(refused).toMatchObject({ code: 'invalid', issues: [{ path: 'lines' }] });
    expect(refused.message).toBe('The lines come to 0.01 AED more than the total of 100.00 AED.');
    const kept = await as('member').budgets.byId({ budgetVersionId });
    expect(kept).toMatchObject({ allocated: '100.00', unallocated: '0.00' });
    expect(
      await refusedFields(
        as('member').budgets.update({ budgetVersionId, total: { amount: '99.99', currency: 'AED' } }),
      ),
    ).toEqual(['invalid', 'lines']);
  });

  test('splits by platform, account, creator and month, and sums each', async () => {
    const campaignId = await campaign();
    const adAccountId = await demo.account({ name: 'Linked', brandId: world.demo.brands.first });
    await demo.platformCampaign(adAccountId, { campaignId });
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const draft = await as('member').budgets.update({
      budgetVersionId,
      lines: [
        { kind: 'MEDIA', adAccountId, month: '2026-03', amount: '30' },
        { kind: 'BOOST', platform: 'TIKTOK', month: '2026-04', amount: '20.5' },
        { kind: 'OTHER', month: '2026-07', amount: '10', note: 'Studio' },
      ],
    });
    expect(draft.sums).toMatchObject({
      kinds: [
        { key: 'MEDIA', amount: '30.00' },
        { key: 'BOOST', amount: '20.50' },
        { key: 'OTHER', amount: '10.00' },
      ],
      platforms: [{ key: 'META' }, { key: 'TIKTOK' }, { key: null }],
      adAccounts: [{ key: adAccountId, name: 'Linked', amount: '30.00' }, { key: null }],
      months: [{ key: '2026-03' }, { key: '2026-04' }, { key: '2026-07' }],
    });
    expect(draft.warnings).toEqual(['2026-07 lies outside of the campaign’s days.']);
    expect(draft.unallocated).toBe('39.50');
  });

  test('refuses lines of an account that nobody sees, of a foreign creator and of a wrong platform', async () => {
    const campaignId = await campaign();
    const adAccountId = await demo.account({ brandId: world.demo.brands.first });
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const change = (line: object) =>
      refusedFields(
        as('member').budgets.update({
          budgetVersionId,
          lines: [{ kind: 'MEDIA', amount: '1', ...line }],
        }),
      );
    const theirs = await platformData(world, world.rival).account();
    const unseen = await demo.account({ brandId: world.demo.brands.second });
    for (const stranger of [randomUUID(), theirs, unseen])
      expect(await change({ adAccountId: stranger })).toEqual(['invalid', 'lines.0.adAccountId']);
    expect(await change({ adAccountId, platform: 'GOOGLE' })).toEqual(['invalid', 'lines.0.platform']);
    expect(await change({ kind: 'CREATOR', campaignCreatorId: randomUUID() })).toEqual([
      'invalid',
      'lines.0.campaignCreatorId',
    ]);
    expect(await change({ kind: 'OTHER', platform: 'META' })).toEqual(['invalid', 'lines.0.platform']);
    expect(await change({ month: '2026-3' })).toEqual(['invalid', 'lines.0.month']);
    expect(await change({ amount: '-1' })).toEqual(['invalid', 'lines.0.amount']);
    expect(await change({ colour: 'red' })).toEqual(['invalid', 'lines.0.colour']);
  });

  test('is returned with a reason and begun again from there', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100', [{ amount: '50' }]);
    await as('member').budgets.submit({ budgetVersionId });
    const returned = await as('admin').budgets.return({ budgetVersionId, reason: 'Too little media.' });
    expect(returned).toMatchObject({ status: 'RETURNED', reason: 'Too little media.' });
    const again = await as('member').budgets.draft({ campaignId, budgetVersionId });
    expect(again).toMatchObject({ number: 2, allocated: '50.00', total: { amount: '100.00' } });
  });

  test('is withdrawn to a draft, and a draft is set aside', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    await as('member').budgets.submit({ budgetVersionId });
    expect(await as('member').budgets.withdraw({ budgetVersionId })).toMatchObject({
      status: 'DRAFT',
      submittedAt: null,
    });
    expect(await as('member').budgets.setAside({ budgetVersionId })).toMatchObject({ status: 'RETURNED' });
  });

  test('is open one at a time', async () => {
    const campaignId = await campaign();
    await draftOf(campaignId, '100');
    const refused = await refusal(as('member').budgets.draft({ campaignId }));
    expect(refused).toMatchObject({ code: 'conflict' });
    expect((await as('member').budgets.list({ campaignId })).mayDraft).toBe(false);
  });

  test('moves only as its status allows', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const code = async (call: Promise<unknown>) => (await refusal(call)).code;
    expect(await code(as('member').budgets.withdraw({ budgetVersionId }))).toBe('conflict');
    expect(await code(as('admin').budgets.return({ budgetVersionId, reason: 'No' }))).toBe('conflict');
    await as('admin').budgets.approve({ budgetVersionId });
    expect(await code(as('member').budgets.update({ budgetVersionId, note: 'Late' }))).toBe('conflict');
    expect(await code(as('member').budgets.submit({ budgetVersionId }))).toBe('conflict');
    expect(await code(as('admin').budgets.approve({ budgetVersionId }))).toBe('conflict');
  });

  test('is changed and approved by nobody who read an older version of it', async () => {
    const campaignId = await campaign();
    const { budgetVersionId, version } = await draftOf(campaignId, '100');
    const stale = { budgetVersionId, expectedVersion: version - 1 };
    expect((await refusal(as('member').budgets.update({ ...stale, note: 'x' }))).code).toBe('precondition');
    expect((await refusal(as('member').budgets.submit(stale))).code).toBe('precondition');
    expect((await refusal(as('admin').budgets.approve(stale))).code).toBe('precondition');
  });

  test('that two approve at once is approved once', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const settled = await Promise.allSettled([
      as('admin').budgets.approve({ budgetVersionId }),
      as('owner').budgets.approve({ budgetVersionId }),
    ]);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('budgets are refused', () => {
  test('to viewers and members who may not: each by its permission', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const code = async (call: Promise<unknown>) => (await refusal(call)).code;
    expect(await code(as('viewer').budgets.draft({ campaignId }))).toBe('forbidden');
    expect(await code(as('viewer').budgets.update({ budgetVersionId, note: 'x' }))).toBe('forbidden');
    expect(await code(as('viewer').budgets.submit({ budgetVersionId }))).toBe('forbidden');
    expect(await code(as('member').budgets.approve({ budgetVersionId }))).toBe('forbidden');
    expect(await code(as('member').budgets.return({ budgetVersionId, reason: 'x' }))).toBe('forbidden');
  });

  test('to a client’s own login altogether', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const code = async (call: Promise<unknown>) => (await refusal(call)).code;
    expect(await code(as('client').budgets.list({ campaignId }))).toBe('forbidden');
    expect(await code(as('client').budgets.byId({ budgetVersionId }))).toBe('forbidden');
    expect(await code(as('client').budgets.draft({ campaignId }))).toBe('forbidden');
  });

  test('to members of other brands and other agencies as if there were none', async () => {
    const campaignId = await campaign();
    const { budgetVersionId } = await draftOf(campaignId, '100');
    const nonsense = await refusal(as('owner').budgets.byId({ budgetVersionId: randomUUID() }));
    expect(nonsense.code).toBe('not_found');
    expect(await refusal(as('unassigned').budgets.byId({ budgetVersionId }))).toEqual(nonsense);
    expect(await refusal(asRival('owner').budgets.byId({ budgetVersionId }))).toEqual(nonsense);
    expect(await refusal(asRival('owner').budgets.approve({ budgetVersionId }))).toEqual(nonsense);
    expect(await refusal(as('unassigned').budgets.submit({ budgetVersionId }))).toEqual(nonsense);
    const noCampaign = await refusal(as('owner').budgets.list({ campaignId: randomUUID() }));
    expect(await refusal(as('unassigned').budgets.list({ campaignId }))).toEqual(noCampaign);
    expect(await refusal(asRival('owner').budgets.draft({ campaignId }))).toEqual(noCampaign);
  });
});
