import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { RunFile } from '../../../server/cli/launcher/run-file.ts';
import { discard, newSettings, type Product, startProduct, untilReady } from '../../ops/product.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Why the browser tests cannot run here, or null. */
export const browserIsMissing = CHROMIUM ? null : 'Chromium is not installed';

// As root a sandboxed Chromium does not start; the others keep it from calling out.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page is made of; its documents and questions answer 400 and above where they are meant to. */
const ASSETS = new Set(['script', 'stylesheet', 'font', 'image']);

export interface Stage {
  run: RunFile;
  browser: Browser;
}

/** One product and one browser for a test file. */
export function useStage(): () => Stage {
  let stage: Stage | null = null;
  let product: Product | null = null;
  beforeAll(async () => {
    product = startProduct(await newSettings());
    const [run, browser] = await Promise.all([
      untilReady(product),
      chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS }),
    ]);
    stage = { run, browser };
  });
  afterAll(async () => {
    await stage?.browser.close();
    if (product) await discard(product);
  });
  return () => {
    if (!stage) throw new Error('The product is there once beforeAll has run.');
    return stage;
  };
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the browser complained of: script errors, violations of the content security policy, assets that are not there. */
  complaints: string[];
}

/** A fresh browser profile. Give `javaScriptEnabled: false` for a page before its script. */
export async function visit(
  stage: Stage,
  options: { width?: number; javaScriptEnabled?: boolean } = {},
): Promise<Visit> {
  const { width = 1440, javaScriptEnabled = true } = options;
  const context = await stage.browser.newContext({
    baseURL: stage.run.url,
    viewport: { width, height: 900 },
    javaScriptEnabled,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself logs a line for every answer of 400 and above; those are asserted where they are meant.
    const isNetwork = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isNetwork) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('response', (response) => {
    const isAsset = ASSETS.has(response.request().resourceType());
    if (isAsset && response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  return { context, page, complaints };
}

export async function signIn(page: Page, email: string, password = 'spokestack-demo'): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}
