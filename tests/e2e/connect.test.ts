import pg from 'pg';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newAgency } from './support/agency.ts';
import { faultsOf } from './support/axe.ts';
import { browserIsMissing, type Stage, signIn, useStage, visit } from './support/browser.ts';
import { pressEnterOn } from './support/keyboard.ts';

const AGENCY = { name: 'Harbour Media', slug: 'harbour', ownerEmail: 'owner@harbour.test' };
const FIRST_SYNC_MS = 100_000;

describe.skipIf(browserIsMissing)('the way in', () => {
  const stage = useStage();

  describe('connecting', () => {
    it('leads from the consent over the tree to figures, of all that is below a manager, at Google and TikTok', async () => {
      const password = await newAgency(stage(), AGENCY);
      const { page, context, complaints } = await visit(stage());
      await signIn(page, AGENCY.ownerEmail, password);

      await page.goto('/ad-accounts/connect');
      expect(await faultsOf(page)).toEqual([]);
      await allow(page, { platform: 'Google Ads', agree: 'Continue' });
      // A manager in a manager: the outer one would take seven.
      const atGoogle = await takeAllBelow(page, 'Meridian Media Partners – Asia-Pacific');
      expect(atGoogle).toHaveLength(2);

      await page.goto('/ad-accounts/connect');
      await allow(page, { platform: 'TikTok', agree: 'Confirm' });
      const atTikTok = await takeAllBelow(page, 'Tidewarden Sports Group');
      expect(atTikTok).toHaveLength(1);

      const taken = [...atGoogle, ...atTikTok].sort();
      await expect
        .poll(() => firstSyncs(stage()), { timeout: FIRST_SYNC_MS, interval: 500 })
        .toEqual(taken.map((name) => ({ name, status: 'SUCCESS', hasFigures: true })));
      expect(complaints).toEqual([]);
      await context.close();
    }, 240_000);

    it('again offers nothing that is in use already, and finds an account by its name', async () => {
      const { page, context, complaints } = await visit(stage());
      await signIn(page, 'owner@demo.test');
      await page.goto('/ad-accounts/connect');
      await page
        .getByRole('link', { name: /^Pick accounts/ })
        .first()
        .click();
      await page.getByRole('heading', { name: /Pick ad accounts/ }).waitFor();
      const names = await page.getByRole('rowheader').allInnerTexts();
      const [inUse] = names.filter((name) => name.includes('In use'));
      expect(inUse).toBeDefined();
      await page.getByRole('searchbox').fill('no account is called so');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing found').waitFor();
      await page.getByRole('link', { name: 'Show all' }).click();
      await expect.poll(() => page.getByRole('rowheader').allInnerTexts()).toEqual(names);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('ends in words where the person allows nothing', async () => {
      const { page, context, complaints } = await visit(stage());
      await signIn(page, 'owner@demo.test');
      await page.goto('/ad-accounts/connect');
      await platformButton(page, 'Google Ads').click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('heading', { name: 'Google Ads was not connected' }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Back to ad accounts' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ad accounts' }).waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    });
  });

  describe('a reconnect link', () => {
    it('lets somebody without a session allow access again, once', async () => {
      const owner = await visit(stage());
      await signIn(owner.page, 'owner@demo.test');
      const link = await makeLink(owner.page);

      const guest = await visit(stage());
      await guest.page.goto(link);
      await guest.page.getByRole('heading', { level: 1, name: /asks for access to / }).waitFor();
      await expect(guest.page.getByRole('listitem').count()).resolves.toBeGreaterThan(0);
      expect(await faultsOf(guest.page)).toEqual([]);
      await pressEnterOn(guest.page, guest.page.getByRole('button', { name: /^Continue to / }));
      await consent(guest.page, /^(Continue|Confirm)/);
      await guest.page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
      expect(await faultsOf(guest.page)).toEqual([]);

      const again = await guest.page.goto(link);
      expect(again?.status()).toBe(404);
      await guest.page.getByText('This link does not work any more').waitFor();
      expect(await faultsOf(guest.page)).toEqual([]);
      await guest.page.goto('/ad-accounts');
      expect(new URL(guest.page.url()).pathname).toBe('/login');

      await owner.page.goto('/ad-accounts/connect');
      await owner.page.getByText('Connected through a link of').waitFor();
      expect([...owner.complaints, ...guest.complaints]).toEqual([]);
      await owner.context.close();
      await guest.context.close();
    });

    it('that was taken back opens nothing', async () => {
      const { page, context, complaints } = await visit(stage());
      await signIn(page, 'owner@demo.test');
      const link = await makeLink(page);
      const panel = page.getByRole('region', { name: /^Reconnect link for / });
      await page.goto(new URL(page.url()).href);
      await panel.getByRole('button', { name: 'Take back' }).click();
      await expect.poll(() => panel.getByRole('button', { name: 'Take back' }).count()).toBe(0);
      const answer = await page.goto(link);
      expect(answer?.status()).toBe(404);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('is not a member’s to make', async () => {
      const owner = await visit(stage());
      await signIn(owner.page, 'owner@demo.test');
      await owner.page.goto('/ad-accounts/connect');
      const href = await owner.page
        .getByRole('link', { name: 'Reconnect link' })
        .first()
        .getAttribute('href');
      const connectionId = new URL(href ?? '', owner.page.url()).searchParams.get('link') ?? '';
      expect(connectionId).not.toBe('');
      await owner.context.close();

      const { page, context } = await visit(stage());
      await signIn(page, 'member@demo.test');
      await page.goto(href ?? '');
      await expect(page.getByRole('link', { name: 'Reconnect link' }).count()).resolves.toBe(0);
      await expect(page.getByRole('button', { name: 'Make a link' }).count()).resolves.toBe(0);
      const status = await page.evaluate(async (id) => {
        const body = new URLSearchParams({ intent: 'make-link', connectionId: id });
        return (await fetch('/ad-accounts/connect', { method: 'POST', body })).status;
      }, connectionId);
      expect(status).toBe(403);
      await context.close();
    });
  });
});

function platformButton(page: Page, platform: string) {
  return page
    .getByRole('listitem')
    .filter({ hasText: platform })
    .getByRole('button', { name: /^Connect / })
    .first();
}

/** Goes to the platform's consent page and allows what it asks as the sandbox's Dana. */
async function allow(page: Page, { platform, agree }: { platform: string; agree: string }): Promise<void> {
  await pressEnterOn(page, platformButton(page, platform));
  await consent(page, agree);
  await page.getByRole('heading', { name: `Pick ad accounts of ${platform}` }).waitFor();
}

async function consent(page: Page, agree: string | RegExp): Promise<void> {
  await page.getByLabel(/Dana Haddad/).check();
  await page.getByRole('button', { name: agree }).click();
}

/** Ticks everything below a manager by keyboard and takes it into use; answers the accounts' names. */
async function takeAllBelow(page: Page, manager: string): Promise<string[]> {
  expect(await faultsOf(page)).toEqual([]);
  await pressEnterOn(
    page,
    page.getByRole('button', { name: new RegExp(`^Select all \\d+ below ${manager}$`) }),
  );
  const ticked = page.getByRole('row').filter({ has: page.locator('input[type=checkbox]:checked') });
  const names = (await ticked.getByRole('rowheader').allInnerTexts()).map(
    (text) => text.trim().split('\n')[0] ?? '',
  );
  await pressEnterOn(page, page.getByRole('button', { name: 'Take into use and sync' }));
  await page.waitForURL(new RegExp(`/ad-accounts\\?started=${names.length}$`));
  await page.getByText(/^\d+ ad accounts? (is|are) in use$/).waitFor();
  return names;
}

interface FirstSync {
  name: string;
  status: string;
  hasFigures: boolean;
}

/** How the first sync of each account of the new agency stands. */
async function firstSyncs({ run }: Stage): Promise<FirstSync[]> {
  const client = new pg.Client({ connectionString: run.ownerDatabaseUrl ?? '' });
  await client.connect();
  try {
    const { rows } = await client.query<FirstSync>(
      `select a.name, r.status,
              exists (select from campaign_metrics m
                       where m.organization_id = a.organization_id and m.ad_account_id = a.id) as "hasFigures"
         from sync_runs r
         join ad_accounts a on a.organization_id = r.organization_id and a.id = r.ad_account_id
         join organizations o on o.id = r.organization_id
        where o.slug = $1 and r.trigger = 'CONNECT' and r.work <> 'BACKFILL'`,
      [AGENCY.slug],
    );
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await client.end();
  }
}

/** Makes a link for the first connection of the page, and answers its address. */
async function makeLink(page: Page): Promise<string> {
  await page.goto('/ad-accounts/connect');
  await page.getByRole('link', { name: 'Reconnect link' }).first().click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('textbox', { name: 'Reconnect link' });
  await link.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  return link.inputValue();
}
