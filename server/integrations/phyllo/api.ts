import type { PhylloConfig } from '../../kernel/config.ts';
import { contractError } from '../errors.ts';
import { createHttp, type Http, type HttpDeps } from '../http.ts';
import { classifyPhyllo } from './errors.ts';
import { listWire, read } from './wire.ts';

/** The most that a list gives at once; without it Phyllo gives ten. */
export const PAGE = 100;
/** Far beyond what one account has published: a list that goes on is a loop. */
const MOST_PAGES = 2_000;

export interface PhylloQuestion {
  method?: 'GET' | 'POST' | 'PUT';
  /** Behind `/v1/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, unknown>>;
  signal?: AbortSignal | undefined;
}

/** Calls of Phyllo's API. Which host serves is a setting alone: a rebranded one serves the same paths. */
export class PhylloApi {
  private readonly http: Http;
  private readonly authorization: string;

  constructor(
    readonly config: PhylloConfig,
    deps: HttpDeps,
  ) {
    this.http = createHttp({ name: 'Phyllo', classify: classifyPhyllo }, deps);
    const pair = `${config.clientId}:${config.clientSecret.reveal()}`;
    this.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }

  async ask({ method = 'GET', path, query = {}, body, signal }: PhylloQuestion): Promise<unknown> {
    const answer = await this.http.json({
      method,
      url: `${this.config.apiUrl}/v1/${path}`,
      query,
      headers: {
        authorization: this.authorization,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: new TextEncoder().encode(JSON.stringify(body)) } : {}),
      signal,
      meter: 'application',
    });
    return answer.body;
  }

  /**
   * Walks a list to its end: it tells neither a total nor a next page, so a short page is the last. What moved on to the
   * next page meanwhile comes once. Errors: a contract error where whole pages come again.
   */
  async *pages<T>(
    question: PhylloQuestion,
    { parse, idOf }: { parse: (item: unknown) => T; idOf: (item: T) => string },
  ): AsyncGenerator<T[]> {
    const seen = new Set<string>();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { ...question.query, limit: String(PAGE), offset: String(page * PAGE) };
      const { data } = read(listWire, await this.ask({ ...question, query }), question.path);
      const fresh = data.map(parse).filter((item) => !seen.has(idOf(item)));
      if (fresh.length === 0 && data.length > 0)
        throw contractError('Phyllo', `${question.path}.data`, 'a page came again');
      for (const item of fresh) seen.add(idOf(item));
      if (fresh.length > 0) yield fresh;
      if (data.length < PAGE) return;
    }
    throw contractError('Phyllo', `${question.path}.data`, 'a list without an end');
  }
}
