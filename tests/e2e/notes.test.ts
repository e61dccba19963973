import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, type Stage, signIn, useStage, visit } from './support/browser.ts';

describe.skipIf(browserIsMissing)('notes', () => {
  const stage = useStage();

  it('are written with a mention and a file, changed where they stand, deleted and brought back', async () => {
    const { page, context, complaints } = await signedIn(stage(), 'owner@demo.test');
    await newDeal(page, 'Noted deal');
    const field = page.getByLabel('Write a note');
    await field.pressSequentially('Call went well, @may');
    await page.getByRole('option', { name: /Maya/ }).waitFor();
    await page.keyboard.press('Enter');
    await field.pressSequentially('sends the plan.');
    const file = { name: 'plan; a=b.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') };
    await page.getByLabel(/^Attach files/).setInputFiles([file]);
    await page.getByRole('button', { name: 'Leave out plan; a=b.csv' }).waitFor();
    await page.getByText('4 B').waitFor();
    await field.press('Control+Enter');
    const card = page.getByRole('article').first();
    await card.getByText('sends the plan.').waitFor();
    expect(await card.locator('.mention').innerText()).toContain('Maya');
    expect(await field.inputValue()).toBe('');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('link', { name: 'plan; a=b.csv' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('plan; a=b.csv');
    expect(await readFile(await download.path(), 'utf8')).toBe('a,b\n');

    await card.getByRole('link', { name: 'Edit note' }).click();
    const edited = page.getByLabel('Change the note');
    expect(await edited.inputValue()).toMatch(/^Call went well, @Maya \w+ sends the plan\.$/);
    await edited.fill('Call went badly.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await card.getByText('Call went badly.').waitFor();
    await card.getByRole('button', { name: 'Delete note' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The note is back').first().waitFor();
    await page.reload();
    await page.getByText('Call went badly.').waitFor();
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('work without a script: what was typed and attached stays when the note is refused', async () => {
    const withScript = await signedIn(stage(), 'owner@demo.test');
    const address = await newDeal(withScript.page, 'Plain deal');
    await withScript.context.close();
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await page.goto(address);
    const form = page.locator('form.composer');
    await form.getByLabel('Write a note').fill('   ');
    await form
      .locator('input[type=file]')
      .setInputFiles([{ name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('kept') }]);
    await form.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Write something first.').waitFor();
    await page.getByText('kept.txt').waitFor();
    await form.getByLabel('Write a note').fill('Written by hand');
    await form.locator('select[name=readers]').selectOption('private');
    await form.getByRole('button', { name: 'Add note' }).click();
    await page.waitForURL((url) => url.pathname === address);
    const card = page.getByRole('article').first();
    expect(await card.innerText()).toContain('Written by hand');
    expect(await card.innerText()).toContain('Only you');
    expect(await card.innerText()).toContain('kept.txt');
    await context.close();
  }, 120_000);

  it('hold nothing that runs: markup, scripts’ addresses and hostile names are words', async () => {
    const { page, context, complaints } = await signedIn(stage(), 'owner@demo.test');
    await newDeal(page, 'Hostile deal');
    let alerts = 0;
    page.on('dialog', (dialog) => {
      alerts += 1;
      void dialog.dismiss();
    });
    await page.getByLabel('Write a note').fill(HOSTILE);
    const name = '<img src=x onerror=alert(1)>.html';
    await page
      .getByLabel(/^Attach files/)
      .setInputFiles([{ name, mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') }]);
    await page.getByText('25 B').waitFor();
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('article').first().waitFor();
    await page.reload();
    const body = page.locator('.note-body').first();
    await body.waitFor();
    expect(await body.locator('script, img, iframe, svg, style, [onclick], [style], [id]').count()).toBe(0);
    const links = await body.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).toEqual(['https://example.com/fine', 'https://example.com/x.png']);
    const href = await page.locator('.file-chip a').first().getAttribute('href');
    const file = await page.request.get(href ?? '');
    expect(file.headers()).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'content-disposition': expect.stringMatching(/^attachment; /) as string,
    });
    expect([alerts, complaints]).toEqual([0, []]);
    await context.close();
  }, 120_000);

  it('come older by older without a jump, and by kinds in the address', async () => {
    const { page, context, complaints } = await signedIn(stage(), 'owner@demo.test');
    const address = await newDeal(page, 'Long deal');
    await writeMany(page, address, 40);
    await page.reload();
    await page.getByRole('link', { name: 'Load older' }).waitFor();
    expect(await page.getByRole('article').count()).toBe(30);
    await page.getByRole('link', { name: 'Load older' }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => window.scrollY);
    await page.getByRole('link', { name: 'Load older' }).click();
    await page.getByText('Note number 1.', { exact: true }).waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(before);
    expect(await page.getByRole('article').count()).toBe(40);
    await page.getByRole('link', { name: 'Stages', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('activity') === 'stages');
    await page.getByText('Nothing of the kinds that you chose').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('that are private are nowhere on anybody else’s page', async () => {
    const member = await signedIn(stage(), 'member@demo.test');
    const address = await newDeal(member.page, 'Member’s deal');
    await member.page.getByLabel('Write a note').fill('Between me and myself');
    await member.page.getByLabel('Who reads it').selectOption('private');
    await member.page.getByRole('button', { name: 'Add note' }).click();
    await member.page.getByText('Only you', { exact: true }).waitFor();
    const owner = await signedIn(stage(), 'owner@demo.test');
    await owner.page.goto(address);
    await owner.page.getByRole('heading', { name: 'Today' }).waitFor();
    expect(await owner.page.content()).not.toContain('Between me and myself');
    expect(await owner.page.getByRole('article').count()).toBe(0);
    await Promise.all([member.context.close(), owner.context.close()]);
  }, 120_000);
});

const HOSTILE = [
  '<script>alert(1)</script> <b onclick=alert(1)>bold</b> <svg onload=alert(1)>',
  '',
  '# Heading <iframe src="javascript:alert(1)"></iframe>',
  '',
  '[run](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) [own](/logout)',
  '[fine](https://example.com/fine) ![picture](https://example.com/x.png) ![bad](javascript:alert(1))',
  '',
  '| a | b |',
  '|:-:|--:|',
  '| 1 | 2 |',
].join('\n');

async function signedIn(stage: Stage, email: string) {
  const visited = await visit(stage);
  await signIn(visited.page, email);
  return visited;
}

/** Makes a deal and answers its page's path, where the page then is. */
async function newDeal(page: Page, name: string): Promise<string> {
  const { id } = await call<{ id: string }>(page, 'deals.create', { name });
  await page.goto(`/deals/${id}`);
  await page.getByLabel('Write a note').waitFor();
  return `/deals/${id}`;
}

async function writeMany(page: Page, address: string, count: number): Promise<void> {
  const dealId = address.split('/').at(-1);
  for (let number = 1; number <= count; number += 1) {
    await call(page, 'notes.create', { dealId, content: `Note number ${number}.` });
  }
}

/** Calls a procedure by the pages' own live door, as the person who is signed in. */
async function call<T>(page: Page, procedure: string, input: object): Promise<T> {
  const { status, body } = await page.evaluate(
    async ({ path, sent }) => {
      const answer = await fetch(`/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-spokestack': '1' },
        body: JSON.stringify(sent),
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    { path: procedure, sent: input },
  );
  expect([procedure, status]).toEqual([procedure, 200]);
  return (body as { result: { data: T } }).result.data;
}
