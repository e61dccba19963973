import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { type MadeCreator, makeCreator } from '../support/creators.ts';
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
const creatorOf = (brandId: string | null = null) => makeCreator(world, world.demo, { brandId });
const campaignOf = (brand: 'first' | 'second' = 'first', more: object = {}) =>
  as('owner').campaigns.create({ name: `Glow ${randomUUID()}`, brandId: world.demo.brands[brand], ...more });

async function assigned(creator?: MadeCreator, more: object = {}) {
  const [campaign, one] = [await campaignOf(), creator ?? (await creatorOf(world.demo.brands.first))];
  const { creatorId } = one;
  const work = await as('owner').campaignCreators.assign({ campaignId: campaign.id, creatorId, ...more });
  return { campaignId: campaign.id, creatorId, creator: one, campaign, work };
}

describe('an assignment', () => {
  test('answers its terms, and what is owed', async () => {
    const { campaignId, creatorId, creator, work, campaign } = await assigned(undefined, {
      role: 'UGC',
      feeType: 'CPM',
      fee: { amount: '12.5', currency: 'USD' },
      startsOn: '2026-11-01',
      endsOn: '2026-11-30',
      note: 'Asks for the car',
      deliverables: [
        { platform: 'INSTAGRAM', type: 'REEL', count: 2, dueOn: '2026-11-10' },
        { platform: 'TIKTOK', type: 'VIDEO', revisionRounds: 1 },
      ],
    });
    expect(work).toMatchObject({
      campaignId,
      creatorId,
      campaignName: campaign.name,
      creatorName: 'Noor Haddad',
      accounts: [{ platform: 'INSTAGRAM', handle: creator.handle }],
      role: 'UGC',
      status: 'PENDING',
      feeType: 'CPM',
      fee: { amount: '12.50', currency: 'USD' },
      startsOn: '2026-11-01',
      deliverables: [
        { platform: 'INSTAGRAM', type: 'REEL', count: 2, delivered: 0, confirmed: 0 },
        { platform: 'TIKTOK', type: 'VIDEO', count: 1, revisionRounds: 1, dueOn: null },
      ],
      version: 1,
    });
    expect((await as('member').campaignCreators.list({ campaignId })).items).toEqual([
      { ...work, nextStatuses: ['INVITED', 'ACCEPTED', 'CANCELLED'] },
    ]);
    expect((await as('viewer').campaignCreators.byId({ campaignId, creatorId })).nextStatuses).toEqual([]);
  });

  test('takes a bare fee in the campaign’s currency, else the agency’s', async () => {
    const creator = await creatorOf();
    const { id: campaignId } = await campaignOf('first', { budget: { amount: '1', currency: 'KWD' } });
    const work = await as('owner').campaignCreators.assign({ campaignId, ...idOf(creator), fee: '100' });
    expect(work.fee).toEqual({ amount: '100.000', currency: 'KWD' });
    expect((await assigned(undefined, { fee: '7' })).work.fee).toEqual({ amount: '7.00', currency: 'AED' });
  });

  test('shows the creator to the campaign’s people, and takes them out of sight again', async () => {
    const creator = await creatorOf();
    const { id: campaignId } = await campaignOf();
    const seen = () => refusal(as('member').campaignCreators.ofCreator(idOf(creator)));
    expect((await seen()).code).toBe('not_found');
    await as('owner').campaignCreators.assign({ campaignId, ...idOf(creator) });
    expect((await as('member').campaignCreators.ofCreator(idOf(creator))).items).toHaveLength(1);
    expect((await as('member').creators.byId(idOf(creator))).name).toBe('Noor Haddad');
    const removed = await as('member').campaignCreators.remove({ campaignId, ...idOf(creator) });
    expect(removed).toMatchObject({ isActive: false, creatorName: 'Noor Haddad' });
    expect((await seen()).code).toBe('not_found');
    expect((await as('owner').campaignCreators.list({ campaignId })).items).toEqual([]);
  });

  test('of somebody who was taken off begins anew', async () => {
    const { campaignId, creatorId, work } = await assigned(undefined, {
      fee: '10',
      status: 'ACCEPTED',
      deliverables: [{ platform: 'INSTAGRAM', type: 'REEL' }],
    });
    expect(work.acceptedAt).not.toBeNull();
    await as('owner').campaignCreators.remove({ campaignId, creatorId });
    const again = await as('owner').campaignCreators.assign({ campaignId, creatorId });
    expect(again).toMatchObject({
      id: work.id,
      fee: null,
      acceptedAt: null,
      status: 'PENDING',
      deliverables: [],
      isActive: true,
    });
  });

  test('is refused twice, and with what does not fit', async () => {
    const { campaignId, creatorId } = await assigned();
    const again = as('owner').campaignCreators.assign({ campaignId, creatorId });
    expect((await refusal(again)).message).toMatch(/Noor Haddad works on Glow .* already/);
    const other = await creatorOf();
    const of = (input: object) =>
      refusedFields(as('owner').campaignCreators.assign({ campaignId, ...idOf(other), ...input }));
    expect(await of({ startsOn: '2026-02-02', endsOn: '2026-02-01' })).toEqual(['invalid', 'endsOn']);
    expect(await of({ creatorId: randomUUID() })).toEqual(['invalid', 'creatorId']);
    expect(await of({ status: 'APPROVED' })).toEqual(['invalid', 'status']);
    expect(await of({ payout: 1 })).toEqual(['invalid', 'payout']);
    expect(await of({ overrideReason: 'me' })).toEqual(['invalid', 'overrideReason']);
    expect(await of({ fee: '-1' })).toEqual(['invalid', 'fee']);
  });

  test('tells one client’s people alone, and no client what it costs', async () => {
    const { campaignId, creatorId, creator } = await assigned();
    const { id: second } = await campaignOf('second');
    await as('owner').campaignCreators.assign({ campaignId: second, creatorId });
    await as('owner').campaignCreators.update({
      campaignId,
      creatorId,
      fee: '912.34',
      note: 'dear',
      role: 'UGC',
    });
    const texts = async (name: PersonName) =>
      (await as(name).activities.list({ creatorId })).items.filter(({ type }) => type !== 'CREATOR_CREATED');
    const names = (items: Awaited<ReturnType<typeof texts>>) => items.map(({ campaignId: of }) => of);
    expect(names(await texts('owner'))).toContain(second);
    expect(new Set(names(await texts('member')))).toEqual(new Set([campaignId]));
    const ofContact = await as('member').activities.list({ contactId: creator.contactId });
    expect(names(ofContact.items)).not.toContain(second);
    expect(JSON.stringify(await texts('member'))).toContain('912.34');
    const client = await texts('client');
    expect(client.map(({ type }) => type)).toEqual(['CAMPAIGN_CREATOR_UPDATED', 'CREATOR_ASSIGNED']);
    expect(JSON.stringify(client)).not.toMatch(/912\.34|dear/);
    expect(await as('client').campaignCreators.byId({ campaignId, creatorId })).toMatchObject({
      role: 'UGC',
      fee: null,
      feeType: null,
      note: null,
      nextStatuses: [],
    });
  });
});

