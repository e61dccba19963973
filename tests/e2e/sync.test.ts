import type { Page } from 'playwright-core';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, type Stage, useStage, visit } from './support/browser.ts';

const ACCOUNT = 'Bluefinch Mobile – AE (AED)';
/** The jobs share the machine with the browser. */
const PATIENCE_MS = 180_000;

const status = (page: Page, words: string) =>
  page.locator('.page-header').getByText(words, { exact: true }).waitFor({ timeout: PATIENCE_MS });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function owner<T>(stage: Stage, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stage.run.ownerDatabaseUrl ?? '' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The history of thirty accounts would keep the jobs busy for minutes. */
function leaveThePast(stage: Stage): Promise<unknown> {
  return owner(stage, async (client) => {
    await client.query(`
      insert into platform_settings (organization_id, platform, backfill_months)
      select id, p, 0 from organizations, unnest(array['META', 'GOOGLE', 'TIKTOK']::ad_platform[]) p
       where type = 'AGENCY'
      on conflict (organization_id, platform) do update set backfill_months = 0`);
    await client.query(`
      update sync_runs set status = 'PAUSED', stop_requested_at = now(), finished_at = now()
       where work = 'BACKFILL' and status = 'PENDING'`);
    await client.query(
      `update sync_runs set stop_requested_at = now() where work = 'BACKFILL' and status = 'SYNCING'`,
    );
  });
}

/** The account's id, once nothing waits or works any more: who waits behind others is not yet running. */
async function atRest(stage: Stage): Promise<string> {
  const ask = <T extends pg.QueryResultRow>(query: string, values: string[] = []) =>
    owner(stage, async (client) => (await client.query<T>(query, values)).rows[0]);
  const live = `select count(*)::int4 as live from sync_runs where status in ('PENDING', 'SYNCING')`;
  await expect
    .poll(async () => (await ask<{ live: number }>(live))?.live, { timeout: PATIENCE_MS, interval: 500 })
    .toBe(0);
  const account = await ask<{ id: string }>('select id from ad_accounts where name = $1', [ACCOUNT]);
  return account?.id ?? '';
}

async function slowly<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
  const faults = `${stage.run.sandboxUrl ?? ''}/_faults`;
  const fault = { platform: 'meta', kind: 'slow', delayMs: 3_000 };
  const headers = { 'content-type': 'application/json' };
  await fetch(faults, { method: 'POST', headers, body: JSON.stringify(fault) });
  try {
    return await work();
  } finally {
    await fetch(faults, { method: 'DELETE' });
  }
}

