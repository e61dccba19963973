import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { truthOf } from '../../sandbox/control/truth.ts';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { fixedDay, zoneOffsetMinutes } from '../../sandbox/world/calendar.ts';
import { moneyDecimals } from '../../sandbox/world/currencies.ts';
import { DANA, NOOR, RAMI } from '../../sandbox/world/people.ts';
import { WORLD_PLATFORMS, type WorldPlatform } from '../../sandbox/world/platforms.ts';
import {
  accountMoment,
  accountsOn,
  accountsSeenBy,
  campaignsOf,
  createWorld,
  deliveries,
  type Delivery,
  findAccount,
  managersSeenBy,
  type World,
} from '../../sandbox/world/world.ts';

const NOW = new Date('2026-11-20T09:30:00Z');
const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
const platforms = fc.constantFrom(...WORLD_PLATFORMS);
const period = { from: fixedDay('2026-10-01'), to: fixedDay('2026-11-20'), asOf: NOW };

const everyCampaign = (world: World, platform: WorldPlatform) =>
  accountsOn(world, platform).flatMap((account) => campaignsOf(world, account, NOW));

test('a seed gives Meta the figures that it gave when Meta was alone', () => {
  const world = createWorld(3);
  const hash = createHash('sha256');
  for (const account of accountsOn(world, 'meta')) {
    hash.update(JSON.stringify([account.id, account.name, account.manager?.id ?? null]));
    const campaigns = campaignsOf(world, account, NOW);
    hash.update(
      JSON.stringify(
        campaigns.map(({ id, name, objective, dailyMinor }) => [id, name, objective, dailyMinor]),
      ),
    );
    hash.update(JSON.stringify(truthOf(world, account, { ...period, from: fixedDay('2026-01-01') }).days));
  }
  expect(hash.digest('hex')).toBe('e3c6e39c32b906967fb9f8baaf6e515282fde123ab665fc3bf79f45081e94efa');
});

test('every platform has accounts without decimals, with three of them, and from one end of the zones to the other', () => {
  const world = createWorld(1);
  for (const platform of WORLD_PLATFORMS) {
    const accounts = accountsOn(world, platform);
    const currencies = new Set(accounts.map(({ currency }) => currency));
    expect([currencies.has('JPY'), currencies.has('KWD')]).toEqual([true, true]);
    expect(currencies.size).toBeGreaterThanOrEqual(3);
    const hours = accounts.map(({ timeZone }) => zoneOffsetMinutes(timeZone, NOW) / 60);
    expect([Math.min(...hours), Math.max(...hours)]).toEqual([-11, 14]);
  }
});

const SHAPES: Record<WorldPlatform, { account: RegExp; campaign: RegExp; manager: RegExp }> = {
  meta: { account: /^act_\d{15,17}$/, campaign: /^\d{18}$/, manager: /^\d{15,16}$/ },
  google: { account: /^[1-9]\d{9}$/, campaign: /^[1-9]\d{10}$/, manager: /^[1-9]\d{9}$/ },
  tiktok: { account: /^[1-9]\d{18}$/, campaign: /^[1-9]\d{18}$/, manager: /^[1-9]\d{18}$/ },
};

