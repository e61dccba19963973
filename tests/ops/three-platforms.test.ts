import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type SandboxServer } from '../../sandbox/server.ts';
import { useTestDatabase } from '../support/database.ts';
import type { TruthDay } from '../support/meta.ts';
import {
  ALL_PLATFORMS,
  connectPlatform,
  STAND_IN_NAMES,
  type StandInPlatform,
} from '../support/platforms.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';
import { inOrder, plainly, storedDays } from '../jobs/stored-figures.ts';
import { Fire, settingsAt, until } from './fire.ts';

const PLATFORMS = ['META', 'GOOGLE', 'TIKTOK'] as const satisfies readonly StandInPlatform[];
/** The hard ones of every platform: no minor unit, three of them, and both ends of the time zones. */
const ZONES = ['Asia/Tokyo', 'Asia/Kuwait', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
const RIVAL_ZONES = ['Asia/Riyadh'];
const KILLS = 20;
const seed = randomInt(2 ** 32);
const named = `in the world of seed ${seed}`;

const database = useTestDatabase();
let sandbox: SandboxServer;
let world: World;
let fire: Fire;
interface Synced {
  id: string;
  nativeId: string;
  platform: StandInPlatform;
}
const accounts = new Map<Agency, Synced[]>();
type Connected = Awaited<ReturnType<typeof connectPlatform>>;
const connections = new Map<StandInPlatform, Connected>();

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', seed });
  const settings = settingsAt(sandbox.url, ALL_PLATFORMS);
  world = await createWorld(database(), { settings });
  const { tokenEncryptionKeys, meta } = world.services.config;
  const [key] = tokenEncryptionKeys;
  fire = new Fire(world, sandbox, {
    ...settings,
    META_APP_ID: meta?.appId,
    META_APP_SECRET: meta?.appSecret.reveal(),
    DATABASE_JOBS_URL: database().jobsUrl,
    TOKEN_ENCRYPTION_KEYS: `${key?.id}:${key?.key.toString('base64')}`,
    FX_RATES_URL: `${sandbox.url}/fx/eurofxref.xml`,
  });
  accounts.set(world.demo, await connectAll(world.demo, { person: 'dana', zones: ZONES }));
  accounts.set(world.rival, await connectAll(world.rival, { person: 'rami', zones: RIVAL_ZONES }));
  // Connecting was this process's work, which has no share of the limits.
  await fire.forgetCalls();
}, 180_000);
afterAll(async () => {
  await fire?.kill();
  await world?.close();
  await sandbox?.close();
});

/** Every platform connected with its hard accounts in use, ninety days of each asked for, no older history. */
async function connectAll(agency: Agency, choice: { person: 'dana' | 'rami'; zones: string[] }) {
  const synced: Synced[] = [];
  for (const platform of PLATFORMS) {
    const connected = await connectPlatform(world, agency.people.owner, { platform, person: choice.person });
    const { api, connectionId } = connected;
    if (agency === world.demo) connections.set(platform, connected);
    await api.platformSettings.update({ platform, restatementDays: 90, backfillMonths: 0 });
    const { accounts: found } = await api.adAccounts.found({ connectionId });
    const picks = found
      .filter(({ isManager, isUsable, timeZone }) => !isManager && isUsable && timeZone !== null)
      .filter(({ timeZone }) => choice.zones.includes(timeZone ?? ''))
      .map(({ nativeId }) => ({ nativeId, brandId: agency.brands.first }));
    expect(picks.length, `${platform} ${named}`).toBeGreaterThanOrEqual(choice.zones.length);
    const { adAccounts } = await api.adAccounts.pick({ connectionId, picks });
    synced.push(...adAccounts.map(({ id, nativeId }) => ({ id, nativeId, platform })));
  }
  return synced;
}

