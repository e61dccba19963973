import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCaptionsAnew } from '../../jobs/tasks/find-disclosures.ts';
import { makeCreator, networkContent } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
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
const { atWork, ingest } = workOf(() => world);

describe('the list of contents', () => {
  test('is filtered and sorted, page by page', async () => {
    const { creator, campaignId } = await atWork();
    const day = (day: number) => new Date(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`);
    await ingest(creator, [
      networkContent({ publishedAt: day(3), views: 30, type: 'STORY', caption: null, expiresAt: day(4) }),
      networkContent({ publishedAt: day(5), views: null, caption: 'Été à la plage #Glow #ad' }),
      networkContent({ publishedAt: day(7), views: 10 }),
      networkContent({ publishedAt: null, views: 20, caption: 'When? #glow' }),
    ]);
    const list = async (input: object) => {
      const { items } = await as('member').creatorContents.list({ creatorId: creator.creatorId, ...input });
      return items.map(({ views }) => views);
    };
    expect(await list({})).toEqual([10, null, 30, 20]);
    expect(await list({ sort: 'publishedAt' })).toEqual([30, null, 10, 20]);
    expect(await list({ sort: '-views' })).toEqual([30, 20, 10, null]);
    expect(await list({ sort: 'views' })).toEqual([10, 20, 30, null]);
    expect(await list({ hashtag: '#GLOW' })).toEqual([10, null, 20]);
    expect(await list({ campaignId })).toEqual([10, null]);
    expect(await list({ state: 'NONE' })).toEqual([30, 20]);
    expect(await list({ state: 'PENDING', disclosure: 'MISSING' })).toEqual([10]);
    expect(await list({ disclosure: 'OK' })).toEqual([null]);
    expect(await list({ type: 'STORY' })).toEqual([30]);
    expect(await list({ q: 'ete' })).toEqual([null]);
    expect(await list({ q: '100%' })).toEqual([]);
    expect(await list({ publishedFrom: '2026-11-04', publishedTo: '2026-11-06' })).toEqual([null]);
    expect(await list({ platform: 'TIKTOK' })).toEqual([]);
    expect(await as('member').creatorContents.count({ creatorId: creator.creatorId, campaignId })).toBe(2);
    for (const sort of ['-publishedAt', 'views', '-engagementRate', 'updatedAt'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await as('viewer').creatorContents.ofCreator({
          creatorId: creator.creatorId,
          sort,
          limit: 1,
          cursor,
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 4, 4]);
    }
    const months = await as('member').creatorContents.figuresOfCreator({
      creatorId: creator.creatorId,
      months: 60,
    });
    expect(months.months).toMatchObject([{ month: '2026-11', pieces: 3, views: 40, untold: { views: 1 } }]);
  });

  test('of a creator who is not the reader’s is not there', async () => {
    const creator = await makeCreator(world, world.demo);
    await ingest(creator, [networkContent()]);
    const { creatorId } = creator;
    expect((await refusal(as('member').creatorContents.ofCreator({ creatorId }))).code).toBe('not_found');
    expect((await refusal(asRival().creatorContents.ofCreator({ creatorId }))).code).toBe('not_found');
    expect((await as('member').creatorContents.list({ creatorId })).items).toEqual([]);
  });
});

describe('the agency’s own words of disclosure', () => {
  test('are the admins’ to choose, and count for what is there already', async () => {
    const { creator } = await atWork();
    const [creatorContentId = ''] = await ingest(creator, [
      networkContent({ caption: 'Made with Glow #glow' }),
    ]);
    const state = async () =>
      (await as('member').creatorContents.byId({ creatorContentId })).disclosure?.state;
    expect(await state()).toBe('MISSING');
    const term = await as('admin').disclosureTerms.add({ term: '  Made  WITH ' });
    expect(term.term).toBe('made with');
    expect((await refusal(as('owner').disclosureTerms.add({ term: 'made with' }))).code).toBe('conflict');
    await readCaptionsAnew(world.jobsDb, world.demo.organizationId);
    expect(await state()).toBe('OK');
    expect((await as('client').disclosureTerms.list({})).items).toEqual([term]);
    expect((await asRival().disclosureTerms.list({})).items).toEqual([]);
    const remove = (who: ReturnType<typeof caller>) =>
      refusal(who.disclosureTerms.remove({ disclosureTermId: term.id }));
    expect((await remove(as('member'))).code).toBe('forbidden');
    expect((await remove(as('viewer'))).code).toBe('forbidden');
    expect((await remove(asRival())).code).toBe('not_found');
    await as('owner').disclosureTerms.remove({ disclosureTermId: term.id });
    await readCaptionsAnew(world.jobsDb, world.demo.organizationId);
    expect(await state()).toBe('MISSING');
  });
});
