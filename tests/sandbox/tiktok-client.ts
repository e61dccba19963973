import { setupServer, type SetupServer } from 'msw/node';
import { type Call } from '../../sandbox/control/calls.ts';
import { type Truth } from '../../sandbox/control/truth.ts';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import { SANDBOX_TIKTOK_APP_ID, SANDBOX_TIKTOK_APP_SECRET } from '../../sandbox/tiktok/app.ts';

export const BASE = 'https://tiktok.sandbox.test';
export const REDIRECT = 'https://product.test/oauth/tiktok/callback';
export const APP = { app_id: SANDBOX_TIKTOK_APP_ID, secret: SANDBOX_TIKTOK_APP_SECRET };
export const ALL_SCOPES = ['1', '2', '4', '1800'];

/** A sandbox under msw with a clock that the test turns. */
export interface Rig extends Sandbox {
  server: SetupServer;
  clock: { now: Date };
}

export function startRig(options: { seed?: number; now: string; isLimited?: boolean }): Rig {
  const clock = { now: new Date(options.now) };
  const { seed, isLimited = false } = options;
  const at = { baseUrl: BASE, now: () => clock.now, isLimited };
  const sandbox = createSandbox(seed === undefined ? at : { ...at, seed });
  const server = setupServer(...sandbox.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  return { ...sandbox, server, clock };
}

export interface Envelope<T> {
  code: number;
  message: string;
  request_id: string;
  data: T;
}

export interface Page<T> {
  list: T[];
  page_info: { page: number; page_size: number; total_number: number; total_page: number };
}

export interface Row {
  dimensions: Record<string, string>;
  metrics: Record<string, string>;
}

type Question = Record<string, unknown>;

/** What is no text travels as JSON inside of a text. */
export function address(path: string, question: Question = {}): string {
  const texts = Object.entries(question).map(([name, value]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value),
  ]);
  return `${BASE}/open_api/v1.3/${path}?${new URLSearchParams(texts).toString()}`;
}

async function envelopeOf<T>(response: Response): Promise<Envelope<T>> {
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as Envelope<T>;
}

export async function get<T>(path: string, question: Question, token: string): Promise<Envelope<T>> {
  return envelopeOf<T>(await fetch(address(path, question), { headers: { 'access-token': token } }));
}

export async function post<T>(path: string, body: unknown, token?: string): Promise<Envelope<T>> {
  const headers = { 'content-type': 'application/json', ...(token ? { 'access-token': token } : {}) };
  return envelopeOf<T>(await fetch(address(path), { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** The data of a good answer. */
export async function dataOf<T>(answer: Promise<Envelope<T>>): Promise<T> {
  const { code, message, data } = await answer;
  if (code !== 0) throw new Error(`${code} ${message}`);
  return data;
}

export async function refusalOf(answer: Promise<Envelope<unknown>>): Promise<[number, string]> {
  const { code, message } = await answer;
  return [code, message];
}

export function portalAddress(change: Record<string, string> = {}): string {
  const query = { app_id: APP.app_id, state: 'state-1', redirect_uri: REDIRECT, ...change };
  return `${BASE}/portal/auth?${new URLSearchParams(query).toString()}`;
}

/** Answers the consent page as a person would; gives back where it sends the browser. */
export async function consent(person: string, scopes = ALL_SCOPES, decision = 'continue'): Promise<URL> {
  const body = new URLSearchParams({ person, decision });
  for (const scope of scopes) body.append('scope', scope);
  const response = await fetch(portalAddress(), { method: 'POST', body, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

export async function codeOf(person: string, scopes = ALL_SCOPES): Promise<string> {
  return (await consent(person, scopes)).searchParams.get('auth_code') ?? '';
}

export interface Token {
  access_token: string;
  scope: number[];
  advertiser_ids: string[];
}

export function exchange(auth_code: string): Promise<Envelope<Token>> {
  return post<Token>('oauth2/access_token/', { ...APP, auth_code });
}

export async function tokenOf(person: string, scopes = ALL_SCOPES): Promise<string> {
  return (await dataOf(exchange(await codeOf(person, scopes)))).access_token;
}

const MOST_PAGES = 1_000;

/** Follows the numbered pages of a list to its end. */
export async function walk<T>(path: string, question: Question, token: string): Promise<T[]> {
  const rows: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { list, page_info } = await dataOf(get<Page<T>>(path, { ...question, page }, token));
    rows.push(...list);
    if (page >= page_info.total_page) return rows;
  }
  throw new Error(`no end after ${MOST_PAGES} pages`);
}

export const DELETED_TOO = {
  ...{ field_name: 'campaign_status', filter_type: 'IN' },
  filter_value: JSON.stringify(['STATUS_ALL']),
};
export const ALL_BOUGHT = {
  ...{ field_name: 'buying_type', filter_type: 'IN' },
  filter_value: JSON.stringify(['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW']),
};

/** A report by campaign and day of everything that an advertiser's campaigns did. */
export function daily(advertiser_id: string, range: { from: string; to: string }) {
  return {
    ...{ advertiser_id, service_type: 'AUCTION', report_type: 'BASIC', data_level: 'AUCTION_CAMPAIGN' },
    dimensions: ['campaign_id', 'stat_time_day'],
    ...{ start_date: range.from, end_date: range.to, page_size: 1000 },
    filtering: [DELETED_TOO, ALL_BOUGHT],
  };
}

export async function truth(account: string, range: { from: string; to: string }): Promise<Truth> {
  const query = new URLSearchParams({ account, ...range }).toString();
  return (await (await fetch(`${BASE}/_truth/tiktok?${query}`)).json()) as Truth;
}

export async function arm(order: Question): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ platform: 'tiktok', ...order });
  return fetch(`${BASE}/_faults`, { method: 'POST', headers, body });
}

export async function calls(): Promise<Call[]> {
  return (await (await fetch(`${BASE}/_calls?platform=tiktok`)).json()) as Call[];
}
