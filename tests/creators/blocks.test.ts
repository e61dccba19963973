import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { findBlock } from '../../server/domain/creator-blocks/queries.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { assign, makeCreator } from './made.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const block = (creatorId: string, brandId: string | null, name: PersonName = 'owner') =>
  as(name).creatorBlocks.create({ creatorId, brandId, reason: 'Sells what we do not' });
const blocksOf = async (name: PersonName, creatorId: string) =>
  (await as(name).creatorBlocks.list({ creatorId })).items.map(({ brandId }) => brandId);

/** A creator of the second brand who works for the first. */
async function shared() {
  const { first, second } = world.demo.brands;
  const made = await makeCreator(as('owner'), { brandId: second });
  const campaign = await as('owner').campaigns.create({ name: 'Of the first', brandId: first });
  await assign(world, { campaignId: campaign.id, creatorId: made.id });
  return made;
}

describe('a block', () => {
  test('is of a brand or of all, and read by those whom it binds', async () => {
    const made = await shared();
    const { first, second } = world.demo.brands;
    expect(await block(made.id, first, 'member')).toMatchObject({
      creatorName: made.name,
      brandId: first,
      brandName: 'First of demo',
      createdByName: 'member of demo',
      isChangeable: true,
    });
    await block(made.id, second);
    const forAll = await block(made.id, null);
    expect(await blocksOf('owner', made.id)).toEqual([null, second, first]);
    expect(await blocksOf('member', made.id)).toEqual([null, first]);
    expect(await blocksOf('client', made.id)).toEqual([]);
    expect(await blocksOf('unassigned', made.id)).toEqual([]);
    const seen = await as('member').creatorBlocks.list({ brandId: first });
    expect(seen.items.find(({ id }) => id === forAll.id)?.isChangeable).toBe(false);
    expect(
      (await as('owner').creators.list({ blockedForBrandId: first })).items.map(({ id }) => id),
    ).toContain(made.id);
  });

  test('is found for an assignment, that for all before the brand’s own', async () => {
    const { first, second } = world.demo.brands;
    const made = await makeCreator(as('owner'));
    const { principal } = world.demo.people.owner;
    const found = (brandId: string | null) =>
      withTenant(world.appDb, principal, 'read', (tx) => findBlock(tx, made.id, brandId));
    expect(await found(first)).toBeNull();
    await block(made.id, first);
    expect([(await found(first))?.brandId, await found(second), await found(null)]).toEqual([
      first,
      null,
      null,
    ]);
    await block(made.id, null);
    expect([(await found(first))?.brandId, (await found(second))?.brandId]).toEqual([null, null]);
  });

  test('stands once, and is taken away', async () => {
    const made = await makeCreator(as('owner'));
    const first = await block(made.id, null);
    expect(await refusedFields(block(made.id, null))).toEqual(['conflict']);
    expect(await as('owner').creatorBlocks.delete({ creatorBlockId: first.id })).toMatchObject({
      id: first.id,
    });
    expect(await refusedFields(as('owner').creatorBlocks.delete({ creatorBlockId: first.id }))).toEqual([
      'not_found',
    ]);
    await block(made.id, null);
    const timeline = await as('owner').activities.list({ creatorId: made.id });
    expect(timeline.items.map(({ type }) => type)).toEqual([
      'CREATOR_BLOCKED',
      'CREATOR_UNBLOCKED',
      'CREATOR_BLOCKED',
      'CREATOR_CREATED',
    ]);
  });

  test('of one brand is told to that brand’s people alone, and to no client', async () => {
    const made = await shared();
    await block(made.id, world.demo.brands.second);
    await block(made.id, world.demo.brands.first);
    const told = async (name: PersonName) =>
      (await as(name).activities.list({ creatorId: made.id })).items.map(({ description }) => description);
    expect(await told('member')).toEqual([`${made.name} blocked for First of demo`]);
    expect(await told('client')).toEqual([]);
  });

  test('for all is for owners and admins', async () => {
    const made = await shared();
    expect(await refusedFields(block(made.id, null, 'member'))).toEqual(['forbidden']);
    const forAll = await block(made.id, null, 'admin');
    expect(await refusedFields(as('member').creatorBlocks.delete({ creatorBlockId: forAll.id }))).toEqual([
      'forbidden',
    ]);
  });

  test('is refused where the creator or the brand is none of the asker’s', async () => {
    const made = await shared();
    const theirs = await makeCreator(asRival());
    const { first, second } = world.demo.brands;
    expect(await refusedFields(block(theirs.id, null))).toEqual(['invalid', 'creatorId']);
    expect(await refusedFields(block(randomUUID(), null))).toEqual(['invalid', 'creatorId']);
    expect(await refusedFields(block(made.id, second, 'member'))).toEqual(['invalid', 'brandId']);
    expect(await refusedFields(block(made.id, world.rival.brands.first))).toEqual(['invalid', 'brandId']);
    expect(await refusedFields(block(made.id, first, 'unassigned'))).toEqual(['invalid', 'creatorId']);
    expect(await refusedFields(block(made.id, first, 'viewer'))).toEqual(['forbidden']);
    expect(await refusedFields(block(made.id, first, 'client'))).toEqual(['forbidden']);
    const own = await block(made.id, first);
    const foreign = () => asRival().creatorBlocks.delete({ creatorBlockId: own.id });
    expect(await refusedFields(foreign())).toEqual(['not_found']);
  });
});