describe('a change of it', () => {
  test('changes what it names, and keeps the ids of deliverables that stay', async () => {
    const { campaignId, creatorId, work } = await assigned(undefined, {
      fee: '10',
      deliverables: [
        { platform: 'INSTAGRAM', type: 'REEL', count: 2 },
        { platform: 'INSTAGRAM', type: 'STORY' },
      ],
    });
    const [reel] = work.deliverables;
    const changed = await as('member').campaignCreators.update({
      campaignId,
      creatorId,
      deliverables: [
        { platform: 'INSTAGRAM', type: 'POST' },
        { campaignDeliverableId: reel?.id, platform: 'INSTAGRAM', type: 'REEL', count: 3 },
      ],
      expectedVersion: 1,
    });
    expect(changed).toMatchObject({
      fee: { amount: '10.00' },
      version: 2,
      deliverables: [{ type: 'POST' }, { id: reel?.id, count: 3 }],
    });
    const same = await as('member').campaignCreators.update({
      campaignId,
      creatorId,
      fee: '10.0',
      deliverables: changed.deliverables.map(({ id, platform, type, count }) => ({
        campaignDeliverableId: id,
        platform,
        type,
        count,
      })),
    });
    expect(same).toEqual(changed);
    const foreign = as('owner').campaignCreators.update({
      campaignId,
      creatorId,
      deliverables: [{ campaignDeliverableId: randomUUID(), platform: 'TIKTOK', type: 'VIDEO' }],
    });
    expect(await refusedFields(foreign)).toEqual(['invalid', 'deliverables.0.campaignDeliverableId']);
  });

  test('from a version that is past is refused', async () => {
    const { campaignId, creatorId } = await assigned();
    const of = (expectedVersion: number) =>
      as('owner').campaignCreators.update({ campaignId, creatorId, role: 'AFFILIATE', expectedVersion });
    expect(await of(1)).toMatchObject({ version: 2 });
    expect((await refusal(of(1))).code).toBe('precondition');
    const remove = as('owner').campaignCreators.remove({ campaignId, creatorId, expectedVersion: 1 });
    expect((await refusal(remove)).code).toBe('precondition');
  });

  test('walks the steps of the work in their order, and stamps them', async () => {
    const { campaignId, creatorId } = await assigned();
    const move = (status: 'INVITED' | 'ACCEPTED' | 'IN_PROGRESS' | 'SUBMITTED' | 'APPROVED' | 'COMPLETED') =>
      as('member').campaignCreators.update({ campaignId, creatorId, status });
    const early = await refusal(move('APPROVED'));
    expect([early.code, early.message]).toEqual([
      'conflict',
      'Work that is pending cannot become approved. Next it can be invited, accepted or cancelled.',
    ]);
    for (const status of ['INVITED', 'ACCEPTED', 'IN_PROGRESS', 'SUBMITTED', 'APPROVED'] as const) {
      expect((await move(status)).status).toBe(status);
    }
    const done = await move('COMPLETED');
    expect([done.briefSentAt, done.acceptedAt, done.completedAt]).not.toContain(null);
    expect((await refusal(move('APPROVED'))).message).toMatch(/begun again by an owner or admin/);
    const again = await as('admin').campaignCreators.update({ campaignId, creatorId, status: 'APPROVED' });
    expect(again).toMatchObject({ status: 'APPROVED', completedAt: null });
  });
});

