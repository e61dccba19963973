import type { Page } from 'playwright-core';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, signIn, type Stage, useStage, visit } from './support/browser.ts';

const ACCOUNT = 'Bluefinch Mobile – AE (AED)';
/** The jobs share the machine with the browser. */
const PATIENCE_MS = 180_000;

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

/** Waits until no sync waits or works. */
async function atRest(stage: Stage): Promise<void> {
  const live = () =>
    owner(stage, async (client) => {
      const { rows } = await client.query<{ live: number }>(
        `select count(*)::int4 as live from sync_runs where status in ('PENDING', 'SYNCING')`,
      );
      return rows[0]?.live;
    });
  await expect.poll(live, { timeout: PATIENCE_MS, interval: 500 }).toBe(0);
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

const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const table = (page: Page, cut: string) => page.getByRole('table', { name: `Figures by ${cut}` });

async function firstCampaign(page: Page): Promise<string> {
  await page.goto('/campaigns');
  const href = await page.locator('main a[data-row-link]').first().getAttribute('href');
  return new URL(href ?? '', page.url()).pathname;
}

describe.skipIf(browserIsMissing)('the pages of figures', () => {
  const stage = useStage();
  beforeAll(() => leaveThePast(stage()));

  it(
    'narrow by a filter and by a row, keep all of it in the address, and lead out again',
    async () => {
      const { page, context, complaints } = await visit(stage());
      await signIn(page, 'owner@demo.test');
      await page.goto('/performance?range=last_14_days&compare=PREVIOUS', { waitUntil: 'networkidle' });
      await page.getByRole('combobox', { name: 'Platform', exact: true }).selectOption({ label: 'Meta' });
      await page.waitForURL(/platform=META/);
      await table(page, 'platform').getByRole('link', { name: 'Meta', exact: true }).click();
      await page.waitForURL(/by=AD_ACCOUNT/);
      await table(page, 'ad account').getByRole('link', { name: ACCOUNT }).click();
      await page.waitForURL(/by=PLATFORM_CAMPAIGN/);
      const { adAccountId, ...rest } = query(page);
      expect(adAccountId).toMatch(/^[0-9a-f-]{36}$/);
      expect(rest).toEqual({
        ...{ range: 'last_14_days', compare: 'PREVIOUS', platform: 'META', by: 'PLATFORM_CAMPAIGN' },
      });
      const spend = () => page.locator('.stat [data-figure="spend"]').innerText();
      const shown = await spend();
      await page.reload();
      expect(await spend()).toBe(shown);
      await page.getByRole('link', { name: `Remove the filter Ad account: ${ACCOUNT}` }).click();
      await page.waitForURL((url) => !url.searchParams.has('adAccountId'));
      await page.getByRole('link', { name: 'Day', exact: true }).click();
      await table(page, 'day').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  it(
    'show newer figures by themselves while a sync runs, and leave the reader where they are',
    async () => {
      const { page, context, complaints } = await visit(stage());
      await atRest(stage());
      await signIn(page, 'owner@demo.test');
      const other = await context.newPage();
      await other.goto('/sync', { waitUntil: 'networkidle' });
      await page.goto('/performance?range=today', { waitUntil: 'networkidle' });
      await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
      await page.locator('summary').filter({ hasText: 'Compare' }).click();
      await slowly(stage(), async () => {
        await other.locator('summary').filter({ hasText: 'Sync an account' }).click();
        const choice = other.getByRole('combobox', { name: 'Ad account', exact: true }).first();
        await choice.selectOption({ label: `${ACCOUNT} · Meta` });
        await other.getByRole('button', { name: 'Sync now', exact: true }).click();
        await page.locator('[data-live="live"]').waitFor({ timeout: PATIENCE_MS });
      });
      await page.locator('[data-live="updated"]').waitFor({ timeout: PATIENCE_MS });
      await expect(page.locator('body[data-same-page]').count()).resolves.toBe(1);
      await expect(page.getByRole('link', { name: 'A year before' }).isVisible()).resolves.toBe(true);
      expect(complaints).toEqual([]);
      await context.close();
    },
    3 * PATIENCE_MS,
  );

  it('answer before any script: filters, a day of the past, and each figure’s explanation', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'viewer@demo.test');
    await page.goto('/performance');
    await page.getByRole('combobox', { name: 'Platform', exact: true }).selectOption({ label: 'TikTok' });
    await page.getByRole('button', { name: 'Apply' }).click();
    expect(query(page).platform).toBe('TIKTOK');
    await page.locator('summary').filter({ hasText: 'As of now' }).click();
    await page.getByLabel('As it stood when this day ended').fill('2020-02-03');
    await page.getByRole('button', { name: 'Show it so' }).click();
    await page.getByText('As it stood on 3 Feb 2020, 23:59').waitFor();
    await page.getByText('Nothing was known then').waitFor();
    await page.getByRole('link', { name: 'Back to now' }).first().click();
    expect(query(page)).toMatchObject({ platform: 'TIKTOK' });
    await page.locator('.stat [data-figure="spend"]').click();
    await page.waitForURL(/\/explain\?/);
    await context.close();
  }, 120_000);

  it('show a client’s own login its figures, and nothing of the agency’s money', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'client@demo.test');
    const campaign = await firstCampaign(page);
    await page.goto(campaign);
    await page.locator('.stat [data-figure="spend"]').waitFor();
    const shown = await page.getByRole('main').innerText();
    for (const words of ['Pace and cost', 'Cost to the client', 'Budget']) expect(shown).not.toContain(words);
    await page.goto('/performance');
    await table(page, 'platform').waitFor();
    await context.close();
  }, 120_000);

  it('are in order for everyone, on a phone and on a desk', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    const campaign = await firstCampaign(page);
    const faults: string[] = [];
    for (const address of [
      '/performance?compare=PREVIOUS&by=PLATFORM_CAMPAIGN',
      '/performance?by=DAY&asOf=2020-01-01',
      '/performance?platform=SNAPCHAT',
      `${campaign}?range=flight&compare=YEAR`,
    ]) {
      await page.goto(address, { waitUntil: 'networkidle' });
      faults.push(...(await faultsOf(page)));
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);
});
