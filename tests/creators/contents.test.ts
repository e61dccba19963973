import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { attributeContent } from '../../jobs/tasks/attribute-contents.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { getContent } from '../../server/domain/creator-contents/queries.ts';
import { makeCreator, networkContent } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { workOf } from './at-work.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const { atWork, attribute, ingest, services } = workOf(() => world);

async function pending() {
  const made = await atWork();
  const [creatorContentId = ''] = await ingest(made.creator, [networkContent()]);
  const content = await as('owner').creatorContents.byId({ creatorContentId });
  const [match] = content.matches;
  return { ...made, creatorContentId, content, campaignContentId: match?.campaignContentId ?? '' };
}

describe('a piece', () => {
  test('is matched with the campaign as it comes, with what it was recognised by', async () => {
    const { content, campaign } = await pending();
    expect(content).toMatchObject({
      creatorName: 'Noor Haddad',
      engagements: 100,
      engagementRate: '0.1',
      disclosure: { state: 'MISSING', missing: ['TEXT', 'LABEL'] },
      matches: [
        { campaignName: campaign.name, state: 'PENDING', reasons: ['HASHTAG:glow'], decidedAt: null },
      ],
    });
  });

  test('tells the figures of a milestone once so many whole days have passed, and not before', async () => {
    const { creatorContentId } = await pending();
    // Published on 10 November at 08:00, read on day 10.
    const at = (now: string) =>
      withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', async (tx) =>
        Object.values((await getContent(tx, creatorContentId, new Date(now))).milestones),
      );
    expect(await at('2026-12-10T07:59:59Z')).toEqual([null, null, null]);
    expect(await at('2026-12-10T08:00:00Z')).toMatchObject([null, null, { day: 10, views: 1000 }]);
  });

  test('is matched anew when the campaign changes, but for what was decided', async () => {
    const { creator, campaignId } = await atWork();
    const ids = await ingest(creator, [networkContent(), networkContent(), networkContent()]);
    const states = async () => {
      const found: Record<string, string | null> = {};
      for (const creatorContentId of ids) {
        const { matches } = await as('owner').creatorContents.byId({ creatorContentId });
        found[creatorContentId] = matches[0]?.state ?? null;
      }
      return found;
    };
    const [confirmed = '', rejected = '', open = ''] = ids;
    const idOf = async (creatorContentId: string) =>
      (await as('owner').creatorContents.byId({ creatorContentId })).matches[0]?.campaignContentId ?? '';
    await as('owner').creatorContents.confirm({ campaignContentId: await idOf(confirmed) });
    await as('owner').creatorContents.reject({ campaignContentId: await idOf(rejected) });
    await as('owner').campaigns.update({ campaignId, hashtags: ['other'] });
    await attribute(campaignId);
    expect(await states()).toEqual({ [confirmed]: 'CONFIRMED', [rejected]: 'REJECTED', [open]: null });
    await as('owner').campaigns.update({ campaignId, hashtags: [], mentions: ['@Glow.Beauty'] });
    await attribute(campaignId);
    expect(await states()).toEqual({ [confirmed]: 'CONFIRMED', [rejected]: 'REJECTED', [open]: 'PENDING' });
    await as('owner').campaigns.update({ campaignId, endsOn: '2026-11-01', startsOn: '2026-10-01' });
    await attribute(campaignId);
    expect((await states())[open]).toBe('PENDING');
    await as('owner').campaigns.update({ campaignId, endsOn: '2026-10-20' });
    await attribute(campaignId);
    expect((await states())[open]).toBeNull();
  });

  test('has its jobs wait in the transaction that changes what it is matched by', async () => {
    const { campaignId } = await atWork();
    const jobs = async () => {
      const { rows } = await world.ownerDb.pool.query<{ key: string }>(
        `select key from graphile_worker.jobs where key like '%' || $1`,
        [campaignId],
      );
      return rows.length;
    };
    expect(await jobs()).toBe(1);
    await world.ownerDb.pool.query(`delete from graphile_worker._private_jobs where key like '%' || $1`, [
      campaignId,
    ]);
    await as('owner').campaigns.update({ campaignId, name: 'Another name' });
    expect(await jobs()).toBe(0);
    await as('owner').campaigns.update({ campaignId, links: ['https://glow.com/shop'] });
    expect(await jobs()).toBe(1);
  });

  test('by hand is one with what its network tells later, and keeps its decision', async () => {
    const { creator, campaignId } = await atWork();
    const told = networkContent();
    const made = await as('member').creatorContents.create({
      creatorId: creator.creatorId,
      url: `https://instagram.com/p/C${told.nativeId}?igsh=x`,
      caption: 'By hand #glow',
      publishedAt: '2026-11-10T08:00:00Z',
      views: 5,
      figuresAt: '2026-11-11T08:00:00Z',
    });
    expect(made).toMatchObject({ source: 'MANUAL', views: 5, type: 'POST', hashtags: ['glow'], matches: [] });
    expect(made.snapshots).toMatchObject([{ day: 1, views: 5, source: 'MANUAL' }]);
    await attributeContent(services(), {
      organizationId: world.demo.organizationId,
      creatorContentId: made.id,
    });
    const { matches } = await as('member').creatorContents.byId({ creatorContentId: made.id });
    expect(matches).toMatchObject([{ campaignId, state: 'PENDING' }]);
    await as('member').creatorContents.confirm({ campaignContentId: matches[0]?.campaignContentId ?? '' });
    expect(await ingest(creator, [told])).toEqual([made.id]);
    expect(await as('member').creatorContents.byId({ creatorContentId: made.id })).toMatchObject({
      source: 'PHYLLO',
      nativeId: told.nativeId,
      views: 1000,
      matches: [{ state: 'CONFIRMED' }],
    });
    const figures = { creatorContentId: made.id, views: 7 };
    expect((await refusal(as('member').creatorContents.update(figures))).code).toBe('conflict');
  });

  test('by hand is refused with what does not fit', async () => {
    const creator = await makeCreator(world, world.demo, { platform: 'TIKTOK' });
    const of = (input: object) =>
      refusedFields(
        as('owner').creatorContents.create({
          creatorId: creator.creatorId,
          url: `https://www.tiktok.com/@${creator.handle}/video/1`,
          ...input,
        }),
      );
    expect(await of({ url: 'https://example.com/a' })).toEqual(['invalid', 'url']);
    expect(await of({ url: 'https://vm.tiktok.com/ZM1/' })).toEqual(['invalid', 'url']);
    expect(await of({ url: 'https://www.tiktok.com/@else/video/2' })).toEqual(['invalid', 'url']);
    expect(await of({ url: 'https://www.instagram.com/p/abc/' })).toEqual(['invalid', 'url']);
    expect(await of({ creatorPlatformId: randomUUID() })).toEqual(['invalid', 'creatorPlatformId']);
    expect(await of({ views: -1 })).toEqual(['invalid', 'views']);
    expect(await of({ figuresAt: '2999-01-01T00:00:00Z' })).toEqual(['invalid', 'figuresAt']);
    expect(await of({ likess: 1 })).toEqual(['invalid', 'likess']);
    expect(await of({ creatorId: randomUUID() })).toEqual(['not_found']);
    const url = `https://www.tiktok.com/@${creator.handle}/video/77`;
    const made = await as('owner').creatorContents.create({ creatorId: creator.creatorId, url });
    const again = await refusal(as('owner').creatorContents.create({ creatorId: creator.creatorId, url }));
    expect([again.code, again.message]).toEqual(['conflict', 'This post is among Noor Haddad’s already.']);
    await as('owner').creatorContents.archive({ creatorContentId: made.id });
    expect(
      (await refusal(as('owner').creatorContents.create({ creatorId: creator.creatorId, url }))).message,
    ).toMatch(/recycle bin/);
    expect((await as('owner').creatorContents.restore({ creatorContentId: made.id })).isActive).toBe(true);
    const stale = as('owner').creatorContents.update({
      creatorContentId: made.id,
      views: 1,
      expectedVersion: 1,
    });
    expect((await refusal(stale)).code).toBe('precondition');
  });
});

