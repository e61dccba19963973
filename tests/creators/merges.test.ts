import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { addAccount, addContract, assign, makeContact, makeCreator } from './made.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const owner = () => caller(world, world.demo.people.owner.principal);
const campaign = (name: string) => owner().campaigns.create({ name, brandId: world.demo.brands.first });
const byId = (creatorId: string) => owner().creators.byId({ creatorId });
const merge = (kept: { contactId: string }, merged: { contactId: string }) =>
  owner().merges.mergeContact({ contactId: kept.contactId, mergedContactId: merged.contactId });
const campaignsOf = async (creatorId: string) =>
  withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'read', async (tx) => {
    const rows = await tx
      .selectFrom('campaign_creators')
      .select('campaign_id')
      .where('creator_id', '=', creatorId)
      .execute();
    return rows.map(({ campaign_id }) => campaign_id).sort();
  });

/** Two creators with an account each; the second has a contract, a block and a campaign of its own. */
async function pair() {
  const [kept, merged] = [await makeCreator(owner()), await makeCreator(owner())];
  const suffix = merged.id.slice(-12);
  await addAccount(world, kept.id, { platform: 'INSTAGRAM', handle: `kept.${suffix}`, followers: 1000 });
  await addAccount(world, merged.id, {
    platform: 'TIKTOK',
    handle: `merged.${suffix}`,
    followers: 500,
    stated_engagement_rate: '0.1',
    stated_engagement_basis: 'UNSTATED',
  });
  const own = await campaign('Of the merged');
  await assign(world, { campaignId: own.id, creatorId: merged.id });
  await addContract(world, merged.id, { status: 'DRAFT' });
  for (const creatorId of [kept.id, merged.id])
    await owner().creatorBlocks.create({ creatorId, brandId: null, reason: 'Both are blocked' });
  return { kept, merged, own };
}

describe('two contacts of whom one is a creator', () => {
  test('become one who is that creator', async () => {
    const made = await makeCreator(owner());
    const contact = await makeContact(owner(), { firstName: 'The', lastName: 'Kept' });
    const { mergeId } = await merge({ contactId: contact.id }, made);
    expect(await byId(made.id)).toMatchObject({ contactId: contact.id, name: 'The Kept', isActive: true });
    await owner().merges.undo({ mergeId: mergeId ?? '' });
    expect(await byId(made.id)).toMatchObject({ contactId: made.contactId, name: made.name, isActive: true });
  });
});

describe('two contacts who are both creators', () => {
  test('become one creator with the accounts, campaigns and contracts of both', async () => {
    const { kept, merged, own } = await pair();
    await merge(kept, merged);
    const one = await byId(kept.id);
    expect(one).toMatchObject({ totalFollowers: 1500, engagementRate: '0.1', contractState: 'DRAFT' });
    expect(one.platforms.map(({ platform }) => platform)).toEqual(['INSTAGRAM', 'TIKTOK']);
    expect(one.brandIds).toEqual([world.demo.brands.first]);
    expect(await campaignsOf(kept.id)).toEqual([own.id]);
    expect((await owner().creatorBlocks.list({ creatorId: kept.id })).items).toHaveLength(1);
    expect((await owner().creators.list({ contactId: merged.contactId })).items).toEqual([]);
    expect((await owner().creators.list({ contactId: merged.contactId, deleted: true })).items).toEqual([]);
    expect(
      (await owner().creators.list({ q: `merged.${merged.id.slice(-12)}` })).items.map(({ id }) => id),
    ).toEqual([kept.id]);
    expect(await refusedFields(owner().creators.restore({ creatorId: merged.id }))).toEqual(['conflict']);
  });

  test('are two again as they were when the merge is undone', async () => {
    const { kept, merged, own } = await pair();
    const before = [await byId(kept.id), await byId(merged.id)];
    const { mergeId } = await merge(kept, merged);
    await owner().merges.undo({ mergeId: mergeId ?? '' });
    const after = [await byId(kept.id), await byId(merged.id)];
    const lasting = (creators: typeof before) =>
      creators.map(({ version: _version, updatedAt: _updatedAt, ...creator }) => creator);
    expect(lasting(after)).toEqual(lasting(before));
    expect(await campaignsOf(kept.id)).toEqual([]);
    expect(await campaignsOf(merged.id)).toEqual([own.id]);
    expect((await owner().creatorBlocks.list({ creatorId: merged.id })).items).toHaveLength(1);
  });

  test('of one campaign are refused, until one is taken off it', async () => {
    const { kept, merged, own } = await pair();
    await assign(world, { campaignId: own.id, creatorId: kept.id });
    await expect(merge(kept, merged)).rejects.toThrow(/worked on the same campaign/);
    expect((await byId(merged.id)).totalFollowers).toBe(500);
    await withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'write', (tx) =>
      tx
        .updateTable('campaign_creators')
        .set({ is_active: false })
        .where('creator_id', '=', merged.id)
        .where('campaign_id', '=', own.id)
        .execute(),
    );
    await merge(kept, merged);
    expect(await campaignsOf(kept.id)).toEqual([own.id]);
    expect((await byId(kept.id)).totalFollowers).toBe(1500);
  });

  test('are refused where the merged one is connected, with what to do', async () => {
    const { kept, merged } = await pair();
    await addAccount(world, merged.id, {
      platform: 'YOUTUBE',
      handle: `c.${merged.id}`,
      connection_state: 'SYNCED',
      phyllo_account_id: merged.id,
    });
    await expect(merge(kept, merged)).rejects.toThrow(/Keep that contact/);
    await merge(merged, kept);
    expect((await byId(merged.id)).totalFollowers).toBe(1500);
  });

  test('take the countries of their audiences along', async () => {
    const { kept, merged } = await pair();
    const { organizationId } = world.demo;
    await withTenant(world.appDb, jobPrincipal(organizationId), 'write', async (tx) => {
      const account = await tx
        .selectFrom('creator_platforms')
        .select('id')
        .where('creator_id', '=', merged.id)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('creator_audiences')
        .values({
          organization_id: organizationId,
          creator_platform_id: account.id,
          date: '2026-11-01',
          countries: JSON.stringify([{ code: 'SA', percent: '60' }]),
          source: 'PHYLLO',
          fetched_at: new Date(),
        })
        .execute();
    });
    const { mergeId } = await merge(kept, merged);
    expect((await byId(kept.id)).audienceCountries).toEqual(['SA']);
    await owner().merges.undo({ mergeId: mergeId ?? '' });
    expect([(await byId(kept.id)).audienceCountries, (await byId(merged.id)).audienceCountries]).toEqual([
      [],
      ['SA'],
    ]);
  });
});
