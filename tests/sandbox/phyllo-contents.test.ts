import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentIdOf, postKeyOf, toUuid } from '../../sandbox/phyllo/ids.ts';
import { type TrueContent } from '../../sandbox/phyllo/truth.ts';
import { createSocialAccounts } from '../../sandbox/world/social-accounts.ts';
import { figuresOf } from '../../sandbox/world/post-figures.ts';
import { type Post, postsPublished } from '../../sandbox/world/posts.ts';
import {
  accountOf,
  ask,
  BASE,
  connected,
  type Content,
  contentsOf,
  FACEBOOK,
  get,
  INSTAGRAM,
  LINKEDIN,
  type List,
  post,
  refusalOf,
  type Rig,
  startRig,
  TIKTOK,
  TWITCH,
  wait,
  X,
  YOUTUBE,
} from './phyllo-client.ts';

const NOW = '2026-05-20T10:30:00Z';
const DAY = 86_400_000;

let rig: Rig;

beforeAll(() => {
  rig = startRig({ now: NOW });
});
beforeEach(() => {
  rig.clock.now = new Date(NOW);
});
afterAll(() => {
  rig.server.close();
});

interface Truth {
  availableFrom: string;
  contents: TrueContent[];
}
const truthOf = (accountId: string) => get<Truth>(`/_truth/phyllo?account=${accountId}`);

/** A post of some kind in the default world, of an account on a network. */
function somePost(network: string, wanted: (post: Post) => boolean): { handle: string; post: Post } {
  const range = { after: new Date(Date.parse(NOW) - 60 * DAY), until: new Date(Date.parse(NOW) - 2 * DAY) };
  for (const account of createSocialAccounts(rig.state.world.seed)) {
    if (account.network !== network) continue;
    const found = postsPublished(account, range).find(wanted);
    if (found) return { handle: account.creator.handle, post: found };
  }
  throw new Error('the world has no such post');
}

const published = (content: Content) => Date.parse(`${content.published_at.slice(0, 19)}Z`);

