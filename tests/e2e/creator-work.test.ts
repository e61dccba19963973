import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../server/domain/explanations/schema.ts';
import { byHand } from '../explanations/by-hand.ts';
import { faultsAsItStands, faultsOf } from './support/axe.ts';
import { browserIsMissing, signIn, useStage, visit, type Visit } from './support/browser.ts';

const CAMPAIGN = 'Bluefinch UAE always-on';
const CREATOR = 'Noura Alotaibi';

/** The address of the creator's work on the campaign. */
async function findWork(page: Page): Promise<string> {
  await page.goto('/campaigns');
  const home = await page.getByRole('link', { name: CAMPAIGN, exact: true }).first().getAttribute('href');
  await page.goto(`${home ?? ''}/creators`);
  const work = page.getByRole('link', { name: `Edit the work of ${CREATOR}` });
  return (await work.getAttribute('href')) ?? '';
}

/** A value of "What it comes to", without what is spoken alone. */
async function figure(page: Page, name: 'earned' | 'committed' | 'expected'): Promise<string> {
  const link = page.locator(`main a[data-figure="${name}"]`);
  const shown = await link.evaluate((element) => element.firstChild?.textContent ?? '');
  return shown.replaceAll('\u00a0', ' ');
}

async function explanationOf(page: Page, link: Locator): Promise<Explanation> {
  const href = (await link.getAttribute('href')) ?? '';
  const response = await page.request.get(href.replace('/explain?', '/explain/panel?'));
  expect(response.status()).toBe(200);
  return ((await response.json()) as { explanation: Explanation }).explanation;
}

