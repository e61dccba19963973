import { setupServer, type SetupServer } from 'msw/node';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { type Truth } from '../../sandbox/control/truth.ts';

export const BASE = 'https://meta.sandbox.test';
export const GRAPH = `${BASE}/v26.0`;
export const REDIRECT = 'https://product.test/oauth/meta/callback';
export const APP = { client_id: SANDBOX_META_APP_ID, client_secret: SANDBOX_META_APP_SECRET };

export type Fields = Record<string, unknown>;

export interface ListPage {
  data: Fields[];
  paging?: { cursors: { before: string; after: string }; next?: string };
}

export interface Refusal {
  error: { code: number; error_subcode?: number; message: string; type: string; is_transient?: boolean };
}

/** A sandbox under msw with a clock that the test turns. */
export interface Rig extends Sandbox {
  server: SetupServer;
  clock: { now: Date };
}

export function startRig(options: { seed?: number; now: string }): Rig {
  const clock = { now: new Date(options.now) };
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const sandbox = createSandbox({ baseUrl: BASE, now: () => clock.now, ...seed });
  const server = setupServer(...sandbox.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  return { ...sandbox, server, clock };
}

export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

export function address(path: string, params: Record<string, string> = {}): string {
  return `${path.startsWith('http') ? path : `${GRAPH}/${path}`}?${new URLSearchParams(params).toString()}`;
}

export function dialogAddress(scope = 'ads_read,business_management', state = 'state-1'): string {
  const { client_id } = APP;
  return address('dialog/oauth', { client_id, redirect_uri: REDIRECT, response_type: 'code', scope, state });
}

/** Answers the consent page as a person would; gives back where it sends the browser. */
export async function consent(
  person: string,
  scopes: readonly string[],
  decision = 'continue',
): Promise<URL> {
  const body = new URLSearchParams([
    ['person', person],
    ['decision', decision],
  ]);
  for (const scope of scopes) body.append('scope', scope);
  const response = await fetch(dialogAddress(), { method: 'POST', body, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

export function exchangeCode(code: string, redirect_uri = REDIRECT): Promise<Response> {
  return fetch(address('oauth/access_token', { ...APP, code, redirect_uri }));
}

export async function shortToken(person: string, scopes: readonly string[] = ['ads_read']): Promise<string> {
  const code = (await consent(person, scopes)).searchParams.get('code') ?? '';
  const { access_token } = await readJson<{ access_token: string }>(await exchangeCode(code));
  return access_token;
}

export async function longToken(person: string): Promise<string> {
  const params = { ...APP, grant_type: 'fb_exchange_token', fb_exchange_token: await shortToken(person) };
  const response = await fetch(address('oauth/access_token', params));
  return (await readJson<{ access_token: string }>(response)).access_token;
}

const MOST_PAGES = 1_000;

/** Follows paging.next to its end. Throws on a page that is not a page, and where no end comes. */
export async function walk(first: string): Promise<{ rows: Fields[]; pages: number }> {
  const rows: Fields[] = [];
  let pages = 0;
  for (let next: string | undefined = first; next !== undefined; pages += 1) {
    const response: Response = await fetch(next);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    const page: ListPage = await readJson<ListPage>(response);
    rows.push(...page.data);
    if (pages > MOST_PAGES) throw new Error(`no end after ${MOST_PAGES} pages`);
    next = page.paging?.next;
  }
  return { rows, pages };
}

export async function truth(
  accountId: string,
  range: { from: string; to: string; asOf?: string },
): Promise<Truth> {
  const { from, to, asOf } = range;
  const params = { account: accountId, from, to, ...(asOf === undefined ? {} : { asOf }) };
  return readJson<Truth>(await fetch(address(`${BASE}/_truth/meta`, params)));
}

export function timeRange(since: string, until: string): string {
  return JSON.stringify({ since, until });
}

export async function arm(order: Fields): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${BASE}/_faults`, { method: 'POST', body: JSON.stringify(order), headers });
}

/** Millionths of a decimal text, without a float on the way. */
export function micros(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

/** The value of one action in a list of actions; 0 where it is left out. */
export function actionValue(list: unknown, types: readonly string[]): string {
  const actions = (list ?? []) as { action_type: string; value: string }[];
  for (const type of types) {
    const found = actions.find(({ action_type }) => action_type === type);
    if (found) return found.value;
  }
  return '0';
}

export const PURCHASE = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'] as const;

export function isoPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
