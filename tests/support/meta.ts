import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { JobServices } from '../../jobs/services.ts';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { createCreatorNetwork, createPlatforms } from '../../server/integrations/registry.ts';
import { type Agency, META_TEST_URL, type Person, sessionCaller, startSession, type World } from './world.ts';

/** A clock that a test moves. It starts in the middle of a day in most zones. */
export class TestClock {
  at = new Date('2026-05-20T10:30:00Z');
  readonly now = (): Date => new Date(this.at);

  advanceHours(hours: number): void {
    this.at = new Date(this.at.getTime() + hours * 3_600_000);
  }
}

export interface TruthDay {
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

/** The Meta stand-in for one test file, at META_TEST_URL. Any other call is an error. */
export function useMeta(clock: TestClock, seed?: number): Sandbox {
  const sandbox = createSandbox({
    baseUrl: META_TEST_URL,
    now: clock.now,
    ...(seed === undefined ? {} : { seed }),
  });
  const server = setupServer(...sandbox.handlers);
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterEach(() => {
    sandbox.state.clearFaults();
  });
  afterAll(() => {
    server.close();
  });
  return sandbox;
}

/** What is true of an account, from the sandbox's own question. */
export async function truthOf(
  accountId: string,
  range: { from: string; to: string; asOf?: string },
): Promise<{ currency: string; timeZone: string; days: TruthDay[] }> {
  const query = new URLSearchParams({ account: accountId, ...range });
  const response = await fetch(`${META_TEST_URL}/_truth/meta?${query}`);
  return (await response.json()) as { currency: string; timeZone: string; days: TruthDay[] };
}

/**
 * What a jobs process works with, on the world's database. Waits that a vendor asks for are counted, not spent: the
 * clock of the platforms' clients alone runs ahead by them.
 */
export function jobServices(world: World): Pick<
  JobServices,
  keyof SyncServices | 'files' | 'creatorNetwork'
> & {
  waits: number[];
} {
  const { config, log, vault, now, files } = world.services;
  const waits: number[] = [];
  let waitedMs = 0;
  const sleep = (ms: number, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    waits.push(ms);
    waitedMs += ms;
    return Promise.resolve();
  };
  const ahead = () => new Date(now().getTime() + waitedMs);
  const deps = { log, maxWaitMs: 90_000, sleep, now: ahead };
  const platforms = createPlatforms(config, deps);
  const creatorNetwork = createCreatorNetwork(config, deps);
  return { jobsDb: world.jobsDb, vault, platforms, creatorNetwork, files, log, now, waits };
}

export interface Consent {
  person?: 'dana' | 'rami' | 'noor';
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** Answers the consent page of any platform as a person would; what the browser is then sent to. */
export async function consent(authorizationUrl: string, choice: Consent = {}): Promise<URLSearchParams> {
  const { person = 'dana', decision = 'continue' } = choice;
  const form = new URLSearchParams({ person, decision });
  for (const scope of choice.scopes ?? (await scopesOffered(authorizationUrl))) form.append('scope', scope);
  const response = await fetch(authorizationUrl, { method: 'POST', body: form, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`The consent page answered ${response.status} without a redirect.`);
  return new URL(location).searchParams;
}

/** The permissions that the person may untick. TikTok's address does not name them: its page does. */
async function scopesOffered(authorizationUrl: string): Promise<string[]> {
  const asked = new URL(authorizationUrl).searchParams.get('scope');
  if (asked !== null) return asked.split(/[\s,]+/);
  const page = await (await fetch(authorizationUrl)).text();
  return [...page.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope = '']) => scope);
}

/** Walks the whole flow as a signed-in person and answers the connection. */
export async function connectMeta(world: World, person: Pick<Person, 'userId'>, choice: Consent = {}) {
  const api = await sessionCaller(world, await startSession(world, person));
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'META' });
  const answer = await consent(authorizationUrl, choice);
  const { connectionId, returnTo } = await api.adAccounts.callback({
    platform: 'META',
    code: answer.get('code') ?? undefined,
    state: answer.get('state') ?? undefined,
    error: answer.get('error') ?? undefined,
  });
  return { api, connectionId, returnTo };
}

/** An agency with every account that a person sees at Meta taken into use, each with its first run waiting. */
export async function connectAgency(world: World, agency: Agency, person: 'dana' | 'rami' = 'dana') {
  const { api, connectionId } = await connectMeta(world, agency.people.owner, { person });
  const { accounts } = await api.adAccounts.found({ connectionId });
  const picks = accounts
    .filter(({ isManager, vanishedAt }) => !isManager && vanishedAt === null)
    .map(({ nativeId }) => ({ nativeId, brandId: agency.brands.first }));
  const { adAccounts, syncRunIds } = await api.adAccounts.pick({ connectionId, picks });
  return { api, connectionId, adAccounts, syncRunIds };
}
