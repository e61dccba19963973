import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Big } from 'big.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { type SandboxServer, startSandbox } from '../../sandbox/server.ts';
import type { Services } from '../../server/api/context.ts';
import { createCaller } from '../../server/api/root.ts';
import { createServices } from '../../server/api/services.ts';
import { sandboxSettings } from '../../server/cli/launcher/settings.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { createTestDatabase, type TestDatabase, useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-seed-'));
const keys = `k:${randomBytes(32).toString('base64')}`;
let sandbox: SandboxServer;
let services: Services;

function settingsOf(at: TestDatabase): Record<string, string> {
  return {
    SPOKESTACK_DATA_DIR: folder,
    DATABASE_URL: at.appUrl,
    DATABASE_JOBS_URL: at.jobsUrl,
    DATABASE_OWNER_URL: at.ownerUrl,
    TOKEN_ENCRYPTION_KEYS: keys,
    LOG_LEVEL: 'silent',
  };
}

const toSandbox = () => sandboxSettings(loadConfig({}), sandbox.url);

function seed(settings: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const env = {
    NODE_ENV: 'production',
    PATH: process.env['PATH'],
    ...settings,
  } as const;
  return new Promise((resolve) => {
    const program = ['--import', 'tsx', 'server/cli/seed-demo.ts'];
    execFile(process.execPath, program, { env }, (error, _stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stderr });
    });
  });
}