describe('the list of contents', () => {
  test('is the truth of the last look, newest first, from ninety days before the connection', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'thehartleys');
    const contents = await contentsOf(accountId);
    const truth = await truthOf(accountId);
    expect(contents.length).toBeGreaterThan(100);
    expect(contents.map(({ id }) => id)).toEqual(truth.contents.map(({ id }) => id).reverse());
    const told = contents.map(({ engagement }) => [
      ...[engagement.view_count, engagement.like_count, engagement.comment_count],
      ...[engagement.share_count, engagement.save_count],
    ]);
    const right = truth.contents.map((each) => [
      ...[each.views, each.likes, each.comments, each.shares, each.saves],
    ]);
    expect(told).toEqual(right.reverse());
    expect(truth.availableFrom).toBe('2026-02-19');
    expect(Math.min(...contents.map(published))).toBeGreaterThanOrEqual(Date.parse(truth.availableFrom));
    expect((await accountOf(accountId)).data.engagement?.data_available_from).toBe(
      '2026-02-19T00:00:00.000000',
    );
  });

  test('needs an account, and takes days of publishing, both included', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'thehartleys');
    expect((await refusalOf(ask('/v1/social/contents'))).code).toBe('missing_fields');
    const all = await contentsOf(accountId);
    const days = all.map(({ published_at }) => published_at.slice(0, 10));
    const [from, to] = ['2026-04-01', '2026-04-09'];
    const some = await contentsOf(accountId, `&from_date=${from}&to_date=${to}`);
    expect(some.map(({ id }) => id)).toEqual(
      all.filter((_, at) => (days[at] ?? '') >= from && (days[at] ?? '') <= to).map(({ id }) => id),
    );
    const one = await get<List<Content>>(
      `/v1/social/contents?account_id=${accountId}&from_date=${from}&to_date=${from}`,
    );
    expect(one.metadata).toMatchObject({ from_date: from, to_date: from });
    expect(one.data.every(({ published_at }) => published_at.startsWith(from))).toBe(true);
    expect((await ask(`/v1/social/contents?account_id=${accountId}&from_date=soon`)).status).toBe(400);
  });

  test('leaves null what a network does not tell', async () => {
    const unknown = async (platform: string, name: string) => {
      const [content] = await contentsOf(await connected(rig, platform, name));
      const { view_count, like_count, share_count, save_count } = content?.engagement ?? {};
      return [view_count, like_count, share_count, save_count].map((value) => value === null);
    };
    expect(await unknown(TIKTOK, 'rubycast')).toEqual([false, false, false, true]);
    expect(await unknown(YOUTUBE, 'rubycast')).toEqual([false, false, true, true]);
    expect(await unknown(X, 'rubycast')).toEqual([true, false, true, true]);
    expect(await unknown(TWITCH, 'rubycast')).toEqual([false, true, true, true]);
    expect(await contentsOf(await connected(rig, LINKEDIN, 'fahadbuilds'))).toEqual([]);
    expect((await contentsOf(await connected(rig, FACEBOOK, 'nadasherif'))).length).toBeGreaterThan(0);
  });

  test('holds reels, carousels, stories, shorts, threads and streams in Phyllo’s words', async () => {
    const words = async (platform: string, name: string) => {
      const contents = await contentsOf(await connected(rig, platform, name));
      return new Set(contents.map(({ type, format }) => `${type} ${format}`));
    };
    expect(await words(INSTAGRAM, 'thehartleys')).toEqual(
      new Set(['REELS VIDEO', 'STORY IMAGE', 'FEED IMAGE']),
    );
    expect(await words(X, 'rubycast')).toEqual(new Set(['TWEET TEXT', 'THREAD TEXT']));
    expect(await words(TWITCH, 'rubycast')).toEqual(new Set(['STREAM VIDEO']));
    const videos = await contentsOf(await connected(rig, YOUTUBE, 'tarekelsayed'));
    const shorts = videos.filter(({ url }) => url.includes('/shorts/'));
    expect(shorts.length).toBeGreaterThan(0);
    expect(shorts.every(({ duration }) => duration !== null && duration <= 60)).toBe(true);
    const posts = await contentsOf(await connected(rig, INSTAGRAM, 'thehartleys'));
    expect(posts.some(({ media_urls }) => media_urls.length >= 2)).toBe(true);
  });

  test('tells hashtags with their sign in any script, mentions, links and the paid label', async () => {
    const contents = (
      await Promise.all(
        ['laylamansoori', 'nadasherif', 'thehartleys', 'camillelefevre'].map(async (name) =>
          contentsOf(await connected(rig, INSTAGRAM, name)),
        ),
      )
    ).flat();
    expect(contents.some(({ hashtags }) => hashtags?.includes('#جمال'))).toBe(true);
    expect(contents.some(({ hashtags }) => hashtags === null)).toBe(true);
    expect(contents.some(({ mentions }) => mentions?.every((name) => name.startsWith('@')))).toBe(true);
    expect(contents.some(({ title }) => title?.includes('utm_campaign='))).toBe(true);
    const paid = contents.filter(({ sponsored }) => sponsored !== null);
    expect(paid.every(({ sponsored }) => sponsored?.is_sponsored && sponsored.tags.startsWith('@'))).toBe(
      true,
    );
    const tagged = contents.filter(({ hashtags }) =>
      hashtags?.some((tag) => /^#(ad|sponsored|إعلان)$/.test(tag)),
    );
    expect([paid.length > 0, tagged.length > 0]).toEqual([true, true]);
  });
});

