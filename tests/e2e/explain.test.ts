import pg from 'pg';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatCount, formatMoney, formatPercent, formatRatio } from '../../app/lib/format.ts';
import type { Explanation } from '../../server/domain/explanations/schema.ts';
import { byHand, nodesOf } from '../explanations/by-hand.ts';
import { faultsAsItStands } from './support/axe.ts';
import { browserIsMissing, signIn, type Stage, useStage, visit } from './support/browser.ts';

interface Shown {
  href: string;
  figure: string;
  text: string;
}

/**
 * The jobs go on syncing, so the figures are asked for as they stood when the demo was filled and no job had read
 * anything: that does not move.
 */
async function momentOf({ run }: Stage): Promise<string> {
  const client = new pg.Client({ connectionString: run.ownerDatabaseUrl ?? '' });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: Date }>(
      `select coalesce(min(started_at), now()) - interval '1 millisecond' as at from sync_runs where work <> 'RANGE'`,
    );
    return encodeURIComponent(rows[0]?.at.toISOString() ?? '');
  } finally {
    await client.end();
  }
}

async function openFigures(stage: Stage, query: string, options: Parameters<typeof visit>[1] = {}) {
  const { page, context, complaints } = await visit(stage, options);
  await signIn(page, 'owner@demo.test');
  await page.goto(`/performance?asOf=${await momentOf(stage)}&${query}`);
  if (options.javaScriptEnabled !== false) await page.locator('html[data-explains]').waitFor();
  return { page, context, complaints };
}

/** Every figure that the page links, as eyes read it. */
const shownOn = (page: Page): Promise<Shown[]> =>
  page.locator('main a[data-figure]').evaluateAll((links) =>
    links.map((link) => {
      const seen = link.cloneNode(true) as Element;
      for (const spoken of seen.querySelectorAll('.sr-only')) spoken.remove();
      const href = link.getAttribute('href') ?? '';
      const figure = new URL(href, location.href).searchParams.get('figure') ?? '';
      return { href, figure, text: seen.textContent ?? '' };
    }),
  );

/** Cells and totals that hold digits and no link, apart from what an account spent in its own currency. */
const unlinkedOn = (page: Page): Promise<string[]> =>
  page
    .locator('main .stat dd, main .dense-table :is(td, tfoot td).end')
    .evaluateAll((cells) =>
      cells
        .filter((cell) => /\d/.test(cell.textContent ?? '') && !cell.querySelector('a[data-figure]'))
        .map((cell) => cell.outerHTML.slice(0, 200)),
    );

async function explanationOf(page: Page, href: string): Promise<Explanation> {
  const response = await page.request.get(href.replace('/explain?', '/explain/panel?'));
  expect(response.status(), href).toBe(200);
  return ((await response.json()) as { explanation: Explanation }).explanation;
}

/** What the tree's leaves come to, written as the page writes the figure; without what names the currency. */
function asShown({ formula }: Explanation, figure: string): string {
  const value = byHand(formula)?.toFixed() ?? null;
  if (figure === 'ctr') return formatPercent(value);
  if (figure === 'roas' || figure === 'frequency') return formatRatio(value);
  const { currency } = formula;
  return bare(
    currency === null ? formatCount(value) : formatMoney(value === null ? null : { amount: value, currency }),
  );
}

/** Digits, signs and dashes alone: a table names its currency once, and marks what is partial with an asterisk. */
function bare(text: string): string {
  return text.replace(/[^\d.,%—-]/g, '');
}

describe.skipIf(browserIsMissing)('the figures of a page', () => {
  const stage = useStage();

  it('are each a link to what they are made of, which comes to what is shown', async () => {
    const { page, context, complaints } = await openFigures(stage(), 'by=PLATFORM&compare=PREVIOUS');
    const figures = await shownOn(page);
    expect(figures.length).toBeGreaterThan(40);
    expect(await unlinkedOn(page)).toEqual([]);
    for (const { href, figure, text } of figures) {
      const explanation = await explanationOf(page, href);
      expect(bare(text), `${figure} of ${href}`).toBe(asShown(explanation, figure));
      const leaves = nodesOf(explanation.formula).filter(({ sources }) => sources.length > 0);
      if (explanation.formula.value !== null) expect(leaves.length, href).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('open a panel beside the page, which Escape and the way back close', async () => {
    const { page, context, complaints } = await openFigures(stage(), 'by=CAMPAIGN');
    const figure = page.locator('main a[data-figure="cpc"]').first();
    const shown = bare((await figure.textContent()) ?? '');
    await figure.click();
    const panel = page.getByRole('dialog', { name: /^CPC/ });
    await panel.locator('[data-explained]').waitFor();
    expect(bare((await panel.locator('[data-explained]').textContent()) ?? '')).toBe(shown);
    expect(await panel.getByText('Spend ÷ clicks').isVisible()).toBe(true);
    expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    expect(await faultsAsItStands(page, 'the panel')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).hash).toBe('');
    expect(await figure.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await panel.locator('[data-explained]').waitFor();
    await page.goBack();
    await panel.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/performance');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are explained on a phone, by a link that is sent on, and without a script', async () => {
    const phone = await openFigures(stage(), 'by=DAY', { width: 390 });
    await phone.page.locator('main a[data-figure="spend"]').first().click();
    const panel = phone.page.getByRole('dialog', { name: 'Spend' });
    await panel.locator('[data-explained]').waitFor();
    expect(await faultsAsItStands(phone.page, 'the panel on a phone')).toEqual([]);
    // The address holds the open panel, and opens it for whoever is sent it.
    await phone.page.reload();
    await panel.locator('[data-explained]').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'hidden' });
    await phone.context.close();

    const plain = await openFigures(stage(), 'by=PLATFORM', { javaScriptEnabled: false, width: 390 });
    const figure = plain.page.locator('main a[data-figure="spend"]').first();
    const shown = bare((await figure.textContent()) ?? '');
    await figure.click();
    await plain.page.getByRole('heading', { level: 1, name: 'Spend' }).waitFor();
    expect(bare((await plain.page.locator('[data-explained]').textContent()) ?? '')).toBe(shown);
    await plain.context.close();
  });

  it('of an address that is of none are refused in words', async () => {
    const { page, context } = await visit(stage());
    await signIn(page, 'owner@demo.test');
    const response = await page.goto('/explain?of=metric&figure=happiness');
    expect(response?.status()).toBe(400);
    await page.getByText('This address is of no figure.').waitFor();
    await context.close();
  });
});
