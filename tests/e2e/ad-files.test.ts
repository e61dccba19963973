import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatCount, formatMoneyExact } from '../../app/lib/format.ts';
import { ROOT } from '../ops/processes.ts';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';
import { pressEnterOn, tabTo } from './support/keyboard.ts';

const SHAPES = path.join(ROOT, 'tests/fixtures/ads/export-shapes');

interface Expected {
  spend: string;
  currency: string;
  impressions: number;
  clicks: number;
}

const expectedOf = (file: string) =>
  (JSON.parse(readFileSync(path.join(SHAPES, 'expected.json'), 'utf8')) as Record<string, Expected>)[file];

describe.skipIf(browserIsMissing)('an ad manager’s report', () => {
  const stage = useStage();

  it('comes in by keyboard alone into an account that is made for it, with its totals to the cent', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    const file = 'google_daily_by_device.csv';
    const expected = expectedOf(file);
    if (!expected) throw new Error(`expected.json does not know ${file}.`);

    await choose(page, file);
    expect(await faultsOf(page)).toEqual([]);
    await tabTo(page, page.getByRole('textbox', { name: /^Name/ }));
    await page.keyboard.type('Clinics by file');
    await pressEnterOn(page, page.getByRole('button', { name: 'Check the file' }));
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page.getByText('Ready to import').waitFor();
    const main = page.getByRole('main');
    const preview = await main.innerText();
    expect(preview).toContain('Clinics by file, which is made');
    expect(preview).toContain('Read as a report of Google Ads.');
    expect(preview).toContain('4 read, 1 total left out');
    for (const total of totalsOf(expected)) expect(preview).toContain(total);
    expect(await faultsOf(page)).toEqual([]);

    await pressEnterOn(page, page.getByRole('button', { name: 'Import 2 campaigns' }));
    await page.getByText('The import is done').waitFor({ timeout: 60_000 });
    for (const total of totalsOf(expected)) expect(await main.innerText()).toContain(total);
    expect(await faultsOf(page)).toEqual([]);

    await pressEnterOn(page, main.getByRole('link', { name: 'Clinics by file' }));
    await page.waitForURL(/\/ad-accounts\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { level: 1, name: 'Clinics by file' }).waitFor();
    const parts = page.getByRole('navigation', { name: 'Parts of the ad account' });
    await pressEnterOn(page, parts.getByRole('link', { name: 'Campaigns' }));
    await page.getByText('Total Care Clinics').first().waitFor();
    await page.getByText('Villa leads').first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('that comes a second time has nothing to import', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await choose(page, 'google_daily_by_device.csv');
    const account = page.getByRole('combobox', { name: 'Ad account' });
    const made = account.getByRole('option', { name: 'Clinics by file (Google Ads, USD)' });
    await account.selectOption((await made.getAttribute('value')) ?? '');
    await check(page);
    await page.getByText('There is nothing to import').waitFor();
    await expect(page.getByRole('button', { name: /^Import/ }).count()).resolves.toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    [
      'has other columns names those it wants and those it found',
      'not_an_ads_report.csv',
      [/Wanted columns: a day \("Day", "Date"\), a campaign/, /Found: "Invoice", "Buyer", "Total"/],
    ],
    [
      'sums a whole period says how it is exported by day',
      'meta_campaign_aggregate.csv',
      [/The rows have no day/, /Breakdown, By time, Day/],
    ],
  ])('that %s, and brings nothing in', async (_, file, words) => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await choose(page, file);
    await check(page);
    await page.getByText('The file cannot be read as it is').waitFor();
    for (const said of words) await expect(page.getByText(said).count()).resolves.toBe(1);
    await expect(page.getByRole('button', { name: /^Import/ }).count()).resolves.toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Choose another file' }).click();
    await page.getByLabel('CSV or XLSX file').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

async function choose(page: Page, file: string): Promise<void> {
  await page.goto('/imports/new?kind=ad-metrics');
  await page.getByLabel('CSV or XLSX file').setInputFiles(path.join(SHAPES, file));
}

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
}

function totalsOf({ spend, currency, impressions, clicks }: Expected): string[] {
  return [formatMoneyExact({ amount: spend, currency }), formatCount(impressions), formatCount(clicks)];
}
