import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';
import { createGoogleAds } from '../../server/integrations/google-ads/index.ts';
import type { MeteredCall } from '../../server/integrations/pace.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';

const BASE = 'http://google.test';
const SETTINGS = {
  GOOGLE_ADS_CLIENT_ID: 'client.apps',
  GOOGLE_ADS_CLIENT_SECRET: 'canary-client-secret',
  GOOGLE_ADS_URL: BASE,
  GOOGLE_AUTH_URL: `${BASE}/auth`,
  GOOGLE_TOKEN_URL: `${BASE}/token`,
  GOOGLE_REVOKE_URL: `${BASE}/revoke`,
};

/** What was asked of Google: the path behind the version, the headers and the body. */
export interface Asked {
  path: string;
  headers: Headers;
  body: string;
}

export interface GoogleVendor {
  google: AdPlatform;
  /** As `google`, with other settings. */
  open: (settings: Record<string, string>) => AdPlatform;
  answerWith: (answer: (asked: Asked) => Response) => void;
  asked: Asked[];
  /** What was taken of the shared limits. */
  charged: MeteredCall[];
  /** The log. */
  lines: string[];
}

export const access = {
  accessToken: new Secret('canary-access'),
  nativeUserId: 'u',
  caller: { organizationId: 'agency', isBackground: true },
};
export const now = new Date('2026-05-20T10:00:00Z');

/** A client of Google Ads whose vendor answers, in each test of a file, what that test says. */
export function useGoogleVendor(): GoogleVendor {
  const vendor = { asked: [] as Asked[], charged: [] as MeteredCall[], lines: [] as string[] };
  let answer: (asked: Asked) => Response;
  const server = setupServer(
    http.all(`${BASE}/*`, async ({ request }) => {
      const path = new URL(request.url).pathname.replace(/^\/v\d+\//, '');
      const call = { path, headers: request.headers, body: await request.text() };
      vendor.asked.push(call);
      return answer(call);
    }),
  );
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  beforeEach(() => {
    for (const list of Object.values(vendor)) list.length = 0;
  });
  afterAll(() => {
    server.close();
  });
  const open = (settings: Record<string, string>) => openGoogle(settings, vendor);
  const answerWith = (given: typeof answer) => {
    answer = given;
  };
  return { ...vendor, google: open({}), open, answerWith };
}

function openGoogle(
  settings: Record<string, string>,
  { charged, lines }: Pick<GoogleVendor, 'charged' | 'lines'>,
): AdPlatform {
  const config = loadConfig({ ...SETTINGS, ...settings }).google;
  if (!config) throw new Error('Google Ads is off.');
  const destination = { write: (line: string) => lines.push(line) };
  return createGoogleAds(config, {
    log: createLogger({ name: 'test', level: 'trace', destination }),
    maxWaitMs: 90_000,
    now: () => now,
    sleep: () => Promise.resolve(),
    budget: {
      take: (call) => {
        charged.push(call);
        return Promise.resolve({ waitMs: 0, isResting: false, isTroubled: false });
      },
      note: () => Promise.resolve(),
    },
  });
}

export const json = (body: unknown, status = 200): Response => HttpResponse.json(body as object, { status });

/** A refusal with one error of a GoogleAdsFailure. */
export const refusal = (family: string, code: string, status: number): Response =>
  json({ error: { code: status, details: [{ errors: [{ errorCode: { [family]: code } }] }] } }, status);

export const queryOf = ({ body }: Asked): string => (JSON.parse(body) as { query: string }).query;

export async function drain<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}
