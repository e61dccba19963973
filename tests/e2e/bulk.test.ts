import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Selected rows' });
const boxes = (page: Page) => page.locator('tbody .select-cell input');
const row = (page: Page, name: string) => page.getByRole('row', { name });

describe.skipIf(browserIsMissing)('many records', () => {
  const stage = useStage();

  it('are selected by keyboard and Shift, changed in one go, and back as they were by Undo', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies');
    await boxes(page).first().click();
    await boxes(page)
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await bar(page).getByText('3 selected').waitFor();
    await page.locator('main a[data-row-link]').nth(3).focus();
    await page.keyboard.press('x');
    await bar(page).getByText('4 selected').waitFor();

    await bar(page).getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit 4 companies' });
    await dialog.getByLabel('Industry').fill('Bulk industry');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await dialog.getByRole('button', { name: 'Change 4 companies' }).click();
    await page.getByText('4 companies changed').first().waitFor();
    // The toast comes with the answer, the rows with the list that is read after it.
    await page.getByRole('cell', { name: 'Bulk industry' }).nth(3).waitFor();
    expect(await page.getByRole('cell', { name: 'Bulk industry' }).count()).toBe(4);

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('4 companies as before').first().waitFor();
    await page.getByRole('cell', { name: 'Bulk industry' }).first().waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('go to the recycle bin and come back from it', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/contacts');
    const name = await page.locator('main a[data-row-link]').first().innerText();
    await boxes(page).first().click();
    await bar(page).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('1 contact deleted').first().waitFor();
    await row(page, name).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Recycle bin' }).click();
    await row(page, name).waitFor();
    await boxes(page).first().click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await bar(page).getByRole('button', { name: 'Restore' }).click();
    await page.getByText('1 contact restored').first().waitFor();
    await page.goto('/contacts');
    await row(page, name).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('are changed before any script, with the reasons of those that were refused', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false, width: 390 });
    await signIn(page, 'owner@demo.test');
    await page.goto('/deals?view=list');
    for (const index of [0, 1]) await boxes(page).nth(index).check();
    await page.getByRole('button', { name: 'Change the selected…' }).click();
    await page.getByText('2 deals selected').waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('alert').getByText('Say what to change.').waitFor();
    await page.getByLabel('Add tags').fill('by hand, twice');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByText('2 deals changed').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 deals as before').waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    expect(new URL(page.url()).pathname).toBe('/deals');
    await context.close();
  }, 120_000);

  it('are a viewer’s to read: no checkbox, and the page says who may', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'viewer@demo.test');
    await page.goto('/companies');
    await page.getByRole('table', { name: 'Companies' }).waitFor();
    expect(await boxes(page).count()).toBe(0);
    const answer = await page.goto('/bulk-changes?noun=COMPANY');
    expect(answer?.status()).toBe(403);
    await context.close();
  }, 120_000);

  it('are found from one box: what was open before, by typing, and on a page of their own', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies');
    const link = page.locator('main a[data-row-link]').first();
    const name = (await link.innerText()).trim();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search records').fill(`company: ${name}`);
    await page.getByRole('option', { name }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/companies\/[0-9a-f-]{36}/);
    await page.goto(`/search?q=${encodeURIComponent(name)}`);
    await page.getByRole('heading', { name: 'Companies' }).waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
});
