import pg from 'pg';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, type Stage, signIn, useStage, visit } from './support/browser.ts';

const ROWS = 'main table tbody tr';
const ACCOUNTS = `${ROWS}:not(.tree-heading)`;

describe.skipIf(browserIsMissing)('the ad accounts', () => {
  const stage = useStage();

  it('fold below their manager by keyboard, and the address shows it to whoever opens it', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/ad-accounts', { waitUntil: 'networkidle' });
    const all = await page.locator(ROWS).count();
    const fold = page.getByRole('link', { name: /^Accounts below/ }).first();
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await fold.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/closed=/);
    await expect.poll(() => page.locator(ROWS).count()).toBeLessThan(all);
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    expect(await fold.evaluate((link) => link === document.activeElement)).toBe(true);
    const closed = await page.locator(ROWS).count();
    const other = await visit(stage(), { javaScriptEnabled: false });
    await signIn(other.page, 'owner@demo.test');
    await other.page.goto(page.url());
    expect(await other.page.locator(ROWS).count()).toBe(closed);
    await other.page
      .getByRole('link', { name: /^Accounts below/ })
      .first()
      .click();
    await other.page.waitForURL((url) => !url.searchParams.has('closed'));
    expect(await other.page.locator(ROWS).count()).toBe(all);
    expect(complaints).toEqual([]);
    await other.context.close();
    await context.close();
  }, 120_000);

  it('are paused and resumed several at once, without a script too', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await page.goto('/ad-accounts?platform=TIKTOK');
    const names = await tick(page, 2);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('2 ad accounts paused.').waitFor();
    await page.goto('/ad-accounts?state=paused');
    expect(await page.locator(ACCOUNTS).count()).toBe(names);
    await tick(page, 2);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('2 ad accounts resumed.').waitFor();
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await context.close();
  }, 120_000);

  it('that were found are taken into use from their list', async () => {
    await takeOutOfUse(stage());
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/ad-accounts?tab=found', { waitUntil: 'networkidle' });
    const box = page.locator('main input[name=nativeId]').first();
    await box.check();
    await page.getByRole('button', { name: 'Take into use and sync' }).first().click();
    await page.waitForURL(/\/ad-accounts\?started=1/);
    await page.getByText('1 ad account is in use').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('show what each rule would take before it is saved, and share their campaigns out by them', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/ad-accounts');
    const account = await page.locator(`${ACCOUNTS} a[data-row-link]`).first().getAttribute('href');
    await page.goto(`${account ?? ''}?tab=settings`, { waitUntil: 'networkidle' });
    await page.getByText(/^Without rules all are/).waitFor();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const brand = page.getByLabel('Rule 1: its brand');
    await page.getByLabel('Rule 1: text in the name').fill('_');
    await brand.selectOption({ index: 1 });
    const chosen = await brand.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text ?? '');
    await page.getByText(/^\d+ campaigns?: /).waitFor();
    await page.getByRole('button', { name: 'Save rules' }).click();
    await page.getByText('Rules saved; its campaigns follow them').waitFor();
    await page.goto(`${account ?? ''}?tab=campaigns`);
    await page.getByRole('columnheader', { name: 'Brand' }).waitFor();
    expect(await page.getByRole('cell', { name: chosen }).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('offer a client neither permissions, found accounts nor anything to change', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'client@demo.test');
    await page.goto('/ad-accounts');
    const main = page.getByRole('main');
    await main.getByRole('heading', { level: 1 }).waitFor();
    expect(await main.getByRole('checkbox').count()).toBe(0);
    expect(await main.getByRole('columnheader', { name: 'Access' }).count()).toBe(0);
    expect(await main.getByRole('link', { name: /Found, not in use|Connections/ }).count()).toBe(0);
    await context.close();
  });
});

async function tick(page: Page, count: number): Promise<number> {
  for (let at = 0; at < count; at += 1)
    await page.locator(`${ACCOUNTS} input[name=adAccountId]`).nth(at).check();
  return count;
}

/** Has one account of an open connection found and not in use, whatever the demo takes into use. */
async function takeOutOfUse({ run }: Stage): Promise<void> {
  const owner = new pg.Client({ connectionString: run.ownerDatabaseUrl ?? '' });
  await owner.connect();
  await owner.query(
    `update ad_accounts set is_active = false where id = (
       select a.id from ad_accounts a
         join organizations o on o.id = a.organization_id and o.slug = 'demo'
         join oauth_connections c on c.organization_id = a.organization_id and c.id = a.connection_id and c.state = 'CONNECTED'
         join found_accounts f on f.organization_id = a.organization_id and f.connection_id = c.id and f.native_id = a.native_id
        where a.is_active and f.vanished_at is null order by a.name desc limit 1)`,
  );
  await owner.end();
}
