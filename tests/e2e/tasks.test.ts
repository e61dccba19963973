import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

const row = (page: Page, title: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: title });
const box = (page: Page, title: string) => page.getByRole('checkbox', { name: `“${title}” is done` });

async function add(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'What is to be done' }).fill(title);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

/** As `add`, with a script: the line is emptied and takes the focus for the next one. */
async function addLive(page: Page, title: string): Promise<void> {
  await add(page, title);
  await row(page, title).waitFor();
  const line = page.getByRole('textbox', { name: 'What is to be done' });
  await expect.poll(() => line.inputValue(), { timeout: 20_000 }).toBe('');
}

describe.skipIf(browserIsMissing)('the tasks', () => {
  const stage = useStage();

  it('are added in a line, done by their box, and taken back', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/tasks', { waitUntil: 'networkidle' });
    await addLive(page, 'Water the plants');
    await box(page, 'Water the plants').click();
    await row(page, 'Water the plants').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Water the plants').waitFor();
    await box(page, 'Water the plants').click();
    await row(page, 'Water the plants').waitFor({ state: 'detached' });
    await page.goto('/tasks?tab=completed');
    await row(page, 'Water the plants').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are walked and done by the keyboard', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/tasks?tab=all&q=keyboard', { waitUntil: 'networkidle' });
    for (const title of ['First by keyboard', 'Second by keyboard']) await addLive(page, title);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(focused).toMatch(/by keyboard$/);
    await page.keyboard.press('d');
    await row(page, focused).waitFor({ state: 'detached' });
    await context.close();
  });

  it('that the server refuses to complete come back, with the reason', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await page.goto('/tasks', { waitUntil: 'networkidle' });
    await addLive(page, 'Refused for once');
    // The record moves into the recycle bin elsewhere, so that the procedure refuses.
    const href = await row(page, 'Refused for once').getByRole('link').first().getAttribute('href');
    const elsewhere = await context.newPage();
    await elsewhere.goto(href ?? '', { waitUntil: 'networkidle' });
    await elsewhere.getByRole('button', { name: 'Delete' }).click();
    await elsewhere.getByText('is in the recycle bin').waitFor();
    await box(page, 'Refused for once').click();
    await page.getByText('This task is in the recycle bin. Restore it first.').first().waitFor();
    await context.close();
  });

  it('are added, judged, done and changed before any script', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await page.goto('/tasks');
    await add(page, 'Without a script');
    await row(page, 'Without a script').waitFor();
    await box(page, 'Without a script').click();
    await row(page, 'Without a script').waitFor({ state: 'detached' });
    await page.goto('/tasks/new');
    await page.getByLabel('What is to be done').fill('Repeats without a day');
    await page.getByLabel('Repeats').selectOption('WEEKLY');
    await page.getByRole('button', { name: 'Create task' }).click();
    await page.getByText('A task that repeats needs a due day.').first().waitFor();
    await expect(page.getByLabel('What is to be done').inputValue()).resolves.toBe('Repeats without a day');
    await page.getByLabel('Due day').fill('2026-12-01');
    await page.getByRole('button', { name: 'Create task' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByText('Every week').first().waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Priority').selectOption('URGENT');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByText('Urgent').first().waitFor();
    await context.close();
  });

  it('are told to whom they are given, behind the bell', async () => {
    const giver = await visit(stage());
    await signIn(giver.page, 'owner@demo.test');
    await giver.page.goto('/tasks', { waitUntil: 'networkidle' });
    await giver.page
      .getByRole('combobox', { name: 'Assignee' })
      .selectOption({ label: await nameOf(stage(), 'member@demo.test') });
    await add(giver.page, 'Given to the member');
    await giver.page.getByText('“Given to the member” added').first().waitFor();
    await giver.context.close();

    const { page, context } = await visit(stage());
    await signIn(page, 'member@demo.test');
    await page
      .getByRole('link', { name: /^Notifications, \d+ unread$/ })
      .first()
      .click();
    const marked = page.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().includes('/notifications'),
    );
    await page.getByRole('link', { name: /assigned you “Given to the member”$/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Given to the member' }).waitFor();
    await marked;
    await page.goto('/notifications?unread=true');
    await expect(page.getByText('“Given to the member”').count()).resolves.toBe(0);
    await context.close();
  });

  it('offer a viewer nothing to press, but their own notifications', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'viewer@demo.test');
    await page.goto('/tasks?tab=all');
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    await expect(page.getByRole('checkbox').count()).resolves.toBe(0);
    await expect(page.getByRole('form', { name: 'New task' }).count()).resolves.toBe(0);
    await expect(page.getByRole('link', { name: 'New task' }).count()).resolves.toBe(0);
    await page.goto('/notifications');
    await page.getByRole('heading', { name: 'Nothing to tell you yet' }).waitFor();
    await context.close();
  });

  it('go by the zone that a person chose', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'admin@demo.test');
    await page.goto('/settings/account', { waitUntil: 'networkidle' });
    await page.getByLabel('Your time zone').selectOption('Pacific/Pago_Pago');
    await page.getByRole('button', { name: 'Save time zone' }).click();
    await page.getByText('Your time zone was changed').waitFor();
    await expect(page.getByLabel('Your time zone').inputValue()).resolves.toBe('Pacific/Pago_Pago');
    await context.close();
  });
});

/** A person's name, as lists show it. */
async function nameOf(stage: ReturnType<ReturnType<typeof useStage>>, email: string): Promise<string> {
  const { page, context } = await visit(stage);
  await signIn(page, email);
  await page.goto('/settings/account');
  const name = await page
    .locator('dt', { hasText: /^Name$/ })
    .locator('xpath=following-sibling::dd')
    .first()
    .innerText();
  await context.close();
  return name;
}
