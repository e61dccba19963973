import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { listCreatorCosts } from '../../server/domain/campaign-creators/queries.ts';
import { evaluate } from '../../server/domain/explanations/rules.ts';
import { makeCreator } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

async function assigned(terms: object = {}) {
  const brandId = world.demo.brands.first;
  const campaign = await as('owner').campaigns.create({ name: `Glow ${randomUUID()}`, brandId });
  const { creatorId } = await makeCreator(world, world.demo, { brandId });
  const ref = { campaignId: campaign.id, creatorId };
  return { ref, work: await as('owner').campaignCreators.assign({ ...ref, ...terms }) };
}

/** What a refused assignment says of which field. */
async function issuesOf(terms: object) {
  const refused = await refusal(assigned(terms));
  return (refused.issues ?? []).map(({ path, message }) => [path, message]);
}

const reel = { platform: 'INSTAGRAM', type: 'REEL', count: 2 } as const;

interface Post {
  views: number | null;
  state?: 'CONFIRMED' | 'PENDING';
  publishedAt?: string;
}

/** Posts of the creator's account, for the campaign. */
async function addPosts({ campaignId, creatorId }: { campaignId: string; creatorId: string }, posts: Post[]) {
  const { organizationId } = world.demo;
  await withTenant(world.appDb, jobPrincipal(organizationId), 'write', async (tx) => {
    const account = await tx
      .selectFrom('creator_platforms')
      .select('id')
      .where('creator_id', '=', creatorId)
      .executeTakeFirstOrThrow();
    for (const { views, state = 'CONFIRMED', publishedAt = '2026-11-05T12:00:00Z' } of posts) {
      const { id } = await tx
        .insertInto('creator_contents')
        .values({
          organization_id: organizationId,
          creator_id: creatorId,
          creator_platform_id: account.id,
          platform: 'INSTAGRAM',
          type: 'REEL',
          native_id: randomUUID(),
          source: 'MANUAL',
          published_at: new Date(publishedAt),
          views,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('campaign_contents')
        .values({ organization_id: organizationId, campaign_id: campaignId, creator_content_id: id, state })
        .execute();
    }
  });
}

describe('the terms of a fee', () => {
  test('are answered by type, in one currency', async () => {
    const { work } = await assigned({
      feeType: 'HYBRID',
      fee: { amount: '5000', currency: 'USD' },
      variableFeeType: 'CPA',
      variableFee: '3.5',
      feeCap: '9000',
    });
    expect(work).toMatchObject({
      feeType: 'HYBRID',
      fee: { amount: '5000.00', currency: 'USD' },
      variableFeeType: 'CPA',
      variableFee: { amount: '3.50', currency: 'USD' },
      feeCap: { amount: '9000.00', currency: 'USD' },
      feePercent: null,
    });
    const share = await assigned({ feeType: 'REVENUE_SHARE', feePercent: '12.5' });
    expect(share.work).toMatchObject({ fee: null, feePercent: '12.5', feeCurrency: 'AED' });
  });

  test('say which field a type needs', async () => {
    expect(await issuesOf({ feeType: 'CPM' })).toEqual([
      ['fee', 'A CPM fee is an amount per thousand views.'],
    ]);
    expect(await issuesOf({ feeType: 'REVENUE_SHARE', fee: '5' })).toEqual([
      ['feePercent', 'A share of revenue is a percent of the value of the results.'],
      ['fee', 'A share of revenue is a percent, not an amount.'],
    ]);
    expect(await issuesOf({ feeType: 'HYBRID', fee: '5' })).toEqual([
      [
        'variableFeeType',
        'Say what is counted beside the fixed amount: views, clicks, conversions or revenue.',
      ],
    ]);
    expect(await issuesOf({ feeType: 'FLAT', fee: '5', feePercent: '3' })).toEqual([
      ['feePercent', 'Only a share of revenue has a percent.'],
    ]);
    expect((await issuesOf({ feeType: 'REVENUE_SHARE', feePercent: '101' }))[0]?.[0]).toBe('feePercent');
  });

  test('lose what a new type has no use for, and keep what was not sent', async () => {
    const { ref } = await assigned({ feeType: 'CPC', fee: '2', feeCap: '100' });
    const update = as('owner').campaignCreators.update;
    expect(await update({ ...ref, feeCap: '150' })).toMatchObject({
      fee: { amount: '2.00' },
      feeCap: { amount: '150.00' },
    });
    expect(await update({ ...ref, feeType: 'FLAT' })).toMatchObject({
      fee: { amount: '2.00' },
      feeCap: null,
    });
  });

  test('stay the agency’s own', async () => {
    const { ref } = await assigned({
      feeType: 'HYBRID',
      fee: '9',
      variableFeeType: 'REVENUE_SHARE',
      feePercent: '4',
    });
    expect(await as('client').campaignCreators.byId(ref)).toMatchObject({
      fee: null,
      feeType: null,
      feeCurrency: null,
      feePercent: null,
      variableFeeType: null,
      amounts: null,
      brief: null,
    });
    await as('owner').campaignCreators.update({ ...ref, feeCap: '100', fee: '10' });
    const asked = as('client').campaignCreators.explainFee({ ...ref, figure: 'earned' });
    expect((await refusal(asked)).code).toBe('forbidden');
    const items = (await as('client').activities.list({ campaignId: ref.campaignId })).items;
    expect(JSON.stringify(items)).not.toMatch(/fee|percent/i);
  });
});

describe('what a fee has come to', () => {
  test('follows confirmed posts, and an explanation recomputes to it', async () => {
    const { ref } = await assigned({ fee: '1000', deliverables: [reel] });
    await addPosts(ref, [{ views: 10 }, { views: 5, state: 'PENDING' }]);
    const work = await as('member').campaignCreators.byId(ref);
    expect(work.amounts).toMatchObject({
      committed: { amount: '1000.00', currency: 'AED' },
      earned: { amount: '500.00' },
      expected: { amount: '1000.00' },
      notes: [],
    });
    const told = await as('viewer').campaignCreators.explainFee({ ...ref, figure: 'earned' });
    expect(evaluate(told.formula)).toBe('500');
    expect(told.words).toBe('fee × confirmed ÷ owed pieces');
    expect(told.sources.map(({ rows }) => rows)).toEqual([1, 1, 0, 0]);
  });

  test('by views leaves out those that nobody knows, and says so', async () => {
    const { ref } = await assigned({ feeType: 'CPM', fee: '40' });
    await addPosts(ref, [{ views: 25_000 }, { views: null }]);
    const { amounts } = await as('owner').campaignCreators.byId(ref);
    expect(amounts).toMatchObject({ earned: { amount: '1000.00' }, expected: null });
    expect(amounts?.notes).toEqual(['The views of 1 of 2 posts are unknown and not counted.']);
  });

  test('counts once more for a range of days alone', async () => {
    const { ref } = await assigned({ feeType: 'CPM', fee: '10', feeCap: '30' });
    await addPosts(ref, [
      { views: 2000, publishedAt: '2026-10-31T12:00:00Z' },
      { views: 5000, publishedAt: '2026-11-02T12:00:00Z' },
    ]);
    const costsOf = (range: object) =>
      withTenant(world.appDb, world.demo.people.owner.principal, 'read', (tx) =>
        listCreatorCosts(tx, world.demo.people.owner.principal, { campaignIds: [ref.campaignId], ...range }),
      );
    const [november] = await costsOf({ from: '2026-11-01', to: '2026-11-30' });
    expect(november?.earned.value).toBe('10');
    expect(november?.earnedByDay).toEqual([{ date: '2026-11-02', amount: '10' }]);
    expect((await costsOf({}))[0]?.figures.earned.value).toBe('30');
    const client = world.demo.people.client.principal;
    const seen = await withTenant(world.appDb, client, 'read', (tx) =>
      listCreatorCosts(tx, client, { campaignIds: [ref.campaignId] }),
    );
    expect(seen).toEqual([]);
  });
});

describe('drafts', () => {
  const drafts = (work: { deliverables: { drafts: object | null }[] }) =>
    work.deliverables.map((one) => one.drafts);

  test('move the work along, and going over the agreed rounds is said and not refused', async () => {
    const { ref, work } = await assigned({
      status: 'ACCEPTED',
      deliverables: [{ ...reel, revisionRounds: 1 }],
    });
    const campaignDeliverableId = work.deliverables[0]?.id ?? '';
    const { submitDraft, requestChanges, approveDraft } = as('member').campaignCreators;
    const first = await submitDraft({ campaignDeliverableId, url: 'https://drive.example/draft' });
    expect([first.status, drafts(first)]).toMatchObject(['SUBMITTED', [{ last: 'SUBMITTED', drafts: 1 }]]);
    const back = await requestChanges({ campaignDeliverableId, note: 'Shorter, please.' });
    expect([back.status, drafts(back)]).toMatchObject([
      'IN_PROGRESS',
      [{ last: 'CHANGES_REQUESTED', roundsUsed: 1, isOverRounds: false }],
    ]);
    await submitDraft({ campaignDeliverableId });
    const over = await requestChanges({ campaignDeliverableId, note: 'Again.' });
    expect(drafts(over)).toMatchObject([{ roundsUsed: 2, isOverRounds: true }]);
    await submitDraft({ campaignDeliverableId });
    const done = await approveDraft({ campaignDeliverableId });
    expect([done.status, drafts(done)]).toMatchObject(['SUBMITTED', [{ last: 'APPROVED', drafts: 3 }]]);
    const { items } = await as('viewer').campaignCreators.reviews(ref);
    expect(items.map(({ kind, round }) => [kind, round])).toEqual([
      ['APPROVED', 3],
      ['SUBMITTED', 3],
      ['CHANGES_REQUESTED', 2],
      ['SUBMITTED', 2],
      ['CHANGES_REQUESTED', 1],
      ['SUBMITTED', 1],
    ]);
    expect((await as('client').campaignCreators.reviews(ref)).items).toEqual([]);
    expect(drafts(await as('client').campaignCreators.byId(ref))).toEqual([null]);
  });

  test('are refused where none came, where they are decided, and of work that ended', async () => {
    const { ref, work } = await assigned({ deliverables: [reel] });
    const campaignDeliverableId = work.deliverables[0]?.id ?? '';
    const { submitDraft, requestChanges, approveDraft, update } = as('owner').campaignCreators;
    const words = async (made: Promise<unknown>) => (await refusal(made)).message;
    expect(await words(approveDraft({ campaignDeliverableId }))).toBe('No draft came yet.');
    await submitDraft({ campaignDeliverableId });
    await approveDraft({ campaignDeliverableId });
    expect(await words(approveDraft({ campaignDeliverableId }))).toBe('This draft is approved already.');
    expect((await refusal(requestChanges({ campaignDeliverableId, note: '' }))).code).toBe('invalid');
    await update({ ...ref, status: 'CANCELLED' });
    expect(await words(submitDraft({ campaignDeliverableId }))).toMatch(/cancelled: it takes no drafts/);
  });

  test('are nobody’s who may not change the work', async () => {
    const { work } = await assigned({ deliverables: [reel] });
    const campaignDeliverableId = work.deliverables[0]?.id ?? '';
    const codeOf = async (name: PersonName, id = campaignDeliverableId) =>
      (await refusal(as(name).campaignCreators.submitDraft({ campaignDeliverableId: id }))).code;
    expect(await codeOf('viewer')).toBe('forbidden');
    expect(await codeOf('client')).toBe('forbidden');
    expect(await codeOf('unassigned')).toBe('not_found');
    const rival = caller(world, world.rival.people.owner.principal);
    const foreign = await refusal(rival.campaignCreators.submitDraft({ campaignDeliverableId }));
    const random = await refusal(rival.campaignCreators.submitDraft({ campaignDeliverableId: randomUUID() }));
    expect(foreign).toEqual(random);
  });
});

describe('a post', () => {
  test('is matched by itself, and is put on a deliverable by hand', async () => {
    const { ref, work } = await assigned({ deliverables: [reel, { platform: 'INSTAGRAM', type: 'STORY' }] });
    await addPosts(ref, [{ views: 10 }]);
    const [owed, story] = work.deliverables;
    const { items } = await as('member').campaignCreators.pieces(ref);
    expect(items).toMatchObject([
      {
        campaignDeliverableId: owed?.id,
        isPlacedByHand: false,
        isConfirmed: true,
        publishedOn: '2026-11-05',
      },
    ]);
    const { campaignContentId = '', version } = items[0] ?? {};
    await as('member').creatorContents.moveToDeliverable({
      campaignContentId,
      campaignDeliverableId: story?.id ?? null,
      expectedVersion: version,
    });
    const moved = await as('client').campaignCreators.pieces(ref);
    expect(moved.items).toMatchObject([{ campaignDeliverableId: story?.id, isPlacedByHand: true }]);
    expect((await refusal(as('unassigned').campaignCreators.pieces(ref))).code).toBe('not_found');
  });
});
