import path from 'node:path';
import { Big } from 'big.js';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatCount, formatMoney } from '../../app/lib/format.ts';
import { ROOT } from '../ops/processes.ts';
import { newAgency } from './support/agency.ts';
import { browserIsMissing, type Stage, signIn, useStage, visit } from './support/browser.ts';

const FILES = path.join(ROOT, 'db/seed/data/crm/maven-mdy');

interface TruthDay {
  spend: string;
  impressions: number;
  clicks: number;
  conversions: string;
  conversionValue: string;
}

describe.skipIf(browserIsMissing)('the first road', () => {
  const stage = useStage();

  it('leads from a new agency over an import and a connection to figures that are the platform’s to the cent', async () => {
    const password = await newAgency(stage(), {
      name: 'Journey Media',
      slug: 'journey',
      ownerEmail: 'owner@journey.test',
    });
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@journey.test', password);

    await importFile(page, 'accounts.csv', '85');
    await importFile(page, 'sales_pipeline.csv', '8,800');
    await page.goto('/deals?view=board');
    await expect(page.getByText('4,238').first().isVisible()).resolves.toBe(true);
    await expect(
      page
        .getByTitle(/USD\s10,005,534\.00/)
        .first()
        .isVisible(),
    ).resolves.toBe(true);

    await connect(page);
    const account = await syncedAccount(stage(), page);
    await createCampaign(page);
    const { from, to } = pastRange(account.today);
    await page.goto(`${new URL(page.url()).pathname}?from=${from}&to=${to}&currency=USD`);
    const truth = await truthOf(stage(), { account: account.nativeId, from, to, asOf: account.fetchedAt });
    const shown = await page.getByRole('main').innerText();
    expect(shown).toContain(formatMoney({ amount: sum(truth, 'spend'), currency: 'USD' }));
    expect(shown).toContain(formatMoney({ amount: sum(truth, 'conversionValue'), currency: 'USD' }));
    for (const name of ['impressions', 'clicks', 'conversions'] as const)
      expect(shown).toContain(formatCount(sum(truth, name)));
    expect(complaints).toEqual([]);
    await context.close();
  }, 240_000);
});

async function importFile(page: Page, file: string, rows: string): Promise<void> {
  await page.goto('/imports/new');
  await page.getByLabel('CSV file').setInputFiles(path.join(FILES, file));
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByText('Done', { exact: true }).first().waitFor({ timeout: 60_000 });
  expect(await page.getByRole('main').innerText()).toContain(rows);
}

/** Connects as the sandbox's Rami and takes one account of his into use. */
async function connect(page: Page): Promise<void> {
  await page.goto('/ad-accounts');
  await page.getByRole('button', { name: 'Connect Meta' }).first().click();
  await page.getByLabel(/Rami Khoury/).check();
  await page.getByRole('button', { name: /^Continue/ }).click();
  await page.getByRole('heading', { name: /Pick ad accounts/ }).waitFor();
  await page.getByRole('checkbox', { name: /Kesselbrand/ }).check();
  await page.getByRole('button', { name: 'Take into use and sync' }).click();
  await page.waitForURL(/\/ad-accounts\?started=1/);
}

interface Synced {
  nativeId: string;
  today: string;
  fetchedAt: string;
}

/** Watches the sync page until it says that the run succeeded, by itself; then asks the database when it was fetched. */
async function syncedAccount({ run: product }: Stage, page: Page): Promise<Synced> {
  await page.goto('/sync');
  await page.getByRole('table').getByText('Done', { exact: true }).first().waitFor({ timeout: 60_000 });
  const client = new pg.Client({ connectionString: product.ownerDatabaseUrl ?? '' });
  await client.connect();
  try {
    const { rows } = await client.query<Synced>(
      `select a.native_id as "nativeId", a.newest_business_date::text as today,
              to_char(max(m.fetched_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "fetchedAt"
         from ad_accounts a join campaign_metrics m on m.ad_account_id = a.id
         join organizations o on o.id = a.organization_id
        where o.slug = 'journey' group by a.organization_id, a.id, a.native_id, a.newest_business_date`,
    );
    const [account] = rows;
    if (!account) throw new Error('The sync left no figures.');
    return account;
  } finally {
    await client.end();
  }
}

/** A campaign that takes every platform campaign of the account. */
async function createCampaign(page: Page): Promise<void> {
  await page.goto('/campaigns/new?from=scratch');
  await page.getByLabel('Name', { exact: true }).fill('Everything at Kesselbrand');
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}/platform-campaigns?part=pick`);
  const boxes = page
    .getByRole('list', { name: 'Platform campaigns without a campaign' })
    .getByRole('checkbox');
  await boxes.first().waitFor();
  const count = await boxes.count();
  expect(count).toBeGreaterThan(1);
  for (let index = 0; index < count; index += 1) await boxes.nth(index).check();
  await page.getByRole('button', { name: /^Attach/ }).click();
  await expect.poll(() => page.url()).not.toContain('part=pick');
  await page.goto(home);
}

/** Three weeks that ended yesterday: today is partial and moves on. */
function pastRange(today: string): { from: string; to: string } {
  const before = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
  return { from: before(21), to: before(1) };
}

async function truthOf({ run: product }: Stage, question: Record<string, string>): Promise<TruthDay[]> {
  const answer = await fetch(
    `${product.sandboxUrl ?? ''}/_truth/meta?${new URLSearchParams(question).toString()}`,
  );
  const { days } = (await answer.json()) as { days: TruthDay[] };
  expect(days.length).toBeGreaterThan(20);
  return days;
}

function sum(days: readonly TruthDay[], name: keyof TruthDay): string {
  return days.reduce((total, day) => total.plus(day[name]), new Big(0)).toFixed();
}
