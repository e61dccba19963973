export interface Call {
  at: string;
  platform: string;
  method: string;
  path: string;
  /** The question, with what authenticates left out. */
  query: Record<string, string>;
  status: number;
  /** The verdict inside the answer, where a platform's HTTP status says nothing (TikTok). */
  code?: number;
}

const SECRETS = new Set([
  'access_token',
  'appsecret_proof',
  'auth_code',
  'client_secret',
  'code',
  'code_verifier',
  'fb_exchange_token',
  'input_token',
  'refresh_token',
  'secret',
  'state',
  'token',
]);

const MOST_CALLS = 20_000;

/** What was asked of the stand-ins, oldest first; the oldest fall out when it grows past its bound. */
export class CallLog {
  #calls: Call[] = [];

  record(call: Call): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS * 1.1) this.#calls = this.#calls.slice(-MOST_CALLS);
  }

  list(platform?: string): Call[] {
    return platform === undefined
      ? [...this.#calls]
      : this.#calls.filter((call) => call.platform === platform);
  }

  clear(): void {
    this.#calls = [];
  }
}

/** The query of an address without tokens, codes and secrets. */
export function openQuery(url: URL): Record<string, string> {
  return Object.fromEntries([...url.searchParams].filter(([name]) => !SECRETS.has(name)));
}

/** The address as faults and the call list see it: path and question, decoded, without what authenticates. */
export function openAddress(url: URL, question: Record<string, string> = {}): string {
  const query = Object.entries({ ...openQuery(url), ...question }).map(([name, value]) => `${name}=${value}`);
  return query.length === 0 ? url.pathname : `${url.pathname}?${query.join('&')}`;
}