describe('what stands against it', () => {
  const contract = (creator: MadeCreator) =>
    as('owner').creatorContracts.create({
      creatorId: creator.creatorId,
      brandId: world.demo.brands.second,
      title: 'Secret of the second brand',
      exclusivity: 'FULL',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      status: 'SIGNED',
    });

  test('a block of the brand is said with its reason, and an owner may override it', async () => {
    const creator = await creatorOf();
    const { id: campaignId } = await campaignOf();
    await as('owner').creatorBlocks.create({
      creatorId: creator.creatorId,
      brandId: world.demo.brands.first,
      reason: 'Was rude on set',
    });
    const refused = await refusal(as('owner').campaignCreators.assign({ campaignId, ...idOf(creator) }));
    expect(refused).toMatchObject({
      code: 'conflict',
      message: 'Noor Haddad is blocked for this brand: Was rude on set',
      issues: [{ path: 'creatorId' }],
    });
    const input = { campaignId, ...idOf(creator), overrideReason: 'The client insists' };
    expect((await refusal(as('member').campaignCreators.assignAnyway(input))).code).toBe('forbidden');
    const work = await as('admin').campaignCreators.assignAnyway(input);
    expect(work.overrideReason).toBe('The client insists');
    expect(
      (await as('client').campaignCreators.byId({ campaignId, ...idOf(creator) })).overrideReason,
    ).toBeNull();
  });

  test('another brand’s exclusivity is said with its clause, without its client', async () => {
    const creator = await creatorOf(world.demo.brands.first);
    await contract(creator);
    const { id: campaignId } = await campaignOf('first', { startsOn: '2026-11-01', endsOn: '2026-11-30' });
    const refused = await refusal(as('member').campaignCreators.assign({ campaignId, ...idOf(creator) }));
    expect(refused.code).toBe('conflict');
    expect(refused.message).toMatch(
      /^Noor Haddad cannot be assigned: Fully exclusive until 31 December 2026\. The creator .*[^.]\.$/,
    );
    expect(JSON.stringify(refused)).not.toMatch(/Secret|Second of demo/);
    const check = { campaignId, ...idOf(creator) };
    expect((await as('member').campaignCreators.check(check)).findings).toMatchObject([
      { kind: 'CONFLICT', contractId: null, contractTitle: null, brandName: null },
    ]);
    expect((await as('owner').campaignCreators.check(check)).findings).toMatchObject([
      { kind: 'CONFLICT', contractTitle: 'Secret of the second brand' },
    ]);
    expect((await refusal(as('client').campaignCreators.check(check))).code).toBe('forbidden');
    const later = await campaignOf('first', { startsOn: '2027-01-01', endsOn: '2027-01-31' });
    await as('member').campaignCreators.assign({ campaignId: later.id, ...idOf(creator) });
    const moved = { campaignId: later.id, ...idOf(creator), startsOn: '2026-12-31' };
    expect((await refusal(as('member').campaignCreators.update(moved))).code).toBe('conflict');
    await as('owner').campaignCreators.updateAnyway({ ...moved, overrideReason: 'Agreed by phone' });
  });
});

