import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

describe.skipIf(browserIsMissing)('a record', () => {
  const stage = useStage();

  it('opens beside its list by keyboard, is walked through, and gives the focus back to its row', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies?view=all&sort=name');
    const rows = page.locator('a[data-row-link]');
    await page.locator('[data-ready]').first().waitFor({ state: 'attached' });
    const [first = '', second = ''] = await rows.allInnerTexts();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: first }).waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toMatch(/^[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Next record' }).waitFor();
    await page.keyboard.press(']');
    await page.getByRole('complementary', { name: second }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    expect(new URL(page.url()).searchParams.has('open')).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('stands beside its list, and leads through it and back, before any script', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'viewer@demo.test');
    await page.goto('/contacts?view=all&sort=name');
    const [first = '', second = ''] = await page.locator('a[data-row-link]').allInnerTexts();
    await page.getByRole('link', { name: first, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: first }).waitFor();
    await page.getByRole('link', { name: 'Next record' }).click();
    await page.getByRole('heading', { level: 1, name: second }).waitFor();
    const contactId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await page
      .getByRole('navigation', { name: 'Breadcrumb' })
      .getByRole('link', { name: 'Contacts' })
      .click();
    const list = new URL(page.url());
    expect([list.pathname, list.searchParams.get('sort'), list.hash]).toEqual([
      '/contacts',
      'name',
      `#row-${contactId}`,
    ]);

    await page.goto(`/contacts?view=all&sort=name&open=${contactId}`);
    await page.getByRole('complementary', { name: second }).waitFor();
    await page.getByRole('link', { name: 'Close' }).click();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await context.close();
  }, 120_000);

  it('is written where it stands, and its history brings a value back', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies/new');
    await page.getByLabel('Name', { exact: true }).fill('Written in place');
    await page.getByLabel('Industry').fill('Retail');
    await page.getByRole('button', { name: 'Create company' }).click();
    const field = page.getByRole('link', { name: 'Edit industry' });
    await page.locator('.editable[data-ready]').first().waitFor();

    await field.press('F2');
    await page.getByRole('textbox', { name: 'Industry' }).fill('Given up');
    await page.keyboard.press('Escape');
    await field.click();
    await page.getByRole('textbox', { name: 'Industry' }).fill('Fashion');
    await page.keyboard.press('Tab');
    // Tab saves, and opens the next field.
    await page.getByRole('combobox', { name: 'Size' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.editable-value', { hasText: 'Fashion' }).waitFor();

    await page.getByRole('link', { name: 'Edit website' }).click();
    await page.getByRole('textbox', { name: 'Website' }).fill('no address');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'https://' }).first().waitFor();

    await page.getByRole('link', { name: 'Field history' }).click();
    await page.getByRole('button', { name: 'Restore industry: Retail' }).click();
    await page.locator('.editable-value', { hasText: 'Retail' }).waitFor();
    await page.getByRole('button', { name: 'Restore industry: Fashion' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('goes to the recycle bin, and comes back by Undo', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/companies/new');
    await page.getByLabel('Name', { exact: true }).fill('Binned and back');
    await page.getByRole('button', { name: 'Create company' }).click();
    await page.waitForURL(/\/companies\/[0-9a-f-]{36}/);
    await page.locator('.editable[data-ready]').first().waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('This company is in the recycle bin').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Binned and back is back').first().waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('offers a viewer nothing to write', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'viewer@demo.test');
    await page.goto('/companies?view=all');
    await page.locator('[data-ready]').first().waitFor({ state: 'attached' });
    await page.locator('a[data-row-link]').first().click();
    await page.getByRole('complementary').waitFor();
    expect(await page.locator('[data-edit-field], td.editable-cell').count()).toBe(0);
    await context.close();
  }, 120_000);
});
