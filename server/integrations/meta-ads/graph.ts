import { setTimeout as delay } from 'node:timers/promises';
import type { MetaConfig } from '../../kernel/config.ts';
import { hmacSha256Hex, type Secret } from '../../kernel/crypto.ts';
import type { Logger } from '../../kernel/log.ts';
import type { Access, Caller } from '../ad-platform.ts';
import { contractError } from '../errors.ts';
import { createHttp, type Http, type HttpDeps } from '../http.ts';
import { type CursorPage, walkPages } from '../paging.ts';
import { classifyMeta } from './errors.ts';
import { pauseMs } from './usage.ts';
import { listWire, read } from './wire.ts';

/** They depend on how many ads run: Meta tells in headers how much of them is used, and all processes heed it. */
export const META_LIMITS = { application: null, account: null };

export interface GraphQuestion {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Behind the version: `act_1/insights`. */
  path: string;
  params?: Readonly<Record<string, string>>;
  /** The ad account that is charged, where the path does not name it. */
  accountId?: string | undefined;
  token: Secret;
  caller?: Caller | undefined;
  signal?: AbortSignal | undefined;
}

/** Calls of the Graph API, with the token in the header and its proof beside it. */
export class Graph {
  readonly http: Http;
  readonly log: Logger;
  readonly now: () => number;

  constructor(
    readonly config: MetaConfig,
    deps: HttpDeps,
  ) {
    const metered = { platform: 'META', limits: META_LIMITS } as const;
    this.http = createHttp({ name: 'Meta', classify: classifyMeta, pauseAfter: pauseMs, metered }, deps);
    const { now } = deps;
    this.log = deps.log;
    this.now = now ? () => now().getTime() : Date.now;
    this.sleep = deps.sleep ?? wait;
  }

  /** Waits, unless the signal ends it. */
  readonly sleep: (waitMs: number, signal: AbortSignal | undefined) => Promise<void>;

  address(path: string): string {
    return `${this.config.graphUrl}/${this.config.apiVersion}/${path}`;
  }

  async ask(question: GraphQuestion): Promise<unknown> {
    const { method = 'GET', path, params = {}, accountId, token, caller, signal } = question;
    const fields = { ...params, appsecret_proof: this.proofOf(token) };
    const isForm = method === 'POST';
    const answer = await this.http.json({
      method,
      url: this.address(path),
      ...(isForm
        ? { body: new TextEncoder().encode(String(new URLSearchParams(fields))) }
        : { query: fields }),
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      signal,
      caller,
      meter: accountId ?? /^act_(\d+)/.exec(path)?.[1] ?? 'application',
    });
    return answer.body;
  }

  /** A stolen token alone is refused where the app asks for this. Source: Graph API, securing requests. */
  private proofOf(token: Secret): string {
    return hmacSha256Hex(this.config.appSecret.reveal(), token.reveal());
  }

  /** One page behind a cursor. Its `next` address holds the token, so only the cursor is taken from it. */
  async page(question: GraphQuestion, cursor: string | null): Promise<CursorPage<unknown>> {
    const params = { ...question.params, ...(cursor === null ? {} : { after: cursor }) };
    const { data, paging } = read(listWire, await this.ask({ ...question, params }), question.path);
    if (paging?.next === undefined) return { items: data, next: null };
    const after = paging.cursors?.after ?? cursorOf(paging.next);
    if (after === null)
      throw contractError('Meta', `${question.path}.paging`, 'a next page without a cursor');
    return { items: data, next: after };
  }

  list(path: string, params: Readonly<Record<string, string>>, access: Access): AsyncGenerator<unknown[]> {
    const { accessToken: token, caller, signal } = access;
    return walkPages('Meta', (cursor) => this.page({ path, params, token, caller, signal }, cursor));
  }
}

async function wait(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(waitMs, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function cursorOf(next: string): string | null {
  return URL.canParse(next) ? new URL(next).searchParams.get('after') : null;
}
