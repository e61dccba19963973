import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import {
  SANDBOX_PHYLLO_CLIENT_ID,
  SANDBOX_PHYLLO_CLIENT_SECRET,
  SANDBOX_PHYLLO_ENVIRONMENT,
} from '../../sandbox/phyllo/app.ts';
import type { phylloAccounts, phylloPeople, phylloTruth } from '../../sandbox/phyllo/truth.ts';
import { CONNECTABLE } from '../../sandbox/phyllo/work-platforms.ts';
import type { Network } from '../../sandbox/world/networks.ts';
import type { TestClock } from './meta.ts';
import { META_TEST_URL } from './world.ts';

/** Settings for createWorld that turn Phyllo on; it answers where Meta's stand-in does. */
export const PHYLLO = {
  PHYLLO_CLIENT_ID: SANDBOX_PHYLLO_CLIENT_ID,
  PHYLLO_CLIENT_SECRET: SANDBOX_PHYLLO_CLIENT_SECRET,
  PHYLLO_ENVIRONMENT: SANDBOX_PHYLLO_ENVIRONMENT,
  PHYLLO_API_URL: META_TEST_URL,
  PHYLLO_CONNECT_SCRIPT_URL: `${META_TEST_URL}/connect/v2/phyllo-connect.js`,
} as const;

/** Where the tests' product would be told: any address of this host reaches `received`. */
export const WEBHOOK_TEST_URL = 'http://spokestack.test/api/webhooks/phyllo';

/** A webhook as it came: the bytes that were signed. */
export interface ReceivedWebhook {
  url: string;
  headers: Headers;
  body: string;
}

export type PhylloTruth = ReturnType<typeof phylloTruth>;
export type PhylloConnection = ReturnType<typeof phylloAccounts>[number];
export type PhylloPerson = ReturnType<typeof phylloPeople>[number];

export interface Connected {
  accountId: string;
  workPlatformId: string;
  userId: string;
}

export interface PhylloStandIn {
  sandbox: Sandbox;
  /** What was sent in the running test. */
  received: ReceivedWebhook[];
  /** How the product's door answers from now on, until the test ends; without it: 200. */
  answerWith: (answer: (webhook: ReceivedWebhook) => Response | Promise<Response>) => void;
  /** Phyllo's own id of a network. */
  workPlatformId: (network: Network) => string;
  /** An invented person connects an account of theirs for a user of Phyllo's. */
  connect: (choice: { userId: string; network: Network; username: string }) => Promise<Connected>;
  /** Connects and lets the first figures come; what is told of it is delivered. */
  connectAndSync: (choice: { userId: string; network: Network; username: string }) => Promise<Connected>;
  /** POST /_phyllo/<order>: expire, disconnect, tick, webhooks, settings. */
  order: (name: string, body?: object) => Promise<unknown>;
  /** Lets everything happen that is due by the clock, and delivers what it tells. `all`: retries that wait too. */
  settle: (options?: { all?: boolean }) => Promise<void>;
  /** Moves the clock and settles. */
  later: (ms: number) => Promise<void>;
  truth: (accountId: string, asOf?: string) => Promise<PhylloTruth>;
  people: () => Promise<PhylloPerson[]>;
}

const SYNCED_AFTER_MS = 5_000;

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${META_TEST_URL}${path}`, init);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function workPlatformId(network: Network): string {
  const platform = CONNECTABLE.find((each) => each.network === network);
  if (!platform) throw new Error(`${network} cannot be connected.`);
  return platform.id;
}

/** The part of it that needs no server of msw's own. */
function ordersOf(clock: TestClock): Omit<PhylloStandIn, 'sandbox' | 'received' | 'answerWith'> {
  const order = <T>(name: string, body: object = {}) =>
    ask<T>(`/_phyllo/${name}`, { method: 'POST', body: JSON.stringify(body) });
  const settle = async ({ all = false }: { all?: boolean } = {}) => {
    await order('flush', { all });
  };
  const later = async (ms: number) => {
    clock.at = new Date(clock.at.getTime() + ms);
    await settle();
  };
  const connect: PhylloStandIn['connect'] = ({ userId, network, username }) =>
    order<Connected>('connect', { userId, workPlatformId: workPlatformId(network), username });
  return {
    ...{ workPlatformId, order, settle, later, connect },
    connectAndSync: async (choice) => {
      const connected = await connect(choice);
      await later(SYNCED_AFTER_MS);
      return connected;
    },
    truth: (accountId, asOf) => {
      const query = new URLSearchParams({ account: accountId, ...(asOf === undefined ? {} : { asOf }) });
      return ask<PhylloTruth>(`/_truth/phyllo?${query}`);
    },
    people: () => ask<PhylloPerson[]>('/_phyllo/people'),
  };
}

/**
 * The whole sandbox for one test file, as useMeta, with a door that stands for the product's. Any other call is an
 * error. Nothing is sent by itself: `settle`, `later` and `connectAndSync` send.
 */
export function usePhyllo(clock: TestClock, seed?: number): PhylloStandIn {
  const sandbox = createSandbox({
    ...{ baseUrl: META_TEST_URL, now: clock.now },
    ...(seed === undefined ? {} : { seed }),
  });
  const received: ReceivedWebhook[] = [];
  const accept = () => new HttpResponse(null, { status: 200 });
  let answer: (webhook: ReceivedWebhook) => Response | Promise<Response> = accept;
  const door = http.post('http://spokestack.test/*', async ({ request }) => {
    const webhook = { url: request.url, headers: request.headers, body: await request.text() };
    received.push(webhook);
    return answer(webhook);
  });
  const server = setupServer(...sandbox.handlers, door);
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  beforeEach(() => {
    received.length = 0;
    answer = accept;
  });
  afterEach(() => {
    sandbox.state.clearFaults();
    sandbox.state.phyllo.outbox.reset();
  });
  afterAll(() => {
    server.close();
  });
  const answerWith: PhylloStandIn['answerWith'] = (given) => {
    answer = given;
  };
  return { sandbox, received, answerWith, ...ordersOf(clock) };
}