test('ids are as each platform writes them, and no two are the same, in every world', () => {
  fc.assert(
    fc.property(seeds, platforms, (seed, platform) => {
      const world = createWorld(seed);
      const accounts = accountsOn(world, platform).map(({ id }) => id);
      const campaigns = everyCampaign(world, platform).map(({ id }) => id);
      const managers = [DANA, RAMI]
        .flatMap((person) => managersSeenBy(world, platform, person))
        .map(({ id }) => id);
      for (const id of accounts) expect(id).toMatch(SHAPES[platform].account);
      for (const id of campaigns) expect(id).toMatch(SHAPES[platform].campaign);
      for (const id of managers) expect(id).toMatch(SHAPES[platform].manager);
      for (const ids of [[...accounts, ...managers], campaigns]) expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 60 },
  );
});

test('people see their own accounts and what stands above them, a parent before its children', () => {
  fc.assert(
    fc.property(seeds, platforms, (seed, platform) => {
      const world = createWorld(seed);
      const [danas, ramis] = [DANA, RAMI].map((person) => accountsSeenBy(world, platform, person));
      expect([danas?.length, ramis?.length].every((count) => (count ?? 0) > 1)).toBe(true);
      expect((danas?.length ?? 0) + (ramis?.length ?? 0)).toBe(accountsOn(world, platform).length);
      expect(accountsSeenBy(world, platform, NOOR)).toEqual([]);
      const managers = managersSeenBy(world, platform, DANA);
      for (const [index, { parent }] of managers.entries()) {
        if (parent) expect(managers.slice(0, index).map(({ id }) => id)).toContain(parent.id);
      }
      for (const { manager } of danas ?? [])
        if (manager) expect(managers.map(({ id }) => id)).toContain(manager.id);
      expect(danas?.some(({ manager }) => manager === null)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('Google alone nests managers, and some accounts are reached through them alone', () => {
  const world = createWorld(2);
  const nested = (platform: WorldPlatform) =>
    accountsOn(world, platform).filter(({ manager }) => manager?.parent);
  expect(nested('google').length).toBeGreaterThan(1);
  expect([nested('meta'), nested('tiktok')]).toEqual([[], []]);
  const ways = accountsOn(world, 'google').map(({ isDirect, manager }) => `${isDirect} ${manager !== null}`);
  expect(new Set(ways)).toEqual(new Set(['true true', 'true false', 'false true']));
});

test('an account that brands share has campaigns of each, by their names', () => {
  for (const platform of ['google', 'tiktok'] as const) {
    const world = createWorld(20_260_401);
    const shared = accountsOn(world, platform).find(({ brands }) => brands.length > 1);
    const names = shared ? campaignsOf(world, shared, NOW).map(({ name }) => name) : [];
    const named = (shared?.brands ?? []).filter((brand) => {
      const code = brand
        .replace(/[^\p{L}\s]/gu, '')
        .split(/\s+/u)
        .map((word) => word.slice(0, 2))
        .join('')
        .toUpperCase();
      return names.some((name) => name.includes(brand) || name.startsWith(`${code}_`));
    });
    expect(named.length).toBeGreaterThan(1);
  }
});

/** What does not hold together in one day's figures, in words. */
function wrongOf({ campaign, figures }: Delivery, piece: number): string[] {
  const { videoPlays, videoViews25, videoViews50, videoViews75, videoViews100 } = figures;
  const views = [figures.impressions, videoPlays, videoViews25, videoViews50, videoViews75, videoViews100];
  const rules: Record<string, boolean> = {
    'whole numbers': Object.values(figures).every((value) => Number.isSafeInteger(value) && value >= 0),
    'whole pieces': figures.spendMicros % piece === 0 && figures.conversionValueMicros % piece === 0,
    'somebody saw it': figures.impressions > 0 && figures.reach <= figures.impressions,
    'videos thin out': views.every((count, place) => place === 0 || count <= (views[place - 1] ?? 0)),
    'link clicks are clicks': figures.linkClicks <= figures.clicks,
    'whole conversions': campaign.account.platform === 'google' || figures.conversionMicros % 1_000_000 === 0,
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}

test('money is whole pieces of what the platform counts, and figures hold together, in every world', () => {
  fc.assert(
    fc.property(seeds, platforms, fc.nat(30), (seed, platform, pick) => {
      const world = createWorld(seed);
      const accounts = accountsOn(world, platform);
      const account = accounts[pick % accounts.length] as AdAccount;
      const piece = 10 ** (6 - moneyDecimals(platform, account.currency));
      expect(account.microsPerPiece).toBe(piece);
      const campaigns = campaignsOf(world, account, NOW);
      const found = deliveries(world, { account, campaigns, ...period });
      expect(found.flatMap((delivery) => wrongOf(delivery, piece))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a quartile’s share of the impressions gives its count back, in every world', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const world = createWorld(seed);
      for (const account of accountsOn(world, 'google')) {
        const campaigns = campaignsOf(world, account, NOW);
        for (const { figures } of deliveries(world, { account, campaigns, ...period })) {
          const { impressions, videoViews25, videoViews50, videoViews75, videoViews100 } = figures;
          const counts = [videoViews25, videoViews50, videoViews75, videoViews100];
          const back = counts.map((count) => Math.round((count / impressions) * impressions));
          if (back.join() !== counts.join()) expect(back).toEqual(counts);
        }
      }
    }),
    { numRuns: 5 },
  );
});

test('TikTok shows a day eleven hours later, and everything on it is a video', () => {
  const world = createWorld(8);
  const account = accountsOn(world, 'tiktok').find(({ timeZone }) => timeZone === 'Asia/Tokyo') as AdAccount;
  const impressionsAt = (hour: string, day: string) => {
    const asOf = new Date(`${hour}:30:00+09:00`);
    const campaigns = campaignsOf(world, account, asOf);
    const range = { from: fixedDay(day), to: fixedDay(day), asOf };
    return deliveries(world, { account, campaigns, ...range }).reduce(
      (sum, { figures }) => sum + figures.impressions,
      0,
    );
  };
  expect(impressionsAt('2026-11-18T10', '2026-11-18')).toBe(0);
  expect(impressionsAt('2026-11-18T12', '2026-11-18')).toBeGreaterThan(0);
  const [early, late, later] = ['2026-11-19T05', '2026-11-19T11', '2026-11-19T20'].map((hour) =>
    impressionsAt(hour, '2026-11-18'),
  );
  expect(early).toBeLessThan(late ?? 0);
  expect(late).toBe(later);
  expect(everyCampaign(world, 'tiktok').every(({ hasVideo }) => hasVideo)).toBe(true);
});

test('days vanish whole on Google and TikTok, and conversions arrive until a day has settled', () => {
  for (const platform of ['google', 'tiktok'] as const) {
    const world = createWorld(12);
    let [vanished, grown] = [0, 0];
    for (const account of accountsOn(world, platform)) {
      if (account.disabledDay !== null) continue;
      const at = (age: number) => new Date(Date.parse('2026-09-15T12:00:00Z') + age * 86_400_000);
      const day = accountMoment(account, at(0)).day;
      const seen = (age: number) => {
        const campaigns = campaignsOf(world, account, at(0));
        return deliveries(world, { account, campaigns, from: day - 30, to: day, asOf: at(age) });
      };
      const sum = (age: number) =>
        seen(age).reduce((total, { figures }) => total + figures.conversionMicros, 0);
      vanished += seen(2).length - seen(8).length;
      const settled = account.settledAfterDays;
      expect(seen(settled)).toEqual(seen(settled + 200));
      if (sum(settled) > sum(8)) grown += 1;
    }
    expect([vanished > 0, grown > 0]).toEqual([true, true]);
  }
});

test('an id of one platform names nothing on another', () => {
  const world = createWorld(5);
  for (const { platform, accountId } of world.accounts) {
    for (const other of WORLD_PLATFORMS) {
      expect(findAccount(world, other, accountId) !== undefined).toBe(other === platform);
    }
  }
});
