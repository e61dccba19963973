import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, type Visit, signIn, useStage, visit } from './support/browser.ts';

const NAME = 'Winter at Bluefinch';
const BRAND = 'Bluefinch Mobile';
const REASON = 'Leave out the last week of January.';

/** Opens the first deal that was won and begins a campaign from it. */
async function planFromDeal(page: Page): Promise<string> {
  await page.goto('/deals?view=list&status=WON');
  const deal = await page.locator('main a[data-row-link]').first().getAttribute('href');
  await page.goto(deal ?? '');
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByRole('link', { name: 'Plan a campaign' }).click();
  await page.getByRole('button', { name: 'Create campaign' }).waitFor();
  return name;
}

async function fillPlan(page: Page, endsOn: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await page.getByLabel('Brand').selectOption({ label: BRAND });
  await page.getByLabel('Starts').fill('2040-12-01');
  await page.getByLabel('Ends').fill(endsOn);
  await page.getByRole('textbox', { name: /^Total/ }).fill('90000');
  await page.getByLabel('Currency').fill('AED');
}

describe.skipIf(browserIsMissing)('a campaign’s plan', () => {
  const stage = useStage();
  const contexts: BrowserContext[] = [];
  let owner: Visit;
  let member: Visit;
  let home = '';

  beforeAll(async () => {
    const as = async (email: string, javaScriptEnabled = true) => {
      const made = await visit(stage(), { javaScriptEnabled });
      contexts.push(made.context);
      await signIn(made.page, email);
      return made;
    };
    owner = await as('owner@demo.test');
    member = await as('member@demo.test', false);
  }, 120_000);
  afterAll(async () => {
    for (const context of contexts) await context.close();
  });

  it('begins from a deal with the deal’s name, budget and days', async () => {
    const { page, complaints } = owner;
    const deal = await planFromDeal(page);
    await expect(page.getByLabel('Name', { exact: true }).inputValue()).resolves.toBe(deal);
    await expect(page.getByRole('textbox', { name: /^Total/ }).inputValue()).resolves.toMatch(
      /^\d+(\.\d+)?$/,
    );
    await expect(page.getByLabel('Starts').inputValue()).resolves.toMatch(/^\d{4}-\d\d-\d\d$/);
    await expect(page.getByRole('combobox', { name: /^Deal/ }).inputValue()).resolves.toBe(deal);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('keeps what was typed when it is refused, before any script', async () => {
    const { page } = member;
    await page.goto('/campaigns/new');
    await page.getByRole('button', { name: 'Begin', exact: true }).first().click();
    await fillPlan(page, '2040-11-01');
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await page.getByText('The campaign would end before it starts.').first().waitFor();
    await expect(page.getByLabel('Name', { exact: true }).inputValue()).resolves.toBe(NAME);
    await expect(page.getByRole('textbox', { name: /^Total/ }).inputValue()).resolves.toBe('90000');
    await page.getByLabel('Ends').fill('2041-01-31');
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
    home = new URL(page.url()).pathname;
    await page.getByRole('heading', { name: 'Finish the plan' }).waitFor();
  }, 60_000);

  it('is submitted by a member, who may not approve it', async () => {
    const { page } = member;
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByText('Waiting for approval').waitFor();
    await page.getByText('An owner or admin of the agency decides.').waitFor();
    await expect(page.getByRole('button', { name: 'Approve' }).count()).resolves.toBe(0);
    expect(new URL(page.url()).pathname).toBe(home);
  }, 60_000);

  it('is returned with a reason that its author reads', async () => {
    const { page, complaints } = owner;
    await page.goto(home);
    await page.getByText('It is yours to decide.').waitFor();
    await page.getByRole('link', { name: 'Return', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Return the plan?' });
    await dialog.getByLabel('What should change').fill(REASON);
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Return' }).click();
    await page.getByText('Back to draft').waitFor();
    expect(complaints).toEqual([]);

    await member.page.goto(home);
    await member.page.getByText(REASON).first().waitFor();
    await member.page.getByRole('button', { name: 'Submit for approval' }).click();
    await member.page.getByText('Waiting for approval').waitFor();
  }, 60_000);

  it('once approved says by whom, and what its first day will do', async () => {
    const { page, complaints } = owner;
    await page.goto(home);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText(/Approved by .+\. Launches by itself on 1 Dec 2040\./).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('has a budget that is split within its total, over the months of its flight', async () => {
    const { page, complaints } = owner;
    await page.goto(`${home}/budget`);
    await page.getByRole('button', { name: 'Plan a new version' }).click();
    await page.waitForURL(/\/budget\/edit$/);
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.getByLabel('Platform of line 1').selectOption({ label: 'Meta' });
    await page.getByLabel('Amount of line 1').fill('100000');
    await page.getByText(/10,000\.00 over the total\./).waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Amount of line 1').fill('62000');
    await page.getByRole('button', { name: 'Split over months' }).click();
    await page.getByLabel('Amount of line 2').waitFor();
    const amounts = await page
      .getByLabel(/^Amount of line/)
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(amounts).toEqual(['31000', '31000']);
    await page.getByText(/28,000\.00 not allocated\./).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save and approve' }).click();
    await page.waitForURL(/\/budget$/);
    await page.getByRole('heading', { name: 'By month' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('takes other costs, each to be changed and deleted', async () => {
    const { page, complaints } = owner;
    await page.goto(`${home}/costs`);
    await page.getByLabel('What for').fill('Studio for two days');
    await page.getByLabel('Amount', { exact: true }).fill('1,250.50');
    await page.getByRole('button', { name: 'Enter the cost' }).click();
    await page.getByRole('rowheader', { name: 'Studio for two days' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Change Studio for two days' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/costs$/);
    await expect.poll(() => page.getByRole('rowheader', { name: 'Studio for two days' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is kept as a template that others begin from', async () => {
    const { page, complaints } = owner;
    await page.goto(`/campaigns/templates/new?campaignId=${home.split('/').at(-1) ?? ''}`);
    await page.getByLabel('Name', { exact: true }).fill('Winter plan');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep as a template' }).click();
    await page.getByRole('link', { name: 'Begin a campaign' }).click();
    await page.getByText('2 lines of the budget’s split').waitFor();
    await expect(page.getByRole('textbox', { name: /^Total/ }).inputValue()).resolves.toMatch(/^90000/);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('shows a client’s own login none of the agency’s money', async () => {
    const client = await visit(stage());
    contexts.push(client.context);
    const { page } = client;
    await signIn(page, 'client@demo.test');
    await page.goto('/campaigns');
    const first = await page.locator('main a[data-row-link]').first().getAttribute('href');
    await page.goto(first ?? '');
    const tabs = page.getByRole('navigation', { name: 'Parts of the campaign' });
    await expect(tabs.getByRole('link', { name: /Budget|Costs|Results/ }).count()).resolves.toBe(0);
    for (const part of ['budget', 'costs', 'budget/edit']) {
      const answer = await page.goto(`${first ?? ''}/${part}`);
      expect(answer?.status(), part).toBe(403);
    }
  }, 60_000);
});
