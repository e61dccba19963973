import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserIsMissing, signIn, useStage, visit } from './support/browser.ts';

const cardsIn = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"] [data-deal]`);
const cardOf = (page: Page, dealId: string) => page.locator(`[data-deal="${dealId}"]`);
/** The board's own live region; a toast has another. */
const spoken = (page: Page) => page.locator('p[aria-live="assertive"]');

/** The board of the deals with this name alone, once its script has taken over. */
async function openBoard(page: Page, name: string): Promise<void> {
  await page.goto(`/deals?view=board&q=${encodeURIComponent(name)}`);
  await page.getByRole('region', { name: 'Deals by stage' }).waitFor();
  // The move buttons are links until the script listens: the board tells that it does by the room it measured.
  await page.waitForFunction(() =>
    document.querySelector<HTMLElement>('.board')?.style.getPropertyValue('--board-top'),
  );
}

/** Makes deals of one name through the form, top of the column last, and answers their ids in the column's order. */
async function makeDeals(page: Page, name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await page.goto('/deals/new');
    await page.getByLabel('Name', { exact: true }).fill(`${name} ${index}`);
    await page
      .getByLabel('Amount')
      .first()
      .fill(String(100 + index));
    await page.getByRole('button', { name: 'Create deal' }).click();
    await page.waitForURL(/\/deals\/[0-9a-f-]{36}/);
    ids.unshift(new URL(page.url()).pathname.split('/')[2] ?? '');
  }
  return ids;
}

/** Says of Negotiation whether a deal needs an expected close to enter it. */
async function askForClose(page: Page, isAsked: boolean): Promise<void> {
  await page.goto('/settings/pipeline');
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Save Negotiation' }) });
  await form.getByLabel('Expected close').setChecked(isAsked);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.getByRole('button', { name: 'Save Negotiation' }).click(),
  ]);
  expect(answer.status()).toBeLessThan(400);
}

async function centerOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('Nothing is there to aim at.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, card: Locator, onto: Locator): Promise<void> {
  const [from, to] = [await centerOf(card), await centerOf(onto)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 10, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

const idsOf = (cards: Locator) =>
  cards.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.deal));