/** One fault a round, where it strikes a platform's answers; the words of a pause are kept short. */
function faultsOfRound(round: number): Parameters<Fire['arm']>[0][] {
  const kinds = [
    'rate_limited',
    'error_500',
    'truncated_body',
    'slow',
    'reduce_data',
    'empty_page_with_next',
  ];
  const kind = kinds[round % kinds.length] ?? 'error_500';
  const orders = ['meta', 'google', 'tiktok'].map((platform) => ({
    platform,
    kind,
    times: 1 + (round % 2),
    after: round % 3,
    ...(kind === 'slow' || kind === 'rate_limited' ? { delayMs: 400 } : {}),
  }));
  if (round === 5) orders.push({ platform: 'google', kind: 'expired_token', times: 1, after: 1 });
  return orders;
}

/** The world moves while it is read: figures are corrected, and a campaign of each platform goes. */
async function moveWorld(round: number): Promise<void> {
  for (const [index, platform] of PLATFORMS.entries()) {
    if (round !== 7 + index) continue;
    const own = (accounts.get(world.demo) ?? []).filter((account) => account.platform === platform);
    await fire.arm({ platform: STAND_IN_NAMES[platform], kind: 'restate_days', match: own[0]?.nativeId });
    const rows = await storedDays(world, own[1]?.id ?? '', plainly);
    if (rows[0]) {
      const match = rows[0].campaignId;
      await fire.arm({ platform: STAND_IN_NAMES[platform], kind: 'drop_campaign', match });
    }
  }
}

interface StoredSlice {
  from: string;
  to: string;
  at: Date;
}

/** The slices of the newest run, each with the moment as of which its figures were read. */
async function newestSlices(adAccountId: string): Promise<StoredSlice[]> {
  const { rows } = await world.ownerDb.pool.query<StoredSlice>(
    `select s.slice_start::text as from, s.slice_end::text as to, s.fetched_at as at
       from sync_slices s
      where s.sync_run_id = (select id from sync_runs where ad_account_id = $1 and status = 'SUCCESS'
                              order by finished_at desc limit 1)`,
    [adAccountId],
  );
  return rows;
}

async function truth(account: Synced, slice: StoredSlice): Promise<TruthDay[]> {
  const query = new URLSearchParams({
    account: account.nativeId,
    from: slice.from,
    to: slice.to,
    asOf: slice.at.toISOString(),
  });
  const response = await fetch(`${sandbox.url}/_truth/${STAND_IN_NAMES[account.platform]}?${query}`);
  const { days } = (await response.json()) as { days: TruthDay[] };
  return days.map((day) => ({
    ...day,
    spend: plainly(day.spend, ''),
    conversionValue: plainly(day.conversionValue, ''),
  }));
}

async function syncAll(): Promise<void> {
  for (const [agency, synced] of accounts) {
    const api = caller(world, agency.people.owner.principal);
    for (const { id } of synced) await api.adAccounts.sync({ adAccountId: id });
  }
}

/** Lets the jobs end what waits, and time pass for whoever was told to wait. */
async function settle(): Promise<void> {
  await fire.start();
  await until(
    `every run is over ${named}`,
    async () => {
      if (await fire.isQuiet()) return true;
      await world.ownerDb.pool.query(
        `update sync_runs set next_attempt_at = null where status = 'PENDING' and next_attempt_at is not null`,
      );
      await world.ownerDb.pool.query(
        `update graphile_worker._private_jobs set run_at = now() where run_at > now()`,
      );
      await world.ownerDb.pool.query(
        `update call_budgets set paused_until = null, opened_until = null where paused_until > now() or opened_until > now()`,
      );
      return false;
    },
    240_000,
  );
}