describe('a decision', () => {
  test('counts, is told, and is one of a kind', async () => {
    const { campaignContentId, creatorContentId, campaignId, creator, work } = await pending();
    const made = await as('member').creatorContents.confirm({ campaignContentId, expectedVersion: 1 });
    expect(made.matches).toMatchObject([{ state: 'CONFIRMED', decidedByName: 'member of demo', version: 2 }]);
    expect(await as('member').creatorContents.confirm({ campaignContentId })).toEqual(made);
    const stale = as('member').creatorContents.reject({ campaignContentId, expectedVersion: 1 });
    expect((await refusal(stale)).code).toBe('precondition');
    const { items } = await as('client').activities.list({ campaignId });
    expect(items.map(({ type }) => type)).toContain('CONTENT_CONFIRMED');
    const [owed] = (await as('member').campaignCreators.byId({ campaignId, creatorId: creator.creatorId }))
      .deliverables;
    expect(owed).toMatchObject({ state: 'DELIVERED', delivered: 1, confirmed: 1, late: 0 });
    const figures = await as('member').creatorContents.figuresOfCampaign({ campaignId });
    expect(figures).toMatchObject({
      pieces: 1,
      pending: 0,
      undisclosed: 1,
      views: 1000,
      engagements: 100,
      engagementRate: '0.1',
      untold: { views: 0, likes: 0, comments: 0 },
      creators: [{ creatorId: creator.creatorId, pieces: 1 }],
    });
    const archive = as('member').creatorContents.archive({ creatorContentId });
    expect((await refusal(archive)).message).toMatch(/counts for a campaign/);
    const remove = as('member').campaignCreators.remove({ campaignId, creatorId: creator.creatorId });
    expect((await refusal(remove)).message).toMatch(/posts count for/);
    const moved = await as('member').creatorContents.moveToDeliverable({
      campaignContentId,
      campaignDeliverableId: work.deliverables[0]?.id ?? null,
    });
    expect(moved.matches[0]?.campaignDeliverableId).toBe(work.deliverables[0]?.id);
    const foreign = (await atWork()).work.deliverables[0]?.id ?? '';
    const wrong = as('owner').creatorContents.moveToDeliverable({
      campaignContentId,
      campaignDeliverableId: foreign,
    });
    expect(await refusedFields(wrong)).toEqual(['invalid', 'campaignDeliverableId']);
    expect((await as('member').creatorContents.reject({ campaignContentId })).matches).toMatchObject([
      { state: 'REJECTED', campaignDeliverableId: null },
    ]);
    expect((await as('member').creatorContents.figuresOfCampaign({ campaignId })).views).toBeNull();
  });

  test('of two brands that share a creator stays with each, and a piece counts once', async () => {
    const { creator, creatorContentId, campaignContentId } = await pending();
    const other = await atWork(creator, 'second');
    await attribute(other.campaignId);
    const all = (await as('owner').creatorContents.byId({ creatorContentId })).matches;
    const theirs = all.find(({ campaignId }) => campaignId === other.campaignId)?.campaignContentId ?? '';
    expect(all).toHaveLength(2);
    expect((await as('member').creatorContents.byId({ creatorContentId })).matches).toHaveLength(1);
    expect((await refusal(as('member').creatorContents.confirm({ campaignContentId: theirs }))).code).toBe(
      'not_found',
    );
    await as('owner').creatorContents.confirm({ campaignContentId: theirs });
    const told = await as('member').activities.list({ creatorId: creator.creatorId });
    expect(JSON.stringify(told)).not.toContain(other.campaign.name);
    const unseen = await refusal(as('member').creatorContents.confirm({ campaignContentId }));
    expect([unseen.code, unseen.message]).toEqual([
      'conflict',
      'This post counts for another campaign of the agency already.',
    ]);
    expect((await refusal(as('owner').creatorContents.confirm({ campaignContentId }))).message).toBe(
      `This post counts for ${other.campaign.name} already. Reject it there first.`,
    );
    expect(
      await as('member').creatorContents.confirmMany({
        campaignContentIds: [campaignContentId, theirs, randomUUID()],
      }),
    ).toMatchObject({
      confirmed: 0,
      refused: [{ campaignContentId }, { campaignContentId: null }, { campaignContentId: null }],
    });
  });

  test('of two people at once is one', async () => {
    const { creator, creatorContentId, campaignContentId } = await pending();
    const other = await atWork(creator, 'second');
    await attribute(other.campaignId);
    const { matches } = await as('owner').creatorContents.byId({ creatorContentId });
    const both = await Promise.allSettled(
      matches.map((match) =>
        as('owner').creatorContents.confirm({ campaignContentId: match.campaignContentId }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const after = (await as('owner').creatorContents.byId({ creatorContentId })).matches;
    expect(after.map(({ state }) => state).sort()).toEqual(['CONFIRMED', 'PENDING']);
    const twice = await Promise.all(
      Array.from({ length: 4 }, () => as('admin').creatorContents.reject({ campaignContentId })),
    );
    expect(twice.every(({ matches: all }) => all.some(({ state }) => state === 'REJECTED'))).toBe(true);
  });

  test('may add a piece by hand where its creator works on the campaign', async () => {
    const { creator, campaignId } = await atWork();
    const [creatorContentId = ''] = await ingest(creator, [networkContent({ caption: 'No tag' })]);
    const added = await as('member').creatorContents.attach({ campaignId, creatorContentId });
    expect(added.matches).toMatchObject([{ state: 'CONFIRMED', reasons: ['MANUAL'] }]);
    const other = await atWork();
    const wrong = as('owner').creatorContents.attach({ campaignId: other.campaignId, creatorContentId });
    expect((await refusal(wrong)).message).toMatch(/does not work on/);
    const many = await atWork();
    const ids = await ingest(many.creator, [networkContent(), networkContent()]);
    const matches = await Promise.all(
      ids.map(async (id) => (await as('owner').creatorContents.byId({ creatorContentId: id })).matches),
    );
    const campaignContentIds = matches.flat().map((match) => match.campaignContentId);
    expect(await as('member').creatorContents.confirmMany({ campaignContentIds })).toEqual({
      confirmed: 2,
      refused: [],
    });
  });

  test('is refused to a viewer, a client, a member of no brand and another agency', async () => {
    const { campaignContentId, creatorContentId, campaignId } = await pending();
    const tries = async (who: ReturnType<typeof caller>, none = false) => {
      const id = none ? randomUUID() : campaignContentId;
      const content = none ? randomUUID() : creatorContentId;
      const errors = await Promise.all([
        refusal(who.creatorContents.confirm({ campaignContentId: id })),
        refusal(who.creatorContents.reject({ campaignContentId: id })),
        refusal(
          who.creatorContents.moveToDeliverable({ campaignContentId: id, campaignDeliverableId: null }),
        ),
        refusal(
          who.creatorContents.attach({
            campaignId: none ? randomUUID() : campaignId,
            creatorContentId: content,
          }),
        ),
        refusal(who.creatorContents.update({ creatorContentId: content, views: 1 })),
        refusal(who.creatorContents.archive({ creatorContentId: content })),
      ]);
      return errors.map(({ code, message }) => [code, message]);
    };
    for (const name of ['viewer', 'client'] as const)
      expect(new Set((await tries(as(name))).map(([code]) => code))).toEqual(new Set(['forbidden']));
    for (const who of [as('unassigned'), asRival()]) {
      expect(await tries(who)).toEqual(await tries(who, true));
      expect(new Set((await tries(who)).map(([code]) => code))).toEqual(new Set(['not_found']));
      expect((await refusal(who.creatorContents.byId({ creatorContentId }))).code).toBe('not_found');
      expect((await refusal(who.creatorContents.figuresOfCampaign({ campaignId }))).code).toBe('not_found');
    }
  });
});
