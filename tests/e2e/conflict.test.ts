import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

/** Opens a company's form, and hands out the address of its page. */
async function newCompany(page: Page, name: string): Promise<string> {
  await page.goto('/companies/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Industry').fill('Retail');
  await page.getByLabel('City').fill('Amman');
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.waitForURL(/\/companies\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

describe.skipIf(browserIsMissing)('two people at one record', () => {
  const stage = useStage();

  it('both win with different fields, and are asked about the same one, before the script as well', async () => {
    const [mine, theirs] = await Promise.all([
      visit(stage(), { javaScriptEnabled: false }),
      visit(stage(), { javaScriptEnabled: false }),
    ]);
    await signIn(mine.page, 'owner@demo.test');
    await signIn(theirs.page, 'admin@demo.test');
    const address = await newCompany(mine.page, 'Conflict & Sons');

    await mine.page.goto(`${address}/edit`);
    await theirs.page.goto(`${address}/edit`);
    await theirs.page.getByLabel('City').fill('Dubai');
    await theirs.page.getByLabel('Industry').fill('Food');
    await theirs.page.getByRole('button', { name: 'Save changes' }).click();
    await theirs.page.waitForURL((url) => url.pathname === address);

    await mine.page.getByLabel('Country').fill('Jordan');
    await mine.page.getByLabel('Industry').fill('Fashion');
    await mine.page.getByRole('button', { name: 'Save changes' }).click();
    const question = mine.page.getByRole('group', { name: /Industry/ });
    await question.waitFor();
    expect(await question.innerText()).toMatch(
      /was Retail[\s\S]*Keep theirs[\s\S]*Food[\s\S]*Use mine[\s\S]*Fashion/,
    );
    // Nothing was saved yet, and what was typed stays.
    expect(await mine.page.getByLabel('Country').inputValue()).toBe('Jordan');
    await question.getByLabel(/Use mine/).check();
    await mine.page.getByRole('button', { name: 'Save changes' }).click();
    await mine.page.waitForURL((url) => url.pathname === address);

    const shown = await mine.page.getByRole('main').innerText();
    for (const value of ['Fashion', 'Jordan', 'Dubai']) expect(shown).toContain(value);
    expect(shown).not.toContain('Amman\n');
    await Promise.all([mine.context.close(), theirs.context.close()]);
  }, 120_000);

  it('are asked in place as well, and the value that was chosen is the one that stays', async () => {
    const [mine, theirs] = await Promise.all([visit(stage()), visit(stage(), { javaScriptEnabled: false })]);
    await signIn(mine.page, 'owner@demo.test');
    await signIn(theirs.page, 'admin@demo.test');
    const address = await newCompany(mine.page, 'In place');
    await mine.page.locator('.editable[data-ready]').first().waitFor();

    await theirs.page.goto(`${address}/edit`);
    await theirs.page.getByLabel('Industry').fill('Food');
    await theirs.page.getByRole('button', { name: 'Save changes' }).click();
    await theirs.page.waitForURL((url) => url.pathname === address);

    await mine.page.getByRole('link', { name: 'Edit industry' }).click();
    await mine.page.getByRole('textbox', { name: 'Industry' }).fill('Fashion');
    await mine.page.keyboard.press('Enter');
    const dialog = mine.page.getByRole('dialog', { name: 'Somebody else changed industry' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /it was Retail[\s\S]*Theirs[\s\S]*Food[\s\S]*Yours[\s\S]*Fashion/,
    );
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    await mine.page.locator('.editable-value', { hasText: 'Food' }).first().waitFor();
    expect(mine.complaints).toEqual([]);
    await Promise.all([mine.context.close(), theirs.context.close()]);
  }, 120_000);
});
