import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { ingestContents, type IngestRequest } from '../../server/domain/creator-contents/ingest.ts';
import { type MadeCreator, makeCreator, networkContent } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const WHOLE = { from: null, to: null };
const at = (time: string) => new Date(`2026-11-${time}Z`);

function ingest(creator: MadeCreator, given: Partial<IngestRequest> & Pick<IngestRequest, 'contents'>) {
  const principal = jobPrincipal(world.demo.organizationId);
  return withTenant(world.jobsDb, principal, 'write', (tx) =>
    ingestContents(tx, principal, {
      creatorPlatformId: creator.creatorPlatformId,
      fetchedAt: at('12T09:00:00'),
      isComplete: false,
      range: WHOLE,
      ...given,
    }),
  );
}

function contentsOf(creator: MadeCreator) {
  return withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
    tx
      .selectFrom('creator_contents')
      .selectAll()
      .where('creator_id', '=', creator.creatorId)
      .orderBy('native_id')
      .execute(),
  );
}

function snapshotsOf(creator: MadeCreator) {
  return withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
    tx
      .selectFrom('creator_content_snapshots as s')
      .innerJoin('creator_contents as c', 'c.id', 's.creator_content_id')
      .select(['s.day', 's.views'])
      .where('c.creator_id', '=', creator.creatorId)
      .orderBy('s.day')
      .execute(),
  );
}

const newsOf = (creator: MadeCreator) =>
  withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
    tx
      .selectFrom('activities')
      .select(['description', 'contact_id', 'brand_id'])
      .where('creator_id', '=', creator.creatorId)
      .where('type', '=', 'CONTENT_PUBLISHED')
      .execute(),
  );

describe('a piece that a network tells', () => {
  test('is one row with what its caption names, and is told of once', async () => {
    const creator = await makeCreator(world, world.demo);
    const piece = networkContent({
      hashtags: ['Glow', 'summer'],
      caption: 'See glow.com/Shop! #Glow @Glow.Beauty. #ad',
    });
    expect(await ingest(creator, { contents: [piece] })).toMatchObject({
      read: 1,
      added: 1,
      changed: 0,
      missing: 0,
    });
    expect(await ingest(creator, { contents: [piece] })).toMatchObject({ read: 1, added: 0, changed: 0 });
    const [row, ...others] = await contentsOf(creator);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      hashtags: ['glow', 'summer', 'ad'],
      mentions: ['glow.beauty'],
      links: ['glow.com/shop'],
      disclosures: ['#ad'],
      engagement_rate: '0.10000000',
      source: 'PHYLLO',
      shares: null,
      version: 1,
    });
    expect(await newsOf(creator)).toEqual([
      {
        description: 'Noor Haddad published a reel on Instagram',
        contact_id: creator.contactId,
        brand_id: null,
      },
    ]);
  });

  test('that was out before its account could be read is no news', async () => {
    const creator = await makeCreator(world, world.demo);
    await world.ownerDb.pool.query('update creator_platforms set connected_at = $2 where creator_id = $1', [
      creator.creatorId,
      at('12T09:00:00'),
    ]);
    const before = networkContent({ nativeId: 'before', publishedAt: at('12T08:00:00') });
    const after = networkContent({ nativeId: 'after', publishedAt: at('12T10:00:00') });
    await ingest(creator, { contents: [before, after], fetchedAt: at('13T09:00:00') });
    expect(await contentsOf(creator)).toHaveLength(2);
    expect(await newsOf(creator)).toHaveLength(1);
  });

  test('keeps its newest word in whichever order it comes', async () => {
    const creator = await makeCreator(world, world.demo);
    const old = networkContent({ views: 10, updatedAt: at('11T08:00:00') });
    const newer = { ...old, views: 30, updatedAt: at('12T08:00:00') };
    await ingest(creator, { contents: [newer] });
    expect(await ingest(creator, { contents: [old], fetchedAt: at('13T09:00:00') })).toMatchObject({
      changed: 0,
    });
    expect(await contentsOf(creator)).toMatchObject([{ views: 30, provider_updated_at: newer.updatedAt }]);
    expect(await snapshotsOf(creator)).toEqual([{ day: 2, views: 30 }]);
  });

  test('has the last figures of each day since it was published', async () => {
    const creator = await makeCreator(world, world.demo);
    const piece = networkContent();
    const told = (views: number, time: string) =>
      ingest(creator, { contents: [{ ...piece, views, updatedAt: at(time) }], fetchedAt: at(time) });
    await told(5, '10T09:00:00');
    await told(7, '10T20:00:00');
    await told(50, '11T09:00:00');
    await told(90, '17T08:30:00');
    expect(await snapshotsOf(creator)).toEqual([
      { day: 0, views: 7 },
      { day: 1, views: 50 },
      { day: 7, views: 90 },
    ]);
  });

  test('keeps the newest figures alone once it is older than 90 days', async () => {
    const creator = await makeCreator(world, world.demo);
    const piece = networkContent({ publishedAt: new Date('2026-01-01T00:00:00Z') });
    await ingest(creator, { contents: [piece], fetchedAt: at('10T00:00:00') });
    await ingest(creator, { contents: [{ ...piece, views: 2000 }], fetchedAt: at('20T00:00:00') });
    expect(await snapshotsOf(creator)).toEqual([{ day: 323, views: 2000 }]);
    expect(await newsOf(creator)).toEqual([]);
  });

  test('says that a null is unknown', async () => {
    const creator = await makeCreator(world, world.demo);
    await ingest(creator, { contents: [networkContent({ views: null, likes: 0 })] });
    expect(await contentsOf(creator)).toMatchObject([{ views: null, likes: 0, engagement_rate: null }]);
  });

  test('that two accounts publish together is a row of each, of which one keeps the address', async () => {
    const [one, other] = [await makeCreator(world, world.demo), await makeCreator(world, world.demo)];
    const piece = networkContent();
    await ingest(one, { contents: [piece] });
    await ingest(other, { contents: [piece] });
    await ingest(other, { contents: [piece] });
    expect((await contentsOf(one))[0]?.url_key).toBe(`instagram.com/C${piece.nativeId}`);
    expect(await contentsOf(other)).toMatchObject([{ url_key: null, url: piece.url }]);
  });
});