describe('three platforms, read by jobs that are killed twenty times while everything fails', () => {
  it('end in the figures that are true, to the micro', async () => {
    for (let round = 0; round < KILLS; round += 1) {
      for (const fault of faultsOfRound(round)) await fire.arm(fault);
      await moveWorld(round);
      if (await fire.isQuiet()) await syncAll();
      const before = (await fire.calls()).length;
      const life = randomInt(2, 25);
      await fire.start();
      await until(
        `call ${life} of round ${round} ${named}`,
        async () => (await fire.calls()).length >= before + life || (await fire.isQuiet()),
        60_000,
      );
      await fire.kill();
      await fire.letTimePass();
    }
    await settle();
    await syncAll();
    await until(`the last runs are over ${named}`, () => fire.isQuiet(), 240_000);
    await fire.kill();
    for (const synced of accounts.values()) {
      for (const account of synced) {
        const what = `${account.platform} ${account.nativeId} ${named}`;
        const slices = await newestSlices(account.id);
        expect(slices.length, what).toBeGreaterThanOrEqual(3);
        const expected = (await Promise.all(slices.map((slice) => truth(account, slice)))).flat();
        const from = slices.map((slice) => slice.from).sort()[0] ?? '';
        const stored = await storedDays(world, account.id, plainly);
        expect(
          stored.filter(({ date }) => date >= from),
          what,
        ).toEqual(inOrder(expected));
      }
    }
    const { rows } = await world.ownerDb.pool.query<{ differing: number; errors: number }>(
      `select (select count(*)::int4 from sync_differences) as differing,
              (select count(*)::int4 from ad_accounts where sync_status <> 'SUCCESS' and not is_manager) as errors`,
    );
    expect(rows, named).toEqual([{ differing: 0, errors: 0 }]);
  }, 900_000);

  it('never called TikTok more than ten times in a second', async () => {
    const times = (await fire.calls('tiktok'))
      .filter(({ path }) => path.startsWith('/open_api/'))
      .map(({ at }) => Date.parse(at))
      .sort((left, right) => left - right);
    expect(times.length).toBeGreaterThan(20);
    for (const [index, at] of times.entries()) {
      const tenth = times[index + 10];
      if (tenth !== undefined) expect(tenth - at, named).toBeGreaterThan(1000 - 50);
    }
  });

  it('keep each agency’s figures with it', async () => {
    const { rows } = await world.ownerDb.pool.query<{ foreign_rows: number }>(
      `select count(*)::int4 as foreign_rows from campaign_metrics m join ad_accounts a on a.id = m.ad_account_id
        where m.organization_id <> a.organization_id`,
    );
    expect(rows).toEqual([{ foreign_rows: 0 }]);
  });

  it.each(PLATFORMS)('call %s no more once its grant was revoked', async (platform) => {
    const name = STAND_IN_NAMES[platform];
    const own = (accounts.get(world.demo) ?? []).filter((account) => account.platform === platform);
    const { api, connectionId } = connections.get(platform) ?? raise(platform);
    await fire.arm({ platform: name, kind: 'revoked_grant' });
    const [first] = own;
    await api.adAccounts.sync({ adAccountId: first?.id ?? '' });
    await fire.start();
    await until(`${platform} is over ${named}`, () => fire.isQuiet(), 60_000);
    const state = async () =>
      (await api.adAccounts.connections()).find(({ id }) => id === connectionId)?.state;
    expect(await state()).not.toBe('CONNECTED');
    for (const { id } of own) {
      const account = await api.adAccounts.byId({ adAccountId: id });
      expect(account.syncStatus).toBe('ERROR');
      await expect(api.adAccounts.sync({ adAccountId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
    }
    await fire.kill();
    await fire.forgetCalls();
    // A new process asks for what is due, and lists accounts again where that is old.
    await world.ownerDb.pool.query(
      `update oauth_connections set accounts_listed_at = now() - interval '3 days'`,
    );
    await world.ownerDb.pool.query(`update ad_accounts set last_synced_at = now() - interval '3 days'`);
    await fire.letTimePass();
    await fire.start();
    await until('what was due is over', () => fire.isQuiet(), 120_000);
    await fire.kill();
    expect(await fire.calls(name), named).toEqual([]);
  });
});

function raise(platform: string): never {
  throw new Error(`${platform} was not connected.`);
}
