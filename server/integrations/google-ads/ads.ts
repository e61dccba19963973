import type { GoogleConfig } from '../../kernel/config.ts';
import type { Access, PlatformFacts } from '../ad-platform.ts';
import { createHttp, type Http, type HttpDeps } from '../http.ts';
import { walkPages } from '../paging.ts';
import { classifyGoogle } from './errors.ts';
import { pageWire, read, streamWire } from './wire.ts';

/** One question in Google's query language. */
export interface Question {
  /** Whom it is about; its calls share this customer's limits. */
  customerId: string;
  /** The manager through which the grant reaches the customer; null where directly. */
  loginId: string | null;
  query: string;
}

/**
 * Calls of the Google Ads API. Google counts an operation for a search whatever it finds and lets its further pages go
 * free; here each page is charged, since the shared limits know no free calls: one more for every 10,000 rows.
 */
export class GoogleAds {
  private readonly http: Http;
  /** The sign-in is another service: no operations are counted there, and a spent day must not stop a renewal. */
  readonly signIn: Http;
  readonly now: () => Date;

  constructor(
    readonly config: GoogleConfig,
    deps: HttpDeps,
    limits: PlatformFacts['limits'],
  ) {
    const policy = { name: 'Google Ads', classify: classifyGoogle };
    this.http = createHttp({ ...policy, metered: { platform: 'GOOGLE', limits } }, deps);
    this.signIn = createHttp(policy, deps);
    this.now = deps.now ?? (() => new Date());
  }

  /** Whom the grant reaches without a manager. Takes no login-customer-id. */
  async listAccessible(access: Access): Promise<unknown> {
    const { caller, signal } = access;
    const answer = await this.http.json({
      method: 'GET',
      url: this.address('customers:listAccessibleCustomers'),
      headers: this.headers(access, null),
      meter: 'application',
      caller,
      signal,
    });
    return answer.body;
  }

  /** Rows page by page, of 10,000 each, which Google fixes. */
  search(access: Access, question: Question): AsyncGenerator<unknown[]> {
    return walkPages('Google Ads', async (pageToken) => {
      const answer = await this.ask(access, question, { verb: 'search', pageToken });
      const { results, nextPageToken } = read(pageWire, answer, 'search');
      // An empty token is how proto3 spells none.
      return { items: results, next: nextPageToken || null };
    });
  }

  /** All rows in one answer, batch by batch: for lists that fit into memory. */
  async *searchStream(access: Access, question: Question): AsyncGenerator<unknown[]> {
    const answer = await this.ask(access, question, { verb: 'searchStream', pageToken: null });
    for (const { results } of read(streamWire, answer, 'searchStream')) {
      if (results.length > 0) yield results;
    }
  }

  private async ask(
    access: Access,
    { customerId, loginId, query }: Question,
    { verb, pageToken }: { verb: 'search' | 'searchStream'; pageToken: string | null },
  ): Promise<unknown> {
    const { caller, signal } = access;
    const answer = await this.http.json({
      method: 'POST',
      url: this.address(`customers/${customerId}/googleAds:${verb}`),
      headers: { ...this.headers(access, loginId), 'content-type': 'application/json' },
      body: new TextEncoder().encode(JSON.stringify({ query, ...(pageToken === null ? {} : { pageToken }) })),
      meter: customerId,
      caller,
      signal,
    });
    return answer.body;
  }

  private address(path: string): string {
    return `${this.config.adsUrl}/${this.config.apiVersion}/${path}`;
  }

  private headers({ accessToken }: Access, loginId: string | null): Record<string, string> {
    const { developerToken } = this.config;
    return {
      authorization: `Bearer ${accessToken.reveal()}`,
      ...(loginId === null ? {} : { 'login-customer-id': loginId }),
      ...(developerToken === null ? {} : { 'developer-token': developerToken.reveal() }),
    };
  }
}