describe.skipIf(browserIsMissing)('a creator’s work', () => {
  const stage = useStage();
  let owner: Visit;
  let work = '';
  let briefUrl = '';

  beforeAll(async () => {
    owner = await visit(stage());
    await signIn(owner.page, 'owner@demo.test');
    work = await findWork(owner.page);
  }, 120_000);
  afterAll(() => owner.context.close());

  it('has terms whose fields follow the type of fee, and says what is missing', async () => {
    const { page, complaints } = owner;
    await page.goto(work);
    expect(await page.getByLabel('Amount that is counted').isVisible()).toBe(false);
    await page.getByLabel('Paid by').selectOption({ label: 'Fixed and counted' });
    await page.getByLabel('Counted beside it').selectOption({ label: 'Per conversion' });
    await page.getByLabel('Amount', { exact: true }).fill('1000');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Amount that is counted').fill('3.50');
    await page.getByLabel('Rounds of changes').first().fill('1');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.waitForURL((url) => `${url.pathname}/` === work.replace(/[^/]+$/, ''));
    await page.getByText('AED 1,000.00 and AED 3.50 per conversion').waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is asked for by a brief whose link is shown once', async () => {
    const { page, complaints } = owner;
    await page.goto(work);
    await page.getByLabel('Show the fee on the link’s page').check();
    await page.getByRole('button', { name: 'Make the brief and its link' }).click();
    const told = page.getByRole('status').filter({ hasText: 'The brief is ready' });
    await told.waitFor();
    briefUrl = /https?:\/\/\S+\/briefs\/[\w-]+/.exec(await told.innerText())?.[0] ?? '';
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(work);
    await page.getByText('Waits for an answer').waitFor();
    expect(await page.content()).not.toContain(new URL(briefUrl).pathname);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is accepted at the link by somebody without an account, once', async () => {
    const guest = await visit(stage(), { width: 390 });
    const plain = await visit(stage(), { width: 390, javaScriptEnabled: false });
    const answer = await guest.page.goto(briefUrl);
    expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
    expect(answer?.headers()['cache-control']).toBe('no-store');
    await guest.page.getByText('AED 1,000.00 and AED 3.50 per conversion').waitFor();
    expect(await faultsOf(guest.page)).toEqual([]);
    await plain.page.goto(briefUrl);
    await plain.page.getByLabel(/^Note or question/).fill('Which day suits you?');
    await plain.page.getByRole('button', { name: 'Ask, and decide later' }).click();
    await plain.page.getByText('Which day suits you?').waitFor();
    await guest.page.getByRole('button', { name: 'Accept', exact: true }).click();
    await guest.page.getByRole('heading', { name: 'What you answered' }).waitFor();
    await expect.poll(() => guest.page.getByRole('button').count()).toBe(0);
    expect(await faultsOf(guest.page)).toEqual([]);
    await plain.page.getByRole('button', { name: 'Decline', exact: true }).click();
    await plain.page
      .getByText(/accepted already/)
      .first()
      .waitFor();
    expect(guest.complaints).toEqual([]);
    await plain.context.close();
    await guest.context.close();
    await owner.page.goto(work);
    await owner.page.getByText('Which day suits you?').waitFor();
    await owner.page.locator('.page-header').getByText('Accepted', { exact: true }).waitFor();
  }, 90_000);

  it('takes drafts through a round of changes to an approval, and forgets what was typed', async () => {
    const { page, complaints } = owner;
    const drafts = page.getByRole('region', { name: /^Drafts of 2 × Reel/ });
    await page.goto(work);
    await drafts.getByLabel(/^Address of the draft/).fill('https://drafts.example/1');
    await drafts.getByRole('button', { name: /^A draft came/ }).click();
    await drafts.getByRole('link', { name: 'Look at draft 1' }).waitFor();
    await expect.poll(() => drafts.getByLabel(/^Address of the draft/).inputValue()).toBe('');
    await drafts.getByRole('button', { name: /^Ask for changes/ }).click();
    await drafts.getByRole('alert').waitFor();
    await drafts.getByLabel(/^Note/).fill('Show the logo earlier.');
    await drafts.getByRole('button', { name: /^Ask for changes/ }).click();
    await drafts.getByText('1 of 1 rounds of changes').waitFor();
    await drafts.getByRole('button', { name: /^Approve the draft/ }).click();
    await drafts.getByText('Draft approved', { exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is paid by the results that are pasted: all lines or none', async () => {
    const { page, complaints } = owner;
    await page.goto(work.replace(/creators\/.*$/, 'results'));
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Keep all lines' }) });
    await form.getByLabel(/^Whose count/).fill('Coupon NOURA');
    await form.getByLabel(/^Creator/).selectOption({ label: CREATOR });
    await form.getByLabel(/^Currency/).fill('AED');
    await form.getByLabel(/^Lines/).fill('2026-11-01, 12, 480\n2026-11-02, many, 80');
    await form.getByRole('button', { name: 'Keep all lines' }).click();
    await form
      .getByText(/line 2/i)
      .first()
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await form.getByLabel(/^Lines/).fill('2026-11-01, 12, 480\n2026-11-02, 8, 320');
    await form.getByRole('button', { name: 'Keep all lines' }).click();
    await page.getByText('2 results are kept.').waitFor();
    await expect.poll(() => form.getByLabel(/^Lines/).inputValue()).toBe('');
    const totals = page.getByRole('table', { name: 'By creator' });
    await totals.getByRole('row', { name: new RegExp(`${CREATOR}.*20.*AED 800\\.00`) }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('shows a fee that its explanation comes to', async () => {
    const { page, complaints } = owner;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(work);
    await page.locator('html[data-explains]').waitFor();
    // 20 conversions at 3.50; nothing of the fixed part, for no post is confirmed.
    expect(await figure(page, 'earned')).toBe('AED 70.00');
    expect(await figure(page, 'committed')).toBe('AED 1,070.00');
    const link = page.locator('main a[data-figure="earned"]');
    const { formula } = await explanationOf(page, link);
    expect(byHand(formula)?.toFixed(2)).toBe('70.00');
    await link.click();
    const panel = page.getByRole('dialog');
    await panel.locator('[data-explained]').waitFor();
    expect(await panel.locator('[data-explained]').innerText()).toContain('70.00');
    expect(await faultsAsItStands(page, 'the panel of a fee')).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('of a link that opens nothing is one calm page, and is no client’s to see', async () => {
    const { page, context } = await visit(stage(), { width: 390 });
    await page.goto(`/briefs/${'x'.repeat(43)}`);
    await page.getByRole('heading', { level: 1, name: 'This link opens nothing' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await signIn(page, 'client@demo.test');
    expect((await page.goto(work))?.status()).toBe(403);
    await context.close();
  }, 60_000);
});
