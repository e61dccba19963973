import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAgency } from './support/agency.ts';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, type Stage, signIn, useStage, visit } from './support/browser.ts';
import { pressEnterOn } from './support/keyboard.ts';

const AGENCY = { name: 'Coral Talent', slug: 'coral', ownerEmail: 'owner@coral.test' };
const FIRST_FIGURES_MS = 100_000;

describe.skipIf(browserIsMissing)('a creator’s accounts', () => {
  const stage = useStage();
  let owner: { context: BrowserContext; page: Page; complaints: string[] };

  beforeAll(async () => {
    const password = await newAgency(stage(), AGENCY);
    owner = await visit(stage());
    await signIn(owner.page, AGENCY.ownerEmail, password);
  }, 60_000);
  afterAll(() => owner.context.close());

  it('lead from a new contact to figures, an audience and posts, without a reload', async () => {
    const { page, complaints } = owner;
    const creator = await newCreator(page, 'Mira', 'Okafor');
    await page.goto(creator);
    await page.getByRole('heading', { name: 'No accounts yet' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    await pressEnterOn(page, page.getByRole('link', { name: 'Add or connect an account' }));
    await page.getByRole('heading', { level: 2, name: 'Connect', exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const loads = loadsOf(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Connect an account' }));
    const account = await connectIn(page, { network: 'Instagram', at: 0 });
    await page.getByText(`Connected: Instagram @${account}`).waitFor();

    const card = page.getByRole('article', { name: `Instagram @${account}` });
    await card.getByText('The figures refresh themselves every day.').waitFor({ timeout: FIRST_FIGURES_MS });
    await expect.poll(() => figure(card, 'Followers').innerText()).toMatch(/^[\d,]+$/);
    await expect
      .poll(() => figure(card, 'Engagement rate').innerText())
      .toMatch(/^\d+\.\d\d%\s*\(mean likes/);
    expect(loads()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);

    await part(page, 'Overview');
    await page.getByRole('article', { name: `Instagram @${account}` }).waitFor();
    await page.getByRole('figure', { name: 'Followers by day' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await part(page, 'Audience');
    const pyramid = page.getByRole('table', { name: 'Women and men by age' });
    await pyramid.getByRole('rowheader', { name: '65+' }).waitFor();
    await expect(
      page.getByRole('table', { name: 'Share by country' }).getByRole('rowheader').count(),
    ).resolves.toBeGreaterThan(1);
    expect(await faultsOf(page)).toEqual([]);
    await part(page, 'Content');
    const posts = page.getByRole('table', { name: 'Content' }).getByRole('row');
    await expect.poll(() => posts.count()).toBeGreaterThan(5);
    await part(page, 'Timeline');
    await page.getByText(`Instagram @${account}`).first().waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);

  it('say what became of a window that was closed, and of a permission that was refused', async () => {
    const { page, complaints } = owner;
    const creator = await newCreator(page, 'Noor', 'Lindqvist');
    await page.goto(`${creator}/platforms`);
    await page.getByRole('button', { name: 'Connect an account' }).click();
    const frame = page.frameLocator('iframe[name=phyllo-connect]');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing was connected').waitFor();

    await page.getByLabel('Network').first().selectOption({ label: 'YouTube' });
    await page.getByRole('button', { name: 'Connect YouTube' }).click();
    await frame.getByRole('button', { name: 'Refuse the permission' }).click();
    await frame.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('alert').getByText('The network did not allow the access').waitFor();
    await page.getByRole('heading', { name: 'No accounts yet' }).waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('can be written by hand, with the day on which the figures were true', async () => {
    const { page, complaints } = owner;
    const creator = await newCreator(page, 'Tala', 'Berg');
    await page.goto(`${creator}/platforms/new`);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Network').selectOption({ label: 'TikTok' });
    await page.getByLabel('Handle or profile link').fill('not a profile');
    await page.getByRole('button', { name: 'Add the account' }).click();
    await page.getByText('This is no TikTok profile').first().waitFor();
    await page.getByLabel('Handle or profile link').fill('https://www.tiktok.com/@tala.berg');
    await page.getByLabel('Followers').fill('12,500');
    await page.getByLabel('True on').fill('2026-01-31');
    await page.getByLabel('Rate in percent').fill('3.4');
    await page.getByLabel('What it is by').selectOption({ label: 'Views' });
    await page.getByRole('button', { name: 'Add the account' }).click();
    const card = page.getByRole('article', { name: 'TikTok @tala.berg' });
    await card.getByText('over 30 days old').waitFor();
    expect(await figure(card, 'Followers').innerText()).toBe('12,500');
    expect(await figure(card, 'Posts').innerText()).toBe('—');
    expect(await figure(card, 'Engagement rate').innerText()).toMatch(/^3\.40%\s*as stated, by views$/);

    await card.getByRole('button', { name: 'Take off: TikTok @tala.berg' }).click();
    await page.getByRole('heading', { name: 'Taken off' }).waitFor();
    await page.getByRole('button', { name: 'Bring back: TikTok @tala.berg' }).click();
    await card.waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  describe('by a link', () => {
    it('are connected by somebody without a login, and the agency has the figures', async () => {
      const { page, complaints } = owner;
      const creator = await newCreator(page, 'Ines', 'Haddad');
      const link = await makeLink(page, creator);

      const guest = await visit(stage(), { width: 390 });
      const answer = await guest.page.goto(link);
      expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
      await guest.page.getByRole('heading', { level: 1, name: /^Ines Haddad, connect / }).waitFor();
      expect(await guest.page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
      expect(await faultsOf(guest.page)).toEqual([]);
      await guest.page.setViewportSize({ width: 390, height: 844 });
      await pressEnterOn(guest.page, guest.page.getByRole('button', { name: 'Connect an account' }));
      const account = await connectIn(guest.page, { network: 'TikTok', at: 2 });
      await guest.page.getByText(`TikTok @${account} is connected`).waitFor();
      expect(await faultsOf(guest.page)).toEqual([]);
      await guest.page.goto('/creators');
      expect(new URL(guest.page.url()).pathname).toBe('/login');

      await page.goto(`${creator}/platforms`);
      const card = page.getByRole('article', { name: `TikTok @${account}` });
      await card
        .getByText('The figures refresh themselves every day.')
        .waitFor({ timeout: FIRST_FIGURES_MS });
      await page.getByText(/: used; good until/).waitFor();
      expect([...complaints, ...guest.complaints]).toEqual([]);
      await guest.context.close();
    }, 180_000);

    it('that was taken back are connected no more', async () => {
      const { page } = owner;
      const creator = await newCreator(page, 'Sami', 'Roth');
      const link = await makeLink(page, creator);
      await page.goto(`${creator}/platforms`);
      await page.getByRole('button', { name: 'Take back' }).click();
      await expect.poll(() => page.getByRole('button', { name: 'Take back' }).count()).toBe(0);
      const guest = await visit(stage());
      const answer = await guest.page.goto(link);
      expect(answer?.status()).toBe(404);
      await guest.page.getByText('This link does not work any more').waitFor();
      expect(await faultsOf(guest.page)).toEqual([]);
      const unknown = await guest.page.goto(`/connect/${'x'.repeat(43)}`);
      expect(unknown?.status()).toBe(404);
      await guest.context.close();
    }, 60_000);

    it('need a script, and the page says so without one', async () => {
      const { page } = owner;
      const creator = await newCreator(page, 'Lea', 'Quist');
      const link = await makeLink(page, creator);
      const guest = await visit(stage(), { javaScriptEnabled: false });
      await guest.page.goto(link);
      await guest.page.getByText('Connecting needs JavaScript').waitFor();
      await expect(guest.page.getByRole('button', { name: 'Connect an account' }).count()).resolves.toBe(0);
      await guest.context.close();
    }, 60_000);
  });

  it('are read and not changed by a viewer, and are nothing to another agency', async () => {
    const creator = await anyCreatorOfDemo(stage());
    const viewer = await visit(stage());
    await signIn(viewer.page, 'viewer@demo.test');
    await viewer.page.goto(`${creator}/platforms`);
    await viewer.page.getByRole('heading', { level: 2, name: 'Accounts' }).waitFor();
    await expect(
      viewer.page.getByRole('button', { name: /^(Connect|Make a link|Take off)/ }).count(),
    ).resolves.toBe(0);
    await viewer.page.goto(creator);
    await expect(viewer.page.getByRole('button', { name: /^Move to/ }).count()).resolves.toBe(0);
    expect(await faultsOf(viewer.page)).toEqual([]);
    await viewer.context.close();

    const { page } = owner;
    for (const path of [creator, `${creator}/platforms`, `${creator}/platforms/new`]) {
      expect((await page.goto(path))?.status()).toBe(404);
    }
  }, 60_000);
});

/** Makes a contact and of them a creator; answers the creator's path. */
async function newCreator(page: Page, firstName: string, lastName: string): Promise<string> {
  await page.goto('/contacts/new');
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill(lastName);
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  const contactId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await page.goto(`/creators/new?contactId=${contactId}`);
  await page.getByRole('button', { name: 'Create creator' }).click();
  await page.waitForURL(/\/creators\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

interface Choice {
  network: string;
  /** Which of the network's invented people, by their order. */
  at: number;
}

/** What somebody does in the connect window; answers the handle that they signed in with. */
async function connectIn(page: Page, { network, at }: Choice): Promise<string> {
  const frame = page.frameLocator('iframe[name=phyllo-connect]');
  await frame.getByRole('button', { name: network, exact: true }).click();
  const person = frame.getByRole('radio').nth(at);
  await person.check();
  const words = await person.evaluate((radio) => radio.parentElement?.textContent ?? '');
  await frame.getByRole('button', { name: 'Connect', exact: true }).click();
  await frame.getByRole('button', { name: 'Done' }).click();
  return /@(\S+)/.exec(words)?.[1] ?? '';
}

function figure(card: ReturnType<Page['getByRole']>, term: string) {
  return card
    .locator('dl > div')
    .filter({ has: card.page().getByText(term, { exact: true }) })
    .locator('dd');
}

async function part(page: Page, name: string): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Parts of the creator' });
  await parts.getByRole('link', { name, exact: true }).click();
  await parts.locator('[aria-current=page]').getByText(name, { exact: true }).waitFor();
}

/** How often the page's document was loaded since. */
function loadsOf(page: Page): () => number {
  let count = 0;
  page.on('load', () => {
    count += 1;
  });
  return () => count;
}

async function makeLink(page: Page, creator: string): Promise<string> {
  await page.goto(`${creator}/platforms`);
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('textbox', { name: 'Link for the creator' });
  await link.waitFor();
  return link.inputValue();
}

async function anyCreatorOfDemo(stage: Stage): Promise<string> {
  const { page, context } = await visit(stage);
  await signIn(page, 'owner@demo.test');
  await page.goto('/creators');
  const href = await page.locator('a[data-row-link]').first().getAttribute('href');
  await context.close();
  return new URL(href ?? '', 'http://localhost').pathname;
}
