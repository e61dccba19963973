import type { TiktokConfig } from '../../kernel/config.ts';
import type { Secret } from '../../kernel/crypto.ts';
import type { Access, CallLimit, Caller } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import { createHttp, type Http, type HttpDeps } from '../http.ts';
import { walkPages } from '../paging.ts';
import { classifyTiktok } from './errors.ts';
import { envelopeWire, pageWire, read } from './wire.ts';

/**
 * Ten calls a second for a new application. A full bucket and a second's refill are eight: calls may bunch on their way.
 * Source: API for Business, rate limits, basic level.
 */
export const TIKTOK_LIMITS: { application: CallLimit; account: null } = {
  application: { burst: 4, perSecond: 4 },
  account: null,
};

/** A value of a question. Lists and objects travel as JSON in one parameter. */
type Value = string | number | readonly string[] | readonly object[] | Readonly<Record<string, unknown>>;

export interface TiktokQuestion {
  /** Behind the version, with a slash at its end: without one TikTok redirects. `campaign/get/` */
  path: string;
  params?: Readonly<Record<string, Value>>;
  /** Sent as JSON by POST. */
  body?: Readonly<Record<string, string>>;
  /** null: the application speaks for itself. */
  token: Secret | null;
  /** The advertiser whose figures are asked for; without one the application alone is charged. */
  advertiserId?: string | undefined;
  caller?: Caller | undefined;
  signal?: AbortSignal | undefined;
}

const MOST_PER_PAGE = 1000;
const MOST_WALKS = 3;

/** Calls of the API for Business. */
export class Tiktok {
  private readonly http: Http;

  constructor(
    readonly config: TiktokConfig,
    deps: HttpDeps,
  ) {
    const metered = { platform: 'TIKTOK', limits: TIKTOK_LIMITS } as const;
    this.http = createHttp({ name: 'TikTok', classify: classifyTiktok, metered }, deps);
  }

  /** `data` of a good answer. */
  async ask(question: TiktokQuestion): Promise<unknown> {
    const { path, params = {}, body, token, advertiserId, caller, signal } = question;
    const answer = await this.http.json({
      method: body ? 'POST' : 'GET',
      url: `${this.config.apiUrl}/open_api/${this.config.apiVersion}/${path}`,
      query: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, written(value)])),
      headers: {
        // The bare token: with "Bearer " in front TikTok refuses it as 40105.
        ...(token ? { 'access-token': token.reveal() } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: new TextEncoder().encode(JSON.stringify(body)) } : {}),
      meter: advertiserId ?? 'application',
      caller,
      signal,
    });
    return read(envelopeWire, answer.body, path).data;
  }

  /** A question in the name of a grant, with its caller and its signal. */
  askAs(access: Access, question: Omit<TiktokQuestion, 'token' | 'caller' | 'signal'>): Promise<unknown> {
    const { accessToken: token, caller, signal } = access;
    return this.ask({ ...question, token, caller, signal });
  }

  /**
   * A whole list. Pages are numbered, so one that changes while it is walked can lose an item between two pages: it is
   * walked again until its length is the one that TikTok names. Errors: `retry` where it never is.
   */
  async list(
    access: Access,
    question: Omit<TiktokQuestion, 'token' | 'caller' | 'signal'>,
    pageSize = MOST_PER_PAGE,
  ): Promise<unknown[]> {
    for (let walk = 1; ; walk += 1) {
      const { items, isWhole } = await this.walk(access, question, pageSize);
      if (isWhole) return items;
      if (walk >= MOST_WALKS) throw movingList();
    }
  }

  private async walk(
    access: Access,
    question: Omit<TiktokQuestion, 'token' | 'caller' | 'signal'>,
    pageSize: number,
  ): Promise<{ items: unknown[]; isWhole: boolean }> {
    const totals = new Set<number>();
    const items: unknown[] = [];
    const pages = walkPages('TikTok', async (cursor) => {
      const page = cursor === null ? 1 : Number(cursor);
      const params = { ...question.params, page, page_size: pageSize };
      const { list, page_info: info } = read(
        pageWire,
        await this.askAs(access, { ...question, params }),
        question.path,
      );
      if (info.total_number !== undefined) totals.add(info.total_number);
      return { items: list, next: page < info.total_page ? String(page + 1) : null };
    });
    for await (const page of pages) items.push(...page);
    const [total = items.length, ...others] = totals;
    return { items, isWhole: others.length === 0 && items.length >= total };
  }
}

function written(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function movingList(): PlatformError {
  const message =
    'TikTok’s list changed each time it was read, so that it was never whole. We try again by ourselves.';
  return new PlatformError({ kind: 'retry', code: 'moving_list', message });
}