test('what is late or missing is listed over campaigns, the longest first', async () => {
  const { campaignId, creatorId } = await assigned(undefined, {
    deliverables: [
      { platform: 'INSTAGRAM', type: 'REEL', dueOn: '2026-01-10' },
      { platform: 'INSTAGRAM', type: 'STORY', dueOn: '2026-01-05', count: 2 },
      { platform: 'INSTAGRAM', type: 'POST', dueOn: '2199-01-01' },
    ],
  });
  const { items } = await as('member').campaignCreators.overdue({ campaignId });
  expect(items.map(({ type, state }) => [type, state])).toEqual([
    ['STORY', 'LATE'],
    ['REEL', 'LATE'],
  ]);
  expect(items[0]?.daysLate).toBeGreaterThan((items[1]?.daysLate ?? 0) + 4);
  await as('owner').campaignCreators.update({ campaignId, creatorId, endsOn: '2026-02-01' });
  const missing = await as('member').campaignCreators.overdue({ creatorId });
  expect(missing.items.map(({ state }) => state)).toEqual(['MISSING', 'MISSING', 'MISSING']);
  expect((await as('unassigned').campaignCreators.overdue({ campaignId })).items).toEqual([]);
  await as('owner').campaignCreators.update({ campaignId, creatorId, status: 'CANCELLED' });
  expect((await as('member').campaignCreators.overdue({ campaignId })).items).toEqual([]);
});

describe('it is refused', () => {
  const attempts = async (who: ReturnType<typeof caller>, of?: { campaignId: string; creatorId: string }) => {
    const ref = of ?? (await assigned());
    const fresh = await creatorOf();
    const { campaignId, creatorId } = ref;
    return Promise.all([
      refusal(who.campaignCreators.assign({ campaignId, creatorId: fresh.creatorId })),
      refusal(who.campaignCreators.update({ campaignId, creatorId, role: 'UGC' })),
      refusal(who.campaignCreators.remove({ campaignId, creatorId })),
    ]);
  };
  const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);

  test('to a viewer and a client', async () => {
    expect(codes(await attempts(as('viewer')))).toEqual(['forbidden', 'forbidden', 'forbidden']);
    expect(codes(await attempts(as('client')))).toEqual(['forbidden', 'forbidden', 'forbidden']);
  });

  test('to a member of none of its brands and to another agency, as if it were not there', async () => {
    const nothing = { campaignId: randomUUID(), creatorId: randomUUID() };
    for (const who of [as('unassigned'), asRival()]) {
      const errors = await attempts(who);
      expect(codes(errors)).toEqual(['not_found', 'not_found', 'not_found']);
      const absent = await attempts(who, nothing);
      expect(errors.map(({ message }) => message)).toEqual(absent.map(({ message }) => message));
      const { campaignId } = await assigned();
      expect((await refusal(who.campaignCreators.list({ campaignId }))).code).toBe('not_found');
    }
  });

  test('in a campaign of the recycle bin', async () => {
    const { campaignId, creatorId } = await assigned();
    await as('owner').campaigns.archive({ campaignId });
    const update = as('owner').campaignCreators.update({ campaignId, creatorId, role: 'UGC' });
    expect((await refusal(update)).message).toMatch(/recycle bin/);
  });
});

test('two who assign one creator at once make one assignment', async () => {
  const creator = await creatorOf();
  const { id: campaignId } = await campaignOf();
  const both = await Promise.allSettled(
    (['owner', 'admin'] as const).map((name) =>
      as(name).campaignCreators.assign({ campaignId, ...idOf(creator) }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const rows = await withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
    tx.selectFrom('campaign_creators').select('id').where('campaign_id', '=', campaignId).execute(),
  );
  expect(rows).toHaveLength(1);
});

function idOf({ creatorId }: MadeCreator) {
  return { creatorId };
}
