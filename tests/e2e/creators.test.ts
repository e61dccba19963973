import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, type Visit, signIn, useStage, visit } from './support/browser.ts';

// Of the demo: a creator of Bluefinch Mobile, whom its member looks after and nobody has under contract.
const CREATOR = 'Mariam Bukhari';
const CAMPAIGN = 'Bluefinch UAE always-on';
const CONTRACT = { title: 'Outdoor year', brand: 'Tidewarden Sports', endsOn: '2040-12-31' };
const CLAUSE = 'Fully exclusive until 31 December 2040';
const REASON = 'Tidewarden agreed to this one by mail.';

describe.skipIf(browserIsMissing)('an exclusivity across brands', () => {
  const stage = useStage();
  let owner: Visit;
  let member: Visit;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const as = async (email: string) => {
      const made = await visit(stage());
      contexts.push(made.context);
      await signIn(made.page, email);
      return made;
    };
    owner = await as('owner@demo.test');
    member = await as('member@demo.test');
    await signContract(owner.page);
  }, 120_000);
  afterAll(async () => {
    for (const context of contexts) await context.close();
  });

  it('stands on its contract’s page in words', async () => {
    const { page, complaints } = owner;
    await page.getByText(CLAUSE).waitFor();
    await page.getByText('In force').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('refuses another brand’s people without telling them whose it is, and lets none of them override it', async () => {
    const { page, complaints } = member;
    await assign(page);
    await page.getByText('A contract’s exclusivity stands against it').waitFor();
    await page.getByText(CLAUSE, { exact: true }).waitFor();
    await page.getByText('Of another client of the agency').waitFor();
    await page.getByText('An owner or admin of the agency may decide otherwise.').waitFor();
    const words = await page.getByRole('main').innerText();
    expect(words).not.toContain(CONTRACT.brand);
    expect(words).not.toContain(CONTRACT.title);
    await expect(page.getByRole('button', { name: 'Do it anyway' }).count()).resolves.toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is overridden by an owner who says why, and the reason stays with the assignment', async () => {
    const { page, complaints } = owner;
    await assign(page);
    await page.getByText(`${CLAUSE} (${CONTRACT.title}).`).first().waitFor();
    await page.getByText(`Of ${CONTRACT.brand}, until`).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Do it anyway' }).click();
    await expect.poll(() => page.getByLabel('Why').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Why').fill(REASON);
    await page.getByRole('button', { name: 'Do it anyway' }).click();
    await page.waitForURL(/\/creators$/);
    const card = page.getByRole('region', { name: CREATOR });
    await card.getByText('Assigned in spite of what stood against it').waitFor();
    await card.getByText(REASON).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('leaves members their brands’ creators and contracts alone', async () => {
    const { page, complaints } = member;
    await page.goto('/creators');
    const names = await page.locator('main a[data-row-link]').allInnerTexts();
    const isListed = (name: string) => names.some((text) => text.includes(name));
    expect(['Fahad Alkandari', 'Noura Alotaibi', CREATOR].filter((name) => !isListed(name))).toEqual([]);
    expect(['Layla Al Mansoori', 'Sultan Alhajri'].filter(isListed)).toEqual([]);
    await page.goto('/contracts');
    await page.getByRole('link', { name: 'Reviews of the year' }).waitFor();
    await expect(page.getByText(CONTRACT.title).count()).resolves.toBe(0);
    await expect(page.getByText('Face of the season').count()).resolves.toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);
});

async function hrefOf(page: Page, list: string, name: string): Promise<string> {
  await page.goto(`${list}?q=${encodeURIComponent(name)}`);
  const href = await page.locator('main a[data-row-link]').filter({ hasText: name }).getAttribute('href');
  return new URL(href ?? '', page.url()).pathname;
}

/** A contract that is signed already and lets the creator work for no other brand; ends on its page. */
async function signContract(page: Page): Promise<void> {
  await page.goto(`${await hrefOf(page, '/creators', CREATOR)}/contracts/new`);
  await page.getByLabel('Title').fill(CONTRACT.title);
  await page.getByLabel('Begins as').selectOption({ label: 'Signed already' });
  await page.locator('input[name=endsOn]').fill(CONTRACT.endsOn);
  await page.getByLabel('Brand').selectOption({ label: CONTRACT.brand });
  await page.getByLabel('Kind').selectOption({ label: 'Full: no other client at all' });
  await page.getByRole('button', { name: 'Create contract' }).click();
  await page.waitForURL(/\/contracts\/[0-9a-f-]{36}$/);
}

/** Sends the form of an assignment to the other brand's campaign. */
async function assign(page: Page): Promise<void> {
  const creatorId = (await hrefOf(page, '/creators', CREATOR)).split('/').at(-1) ?? '';
  const campaign = await hrefOf(page, '/campaigns', CAMPAIGN);
  await page.goto(`${campaign}/creators/new?creatorId=${creatorId}`);
  await expect.poll(() => page.getByRole('combobox', { name: 'Creator' }).inputValue()).toBe(CREATOR);
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
}