describe.skipIf(browserIsMissing)('the board', () => {
  const stage = useStage();

  it('takes a card that is dragged by mouse to another column, keeps it, and brings it back on Undo', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    const [first = '', second = ''] = await makeDeals(page, 'Dragged', 2);
    await openBoard(page, 'Dragged');
    await drag(page, cardOf(page, second), page.locator('[data-stage="PROPOSAL"] header'));
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await idsOf(cardsIn(page, 'PROPOSAL'))).toEqual([second]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Dragged 0 is back in Lead').first().waitFor();
    expect(await idsOf(cardsIn(page, 'LEAD'))).toEqual([first, second]);

    await drag(page, cardOf(page, second), page.locator('[data-stage="PROPOSAL"] header'));
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    // Within a column: below the other card there.
    await drag(page, cardOf(page, first), page.locator('[data-stage="PROPOSAL"]'));
    await page.getByText('Dragged 1 moved to Proposal').first().waitFor();
    await openBoard(page, 'Dragged');
    expect(await idsOf(cardsIn(page, 'PROPOSAL'))).toEqual([second, first]);
    await drag(page, cardOf(page, first), page.locator('[data-stage="PROPOSAL"] header'));
    await page.getByText('Dragged 1 moved within Proposal').first().waitFor();
    await openBoard(page, 'Dragged');
    expect(await idsOf(cardsIn(page, 'PROPOSAL'))).toEqual([first, second]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('moves a card by keyboard, says every step, and keeps the focus on it', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'admin@demo.test');
    const [first = '', second = ''] = await makeDeals(page, 'Typed', 2);
    await openBoard(page, 'Typed');
    const said = async (key: string) => {
      await page.keyboard.press(key);
      return spoken(page).textContent();
    };
    await cardOf(page, second).getByRole('link', { name: 'Typed 0', exact: true }).focus();
    expect(await said('Space')).toMatch(/^Typed 0 picked up\. Lead, position 2 of 2\./);
    expect(await said('ArrowUp')).toBe('Lead, position 1 of 2.');
    expect(await said('ArrowRight')).toBe('Qualified, position 1 of 1.');
    expect(await said('Escape')).toBe('Cancelled. Typed 0 stays in Lead.');
    expect(await idsOf(cardsIn(page, 'LEAD'))).toEqual([first, second]);

    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Typed 0 moved to Proposal').first().waitFor();
    expect(await spoken(page).textContent()).toBe('Typed 0 moved to Proposal.');
    expect(
      await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-deal]')?.dataset.deal),
    ).toBe(second);
    await openBoard(page, 'Typed');
    expect(await idsOf(cardsIn(page, 'PROPOSAL'))).toEqual([second]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('puts a card back that the server refuses, and says why', async () => {
    const [one, other] = [await visit(stage()), await visit(stage())];
    await signIn(one.page, 'owner@demo.test');
    await signIn(other.page, 'admin@demo.test');
    const [dealId = ''] = await makeDeals(one.page, 'Contested', 1);
    await openBoard(one.page, 'Contested');
    await openBoard(other.page, 'Contested');
    await drag(
      other.page,
      cardOf(other.page, dealId),
      other.page.locator('[data-stage="NEGOTIATION"] header'),
    );
    await other.page.getByRole('button', { name: 'Undo' }).waitFor();

    await drag(one.page, cardOf(one.page, dealId), one.page.locator('[data-stage="QUALIFIED"] header'));
    await one.page.getByText('Contested 0 stays in Lead').first().waitFor();
    expect(await spoken(one.page).textContent()).toMatch(/Somebody moved this deal to Negotiation/);
    // It goes to where it is by now.
    await cardsIn(one.page, 'NEGOTIATION').first().waitFor();
    expect(await idsOf(cardsIn(one.page, 'QUALIFIED'))).toEqual([]);
    expect([...one.complaints, ...other.complaints]).toEqual([]);
    await one.context.close();
    await other.context.close();
  }, 120_000);

  it('asks how a deal ended, and for what a stage wants', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    await askForClose(page, true);
    const [dealId = ''] = await makeDeals(page, 'Asked', 1);
    await openBoard(page, 'Asked');
    await drag(page, cardOf(page, dealId), page.locator('[data-stage="NEGOTIATION"] header'));
    const missing = page.getByRole('dialog', { name: 'Negotiation asks for more' });
    await missing.getByLabel('Expected close').fill('2030-01-31');
    await missing.getByRole('button', { name: 'Save and move to Negotiation' }).click();
    await page.getByText('Asked 0 moved to Negotiation').first().waitFor();
    // The card moves at once; what the dialog said of it comes with the board that is read anew.
    await cardOf(page, dealId).getByText('31 Jan 2030').waitFor();

    await drag(page, cardOf(page, dealId), page.locator('[data-stage="CLOSED"] header'));
    const closing = page.getByRole('dialog', { name: 'Close Asked 0' });
    await closing.getByLabel('Reason').fill('Best offer');
    await closing.getByRole('button', { name: 'Close as won' }).click();
    await page.getByText('Asked 0 moved to Closed, won').first().waitFor();
    await page.goto(`/deals/${dealId}`);
    expect(await page.getByRole('main').innerText()).toContain('Best offer');
    await askForClose(page, false);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it('moves nothing for a viewer', async () => {
    const { page, context, complaints } = await visit(stage());
    await signIn(page, 'viewer@demo.test');
    await page.goto('/deals?view=board');
    const card = cardsIn(page, 'NEGOTIATION').first();
    await card.waitFor();
    const dealId = (await card.getAttribute('data-deal')) ?? '';
    expect(await card.getByRole('link', { name: /^Move/ }).count()).toBe(0);
    await drag(page, card, page.locator('[data-stage="PROPOSAL"] header'));
    await page.goto('/deals?view=board');
    await cardsIn(page, 'NEGOTIATION').first().waitFor();
    expect(await idsOf(cardsIn(page, 'NEGOTIATION'))).toContain(dealId);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  it('moves a deal before any script, and asks for what is missing with what was typed', async () => {
    const { page, context } = await visit(stage(), { javaScriptEnabled: false });
    await signIn(page, 'owner@demo.test');
    await askForClose(page, true);
    const [dealId = ''] = await makeDeals(page, 'Plain', 1);
    await page.goto(`/deals/${dealId}/stage`);
    await page.getByRole('button', { name: 'Negotiation' }).click();
    await page.getByRole('heading', { name: 'Negotiation asks for more' }).waitFor();
    await page.getByLabel('Expected close').fill('2031-02-28');
    await page.getByRole('button', { name: 'Save and move to Negotiation' }).click();
    await page.waitForURL((url) => url.pathname === `/deals/${dealId}`);
    expect(await page.getByRole('main').innerText()).toContain('Negotiation');
    await askForClose(page, false);
    await context.close();
  }, 60_000);

  it('has nothing that axe objects to', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    const addresses = [
      '/deals?view=board&card=amount&card=company&card=contact&card=owner&card=close&card=age&card=probability&card=tags',
      '/deals?view=board&compact=1',
      '/deals/forecast',
      '/deals/forecast?tab=funnel',
      '/settings/pipeline',
    ];
    for (const address of addresses) {
      await page.goto(address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${address}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([]);
    }
    await context.close();
  }, 120_000);
});