describe('a content', () => {
  test('is found by its id, and in bulk by at most a hundred', async () => {
    const accountId = await connected(rig, TIKTOK, 'camillelefevre');
    const contents = await contentsOf(accountId);
    const [first, second] = contents;
    expect(await get(`/v1/social/contents/${first?.id}`)).toEqual(first);
    const ids = [first?.id, second?.id?.replaceAll('-', ''), '00000000-0000-4000-a000-000000000000'];
    const { data } = await post<List<Content>>('/v1/social/contents/search', { ids });
    expect(data).toEqual([first, second]);
    const many = Array.from({ length: 101 }, () => first?.id);
    expect((await refusalOf(ask('/v1/social/contents/search', { body: { ids: many } }))).status).toBe(400);
    expect((await refusalOf(ask('/v1/social/contents/search', { body: { ids: [] } }))).status).toBe(400);
    expect((await refusalOf(ask('/v1/social/contents/00000000-0000-4000-a000-000000000000'))).status).toBe(
      404,
    );
  });

  test('grows with its age, and what is counted never falls', () => {
    const { post: reel } = somePost('instagram', ({ kind, deletedAt }) => kind === 'reel' && !deletedAt);
    const ages = [0, 1, 3, 7, 14, 30, 90].map((days) => reel.publishedAt.getTime() + days * DAY);
    const figures = ages.map((at) => figuresOf(reel, new Date(at)));
    const [, day1, , day7, , day30] = figures.map(({ views }) => views);
    expect(figures[0]?.views).toBe(0);
    expect(day1).toBeLessThan(day7 ?? 0);
    expect(day7).toBeLessThan(day30 ?? 0);
    for (const name of ['views', 'likes', 'comments', 'shares', 'saves'] as const) {
      const counts = figures.map((each) => each[name]);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
  });

  test('that was edited reads otherwise after a refresh', async () => {
    const { handle, post: late } = somePost('tiktok', ({ sponsor }) => sponsor?.disclosure === 'late');
    const editedAt = late.editedAt?.getTime() ?? 0;
    rig.clock.now = new Date(editedAt - 10 * 60_000);
    const accountId = await connected(rig, TIKTOK, handle);
    const at = late.publishedAt.toISOString().slice(0, 19);
    const find = async () =>
      (await contentsOf(accountId)).find(({ published_at }) => published_at.startsWith(at));
    const before = await find();
    rig.clock.now = new Date(editedAt + 60_000);
    expect(await find()).toMatchObject({ title: before?.title });
    await post('/v1/social/contents/refresh', { account_id: accountId });
    wait(rig, 2_000);
    const after = await find();
    expect(after?.id).toBe(before?.id);
    expect(after?.title).not.toBe(before?.title);
    expect(after?.hashtags?.some((tag) => /^#(ad|sponsored|إعلان)$/.test(tag))).toBe(true);
    expect(before?.hashtags?.some((tag) => /^#(ad|sponsored|إعلان)$/.test(tag)) ?? false).toBe(false);
  });

  test('that was taken down is absent after a refresh', async () => {
    const { handle, post: gone } = somePost('tiktok', ({ deletedAt }) => deletedAt !== null);
    const deletedAt = gone.deletedAt?.getTime() ?? 0;
    rig.clock.now = new Date(deletedAt - 10 * 60_000);
    const accountId = await connected(rig, TIKTOK, handle);
    const at = gone.publishedAt.toISOString().slice(0, 19);
    const before = (await contentsOf(accountId)).find(({ published_at }) => published_at.startsWith(at));
    rig.clock.now = new Date(deletedAt + 60_000);
    expect((await ask(`/v1/social/contents/${before?.id}`)).status).toBe(200);
    await post('/v1/social/contents/refresh', { account_id: accountId });
    wait(rig, 2_000);
    expect((await ask(`/v1/social/contents/${before?.id}`)).status).toBe(404);
    const { data } = await post<List<Content>>('/v1/social/contents/search', { ids: [before?.id] });
    expect(data).toEqual([]);
  });

  test('that is older comes when history is fetched, and not at once', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'thehartleys');
    const before = await contentsOf(accountId);
    await post('/v1/social/contents/fetch-historic', { account_id: accountId, from_date: '2025-04-20' });
    expect(await contentsOf(accountId)).toHaveLength(before.length);
    wait(rig, 3_000);
    const after = await contentsOf(accountId);
    expect(after.length).toBeGreaterThan(before.length * 3);
    expect(after.at(-1)?.published_at.startsWith('2025-04')).toBe(true);
    expect(after.slice(0, before.length).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await accountOf(accountId)).data.engagement?.data_available_from).toBe(
      '2025-04-20T00:00:00.000000',
    );
    const body = { account_id: accountId, from_date: 'long ago' };
    expect((await refusalOf(ask('/v1/social/contents/fetch-historic', { body }))).status).toBe(400);
  });
});

describe('a picture', () => {
  const PNG = '89504e470d0a1a0a';
  const head = async (response: Response) =>
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 8)
      .toString('hex');

  test('is a PNG at a signed address that ends, and at a lasting one that does not', async () => {
    const contents = await contentsOf(await connected(rig, TIKTOK, 'camillelefevre'));
    const { media_url, thumbnail_url, persistent_thumbnail_url } = contents[0] ?? {};
    for (const address of [media_url, thumbnail_url, persistent_thumbnail_url]) {
      expect(address?.startsWith(BASE)).toBe(true);
      const response = await fetch(address ?? '');
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(await head(response)).toBe(PNG);
    }
    const forged = new URL(media_url ?? '');
    forged.searchParams.set('oe', 'ffffffff');
    expect((await fetch(forged)).status).toBe(403);
    wait(rig, 7 * 3_600_000);
    expect((await fetch(media_url ?? '')).status).toBe(403);
    expect((await fetch(thumbnail_url ?? '')).status).toBe(403);
    expect((await fetch(persistent_thumbnail_url ?? '')).status).toBe(200);
  });

  test('of a story goes with it after a day; the row and the lasting thumbnail stay', async () => {
    const { handle, post: story } = somePost('instagram', ({ kind }) => kind === 'story');
    rig.clock.now = new Date(story.publishedAt.getTime() + 3_600_000);
    const accountId = await connected(rig, INSTAGRAM, handle);
    const at = story.publishedAt.toISOString().slice(0, 19);
    const find = async () =>
      (await contentsOf(accountId)).find(({ published_at }) => published_at.startsWith(at));
    const live = await find();
    expect(live?.type).toBe('STORY');
    expect((await fetch(live?.media_url ?? '')).status).toBe(200);
    wait(rig, 25 * 3_600_000);
    const over = await find();
    expect(over?.id).toBe(live?.id);
    expect((await fetch(over?.media_url ?? '')).status).toBe(404);
    expect((await fetch(over?.persistent_thumbnail_url ?? '')).status).toBe(200);
  });
});

test('an id leads back to its post, and no two posts share one', () => {
  const accounts = ['00000000-0000-4000-a000-000000000001', '00000000-0000-4000-a000-000000000002'];
  const keys = Array.from({ length: 3_000 }, (_, at) => `${20_089 + (at >> 2)}.${at & 3}`);
  const ids = accounts.flatMap((account) => keys.map((key) => contentIdOf(account, key)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => toUuid(id) === id)).toBe(true);
  for (const account of accounts) {
    expect(keys.map((key) => postKeyOf(account, contentIdOf(account, key)))).toEqual(keys);
  }
});

test('posts reach back thirteen months, with stories, paid ones, edited ones and ones taken down', () => {
  const range = { after: new Date(Date.parse(NOW) - 400 * DAY), until: new Date(NOW) };
  const accounts = createSocialAccounts(rig.state.world.seed);
  const posts = accounts.flatMap((account) => postsPublished(account, range));
  const oldest = posts.reduce((least, each) => Math.min(least, each.publishedAt.getTime()), Infinity);
  expect(oldest).toBeLessThan(Date.parse(NOW) - 395 * DAY);
  const share = (wanted: (each: Post) => boolean) => posts.filter(wanted).length / posts.length;
  expect(share(({ sponsor }) => sponsor !== null)).toBeGreaterThan(0.1);
  expect(share(({ editedAt }) => editedAt !== null)).toBeGreaterThan(0.02);
  expect(share(({ deletedAt }) => deletedAt !== null)).toBeGreaterThan(0.005);
  const disclosures = new Set(posts.flatMap(({ sponsor }) => sponsor?.disclosure ?? []));
  expect(disclosures).toEqual(new Set(['label', 'tag', 'both', 'late', 'none']));
  const again = createSocialAccounts(rig.state.world.seed).flatMap((each) => postsPublished(each, range));
  expect(again).toEqual(posts);
});
