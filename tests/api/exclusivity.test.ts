import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { checkContent } from '../../server/domain/creator-contracts/check.ts';
import { Contracted } from '../support/contracted.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { refusal } from '../support/refusal.ts';
import { createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
let made: Contracted;
beforeAll(async () => {
  clock.at = new Date('2026-06-15T08:00:00Z');
  world = await createWorld(database(), { now: clock.now });
  made = new Contracted(world);
});
afterAll(() => world.close());

const as = (name: PersonName) => made.as(name).creatorContracts;

/** A creator who works for the first brand, whose people see them, and signed with the second. */
let creatorId: string;
let campaignId: string;
beforeEach(async () => {
  creatorId = (await made.creator()).id;
  campaignId = await made.campaign(made.brands.first, {
    name: 'Launch',
    startsOn: '2026-06-01',
    endsOn: '2026-06-30',
    categories: ['beauty'],
    competitors: ['Glow'],
    territories: ['AE'],
  });
});

const sign = (change: object = {}) =>
  as('owner').create({
    creatorId,
    title: 'Hush-hush',
    brandId: made.brands.second,
    status: 'SIGNED',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    exclusivity: 'FULL',
    ...change,
  });

const check = (name: PersonName, change: object = {}) =>
  as(name).checkAssignment({ creatorId, campaignId, ...change });

describe('an assignment', () => {
  test.each([
    ['FULL', { exclusivity: 'FULL' }, 'CONFLICT', 'Fully exclusive until 31 December 2026'],
    [
      'CATEGORY',
      { exclusivity: 'CATEGORY', exclusivityCategories: ['Beauty'], exclusivityTerritories: ['GCC'] },
      'CONFLICT',
      'Exclusive for Beauty in AE, BH, KW, OM, QA, SA until 31 December 2026',
    ],
    [
      'CATEGORY by a competitor',
      { exclusivity: 'CATEGORY', exclusivityCompetitors: ['glow'] },
      'CONFLICT',
      'Exclusive against glow until 31 December 2026',
    ],
    [
      'CATEGORY by the brand’s own name',
      { exclusivity: 'CATEGORY', exclusivityCompetitors: ['FIRST OF DEMO'] },
      'CONFLICT',
      'Exclusive against FIRST OF DEMO until 31 December 2026',
    ],
    [
      'PLATFORM',
      { exclusivity: 'PLATFORM', exclusivityPlatforms: ['TIKTOK'] },
      'CONFLICT',
      'Exclusive on TikTok until 31 December 2026',
    ],
  ])('is told of another brand’s clause: %s', async (_name, terms, kind, clause) => {
    const contract = await sign(terms);
    expect(await check('admin', { platforms: ['TIKTOK'] })).toMatchObject([
      {
        kind,
        clause,
        until: '2026-12-31',
        contractId: contract.id,
        contractTitle: 'Hush-hush',
        brandId: made.brands.second,
        brandName: 'Second of demo',
      },
    ]);
  });

  test('is told of what may be one where the platform or the category is not known', async () => {
    await sign({ exclusivity: 'PLATFORM', exclusivityPlatforms: ['TIKTOK'] });
    expect((await check('owner')).map(({ kind }) => kind)).toEqual(['POSSIBLE']);
    await made.query('update campaigns set categories = $1 where id = $2', [[], campaignId]);
    await sign({ exclusivity: 'CATEGORY', exclusivityCategories: ['cars'] });
    expect((await check('owner', { platforms: ['TIKTOK'] })).map(({ kind }) => kind)).toEqual([
      'CONFLICT',
      'POSSIBLE',
    ]);
  });

  test.each([
    ['a clause that is not signed', { status: 'SENT' }],
    ['one of the same brand', { brandId: 'first' }],
    ['one of the agency itself', { brandId: null }],
    ['one that has ended', { endsOn: '2026-05-31' }],
    ['one that begins later', { exclusivityStartsOn: '2026-07-01' }],
    ['one for other places', { exclusivityTerritories: ['FR'] }],
    ['no exclusivity', { exclusivity: 'NONE' }],
  ])('is free of %s', async (_name, change) => {
    const brandId = 'brandId' in change && change.brandId === 'first' ? { brandId: made.brands.first } : {};
    await sign({ ...change, ...brandId });
    expect(await check('owner')).toEqual([]);
  });

  test('counts the same day on both ends, and its own days before the campaign’s', async () => {
    await sign({ exclusivityStartsOn: '2026-06-30' });
    expect(await check('owner')).toHaveLength(1);
    expect(await check('owner', { endsOn: '2026-06-29' })).toEqual([]);
    expect(await check('owner', { startsOn: '2026-06-30', endsOn: null })).toHaveLength(1);
  });

  test('is free again of a contract that was ended', async () => {
    const { id: creatorContractId } = await sign();
    expect(await check('owner')).toHaveLength(1);
    await as('owner').changeStatus({ creatorContractId, status: 'TERMINATED' });
    expect(await check('owner')).toEqual([]);
  });

  test('tells a member of the other brand the clause alone: no id, title, brand or competitor', async () => {
    await made.assign(creatorId, campaignId);
    const contract = await sign({
      exclusivity: 'CATEGORY',
      exclusivityCategories: ['beauty'],
      exclusivityCompetitors: ['Glow', 'Unheard-of'],
      note: 'Under wraps',
    });
    const findings = await check('member');
    expect(findings).toEqual([
      {
        kind: 'CONFLICT',
        clause: 'Exclusive for beauty and against certain competitors until 31 December 2026',
        reason: 'It is for a brand that the clause names.',
        until: '2026-12-31',
        contractId: null,
        contractTitle: null,
        brandId: null,
        brandName: null,
      },
    ]);
    const { items } = await as('member').conflicts({});
    expect(items).toHaveLength(1);
    for (const told of [findings, items])
      for (const secret of [
        contract.id,
        'Hush-hush',
        'Second',
        made.brands.second,
        'Unheard-of',
        'Under wraps',
      ])
        expect(JSON.stringify(told)).not.toContain(secret);
  });

  test('is checked for who sees the campaign, and of creators that they see', async () => {
    await sign();
    expect((await refusal(check('unassigned'))).code).toBe('not_found');
    expect((await refusal(check('owner', { campaignId: randomUUID() }))).code).toBe('not_found');
    // Not on any campaign of the member’s brand: they do not see the creator, and learn nothing of what binds them.
    expect(await check('member')).toEqual([]);
    expect((await refusal(check('client'))).code).toBe('forbidden');
    const foreign = new Contracted(world, world.rival);
    const foreignCampaign = await foreign.campaign(foreign.brands.first);
    expect(
      await foreign.as('owner').creatorContracts.checkAssignment({ creatorId, campaignId: foreignCampaign }),
    ).toEqual([]);
  });
});

describe('conflicts', () => {
  test('are listed for who sees a side of them, and each side says no more than is theirs', async () => {
    await made.assign(creatorId, campaignId);
    const contract = await sign();
    const { items: all, isComplete } = await as('admin').conflicts({ creatorId });
    expect(isComplete).toBe(true);
    expect(all).toMatchObject([
      {
        kind: 'CONFLICT',
        contractId: contract.id,
        creatorName: 'Noor Haddad',
        engagement: { kind: 'ASSIGNMENT', campaignId, campaignName: 'Launch', brandName: 'First of demo' },
      },
    ]);
    const { items: ofMember } = await as('member').conflicts({ creatorId });
    expect(ofMember).toMatchObject([{ contractId: null, engagement: { campaignName: 'Launch' } }]);
    expect((await refusal(as('unassigned').conflicts({ creatorId }))).code).toBe('not_found');
    expect((await as('unassigned').conflicts({})).items).toEqual([]);
  });

  test('are those of one campaign’s work where it is asked for, whatever else its creators do', async () => {
    const other = await made.campaign(made.brands.second, { name: 'Elsewhere', categories: ['whisky'] });
    await made.assign(creatorId, other);
    await made.assign(creatorId, campaignId);
    const contract = await sign();
    const { items } = await as('admin').conflicts({ campaignId });
    expect(items).toMatchObject([{ contractId: contract.id, engagement: { campaignId } }]);
    expect((await as('viewer').conflicts({ campaignId })).items).toEqual(items);
    const { items: ofMember } = await as('member').conflicts({ campaignId });
    expect(ofMember).toMatchObject([{ contractId: null, contractTitle: null, engagement: { campaignId } }]);
    for (const asked of [{ campaignId: other }, { campaignId: randomUUID() }])
      expect((await refusal(as('member').conflicts(asked))).code).toBe('not_found');
    expect((await refusal(as('client').conflicts({ campaignId }))).code).toBe('forbidden');
  });

  test('hide the other side’s work from the people of the contract', async () => {
    const second = await made.campaign(made.brands.second, {
      name: 'Quiet',
      startsOn: '2026-06-01',
      categories: ['whisky'],
    });
    await made.assign(creatorId, second, { platforms: ['TIKTOK'] });
    await made.assign(creatorId, campaignId);
    const contract = await as('member').create({
      creatorId,
      title: 'Ours',
      brandId: made.brands.first,
      status: 'SIGNED',
      exclusivity: 'CATEGORY',
      exclusivityCategories: ['whisky'],
    });
    const { items } = await as('member').conflicts({ creatorId });
    expect(items).toMatchObject([
      {
        kind: 'CONFLICT',
        contractTitle: 'Ours',
        reason: 'The creator works for another client of the agency against it.',
        engagement: null,
      },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/Quiet|Second/);
    expect(JSON.stringify(items)).not.toContain(second);
    expect(await as('member').check({ creatorContractId: contract.id })).toEqual(items);
  });

  test('end with what is against it: an assignment taken off, declined, or over', async () => {
    const assignment = await made.assign(creatorId, campaignId);
    await sign();
    const count = async () => (await as('owner').conflicts({ creatorId })).items.length;
    expect(await count()).toBe(1);
    await made.query(`update campaign_creators set status = 'DECLINED' where id = $1`, [assignment]);
    expect(await count()).toBe(0);
    await made.query(
      `update campaign_creators set status = 'ACCEPTED', ends_on = '2026-06-14' where id = $1`,
      [assignment],
    );
    expect(await count()).toBe(0);
    await made.query(`update campaign_creators set ends_on = '2026-06-15' where id = $1`, [assignment]);
    expect(await count()).toBe(1);
    await made.query('update campaign_creators set is_active = false where id = $1', [assignment]);
    expect(await count()).toBe(0);
  });

  test('name two contracts against each other before the second is signed', async () => {
    const first = await sign();
    const second = await as('owner').create({
      creatorId,
      title: 'Other',
      brandId: made.brands.first,
      startsOn: '2026-12-31',
    });
    const found = await as('owner').check({ creatorContractId: second.id });
    expect(found).toMatchObject([
      { contractId: first.id, engagement: { kind: 'CONTRACT', contractId: second.id } },
    ]);
    expect((await as('owner').conflicts({ creatorId })).items).toEqual([]);
    await as('owner').changeStatus({ creatorContractId: second.id, status: 'SIGNED' });
    expect(await as('owner').conflicts({ creatorId })).toEqual({ items: found, isComplete: true });
    await as('owner').amend({ creatorContractId: second.id, startsOn: '2027-01-01' });
    expect(await as('owner').check({ creatorContractId: second.id })).toEqual([]);
  });
});

describe('content', () => {
  const found = (name: PersonName, creatorContentId: string) =>
    withTenant(world.appDb, made.agency.people[name].principal, 'read', (tx) =>
      checkContent(tx, { creatorContentId }),
    );

  test('that is out on a day and a platform of a clause is found, by the agency’s own day', async () => {
    await sign({
      exclusivity: 'PLATFORM',
      exclusivityPlatforms: ['TIKTOK'],
      exclusivityEndsOn: '2026-06-10',
    });
    // 23:30 in Dubai, and half an hour past midnight there.
    const within = await made.publish(creatorId, campaignId, { at: '2026-06-10T19:30:00Z' });
    const after = await made.publish(creatorId, campaignId, { at: '2026-06-10T20:30:00Z' });
    const elsewhere = await made.publish(creatorId, campaignId, {
      at: '2026-06-10T19:30:00Z',
      platform: 'YOUTUBE',
    });
    expect(await found('owner', within)).toMatchObject([{ kind: 'CONFLICT', reason: 'It is for TikTok.' }]);
    expect(await found('owner', after)).toEqual([]);
    expect(await found('owner', elsewhere)).toEqual([]);
  });

  test('counts for the campaigns that it is not rejected for', async () => {
    await sign();
    const contentId = await made.publish(creatorId, campaignId, { at: '2026-06-10T10:00:00Z' });
    expect(await found('owner', contentId)).toHaveLength(1);
    await made.query(`update campaign_contents set state = 'REJECTED' where creator_content_id = $1`, [
      contentId,
    ]);
    expect(await found('owner', contentId)).toEqual([]);
  });

  test('is not there for who does not see it, and says nothing to who sees neither side', async () => {
    await sign();
    const contentId = await made.publish(creatorId, campaignId, { at: '2026-06-10T10:00:00Z' });
    expect((await refusal(found('member', contentId))).code).toBe('not_found');
    await made.query('update creators set owner_id = $1 where id = $2', [
      made.agency.people.unassigned.userId,
      creatorId,
    ]);
    expect(await found('unassigned', contentId)).toEqual([]);
    const job = jobPrincipal(made.agency.organizationId);
    const asJob = withTenant(world.jobsDb, job, 'read', (tx) =>
      checkContent(tx, { creatorContentId: contentId }),
    );
    expect(await asJob).toHaveLength(1);
  });
});
