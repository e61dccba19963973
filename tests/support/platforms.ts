import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from '../../sandbox/google/app.ts';
import { SANDBOX_TIKTOK_APP_ID, SANDBOX_TIKTOK_APP_SECRET } from '../../sandbox/tiktok/app.ts';
import { type WorldPlatform } from '../../sandbox/world/platforms.ts';
import { type Consent, consent, type TruthDay } from './meta.ts';
import { type Agency, META_TEST_URL, type Person, sessionCaller, startSession, type World } from './world.ts';

/**
 * Settings for createWorld that turn Google and TikTok on beside Meta. All three answer where Meta's stand-in does:
 * useMeta of tests/support/meta.ts serves the whole sandbox.
 */
export const ALL_PLATFORMS = {
  GOOGLE_ADS_CLIENT_ID: SANDBOX_GOOGLE_CLIENT_ID,
  GOOGLE_ADS_CLIENT_SECRET: SANDBOX_GOOGLE_CLIENT_SECRET,
  GOOGLE_ADS_URL: META_TEST_URL,
  GOOGLE_AUTH_URL: `${META_TEST_URL}/o/oauth2/v2/auth`,
  GOOGLE_TOKEN_URL: `${META_TEST_URL}/google/token`,
  GOOGLE_REVOKE_URL: `${META_TEST_URL}/google/revoke`,
  TIKTOK_APP_ID: SANDBOX_TIKTOK_APP_ID,
  TIKTOK_APP_SECRET: SANDBOX_TIKTOK_APP_SECRET,
  TIKTOK_API_URL: META_TEST_URL,
  TIKTOK_AUTH_URL: `${META_TEST_URL}/portal/auth`,
} as const;

/** The platforms that have a stand-in, by the names of the product and of the sandbox. */
export const STAND_IN_NAMES = { META: 'meta', GOOGLE: 'google', TIKTOK: 'tiktok' } as const;
export type StandInPlatform = keyof typeof STAND_IN_NAMES;

export interface TrueAccount {
  platform: WorldPlatform;
  id: string;
  name: string;
  currency: string;
  timeZone: string;
  /** The manager directly above it. */
  parentId: string | null;
  /** A day's figures stand still once it is this old. */
  settledAfterDays: number;
}

/** Every ad account of a platform, whoever sees it. */
export async function trueAccounts(platform: WorldPlatform): Promise<TrueAccount[]> {
  const response = await fetch(`${META_TEST_URL}/_truth/accounts`);
  const accounts = (await response.json()) as TrueAccount[];
  return accounts.filter((account) => account.platform === platform);
}

export interface TruthQuestion {
  platform: WorldPlatform;
  accountId: string;
  /** Business days of the account, both included. */
  from: string;
  to: string;
  /** As it could be known at a moment; left out: now. */
  asOf?: string;
}

/** What is true of an account of any platform, from the sandbox's own question. */
export async function truthOn({ platform, accountId, ...range }: TruthQuestion): Promise<TruthDay[]> {
  const query = new URLSearchParams({ account: accountId, ...range });
  const response = await fetch(`${META_TEST_URL}/_truth/${platform}?${query}`);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { days: TruthDay[] }).days;
}

export interface Connecting extends Consent {
  platform: StandInPlatform;
}

/** Walks the whole flow of a platform as a signed-in person and answers the connection. */
export async function connectPlatform(world: World, who: Pick<Person, 'userId'>, choice: Connecting) {
  const { platform } = choice;
  const api = await sessionCaller(world, await startSession(world, who));
  const { authorizationUrl } = await api.adAccounts.connect({ platform });
  const answer = await consent(authorizationUrl, choice);
  const { connectionId, returnTo } = await api.adAccounts.callback({
    platform,
    code: answer.get('auth_code') ?? answer.get('code') ?? undefined,
    state: answer.get('state') ?? undefined,
    error: answer.get('error') ?? undefined,
  });
  return { api, connectionId, returnTo };
}

/** An agency with every ad account of a platform that delivers taken into use, each with its first run waiting. */
export async function connectAgencyTo(world: World, agency: Agency, choice: Connecting) {
  const { api, connectionId } = await connectPlatform(world, agency.people.owner, choice);
  const { accounts } = await api.adAccounts.found({ connectionId });
  const picks = accounts
    .filter(({ isManager, isUsable }) => !isManager && isUsable)
    .map(({ nativeId }) => ({ nativeId, brandId: agency.brands.first }));
  const { adAccounts, syncRunIds } = await api.adAccounts.pick({ connectionId, picks });
  return { api, connectionId, adAccounts, syncRunIds };
}