describe('a range that was fetched whole', () => {
  test('shows what is gone, and what is there again', async () => {
    const creator = await makeCreator(world, world.demo);
    const [kept, gone] = [networkContent(), networkContent()];
    const outside = networkContent({ publishedAt: at('01T08:00:00') });
    const range = { from: '2026-11-05', to: '2026-11-12' };
    await ingest(creator, { contents: [kept, gone, outside], isComplete: true });
    const second = { contents: [kept], isComplete: true, range, fetchedAt: at('13T09:00:00') };
    expect(await ingest(creator, second)).toMatchObject({ missing: 1 });
    expect(await ingest(creator, { ...second, fetchedAt: at('13T10:00:00') })).toMatchObject({ missing: 0 });
    const missing = async () =>
      (await contentsOf(creator)).filter((row) => row.missing_since).map((row) => row.native_id);
    expect(await missing()).toEqual([gone.nativeId]);
    await ingest(creator, { contents: [gone], fetchedAt: at('14T09:00:00') });
    expect(await missing()).toEqual([]);
  });

  test('misses no story that went by itself, and nothing when it broke off', async () => {
    const creator = await makeCreator(world, world.demo);
    const story = networkContent({ type: 'STORY', expiresAt: at('11T08:00:00') });
    await ingest(creator, { contents: [story, networkContent()], fetchedAt: at('10T09:00:00') });
    expect(await ingest(creator, { contents: [], isComplete: false })).toMatchObject({ missing: 0 });
    expect(await ingest(creator, { contents: [], isComplete: true })).toMatchObject({ missing: 1 });
  });
});

test('a piece that became 90 days old keeps its milestones and its newest figures', async () => {
  const creator = await makeCreator(world, world.demo);
  const publishedAt = new Date(Date.now() - 95 * 86_400_000);
  const young = networkContent({ publishedAt: new Date(Date.now() - 60 * 86_400_000) });
  const old = networkContent({ publishedAt });
  await ingest(creator, { contents: [young, old], fetchedAt: new Date() });
  const daily = (nativeId: string, days: number) =>
    withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'write', (tx) =>
      sql`insert into creator_content_snapshots (organization_id, creator_content_id, day, views, source, taken_at)
        select c.organization_id, c.id, d, d, 'PHYLLO', now() from creator_contents c, generate_series(0, ${days}::int) d
         where c.creator_id = ${creator.creatorId}::uuid and c.native_id = ${nativeId}
        on conflict do nothing`.execute(tx),
    );
  await daily(young.nativeId, 5);
  await daily(old.nativeId, 94);
  await withSystem(world.jobsDb, (tx) => sql`select app.content_snapshots_thin()`.execute(tx));
  const days = (await snapshotsOf(creator)).map(({ day }) => day);
  expect(days).toEqual([0, 1, 1, 2, 3, 4, 5, 7, 30, 60, 90, 95]);
});

test('ten thousand pieces that come twice are the same', async () => {
  const creator = await makeCreator(world, world.demo);
  const contents = Array.from({ length: 10_000 }, (_, index) =>
    networkContent({ nativeId: String(9e15 + index) }),
  );
  expect(await ingest(creator, { contents })).toMatchObject({ read: 10_000, added: 10_000 });
  const before = await contentsOf(creator);
  expect(await ingest(creator, { contents: contents.toReversed() })).toMatchObject({ added: 0, changed: 0 });
  expect(await contentsOf(creator)).toEqual(before);
}, 120_000);
