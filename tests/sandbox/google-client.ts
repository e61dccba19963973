import { createHash } from 'node:crypto';
import { setupServer, type SetupServer } from 'msw/node';
import { type Truth } from '../../sandbox/control/truth.ts';
import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from '../../sandbox/google/app.ts';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import { type AdAccount } from '../../sandbox/world/accounts.ts';

export const BASE = 'https://google.sandbox.test';
export const REDIRECT = 'https://product.test/oauth/google/callback';
export const ADS_SCOPE = 'https://www.googleapis.com/auth/adwords';
export const CLIENT = { client_id: SANDBOX_GOOGLE_CLIENT_ID, client_secret: SANDBOX_GOOGLE_CLIENT_SECRET };
export const VERIFIER = 'a-verifier-of-43-characters-and-a-few-more-0123';

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

export type Fields = Record<string, string>;

/** The consent page's address as an application that works by the book asks for it. */
export function authAddress(change: Fields = {}): string {
  const params = {
    ...{ client_id: CLIENT.client_id, redirect_uri: REDIRECT, response_type: 'code', state: 'state-1' },
    ...{ scope: `${ADS_SCOPE} openid email`, access_type: 'offline', prompt: 'consent' },
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  };
  return `${BASE}/o/oauth2/v2/auth?${new URLSearchParams(params).toString()}`;
}

interface Choice {
  scopes?: readonly string[];
  decision?: string;
  address?: string;
}

/** Answers the consent page as a person would; gives back where it sends the browser. */
export async function consent(person: string, choice: Choice = {}): Promise<URL> {
  const body = new URLSearchParams({ person, decision: choice.decision ?? 'continue' });
  for (const scope of choice.scopes ?? [ADS_SCOPE]) body.append('scope', scope);
  const address = choice.address ?? authAddress();
  const response = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

export function post(path: string, form: Fields): Promise<Response> {
  return fetch(`${BASE}${path}`, { method: 'POST', body: new URLSearchParams(form) });
}

export function exchangeCode(code: string, change: Fields = {}): Promise<Response> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
  return post('/google/token', { ...CLIENT, ...form, ...change });
}

export interface Tokens {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  scope: string;
  token_type: string;
  id_token?: string;
}

export async function tokensOf(person: string, choice: Choice = {}): Promise<Tokens> {
  const code = (await consent(person, choice)).searchParams.get('code') ?? '';
  return readJson<Tokens>(await exchangeCode(code));
}

export function refresh(refresh_token: string): Promise<Response> {
  return post('/google/token', { ...CLIENT, grant_type: 'refresh_token', refresh_token });
}

export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

export interface AdsError {
  errorCode: Record<string, string>;
  message: string;
  trigger?: { stringValue: string };
  details?: { quotaErrorDetails: { retryDelay: string; rateScope: string } };
}

export interface Refusal {
  error: {
    code: number;
    message: string;
    status: string;
    details?: { '@type': string; errors?: AdsError[]; reason?: string; requestId?: string }[];
  };
}

export interface AdsRow {
  campaign?: Record<string, unknown>;
  label?: Record<string, unknown>;
  campaignBudget?: Record<string, unknown>;
  customer?: Record<string, unknown>;
  customerClient?: Record<string, unknown>;
  segments?: Record<string, string>;
  metrics?: Record<string, string | number>;
}

export interface Page {
  results?: AdsRow[];
  nextPageToken?: string;
  fieldMask: string;
  totalResultsCount?: string;
}

export interface Ask {
  token: string;
  customerId: string;
  query: string;
  loginId?: string | null;
  version?: string;
  body?: Record<string, unknown>;
  headers?: Fields;
}

export function ask(verb: 'search' | 'searchStream', question: Ask): Promise<Response> {
  const { token, customerId, query, loginId, version = 'v25', body, headers } = question;
  return fetch(`${BASE}/${version}/customers/${customerId}/googleAds:${verb}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(loginId == null ? {} : { 'login-customer-id': loginId }),
      ...headers,
    },
    body: JSON.stringify({ query, ...body }),
  });
}

export function listAccessible(token: string, version = 'v25'): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${BASE}/${version}/customers:listAccessibleCustomers`, { headers });
}

const MOST_PAGES = 1_000;

/** Walks a search to its end. Throws on an answer that is no page, and where no end comes. */
export async function walk(question: Ask): Promise<{ rows: AdsRow[]; pages: number }> {
  const rows: AdsRow[] = [];
  let pageToken: string | undefined;
  for (let pages = 1; pages < MOST_PAGES; pages += 1) {
    const body = { ...question.body, ...(pageToken === undefined ? {} : { pageToken }) };
    const response = await ask('search', { ...question, body });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    const page = await readJson<Page>(response);
    rows.push(...(page.results ?? []));
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return { rows, pages };
  }
  throw new Error(`no end after ${MOST_PAGES} pages`);
}

/** All rows of a stream. */
export async function stream(question: Ask): Promise<{ rows: AdsRow[]; batches: number }> {
  const batches = await readJson<Page[]>(await ask('searchStream', question));
  return { rows: batches.flatMap(({ results }) => results ?? []), batches: batches.length };
}

/** The status of a refusal and the one code in it, or what the front end gave for a reason. */
export async function refusalOf(response: Response): Promise<[number, string]> {
  const body = await readJson<Refusal | Refusal[]>(response);
  const { error } = Array.isArray(body) ? (body[0] as Refusal) : body;
  const [detail] = error.details ?? [];
  const [family = '', code = ''] = Object.entries(detail?.errors?.[0]?.errorCode ?? {})[0] ?? [];
  return [response.status, family === '' ? (detail?.reason ?? error.status) : `${family}.${code}`];
}

/** How a person's token reaches an account: with the top of the managers above it, where it must. */
export function reach(account: AdAccount): { customerId: string; loginId: string | null } {
  let top = account.manager;
  while (top?.parent) top = top.parent;
  return { customerId: account.id, loginId: account.isDirect ? null : (top?.id ?? null) };
}

export async function truth(accountId: string, range: { from: string; to: string; asOf?: string }) {
  const query = new URLSearchParams({ account: accountId, ...range });
  return readJson<Truth>(await fetch(`${BASE}/_truth/google?${query.toString()}`));
}

export function arm(order: Record<string, unknown>): Promise<Response> {
  return fetch(`${BASE}/_faults`, { method: 'POST', body: JSON.stringify({ platform: 'google', ...order }) });
}

/** Millionths of a decimal text, without a float on the way. */
export function micros(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}
