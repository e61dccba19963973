import type { AccountListing, AdPlatform, Grant } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import type { PlatformRegistry } from '../../server/integrations/registry.ts';
import { Secret } from '../../server/kernel/crypto.ts';

/** A person at the platform, and what they are shown. */
export interface ListedPerson {
  nativeUserId: string;
  scopes: string[];
  pages: AccountListing[][];
}

export function adAccount(nativeId: string, given: Partial<AccountListing> = {}): AccountListing {
  return {
    nativeId,
    name: `Account ${nativeId}`,
    isManager: false,
    parentNativeId: null,
    loginNativeId: null,
    currency: 'AED',
    timeZone: 'Asia/Dubai',
    nativeStatus: 'ENABLED',
    isUsable: true,
    holderName: null,
    ...given,
  };
}

export function manager(nativeId: string, given: Partial<AccountListing> = {}): AccountListing {
  return adAccount(nativeId, {
    name: `Manager ${nativeId}`,
    isManager: true,
    currency: null,
    timeZone: null,
    ...given,
  });
}

/**
 * A platform whose people and lists a test writes itself. A code is the person's id; where `breaksAfter` is set, a list
 * breaks off after so many pages.
 */
export class ListedPlatform {
  readonly people = new Map<string, ListedPerson>();
  breaksAfter: number | null = null;
  listCalls = 0;
  /** What the next list is answered with. */
  refusal: PlatformError | null = null;

  constructor(readonly scopes: readonly string[] = ['figures', 'profile']) {}

  show(nativeUserId: string, ...pages: AccountListing[][]): void {
    this.people.set(nativeUserId, { nativeUserId, scopes: [...this.scopes], pages });
  }

  readonly platform: AdPlatform = {
    id: 'GOOGLE',
    name: 'Google Ads',
    slug: 'google',
    settings: [],
    requiredScopes: ['figures'],
    takesPkce: true,
    restatementDays: 30,
    maxHistoryMonths: 37,
    sliceDays: 30,
    maxReachDays: null,
    limits: { application: null, account: null },
    isStandIn: true,
    authorizationUrl: ({ state, redirectUri }) => {
      const query = { state, redirect_uri: redirectUri, scope: this.scopes.join(' ') };
      return `https://vendor.test/auth?${new URLSearchParams(query)}`;
    },
    exchangeCode: ({ code }) => Promise.resolve(this.grantOf(code)),
    refresh: null,
    revoke: () => Promise.resolve(),
    listAccounts: (access) => this.list(access.nativeUserId),
    listCampaigns: unused,
    dailyMetrics: unused,
    accountDays: unused,
    periodReach: unused,
  };

  /** As the product's own registry, with this platform alone. */
  readonly registry: PlatformRegistry = {
    find: (id) => (id === this.platform.id ? this.platform : null),
    get: () => this.platform,
    list: () => [{ ...this.platform, isOn: true }],
  };

  private grantOf(code: string): Grant {
    const person = this.person(code);
    return {
      accessToken: new Secret(`access of ${code}`),
      refreshToken: null,
      expiresAt: null,
      scopes: person.scopes,
      nativeUserId: person.nativeUserId,
      nativeUserName: `${person.nativeUserId} at the platform`,
    };
  }

  private person(nativeUserId: string): ListedPerson {
    const person = this.people.get(nativeUserId);
    if (!person) throw new Error(`Nobody at the platform is ${nativeUserId}.`);
    return person;
  }

  private async *list(nativeUserId: string): AsyncGenerator<AccountListing[]> {
    this.listCalls += 1;
    await Promise.resolve();
    if (this.refusal) throw this.refusal;
    for (const [index, page] of this.person(nativeUserId).pages.entries()) {
      if (index === this.breaksAfter)
        throw new PlatformError({ kind: 'retry', code: 'broken_answer', message: 'It broke off.' });
      yield page;
    }
  }
}

function unused(): never {
  throw new Error('This test asks for lists alone.');
}
