import { loadConfig, type Config } from '../../server/kernel/config.ts';
import type { AdPlatform, AdPlatformId } from '../../server/integrations/ad-platform.ts';
import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from '../../sandbox/google/app.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { SANDBOX_TIKTOK_APP_ID, SANDBOX_TIKTOK_APP_SECRET } from '../../sandbox/tiktok/app.ts';
import type { WorldPlatform } from '../../sandbox/world/platforms.ts';

/** Where the stand-ins of a conformance run are: nobody answers there but msw. */
export const STAND_IN_URL = 'http://stand-in.test';

/** What the suite must know of a platform's stand-in so as to strike it where it asks the same of all. */
export interface StandIn {
  /** As the sandbox names it. */
  name: WorldPlatform;
  /** Part of every call for daily campaign rows, in its path or its question. */
  daily: string;
  /** The method of such a call and its path. */
  method: 'get' | 'post';
  path: RegExp;
  /** Answers to it that are no list of rows. */
  nonsense: readonly object[];
  /** The least wait, in ms, that a limit asks for. */
  leastWaitMs: number;
  /** How often in a row it may find a question too large while a month is cut down to a day. */
  cuts: readonly number[];
  /** Whether its reports are made in the background, and whether a closed account still shows its past. */
  hasReports: boolean;
  keepsClosed: boolean;
}

export const STAND_INS: Partial<Record<AdPlatformId, StandIn>> = {
  META: {
    name: 'meta',
    daily: 'time_increment=1',
    method: 'get',
    path: /\/act_\d+\/insights$/,
    nonsense: [{}, { data: 7 }, { data: [{ nothing: 'known' }] }, []],
    leastWaitMs: 59_000,
    cuts: [1, 4, 7, 13],
    hasReports: true,
    keepsClosed: true,
  },
  GOOGLE: {
    name: 'google',
    daily: 'ORDER BY segments.date',
    method: 'post',
    path: /\/googleAds:search$/,
    nonsense: [{ results: 7 }, { results: [{ nothing: 'known' }] }, []],
    leastWaitMs: 59_000,
    cuts: [1, 2, 5],
    hasReports: false,
    keepsClosed: false,
  },
  TIKTOK: {
    name: 'tiktok',
    daily: 'report/integrated/get',
    method: 'get',
    path: /\/report\/integrated\/get\/$/,
    nonsense: [{}, [], { code: 0, message: 'OK' }, { code: 0, data: { list: 7 } }],
    leastWaitMs: 5_000,
    cuts: [1, 2],
    hasReports: false,
    keepsClosed: true,
  },
};

/** What none of the suite's log lines and errors may hold. */
export const APP_SECRETS = [SANDBOX_META_APP_SECRET, SANDBOX_GOOGLE_CLIENT_SECRET, SANDBOX_TIKTOK_APP_SECRET];

/** Settings that turn every platform on, each pointing at its stand-in. */
export function standInConfig(): Config {
  return loadConfig({
    META_APP_ID: SANDBOX_META_APP_ID,
    META_APP_SECRET: SANDBOX_META_APP_SECRET,
    META_GRAPH_URL: STAND_IN_URL,
    META_DIALOG_URL: STAND_IN_URL,
    GOOGLE_ADS_CLIENT_ID: SANDBOX_GOOGLE_CLIENT_ID,
    GOOGLE_ADS_CLIENT_SECRET: SANDBOX_GOOGLE_CLIENT_SECRET,
    GOOGLE_ADS_URL: STAND_IN_URL,
    GOOGLE_AUTH_URL: `${STAND_IN_URL}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${STAND_IN_URL}/google/token`,
    GOOGLE_REVOKE_URL: `${STAND_IN_URL}/google/revoke`,
    TIKTOK_APP_ID: SANDBOX_TIKTOK_APP_ID,
    TIKTOK_APP_SECRET: SANDBOX_TIKTOK_APP_SECRET,
    TIKTOK_API_URL: STAND_IN_URL,
    TIKTOK_AUTH_URL: `${STAND_IN_URL}/portal/auth`,
  });
}

/** Plays a person's browser at the consent page, with everything left ticked; what it is then sent to. */
export async function allow(authorizationUrl: string, person = 'dana'): Promise<URLSearchParams> {
  const page = await (await fetch(authorizationUrl)).text();
  const form = new URLSearchParams({ person, decision: 'continue' });
  for (const [, scope = ''] of page.matchAll(/name="scope" value="([^"]+)"/g)) form.append('scope', scope);
  const answer = await fetch(authorizationUrl, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`The consent page answered ${answer.status} without a redirect.`);
  return new URL(location).searchParams;
}

/** The code that a platform sent back, by whatever name. */
export function codeOf(answer: URLSearchParams): string {
  return answer.get('code') ?? answer.get('auth_code') ?? '';
}

interface TruthDay {
  date: string;
  campaignId: string;
  spend: string;
  impressions: number;
  clicks: number;
  conversions: string;
  conversionValue: string;
  videoViews25: number;
  videoViews50: number;
  videoViews75: number;
  videoViews100: number;
}

/** What is true of an account, by the sandbox's own question. */
export async function truthAt(
  platform: WorldPlatform,
  account: string,
  range: { from: string; to: string },
): Promise<{ currency: string; timeZone: string; days: TruthDay[] }> {
  const query = new URLSearchParams({ account, ...range });
  const response = await fetch(`${STAND_IN_URL}/_truth/${platform}?${query}`);
  return (await response.json()) as { currency: string; timeZone: string; days: TruthDay[] };
}

export interface TrueAccount {
  platform: WorldPlatform;
  id: string;
  name: string;
  currency: string;
  timeZone: string;
  parentId: string | null;
}

export async function trueAccounts(platform: WorldPlatform): Promise<TrueAccount[]> {
  const accounts = (await (await fetch(`${STAND_IN_URL}/_truth/accounts`)).json()) as TrueAccount[];
  return accounts.filter((account) => account.platform === platform);
}

export async function drain<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

/** The ad accounts of a grant, ready to be asked about. */
export async function listAdAccounts(
  platform: AdPlatform,
  access: Parameters<AdPlatform['listAccounts']>[0],
) {
  const listings = await drain(platform.listAccounts(access));
  return listings.flatMap(({ isManager, currency, timeZone, ...account }) =>
    isManager || currency === null || timeZone === null ? [] : { ...account, currency, timeZone },
  );
}
