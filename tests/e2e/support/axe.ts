import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LOOKS = [
  { width: 390, colorScheme: 'dark' },
  { width: 1440, colorScheme: 'light' },
] as const;

/** What axe finds on the page as it stands, on a phone in the dark and on a desk, and where it is wider than its window. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(endTransitions);
    const place = `${page.url()} (${width}, ${colorScheme})`;
    faults.push(...(await faultsAsItStands(page, place)));
  }
  return faults;
}

/** What axe finds on the page as it stands, and whether it is wider than its window. `place` names it in each line. */
export async function faultsAsItStands(page: Page, place: string): Promise<string[]> {
  // Our pages hold no frames, for which alone axe would open a page of its own; what passes need not be described.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  const { violations } = await axe.withTags(RULES).analyze();
  const faults = violations.map(({ id, nodes }) => `${place}: ${id}: ${nodes[0]?.html ?? ''}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return overflow > 0 ? [...faults, `${place}: scrolls sideways by ${overflow} pixels`] : faults;
}

/** Between two themes a colour is neither for some frames, and one that ends may begin those of what it holds. */
async function endTransitions(): Promise<void> {
  for (;;) {
    const running = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    if (running.length === 0) return;
    for (const transition of running) transition.finish();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