/** Ninety days back, so that there is more than one slice. */
async function askForRange(page: Page, adAccountId: string): Promise<void> {
  await page.goto(`/sync/range?adAccountId=${adAccountId}`);
  const last = await page.getByLabel('Last day').inputValue();
  const first = new Date(Date.parse(last) - 89 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('First day').fill(first);
  await press(page, 'Pull these days again');
  await page.waitForURL(/\/sync\/[0-9a-f-]{36}$/);
}

describe.skipIf(browserIsMissing)('the sync pages', () => {
  const stage = useStage();
  beforeAll(() => leaveThePast(stage()));

  it(
    'start a sync by the keyboard and watch it end without a reload',
    async () => {
      const { page, context, complaints } = await visit(stage());
      await atRest(stage());
      await signIn(page, 'owner@demo.test');
      await page.goto('/sync', { waitUntil: 'networkidle' });
      await page.locator('summary').filter({ hasText: 'Sync an account' }).focus();
      await page.keyboard.press('Enter');
      const choice = page.getByRole('combobox', { name: 'Ad account', exact: true }).first();
      await choice.selectOption({ label: `${ACCOUNT} · Meta` });
      await slowly(stage(), async () => {
        await page.getByRole('button', { name: 'Sync now', exact: true }).press('Enter');
        await page.waitForURL(/\/sync\/[0-9a-f-]{36}$/);
        await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
        await status(page, 'Running');
        await page.getByText('This page keeps itself fresh.').waitFor();
      });
      await status(page, 'Done');
      await expect(page.locator('body[data-same-page]').count()).resolves.toBe(1);
      await page.getByRole('row').filter({ hasText: 'In' }).first().waitFor();
      await page.getByText('1. Came to its end').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    },
    3 * PATIENCE_MS,
  );

  it(
    'stop a sync where it is, and let it go on to its end',
    async () => {
      const { page, context, complaints } = await visit(stage());
      const adAccountId = await atRest(stage());
      await signIn(page, 'owner@demo.test');
      await slowly(stage(), async () => {
        await askForRange(page, adAccountId);
        await status(page, 'Running');
        await press(page, 'Stop');
        await status(page, 'Stopped');
      });
      await page.getByText(/stopped this sync on/).waitFor();
      await press(page, 'Resume');
      await status(page, 'Done');
      const states = page.getByRole('table', { name: 'Slices' }).locator('tbody .status-dot');
      expect(new Set(await states.allInnerTexts())).toEqual(new Set(['In']));
      expect(await states.count()).toBeGreaterThan(1);
      expect(complaints).toEqual([]);
      await context.close();
    },
    4 * PATIENCE_MS,
  );

  it(
    'show in the list what runs, and stop it there',
    async () => {
      const { page, context } = await visit(stage());
      const adAccountId = await atRest(stage());
      await signIn(page, 'owner@demo.test');
      await slowly(stage(), async () => {
        await askForRange(page, adAccountId);
        await status(page, 'Running');
        await page.goto('/sync');
        await press(page, `Stop the sync of ${ACCOUNT}`);
        await page
          .getByRole('listitem')
          .filter({ hasText: ACCOUNT })
          .waitFor({ state: 'detached', timeout: PATIENCE_MS });
      });
      const newest = page.getByRole('table', { name: 'Sync runs' }).locator('tbody tr').first();
      await newest.filter({ hasText: 'Stopped' }).waitFor({ timeout: PATIENCE_MS });
      await context.close();
    },
    4 * PATIENCE_MS,
  );

  it(
    'pull a range again from a dialog, which says what is refused and gives the focus back',
    async () => {
      const { page, context, complaints } = await visit(stage());
      await atRest(stage());
      await signIn(page, 'owner@demo.test');
      await page.goto('/sync', { waitUntil: 'networkidle' });
      await page.locator('main a[data-row-link]').filter({ hasText: ACCOUNT }).first().click();
      await page.waitForURL(/\/sync\/[0-9a-f-]{36}$/);
      const before = page.url();
      const opener = page.getByRole('link', { name: 'Pull a range again' });
      await opener.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/keeps figures back to/).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await expect(opener.evaluate((link) => link === document.activeElement)).resolves.toBe(true);
      await opener.press('Enter');
      const last = await dialog.getByLabel('Last day').inputValue();
      await dialog.getByLabel('First day').fill(last);
      const dayBefore = new Date(Date.parse(last) - 86_400_000).toISOString().slice(0, 10);
      await dialog.getByLabel('Last day').fill(dayBefore);
      await dialog.getByRole('button', { name: 'Pull these days again' }).click();
      await dialog.getByText('The last day is before the first one.').first().waitFor();
      await dialog.getByLabel('First day').fill(dayBefore);
      await dialog.getByRole('button', { name: 'Pull these days again' }).click();
      await page.waitForURL((url) => url.href !== before);
      await status(page, 'Done');
      expect(complaints).toEqual([]);
      await context.close();
    },
    3 * PATIENCE_MS,
  );

  it(
    'pull a range again before any script',
    async () => {
      const { page, context } = await visit(stage(), { javaScriptEnabled: false });
      const adAccountId = await atRest(stage());
      await signIn(page, 'admin@demo.test');
      await page.goto('/sync/range');
      await page.getByLabel('Ad account').selectOption(adAccountId);
      await press(page, 'Show its days');
      const last = await page.getByLabel('Last day').inputValue();
      const dayBefore = new Date(Date.parse(last) - 86_400_000).toISOString().slice(0, 10);
      await page.getByLabel('First day').fill(last);
      await page.getByLabel('Last day').fill(dayBefore);
      await press(page, 'Pull these days again');
      await page.getByText('The last day is before the first one.').first().waitFor();
      await page.getByLabel('Last day').fill(last);
      await press(page, 'Pull these days again');
      await page.waitForURL(/\/sync\/[0-9a-f-]{36}$/);
      await page.getByText('Chosen days').first().waitFor();
      await context.close();
    },
    2 * PATIENCE_MS,
  );

  it('offer a viewer and a client nothing to press', async () => {
    for (const who of ['viewer@demo.test', 'client@demo.test']) {
      const { page, context } = await visit(stage());
      await signIn(page, who);
      const buttons = () =>
        page
          .getByRole('main')
          .getByRole('button', { name: /Sync|Stop|Resume|Run again|Pull/ })
          .count();
      await page.goto('/sync');
      await page.getByRole('heading', { name: 'History' }).waitFor();
      await expect(buttons(), who).resolves.toBe(0);
      await page.locator('main a[data-row-link]').first().click();
      await page.waitForURL(/\/sync\/[0-9a-f-]{36}$/);
      await expect(buttons(), who).resolves.toBe(0);
      await expect(page.getByRole('link', { name: 'Pull a range again' }).count(), who).resolves.toBe(0);
      expect((await page.goto('/sync/range'))?.status(), who).toBe(403);
      await context.close();
    }
  });
});
