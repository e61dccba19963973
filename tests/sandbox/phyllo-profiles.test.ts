import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accountOf,
  ask,
  connected,
  FACEBOOK,
  get,
  INSTAGRAM,
  LINKEDIN,
  order,
  post,
  profileOf,
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

describe('a profile', () => {
  test('fills the fields of its platform and leaves the others null', async () => {
    const told = async (platform: string, name: string) => {
      const { reputation } = await profileOf(await connected(rig, platform, name));
      const filled = Object.entries(reputation).filter(([, value]) => value !== null);
      return filled.map(([field]) => field).sort();
    };
    expect(await told(INSTAGRAM, 'salmabenj')).toEqual([
      'content_count',
      'follower_count',
      'following_count',
    ]);
    expect(await told(YOUTUBE, 'rubycast')).toEqual([
      'content_count',
      'subscriber_count',
      'watch_time_in_hours',
    ]);
    expect(await told(TIKTOK, 'rubycast')).toContain('like_count');
    expect(await told(TWITCH, 'rubycast')).toEqual(['follower_count']);
    expect(await told(LINKEDIN, 'fahad.builds')).toEqual(['connection_count']);
  });

  test('keeps names as they are written', async () => {
    const names = await Promise.all(
      ['josenandu', 'laylamansoori'].map(async (name) =>
        profileOf(await connected(rig, TIKTOK, name)).then((profile) => profile.full_name),
      ),
    );
    expect(names).toEqual(['José Ñandú Ibáñez', 'ليلى المنصوري']);
  });

  test('stands still until it is refreshed, and is then the truth of that moment', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'chloens');
    const { reputation: before } = await profileOf(accountId);
    wait(rig, 20 * 3_600_000);
    expect((await profileOf(accountId)).reputation).toEqual(before);
    await post('/v1/profiles/refresh', { account_id: accountId });
    wait(rig, 2_000);
    const { reputation: after } = await profileOf(accountId);
    expect(after.follower_count).not.toBe(before.follower_count);
    const asOf = rig.clock.now.toISOString();
    const truth = await get<{ profile: { followers: number; contentCount: number } }>(
      `/_truth/phyllo?account=${accountId}&asOf=${asOf}`,
    );
    expect([after.follower_count, after.content_count]).toEqual([
      truth.profile.followers,
      truth.profile.contentCount,
    ]);
    expect((await get<typeof truth>(`/_truth/phyllo?account=${accountId}`)).profile).toEqual(truth.profile);
  });

  test('is looked at once a day by itself', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'chloens');
    const first = (await accountOf(accountId)).data.identity.last_sync_at;
    wait(rig, 25 * 3_600_000);
    expect((await accountOf(accountId)).data.identity.last_sync_at).not.toBe(first);
  });

  test('of an expired session stays as it was', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'chloens');
    const before = await profileOf(accountId);
    await order('expire', { accountId });
    wait(rig, 50 * 3_600_000);
    expect((await profileOf(accountId)).reputation).toEqual(before.reputation);
  });
});

describe('an audience', () => {
  interface Audience {
    countries: { code: string; value: number }[];
    cities: { name: string; value: number }[];
    gender_age_distribution: { gender: string; age_range: string; value: number }[];
  }
  const audienceOf = (accountId: string) => get<Audience>(`/v1/audience?account_id=${accountId}`);
  const sum = (shares: { value: number }[]) => shares.reduce((all, { value }) => all + value, 0);

  test('is one object whose shares are not quite a hundred, cities more', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'layla.mansoori');
    const audience = await audienceOf(accountId);
    expect(audience.countries[0]?.code).toBe('AE');
    const truth = await get<{ audience: { countries: { code: string; percent: string }[] } }>(
      `/_truth/phyllo?account=${accountId}`,
    );
    const countries = audience.countries.map(({ code, value }) => ({ code, percent: value.toFixed(2) }));
    expect(countries).toEqual(truth.audience.countries);
    expect(sum(audience.countries)).toBeGreaterThan(98);
    expect(sum(audience.countries)).toBeLessThan(101);
    expect(sum(audience.gender_age_distribution)).not.toBe(100);
    expect(Math.abs(sum(audience.gender_age_distribution) - 100)).toBeLessThan(1);
    expect(sum(audience.cities)).toBeGreaterThan(100);
    expect(new Set(audience.gender_age_distribution.map(({ age_range }) => age_range))).toEqual(
      new Set(['18-24', '25-34', '35-44', '45-54', '55-64', '65-']),
    );
    expect(new Set(audience.gender_age_distribution.map(({ gender }) => gender))).toEqual(
      new Set(['FEMALE', 'MALE', 'OTHER']),
    );
  });

  test('is empty where the network does not tell it, and of an account that hardly anybody follows', async () => {
    for (const [platform, name] of [
      [TIKTOK, 'rubycast'],
      [INSTAGRAM, 'ines.duarte'],
    ] as const) {
      const audience = await audienceOf(await connected(rig, platform, name));
      expect(audience).toMatchObject({ countries: [], cities: [], gender_age_distribution: [] });
    }
  });

  test('is refused where the platform has none, whose account does not name it', async () => {
    for (const [platform, name] of [
      [X, 'rubycast'],
      [TWITCH, 'rubycast'],
      [LINKEDIN, 'fahadbuilds'],
      [FACEBOOK, 'yasminehaddad'],
    ] as const) {
      const accountId = await connected(rig, platform, name);
      expect((await accountOf(accountId)).data.identity.audience).toBeUndefined();
      expect((await refusalOf(ask(`/v1/audience?account_id=${accountId}`))).status).toBe(400);
    }
  });
});
