import { setupServer, type SetupServerApi } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Access, AdPlatform, AdPlatformId, Grant } from '../../server/integrations/ad-platform.ts';
import type { PlatformError } from '../../server/integrations/errors.ts';
import type { HttpDeps } from '../../server/integrations/http.ts';
import { createPlatforms, type PlatformRegistry } from '../../server/integrations/registry.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createLogger } from '../../server/kernel/log.ts';
import type { FaultOrder } from '../../sandbox/control/faults.ts';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import { SANDBOX_GOOGLE_CLIENT_SECRET } from '../../sandbox/google/app.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { SANDBOX_TIKTOK_APP_SECRET } from '../../sandbox/tiktok/app.ts';
import type { WorldPlatform } from '../../sandbox/world/platforms.ts';
import { type Consent, consent, TestClock } from './meta.ts';
import { ALL_PLATFORMS } from './platforms.ts';
import { META_TEST_URL } from './world.ts';

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

const STAND_INS: Partial<Record<AdPlatformId, StandIn>> = {
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

/** The code that a platform sent back, by whatever name. */
export function codeOf(answer: URLSearchParams): string {
  return answer.get('code') ?? answer.get('auth_code') ?? '';
}

export async function drain<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

/** The ad accounts of a grant, ready to be asked about. */
export async function listAdAccounts(platform: AdPlatform, access: Access) {
  const listings = await drain(platform.listAccounts(access));
  return listings.flatMap(({ isManager, currency, timeZone, ...account }) =>
    isManager || currency === null || timeZone === null ? [] : { ...account, currency, timeZone },
  );
}

/** The ids of the platforms that have a stand-in. */
export const STAND_IN_IDS = Object.keys(STAND_INS) as AdPlatformId[];

export interface StandIns {
  sandbox: Sandbox;
  server: SetupServerApi;
  clock: TestClock;
  /** The log, and what a vendor asked to wait, which is not spent; both of the running test alone. */
  lines: string[];
  waits: number[];
  /** Every platform, each pointing at its stand-in; another one is another process. */
  open: (deps?: Partial<HttpDeps>) => PlatformRegistry;
}

/** The whole sandbox for one test file. Any other call is an error. */
export function useStandIns(): StandIns {
  const clock = new TestClock();
  const sandbox = createSandbox({ baseUrl: META_TEST_URL, now: clock.now });
  const server = setupServer(...sandbox.handlers);
  const lines: string[] = [];
  const waits: number[] = [];
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  beforeEach(() => {
    lines.length = 0;
    waits.length = 0;
  });
  afterEach(() => {
    server.resetHandlers();
    sandbox.state.clearFaults();
  });
  afterAll(() => {
    server.close();
  });
  const log = createLogger({
    name: 'test',
    level: 'trace',
    destination: { write: (line) => lines.push(line) },
  });
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const open = (deps: Partial<HttpDeps> = {}) =>
    createPlatforms(standInConfig(), { log, maxWaitMs: 90_000, sleep, ...deps });
  return { sandbox, server, clock, lines, waits, open };
}

function standInConfig() {
  return loadConfig({
    META_APP_ID: SANDBOX_META_APP_ID,
    META_APP_SECRET: SANDBOX_META_APP_SECRET,
    META_GRAPH_URL: META_TEST_URL,
    META_DIALOG_URL: META_TEST_URL,
    ...ALL_PLATFORMS,
  });
}

/** What every platform is asked in the suite, in the words that are the same for all. */
export class Subject {
  readonly standIn: StandIn;
  readonly redirectUri: string;

  constructor(
    readonly platform: AdPlatform,
    private readonly sandbox: Sandbox,
  ) {
    const standIn = STAND_INS[platform.id];
    if (!standIn) throw new Error(`${platform.id} has no stand-in: write one, and its line in this file.`);
    this.standIn = standIn;
    this.redirectUri = `http://spokestack.test/oauth/${platform.slug}/callback`;
  }

  /** What the platform sends the browser back with. */
  authorize(state = 's', person: Consent['person'] = 'dana'): Promise<URLSearchParams> {
    const { platform, redirectUri } = this;
    const pkce = platform.takesPkce ? { codeChallenge: CHALLENGE } : {};
    return consent(platform.authorizationUrl({ state, redirectUri, ...pkce }), { person });
  }

  exchange(code: string, codeVerifier = VERIFIER): Promise<Grant> {
    const { platform, redirectUri } = this;
    return platform.exchangeCode({ code, redirectUri, ...(platform.takesPkce ? { codeVerifier } : {}) });
  }

  async connect(person: Consent['person'] = 'dana'): Promise<Grant> {
    return this.exchange(codeOf(await this.authorize('s', person)));
  }

  /** A fault of the calls for daily rows, unless it says otherwise. */
  arm(order: Omit<FaultOrder, 'platform'>): void {
    this.sandbox.state.faults.arm({ platform: this.standIn.name, match: this.standIn.daily, ...order });
  }

  /** How many calls for daily rows were made. */
  dailyCalls(): number {
    const { name, daily } = this.standIn;
    return this.sandbox.state.calls
      .list(name)
      .map(
        ({ path, query }) =>
          `${path}?${Object.entries(query)
            .map((pair) => pair.join('='))
            .join('&')}`,
      )
      .filter((address) => address.includes(daily)).length;
  }

  async anAccount(access: Access) {
    const account = (await listAdAccounts(this.platform, access)).find(({ isUsable }) => isUsable);
    if (!account) throw new Error('The stand-in shows no account.');
    return account;
  }
}

/** Source: RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** The PlatformError that some work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'PlatformError' });
  return error as PlatformError;
}
