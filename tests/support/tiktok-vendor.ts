import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { Access, AccountRef } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createTiktokAds } from '../../server/integrations/tiktok-ads/index.ts';
import { Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';

export const API = 'http://tiktok.test';
export const APP_ID = '7000000000000000001';
export const TOKEN = 'long-lived-token-of-dana';
export const SECRET = 'the-secret-of-the-application';
export const ADVERTISER = '7012345678901234567';
export const REPORT = 'report/integrated/get/';

/** One call as the vendor saw it; `path` is what stands behind the version. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  token: string | null;
}

export type Answer = Response | { code?: number; message?: string; data?: unknown };
export type Answerer = (asked: Asked) => Answer;

export const access: Access = { accessToken: new Secret(TOKEN), nativeUserId: '1' };
export const account: AccountRef = {
  nativeId: ADVERTISER,
  loginNativeId: null,
  currency: 'AED',
  timeZone: 'Etc/GMT-4',
};
export const range = { from: '2026-05-01', to: '2026-05-30' };

/** A TikTok that answers what a test tells it, in the envelope of a good answer, and the client that asks it. */
export function useTiktokVendor() {
  const [asked, lines, waits]: [Asked[], string[], number[]] = [[], [], []];
  const answers = new Map<string, Answerer>();
  const server = setupServer(
    http.all(`${API}/open_api/v1.3/*`, async ({ request }) => {
      const call = await readCall(request);
      asked.push(call);
      const answer = answers.get(call.path)?.(call) ?? { code: 40002, message: `no ${call.path} here` };
      if (answer instanceof Response) return answer;
      return HttpResponse.json({ code: 0, message: 'OK', request_id: 'r', data: {}, ...answer });
    }),
  );
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  beforeEach(() => {
    for (const list of [asked, lines, waits]) list.length = 0;
    answers.clear();
  });
  afterAll(() => {
    server.close();
  });
  const tiktok = clientOf(lines, waits);
  const readDays = (days = range) => drain(tiktok.dailyMetrics(access, account, { range: days }));
  /** No TopView campaign, and a report that `rows` answers. */
  const answerReport = (rows: Answerer) => {
    answers.set('campaign/get/', () => listOf([]));
    answers.set(REPORT, rows);
  };
  const callsOf = (path: string) => asked.filter((call) => call.path === path);
  return { tiktok, asked, lines, waits, answers, answerReport, callsOf, readDays };
}

async function readCall(request: Request): Promise<Asked> {
  const url = new URL(request.url);
  const text = await request.text();
  return {
    method: request.method,
    path: url.pathname.replace('/open_api/v1.3/', ''),
    query: url.searchParams,
    body: text === '' ? null : (JSON.parse(text) as unknown),
    token: request.headers.get('access-token'),
  };
}

function clientOf(lines: string[], waits: number[]) {
  const config = {
    appId: APP_ID,
    appSecret: new Secret(SECRET),
    apiVersion: 'v1.3',
    apiUrl: API,
    authUrl: `${API}/portal/auth`,
  };
  const destination = { write: (line: string) => lines.push(line) };
  return createTiktokAds(config, {
    log: createLogger({ name: 'test', level: 'trace', destination }),
    maxWaitMs: 90_000,
    random: () => 1,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
}

export function listOf(list: readonly unknown[], info: object = {}) {
  const whole = { page: 1, page_size: 1000, total_number: list.length, total_page: 1 };
  return { data: { list, page_info: { ...whole, ...info } } };
}

/** A row of a report by campaign and day. */
export function rowOf(metrics: object = {}, dimensions: object = {}) {
  return {
    dimensions: { campaign_id: '1800000000000000001', stat_time_day: '2026-05-01 00:00:00', ...dimensions },
    metrics: { spend: '12.34', impressions: '100', clicks: '7', ...metrics },
  };
}

/** A parameter that holds JSON. */
export function jsonOf(call: Asked | undefined, name: string): unknown {
  return JSON.parse(call?.query.get(name) ?? 'null') as unknown;
}

export async function drain<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

export async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}
