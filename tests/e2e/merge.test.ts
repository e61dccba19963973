import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

const RECORD = /\/contacts\/[0-9a-f-]{36}$/;

async function write(
  page: Page,
  [firstName, lastName]: readonly [string, string],
  email: string,
): Promise<void> {
  await page.goto('/contacts/new');
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill(lastName);
  await page.locator('input[name=emails], textarea[name=emails]').first().fill(email);
}

const create = (page: Page) => page.getByRole('button', { name: 'Create contact' }).click();

describe.skipIf(browserIsMissing)('duplicates', () => {
  const stage = useStage();

  it('are warned of while one types, merged field by field, and taken apart again', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await write(page, ['Lina', 'Mergewell'], 'lina@mergewell.test');
    await create(page);
    await page.waitForURL(RECORD);
    const kept = new URL(page.url()).pathname;
    await write(page, ['Leena', 'Mergewell'], 'LINA@mergewell.test');
    await page.getByText('This contact may exist already').waitFor();
    await create(page);
    await page.waitForURL(RECORD);
    const merged = new URL(page.url()).pathname;

    await page.goto(`${kept}/merge`);
    await page.getByRole('link', { name: 'Compare with Leena Mergewell' }).click();
    await page.getByRole('radio', { name: /^First name: of the merged record/ }).check();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText(/was merged into Leena Mergewell/).waitFor();
    await page.goto(merged);
    expect(new URL(page.url()).pathname).toBe(kept);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Leena Mergewell');

    await page.goto(`${kept}/merge?done=yes`);
    await page.getByRole('button', { name: 'Undo merge' }).click();
    await page.waitForURL((url) => url.pathname === merged);
    await page.goto(kept);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Lina Mergewell');
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('stop a form once before any script, and are merged without one', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await write(page, ['Omar', 'Noscript'], 'omar@noscript.test');
    await create(page);
    await write(page, ['Omar', 'Noscript'], 'omar@noscript.test');
    await create(page);
    expect(await page.getByLabel('First name').inputValue()).toBe('Omar');
    await page.getByRole('button', { name: 'Create anyway' }).click();
    expect(new URL(page.url()).pathname).toMatch(RECORD);
    await page.goto('/duplicates');
    const group = page.locator('[data-duplicate-group]', { hasText: 'Omar Noscript' });
    await group.getByRole('link', { name: /Compare and merge/ }).click();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    expect(await page.getByText('Omar Noscript was merged into Omar Noscript').count()).toBe(1);
    await context.close();
  }, 120_000);
});
