import type { PhylloConfig } from '../../kernel/config.ts';
import type { ConnectSession, CreatorNetwork, NetworkContent, SocialPlatform } from '../creator-network.ts';
import { contractError, PlatformError } from '../errors.ts';
import type { HttpDeps } from '../http.ts';
import { PAGE, PhylloApi } from './api.ts';
import { isUntold } from './errors.ts';
import { toAccount, toAudience, toContent, toProfile } from './map.ts';
import { ensureUser } from './users.ts';
import { ensureWebhook, listWebhooks } from './webhooks.ts';
import { accountWire, audienceWire, contentWire, listWire, profileWire, read, tokenWire } from './wire.ts';
import { workPlatformId } from './work-platforms.ts';

/** A stand-in is whatever answers elsewhere than at the hosts of Phyllo, which is InsightIQ by now. */
const PHYLLO_HOST = /(^|\.)(getphyllo\.com|insightiq\.ai)$/;

/** What is asked of a creator: to be read, and nothing that writes or tells of income. */
const PRODUCTS = ['IDENTITY', 'IDENTITY.AUDIENCE', 'ENGAGEMENT'];

type Options = { signal?: AbortSignal | undefined } | undefined;

/** Phyllo's API as a CreatorNetwork. Makes no call before it is asked. */
export function createPhyllo(config: PhylloConfig, deps: HttpDeps): CreatorNetwork {
  const api = new PhylloApi(config, deps);
  return {
    name: 'Phyllo',
    isStandIn: !PHYLLO_HOST.test(new URL(config.apiUrl).hostname),
    ensureUser: (creator, options) => ensureUser(api, creator, options?.signal),
    connectSession: (request, options) => connectSession(api, request, options),
    supports: (platform) => workPlatformId(platform) !== null,
    account: (accountId, options) => account(api, accountId, options),
    accounts: (userId, options) => accounts(api, userId, options),
    disconnect: async (accountId, options) => {
      await api.ask({ method: 'POST', path: `accounts/${accountId}/disconnect`, ...options });
    },
    profile: (accountId, options) => profile(api, accountId, options),
    audience: (accountId, options) => audience(api, accountId, options),
    contents: (accountId, range, options) => contents(api, { accountId, ...range }, options),
    contentsByIds: (contentIds, options) => contentsByIds(api, contentIds, options),
    refresh: async (accountId, what, options) => {
      const path = what === 'PROFILE' ? 'profiles/refresh' : 'social/contents/refresh';
      await api.ask({ method: 'POST', path, body: { account_id: accountId }, ...options });
    },
    fetchHistory: async (accountId, from, options) => {
      const body = { account_id: accountId, from_date: from };
      await api.ask({ method: 'POST', path: 'social/contents/fetch-historic', body, ...options });
    },
    webhooks: (options) => listWebhooks(api, options?.signal),
    ensureWebhook: (url, options) => ensureWebhook(api, url, options?.signal),
  };
}

/** A token is made for each session: how long it lives is not documented. */
async function connectSession(
  api: PhylloApi,
  { userId, platform }: { userId: string; platform: SocialPlatform | null },
  options: Options,
): Promise<ConnectSession> {
  const chosen = platform === null ? null : workPlatformId(platform);
  if (platform !== null && chosen === null)
    throw new PlatformError({
      kind: 'stop',
      code: 'unsupported_platform',
      message: 'Phyllo does not connect this network.',
    });
  const body = { user_id: userId, products: PRODUCTS };
  const answer = await api.ask({ method: 'POST', path: 'sdk-tokens', body, ...options });
  const token = read(tokenWire, answer, 'sdk-tokens');
  return {
    userId,
    token: token.sdk_token,
    expiresAt: token.expires_at,
    environment: api.config.environment,
    workPlatformId: chosen,
    scriptUrl: api.config.connectScriptUrl,
  };
}

async function account(api: PhylloApi, accountId: string, options: Options) {
  const wire = read(accountWire, await api.ask({ path: `accounts/${accountId}`, ...options }), 'accounts');
  if (wire.id !== accountId)
    throw contractError('Phyllo', 'accounts.id', 'another account than was asked for');
  return toAccount(wire);
}

async function accounts(api: PhylloApi, userId: string, options: Options) {
  const found = [];
  const pages = api.pages(
    { path: 'accounts', query: { user_id: userId }, ...options },
    { parse: (item) => read(accountWire, item, 'accounts'), idOf: ({ id }) => id },
  );
  for await (const page of pages) found.push(...page.map(toAccount));
  return found.filter((each) => each.userId === userId);
}

async function profile(api: PhylloApi, accountId: string, options: Options) {
  const query = { account_id: accountId, limit: '1' };
  const { data } = read(listWire, await api.ask({ path: 'profiles', query, ...options }), 'profiles');
  if (data.length === 0) return null;
  const wire = read(profileWire, data[0], 'profiles');
  if (wire.account.id !== accountId)
    throw contractError('Phyllo', 'profiles.account.id', 'another account than was asked for');
  return toProfile(wire);
}

/** One object and no list. */
async function audience(api: PhylloApi, accountId: string, options: Options) {
  try {
    const answer = await api.ask({ path: 'audience', query: { account_id: accountId }, ...options });
    return toAudience(read(audienceWire, answer, 'audience'));
  } catch (error) {
    if (isUntold(error)) return null;
    throw error;
  }
}

interface ContentsQuestion {
  accountId: string;
  from: string | null;
  to: string | null;
}

async function* contents(
  api: PhylloApi,
  { accountId, from, to }: ContentsQuestion,
  options: Options,
): AsyncGenerator<NetworkContent[]> {
  const query = {
    account_id: accountId,
    ...(from === null ? {} : { from_date: from }),
    ...(to === null ? {} : { to_date: to }),
  };
  const pages = api.pages({ path: 'social/contents', query, ...options }, contentPages);
  for await (const page of pages) yield page.map(toContent);
}

const contentPages = {
  parse: (item: unknown) => read(contentWire, item, 'social/contents'),
  idOf: ({ id }: { id: string }) => id,
};

async function contentsByIds(
  api: PhylloApi,
  contentIds: readonly string[],
  options: Options,
): Promise<NetworkContent[]> {
  if (contentIds.length === 0) return [];
  if (contentIds.length > PAGE) throw new RangeError(`Phyllo gives at most ${PAGE} contents by their ids.`);
  const path = 'social/contents/search';
  const answer = await api.ask({ method: 'POST', path, body: { ids: contentIds }, ...options });
  const { data } = read(listWire, answer, path);
  return data.map((item) => toContent(read(contentWire, item, path)));
}
