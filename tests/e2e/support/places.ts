import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A page's address, or how a test finds it by following what the pages offer. */
export type Place = string | ((page: Page) => Promise<string[]>);

const filter = (field: string, op: string, value: unknown) =>
  `filter=${encodeURIComponent(JSON.stringify({ all: [{ field, op, value }] }))}`;

/** The address of a link; a list without it has lost its rows, and the test its point. */
async function linkOn(page: Page, address: string, selector: string): Promise<string> {
  await page.goto(address);
  const href = await page.locator(selector).first().getAttribute('href', { timeout: 10_000 });
  if (!href) throw new Error(`${address} has no ${selector}`);
  return new URL(href, page.url()).pathname;
}

/** A list's first record, and the pages behind it. */
const firstOf =
  (list: string, ...rest: string[]): Place =>
  async (page) => {
    const href = await linkOn(page, list, 'main a[data-row-link]');
    return [href, ...rest.map((part) => href + part)];
  };

/** A list with its first record beside it. */
const openOn =
  (list: string): Place =>
  async (page) => {
    const href = await linkOn(page, list, 'main a[data-row-link]');
    return [`${list}${list.includes('?') ? '&' : '?'}open=${href.split('/').at(-1) ?? ''}`];
  };

/** What is written about a deal, and the forms around it. */
async function notes(page: Page): Promise<string[]> {
  const deal = await linkOn(page, '/deals?view=list&q=Prepaid+plan', 'main a[data-row-link]');
  const note = await linkOn(page, deal, 'article a[href^="/notes/"]');
  return ['/notes/new', `/notes/new?dealId=${deal.split('/').at(-1) ?? ''}`, note, `${note}/edit`];
}

/** Two records that may be one, side by side. */
async function merge(page: Page): Promise<string[]> {
  await page.goto('/duplicates');
  const compare = page.getByRole('link', { name: /Compare and merge/ }).first();
  return [(await compare.getAttribute('href', { timeout: 10_000 })) ?? ''];
}

async function savedView(page: Page): Promise<string[]> {
  await page.goto('/saved-views/new?noun=COMPANY&query=sort%3Dname');
  await page.getByLabel('Name', { exact: true }).fill('By name');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.waitForURL((url) => url.searchParams.has('view'));
  const view = new URL(page.url()).searchParams.get('view') ?? '';
  return [`/companies?view=${view}`, '/saved-views?noun=COMPANY', `/saved-views/${view}`];
}

/** An ad account below its manager, with its parts. */
async function adAccount(page: Page): Promise<string[]> {
  const href = await linkOn(page, '/ad-accounts', 'main tbody tr:not(.tree-heading) a[data-row-link]');
  return [href, `${href}?tab=campaigns`, `${href}?tab=settings`];
}

/** A list's first record, once jobs have brought it. */
async function arrivedIn(page: Page, list: string): Promise<string> {
  const rows = async () => {
    await page.goto(list);
    return page.locator('main a[data-row-link]').count();
  };
  await expect.poll(rows, { timeout: 120_000, interval: 1_000 }).toBeGreaterThan(0);
  return linkOn(page, list, 'main a[data-row-link]');
}

const arrived =
  (list: string): Place =>
  async (page) => [await arrivedIn(page, list)];

const PARTS = ['audience', 'content', 'contracts', 'campaigns', 'timeline', 'history'];

/** A creator's page with each of its parts, by name: one of the demo is connected, another is blocked for a brand. */
const creator =
  (name: string): Place =>
  async (page) => {
    const href = await linkOn(page, `/creators?q=${encodeURIComponent(name)}`, 'main a[data-row-link]');
    const parts = PARTS.map((tab) => `${href}?tab=${tab}`);
    return [href, ...parts, `${href}/edit`, `${href}/platforms`, `${href}/platforms/new`];
  };

