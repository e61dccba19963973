import type { Page } from 'playwright-core';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { faultsAsItStands } from './support/axe.ts';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';
import { places } from './support/places.ts';

/** What is wrong with a page, opened on a phone and then on a desk. */
async function lookAt(page: Page, address: string): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 900 });
  const answer = await page.goto(address, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) return [`${address}: answered ${answer?.status() ?? 'nothing'}`];
  const onPhone = await faultsAsItStands(page, `${address} (390)`);
  await page.setViewportSize({ width: 1440, height: 900 });
  return [...onPhone, ...(await faultsAsItStands(page, `${address} (1440)`))];
}

describe.skipIf(browserIsMissing)('the pages', () => {
  const stage = useStage();

  it.each(Object.keys(places))(
    'of %s are clean for axe and the policy, and no wider than the window, on a phone and on a desk',
    async (what) => {
      const { page, context, complaints } = await visit(stage());
      await signIn(page, 'owner@demo.test');
      const found: string[] = [];
      for (const place of places[what] ?? []) {
        const addresses = typeof place === 'string' ? [place] : await place(page);
        for (const address of addresses) found.push(...(await lookAt(page, address)));
      }
      expect([...found, ...complaints]).toEqual([]);
      await context.close();
    },
    600_000,
  );

  it('that are not there, or are another agency’s, answer the same 404 inside the frame', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'owner@rival.test');
    await page.goto('/companies');
    const foreign = await page.locator('main a[data-row-link]').first().getAttribute('href');
    await context.clearCookies();
    await signIn(page, 'owner@demo.test');
    const texts: string[] = [];
    for (const address of [
      foreign ?? '',
      '/companies/00000000-0000-4000-8000-000000000000',
      '/companies/nonsense',
    ]) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      texts.push(await page.getByRole('main').innerText());
    }
    expect(new Set(texts.map((text) => text.replace(/[0-9a-f-]{36}/, ''))).size).toBe(1);
    await context.close();
  });

  it('lead to the sign-in without a session, and back to where one was going', async () => {
    const { page, context } = await visit(stage());
    await page.goto('/deals?view=list&stage=LEAD');
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.getByLabel('Email').fill('viewer@demo.test');
    await page.getByLabel('Password').fill('spokestack-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/deals/);
    expect(new URL(page.url()).search).toBe('?view=list&stage=LEAD');
    await context.close();
  });

  it('tell who has no agency any more why there is nothing to see', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'admin@demo.test');
    const owner = new pg.Client({ connectionString: stage().run.ownerDatabaseUrl ?? '' });
    await owner.connect();
    await owner.query(
      `update memberships set is_active = false where user_id = (select id from users where email = 'admin@demo.test')`,
    );
    await owner.end();
    await page.goto('/companies');
    expect(new URL(page.url()).pathname).toBe('/login');
    await expect(page.getByText('You are not a member of an active agency').isVisible()).resolves.toBe(true);
    await context.close();
  });

  it('offer a viewer nothing to change', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'viewer@demo.test');
    for (const address of ['/companies', '/deals?view=board', '/campaigns', '/ad-accounts']) {
      await page.goto(address);
      await expect(
        page
          .getByRole('main')
          .getByRole('link', { name: /^New |^Import$|^Move / })
          .count(),
      ).resolves.toBe(0);
    }
    await context.close();
  });

  it('sign in, list, filter and save before any script', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies/new');
    await page.getByRole('button', { name: 'Create company' }).click();
    await page.getByLabel('Name', { exact: true }).fill('No Script & Sons');
    await page.getByLabel('Website').fill('not an address');
    await page.getByRole('button', { name: 'Create company' }).click();
    await page.getByText('Write a full address').first().waitFor();
    await expect(page.getByLabel('Name', { exact: true }).inputValue()).resolves.toBe('No Script & Sons');
    await page.getByLabel('Website').fill('https://example.com');
    await page.getByRole('button', { name: 'Create company' }).click();
    await page.waitForURL(/\/companies\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('No Script & Sons');
    await page.goto('/companies?q=no+script');
    await expect(page.locator('main a[data-row-link]').count()).resolves.toBe(1);
    await context.close();
  });
});
