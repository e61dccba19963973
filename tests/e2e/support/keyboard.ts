import type { Locator, Page } from 'playwright-core';

const FURTHEST = 120;

/** Walks to a control by Tab alone, as somebody without a pointer does; throws where Tab does not lead there. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let steps = 0; steps < FURTHEST; steps += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(control)}.`);
}

/** Walks to a button or link and presses it. */
export async function pressEnterOn(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}