/** A test lead, sent as Google does with the key of a form that is made for it. */
async function webhookEvent(page: Page): Promise<string[]> {
  await page.goto('/settings/lead-forms');
  await page.getByLabel('Name', { exact: true }).first().fill('All forms');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const address = await page.getByLabel('Webhook URL', { exact: true }).inputValue();
  const answer = await page.request.post(address, {
    data: {
      google_key: await page.getByLabel('Key', { exact: true }).inputValue(),
      lead_id: 'TeSt_LeAd_iD',
      is_test: true,
      api_version: '1.0',
      user_column_data: [{ column_id: 'EMAIL', string_value: 'jane@example.com' }],
    },
  });
  expect(answer.status()).toBe(200);
  return ['/settings/lead-forms', await arrivedIn(page, '/settings/webhooks')];
}

async function compare(page: Page): Promise<string[]> {
  await page.goto('/creators');
  const ids = await page
    .locator('main tr[data-record-id]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.recordId ?? ''));
  return [`/creators/compare?ids=${ids.slice(0, 3).join(',')}`, `/creators/compare?ids=${ids[0] ?? ''}`];
}

async function newContract(page: Page): Promise<string[]> {
  return [`${await linkOn(page, '/creators', 'main a[data-row-link]')}/contracts/new`];
}

/** The address of the campaign on which Layla works, whose money is planned and whose orders a shop counts. */
async function campaignHome(page: Page): Promise<string> {
  const work = `${await linkOn(page, '/creators?q=Layla', 'main a[data-row-link]')}?tab=campaigns`;
  const href = await linkOn(page, work, 'main a[data-row-link]');
  return `/campaigns/${href.split('/')[2] ?? ''}`;
}

/** A campaign on which creators work, with its parts. */
async function campaign(page: Page): Promise<string[]> {
  const home = await campaignHome(page);
  const terms = await linkOn(
    page,
    `${home}/creators`,
    `main a[href^="${home}/creators/"]:not([href$="/new"])`,
  );
  const parts = ['/creators', '/creators/new', '/content', '/audience', '/edit'];
  return [home, ...parts.map((part) => home + part), terms];
}

/** A campaign's money: its plan and a version of it, its costs, and the sales that were counted. */
async function campaignMoney(page: Page): Promise<string[]> {
  const home = await campaignHome(page);
  const version = await linkOn(
    page,
    `${home}/budget`,
    `main a[href^="${home}/budget/"]:not([href$="/edit"])`,
  );
  const results = `${home}/results`;
  await page.goto(results);
  const change = page.getByRole('link', { name: /^Change / }).first();
  const changed = (await change.getAttribute('href', { timeout: 10_000 })) ?? '';
  return [`${home}/budget`, version, `${home}/costs`, results, `${results}?deleted=true`, changed];
}

/** What a figure of a page is made of, by the page's own link. */
async function explanationOn(page: Page, address: string): Promise<string> {
  await page.goto(address);
  const figure = page.locator('main a[data-figure]').first();
  return (await figure.getAttribute('href', { timeout: 10_000 })) ?? '';
}

/** Explanations of each kind: measured, paced, and of what a campaign and a creator cost. */
async function explanations(page: Page): Promise<string[]> {
  const home = await campaignHome(page);
  const terms = await linkOn(
    page,
    `${home}/creators`,
    `main a[href^="${home}/creators/"]:not([href$="/new"])`,
  );
  const found: string[] = [];
  for (const address of ['/', '/performance', '/portfolio', `${home}/budget`, `${home}/costs`, terms])
    found.push(await explanationOn(page, address));
  return found;
}

const RECORD = ['?tab=history', '/edit'];

/** Every page of the product with data, by what one does there. */
export const places: Record<string, readonly Place[]> = {
  companies: [
    '/companies',
    '/companies/new',
    '/companies?deleted=true',
    '/companies?panel=columns',
    `/companies?${filter('country', 'eq', 'United States')}`,
    openOn('/companies'),
    firstOf('/companies', ...RECORD, '/merge'),
    '/saved-views?noun=CONTACT',
    '/saved-views/new?noun=COMPANY&query=sort%3Dname',
    savedView,
    '/bulk-changes?noun=COMPANY',
    '/search?q=a',
  ],
  contacts: [
    '/contacts',
    '/contacts/new',
    '/contacts?deleted=true',
    `/contacts?${filter('lastName', 'contains', 'a')}`,
    openOn('/contacts'),
    firstOf('/contacts', ...RECORD, '/merge'),
    '/duplicates',
    '/duplicates?noun=COMPANY',
    '/duplicates?dismissed=true',
    merge,
  ],
  deals: [
    '/deals?view=board',
    '/deals?view=list',
    '/deals?view=list&deleted=true',
    `/deals?view=list&${filter('amount', 'gt', 1000)}`,
    openOn('/deals?view=list'),
    '/deals/new',
    '/deals/forecast',
    '/deals/forecast?tab=funnel',
    firstOf('/deals?view=list', ...RECORD, '/stage'),
    notes,
  ],
  'the day': [
    '/',
    '/tasks',
    '/tasks?tab=all',
    '/tasks?tab=upcoming',
    '/tasks?tab=overdue',
    '/tasks?tab=completed',
    '/tasks/new',
    firstOf('/tasks?tab=all', '/edit'),
    '/notifications',
    '/notifications?unread=true',
  ],
  creators: [
    '/creators',
    '/creators?panel=roster',
    '/creators?deleted=true',
    '/creators?status=SIGNED',
    `/creators?${filter('status', 'eq', 'SIGNED')}`,
    '/creators?q=no+such+creator',
    openOn('/creators'),
    '/creators/new',
    '/creators/compare',
    compare,
    creator('Layla'),
    creator('Omar Al Zadjali'),
    '/imports/new?kind=creators',
  ],
  'content and contracts': [
    '/contracts',
    '/contracts?state=ENDING',
    '/contracts?q=no+such+contract',
    firstOf('/contracts', '/edit'),
    newContract,
    arrived('/content'),
    '/content',
    '/content?view=grid',
    '/content?q=no+such+words',
    '/content/new',
    campaign,
  ],
  platforms: [
    '/performance',
    '/campaigns',
    '/campaigns/new',
    '/campaigns/new?from=scratch',
    '/campaigns/templates',
    '/campaigns/templates/new',
    firstOf('/campaigns', '/edit', '/platform-campaigns', '/budget', '/costs', '/status'),
    '/ad-accounts',
    '/ad-accounts?q=no+such+account',
    '/ad-accounts?tab=found',
    '/ad-accounts?tab=no-brand',
    '/ad-accounts?tab=vanished',
    '/ad-accounts/connect',
    firstOf('/ad-accounts', '?tab=settings'),
    adAccount,
    '/sync',
    '/sync?status=ERROR',
    '/sync?next=all',
    '/sync/range',
    firstOf('/sync'),
    firstOf('/sync?status=ERROR'),
    '/imports',
    '/imports/new',
    firstOf('/imports'),
  ],
  'figures and money': [
    '/portfolio',
    '/portfolio?group=brand',
    '/portfolio?group=status&sort=-spent',
    '/portfolio?q=no+such+campaign',
    '/performance?by=CAMPAIGN&compare=PREVIOUS',
    '/performance?by=DAY',
    campaignMoney,
    explanations,
  ],
  settings: [
    '/settings/account',
    '/settings/brands',
    '/settings/costs',
    '/settings/creators',
    '/settings/fields',
    '/settings/fields?noun=DEAL',
    '/settings/lead-forms',
    '/settings/teams',
    '/settings/pipeline',
    '/settings/platforms',
    '/settings/webhooks',
    '/settings/webhooks?source=PHYLLO',
    webhookEvent,
  ],
};
