import { http, HttpResponse } from 'msw';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createHttp } from '../../server/integrations/http.ts';
import type { PlatformRegistry } from '../../server/integrations/registry.ts';
import { Secret } from '../../server/kernel/crypto.ts';
import type { Logger } from '../../server/kernel/log.ts';

export const TOKEN_URL = 'http://tokens.test/token';
export const REVOKE_URL = 'http://tokens.test/revoke';

interface TokenForm {
  grant_type: string;
  refresh_token: string;
}

/** A platform's token endpoint that can rotate, fail, lose its answer and be made to wait. */
export class TokenEndpoint {
  calls: TokenForm[] = [];
  revoked: string[] = [];
  /** The one refresh token that it takes; null: the person ended the grant. */
  refreshToken: string | null = 'refresh-1';
  isRotating = false;
  expiresInSeconds = 3600;
  /** What the next calls meet before anything else. */
  readonly troubles: ('error_500' | 'lost_answer')[] = [];
  /** Held until it resolves. */
  gate: Promise<void> = Promise.resolve();
  private issued = 0;

  readonly handlers = [
    http.post(TOKEN_URL, async ({ request }) => {
      const form = Object.fromEntries(new URLSearchParams(await request.text())) as unknown as TokenForm;
      this.calls.push(form);
      const trouble = this.troubles.shift();
      if (trouble === 'error_500') return new HttpResponse(null, { status: 500 });
      const answer = this.answer(form);
      await this.gate;
      return trouble === 'lost_answer' ? HttpResponse.error() : answer;
    }),
    http.post(REVOKE_URL, async ({ request }) => {
      this.revoked.push(new URLSearchParams(await request.text()).get('token') ?? '');
      return HttpResponse.json({});
    }),
  ];

  reset(): void {
    Object.assign(this, { calls: [], revoked: [], refreshToken: 'refresh-1', isRotating: false, issued: 0 });
    this.troubles.length = 0;
    this.gate = Promise.resolve();
  }

  private answer(form: TokenForm): HttpResponse<Record<string, string | number>> {
    if (form.refresh_token !== this.refreshToken)
      return HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
    this.issued += 1;
    const access_token = `access-${this.issued + 1}`;
    if (!this.isRotating) return HttpResponse.json({ access_token, expires_in: this.expiresInSeconds });
    this.refreshToken = `refresh-${this.issued + 1}`;
    return HttpResponse.json({
      access_token,
      refresh_token: this.refreshToken,
      expires_in: this.expiresInSeconds,
    });
  }
}

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
}

/** A platform of which the token's life alone is real: it refreshes and revokes at the endpoint, through our http. */
export function tokenPlatform(log: Logger, now: () => Date): AdPlatform {
  const client = createHttp(
    {
      name: 'Google Ads',
      classify: ({ status, body }) => {
        if (status < 400) return null;
        if (status >= 500) return new PlatformError({ kind: 'retry', code: '500', message: 'It failed.' });
        const { error } = body as { error: string };
        return new PlatformError({ kind: 'reauthorize', code: error, message: 'Connect again.' });
      },
    },
    { log, now, sleep: () => Promise.resolve() },
  );
  const post = (url: string, form: Record<string, string>) =>
    client.json({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode(new URLSearchParams(form).toString()),
      meter: 'application',
    });
  return {
    ...UNUSED,
    refresh: async (refreshToken) => {
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken.reveal() };
      const answer = (await post(TOKEN_URL, form)).body as TokenAnswer;
      return {
        accessToken: new Secret(answer.access_token),
        refreshToken: answer.refresh_token === undefined ? null : new Secret(answer.refresh_token),
        expiresAt: new Date(now().getTime() + answer.expires_in * 1000),
      };
    },
    revoke: async ({ accessToken, refreshToken }) => {
      await post(REVOKE_URL, { token: (refreshToken ?? accessToken).reveal() });
    },
  };
}

export function registryOf(platform: AdPlatform | null): PlatformRegistry {
  return {
    find: () => platform,
    get: () => platform ?? unused(),
    list: () => [],
  };
}

function unused(): never {
  throw new Error('This test asks for tokens alone.');
}

const UNUSED: Omit<AdPlatform, 'refresh' | 'revoke'> = {
  id: 'GOOGLE',
  name: 'Google Ads',
  slug: 'google',
  settings: [],
  requiredScopes: [],
  takesPkce: true,
  restatementDays: 30,
  maxHistoryMonths: 37,
  sliceDays: 30,
  maxReachDays: null,
  limits: { application: null, account: null },
  isStandIn: true,
  authorizationUrl: unused,
  exchangeCode: unused,
  listAccounts: unused,
  listCampaigns: unused,
  dailyMetrics: unused,
  accountDays: unused,
  periodReach: unused,
};