beforeAll(async () => {
  // A clock that stands still: today's figures are then the same in the truth as in the sync.
  const now = new Date();
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', now: () => now });
  expect(await seed({ ...settingsOf(database()), ...toSandbox() })).toEqual({ code: 0, stderr: '' });
  const log = createLogger({ name: 'test', level: 'silent' });
  services = createServices(loadConfig({ ...settingsOf(database()), ...toSandbox() }), log);
});
afterAll(async () => {
  await services.db.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Signs in as the contract says that one can. */
async function as(email: string) {
  const request = { services, log: services.log, requestId: 'test', address: '192.0.2.9', userAgent: null };
  const visitor = createCaller({ ...request, signedIn: null, principal: null });
  const { token } = await visitor.auth.signIn({ email, password: 'spokestack-demo' });
  const signedIn = await services.sessions.find(token);
  return createCaller({ ...request, signedIn, principal: signedIn?.principal ?? null });
}

async function select(sql: string): Promise<Record<string, unknown>[]> {
  const owner = openDatabase({ url: database().ownerUrl, name: 'test' });
  try {
    return (await owner.pool.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await owner.close();
  }
}

describe('the demo', () => {
  test.each([
    ['owner@demo.test', 'demo', 'OWNER', false],
    ['admin@demo.test', 'demo', 'ADMIN', false],
    ['member@demo.test', 'demo', 'MEMBER', false],
    ['viewer@demo.test', 'demo', 'VIEWER', false],
    ['client@demo.test', 'demo', 'MEMBER', true],
    ['owner@rival.test', 'rival', 'OWNER', false],
  ])('lets %s in', async (email, slug, role, isClient) => {
    const { current } = await (await as(email)).account.me();
    expect(current).toMatchObject({ role, organization: { slug } });
    expect(current?.brandId !== null).toBe(isClient);
  });

  test('reports in AED and in Dubai’s days, and has at least three brands', async () => {
    const owner = await as('owner@demo.test');
    expect(await owner.organizations.current()).toMatchObject({
      reportingCurrency: 'AED',
      timeZone: 'Asia/Dubai',
    });
    expect((await owner.brands.list()).length).toBeGreaterThanOrEqual(3);
  });

  test('holds every company and deal of the old CRM, with the right sums', async () => {
    const rows = await select(
      `select count(*) filter (where external_id is not null)::int as deals,
              count(*) filter (where external_id is not null and company_id is null)::int as without_company,
              sum(amount) filter (where external_id is not null and status = 'WON')::numeric(18,2)::text as won
         from deals d join organizations o on o.id = d.organization_id where o.slug = 'demo'`,
    );
    expect(rows).toEqual([{ deals: 8800, without_company: 1425, won: '10005534.00' }]);
    const owner = await as('owner@demo.test');
    expect(await owner.companies.count({})).toBe(85 + 4);
    // Six people of the brands and forty of the file, one of them written down twice by a colleague; seven creators.
    expect((await owner.contacts.list({ limit: 200 })).items.length).toBe(40 + 6 + 1 + 7);
  });

  test('shows a member its brand alone, a client the same of its own, and nobody another agency', async () => {
    const names = async (email: string) =>
      (await (await as(email)).companies.list({ limit: 200 })).items.map(({ name }) => name);
    expect(await names('member@demo.test')).toEqual(['Bluefinch Mobile']);
    expect(await names('client@demo.test')).toEqual(['Layanara Beauty']);
    expect(await names('owner@rival.test')).toEqual(["O'Mallory Toys", 'Sahraline Motors']);
    expect(await names('viewer@demo.test')).not.toContain('Sahraline Motors');
  });

  test('has the figures of its brands, which are the sandbox’s truth to the last digit, and says whose they are', async () => {
    const accounts = await select(
      `select lower(a.platform::text) as platform, a.native_id, a.source, r.status,
              r.window_start::text as "from", r.window_end::text as "to",
              (select coalesce(sum(m.spend), 0)::text from campaign_metrics m where m.ad_account_id = a.id) as spend,
              (select coalesce(sum(m.impressions), 0)::text from campaign_metrics m where m.ad_account_id = a.id) as impressions
         from ad_accounts a join sync_runs r on r.ad_account_id = a.id where r.work = 'RANGE'`,
    );
    const of = (platform: string) => accounts.filter((account) => account['platform'] === platform).length;
    expect([of('meta'), of('google'), of('tiktok')].every((count) => count >= 3)).toBe(true);
    for (const account of accounts) {
      expect(account).toMatchObject({ source: 'SANDBOX', status: 'SUCCESS' });
      const { platform, native_id: id, from, to } = account as Record<string, string>;
      const answer = await fetch(`${sandbox.url}/_truth/${platform}?account=${id}&from=${from}&to=${to}`);
      const { days } = (await answer.json()) as { days: { spend: string; impressions: number }[] };
      const spend = days.reduce((sum, day) => sum.plus(day.spend), new Big(0));
      const impressions = days.reduce((sum, day) => sum + day.impressions, 0);
      expect(impressions).toBeGreaterThan(0);
      expect(
        new Big(String(account['spend'])).eq(spend),
        `${id}: ${String(account['spend'])} ≠ ${spend.toString()}`,
      ).toBe(true);
      expect(account['impressions']).toBe(String(impressions));
    }
  });

  test('has every ad account of three platforms under its manager, and what is missing is asked for', async () => {
    const known = (await (await fetch(`${sandbox.url}/_truth/accounts`)).json()) as {
      id: string;
      platform: string;
      parentId: string | null;
    }[];
    const taken = await select(
      `select lower(a.platform::text) as platform, a.native_id, p.native_id as parent_id, a.sync_status
         from ad_accounts a
         left join ad_accounts p on p.organization_id = a.organization_id and p.id = a.parent_id
        where not a.is_manager order by 1, 2`,
    );
    const right = known.map(({ id, platform, parentId }) => {
      return { platform, native_id: id.replace('act_', ''), parent_id: parentId, sync_status: 'PENDING' };
    });
    const keyOf = (row: Record<string, unknown>) => `${String(row['platform'])} ${String(row['native_id'])}`;
    expect(taken).toEqual(right.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)));
    const waiting = await select(
      `select count(*)::int as runs from sync_runs where status = 'PENDING' and work = 'DAILY' and trigger = 'CONNECT'`,
    );
    expect(waiting).toEqual([{ runs: known.length }]);
  });

  test('shares the accounts that brands have in common out by rules', async () => {
    const shared = await select(
      `select a.platform, count(distinct p.brand_id)::int as brands, bool_or(a.brand_id is not null) as is_owned
         from ad_accounts a join platform_campaigns p on p.ad_account_id = a.id
        where a.name like 'Shared%' group by a.id, a.organization_id, a.platform order by 1`,
    );
    expect(shared).toEqual([
      { platform: 'GOOGLE', brands: 3, is_owned: false },
      { platform: 'TIKTOK', brands: 2, is_owned: false },
    ]);
  });

  test('has campaigns of its brands whose platform campaigns deliver, and others that wait', async () => {
    const owner = await as('owner@demo.test');
    const { items: campaigns } = await owner.campaigns.list({});
    expect(campaigns.length).toBeGreaterThanOrEqual(4);
    const platforms = new Set<string>();
    for (const { id: campaignId, brandId, dealId, budget } of campaigns) {
      expect({ brandId, dealId, budget }).not.toMatchObject({ brandId: null });
      expect(dealId).not.toBeNull();
      const { items } = await owner.platformCampaigns.list({ campaignId });
      expect(items.length).toBeGreaterThan(0);
      for (const { platform } of items) platforms.add(platform);
    }
    expect(platforms).toEqual(new Set(['META', 'GOOGLE', 'TIKTOK']));
    const spent = await select(
      `select c.id from campaigns c where not exists (
         select from platform_campaigns p join campaign_metrics m on m.platform_campaign_id = p.id where p.campaign_id = c.id)`,
    );
    expect(spent).toEqual([]);
    expect((await owner.platformCampaigns.list({ isAttached: false })).items.length).toBeGreaterThan(10);
  });

  test('is never put over what is there', async () => {
    const before = await select('select count(*)::int as rows from activities');
    expect(await seed({ ...settingsOf(database()), ...toSandbox() })).toEqual({
      code: 1,
      stderr: 'The demo fills an empty database alone; this one holds agencies.\n',
    });
    expect(await select('select count(*)::int as rows from activities')).toEqual(before);
  });
});

test('without a platform’s stand-in the demo has its people and CRM, and no ad account', async () => {
  const bare = await createTestDatabase();
  try {
    expect(await seed(settingsOf(bare))).toEqual({ code: 0, stderr: '' });
    const owner = openDatabase({ url: bare.ownerUrl, name: 'test' });
    const { rows } = await owner.pool.query(
      `select (select count(*)::int from ad_accounts) as accounts, (select count(*)::int from campaigns) as campaigns,
              (select count(*)::int from deals where external_id is not null) as deals`,
    );
    await owner.close();
    expect(rows).toEqual([{ accounts: 0, campaigns: 5, deals: 8800 }]);
  } finally {
    await bare.drop();
  }
});
