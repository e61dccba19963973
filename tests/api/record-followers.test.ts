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
const idOf = (name: PersonName) => world.demo.people[name].userId;

/** What one person was told about changed records, the oldest first: the record and who changed it. */
async function told(name: PersonName) {
  const { rows } = await world.ownerDb.pool.query<{ recordId: string; by: string }>(
    `select coalesce(company_id, contact_id, deal_id, campaign_id) as "recordId", actor_id as by
       from notifications where user_id = $1 and kind = 'RECORD_CHANGED' order by id`,
    [idOf(name)],
  );
  return rows;
}

describe('who follows a record', () => {
  test('is listed, once, until they unfollow it', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Followed' });
    expect(await as('owner').recordFollowers.follow({ companyId })).toMatchObject({ isFollowing: true });
    const twice = await as('owner').recordFollowers.follow({ companyId });
    expect(twice.followers.map(({ userId }) => userId)).toEqual([idOf('owner')]);
    expect(await as('viewer').recordFollowers.list({ companyId })).toEqual({ ...twice, isFollowing: false });
    expect(await as('owner').recordFollowers.unfollow({ companyId })).toEqual({
      isFollowing: false,
      followers: [],
    });
  });

  test('is told of somebody else’s changes of every noun, and not of their own', async () => {
    const { first: brandId } = world.demo.brands;
    const company = await as('admin').companies.create({ name: 'Told', brandId });
    const contact = await as('admin').contacts.create({ firstName: 'T', lastName: 'Old', brandId });
    const deal = await as('admin').deals.create({ name: 'Told', brandId });
    const campaign = await as('admin').campaigns.create({ name: 'Told', brandId });
    const refs = [
      { companyId: company.id },
      { contactId: contact.id },
      { dealId: deal.id },
      { campaignId: campaign.id },
    ];
    for (const ref of refs) await as('member').recordFollowers.follow(ref);
    await as('member').companies.update({ companyId: company.id, name: 'By the follower' });
    expect(await told('member')).toEqual([]);
    await as('owner').companies.update({ companyId: company.id, name: 'By another' });
    await as('owner').contacts.archive({ contactId: contact.id });
    await as('owner').deals.move({ dealId: deal.id, stage: 'QUALIFIED' });
    await as('owner').campaigns.update({ campaignId: campaign.id, name: 'By another' });
    const by = idOf('owner');
    expect(await told('member')).toEqual(
      [company, contact, deal, campaign].map(({ id }) => ({ recordId: id, by })),
    );
  });

  test('is told once while they have not read of it, and again of another’s change', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Often' });
    await as('viewer').companies.byId({ companyId });
    await as('admin').recordFollowers.follow({ companyId });
    const isOf = ({ recordId }: { recordId: string }) => recordId === companyId;
    for (const name of ['a', 'b', 'c']) await as('owner').companies.update({ companyId, name });
    expect((await told('admin')).filter(isOf)).toHaveLength(1);
    const { id: brandless } = await as('owner').companies.create({ name: 'Not followed' });
    await as('owner').companies.update({ companyId: brandless, name: 'x' });
    expect((await told('admin')).filter(isOf)).toHaveLength(1);
  });

  test('is not told of a record beside the one that changed', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Beside' });
    const { id: dealId } = await as('owner').deals.create({ name: 'Of it', companyId });
    await as('admin').recordFollowers.follow({ companyId });
    await as('owner').deals.update({ dealId, name: 'Changed' });
    expect((await told('admin')).map(({ recordId }) => recordId)).not.toContain(companyId);
  });
});

describe('following', () => {
  test('is refused to a viewer', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'x' });
    expect(await refusedFields(as('viewer').recordFollowers.follow({ companyId }))).toEqual(['forbidden']);
  });

  test('finds no record that is not its person’s to see, as if there were none', async () => {
    const { id } = await as('owner').companies.create({ name: 'Not yours' });
    for (const companyId of [id, randomUUID()]) {
      for (const person of [as('unassigned'), as('client'), asRival('owner')]) {
        expect((await refusal(person.recordFollowers.follow({ companyId }))).code).toBe('not_found');
        expect((await refusal(person.recordFollowers.unfollow({ companyId }))).code).toBe('not_found');
        expect((await person.recordFollowers.list({ companyId })).followers).toEqual([]);
      }
    }
  });

  test('names one record, and no more', async () => {
    const id = randomUUID();
    expect((await refusal(as('owner').recordFollowers.follow({}))).code).toBe('invalid');
    const both = as('owner').recordFollowers.follow({ companyId: id, dealId: id });
    expect((await refusal(both)).code).toBe('invalid');
  });
});
